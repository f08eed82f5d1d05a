import type { ProviderFacts } from '../facts';
import type { GcpMechanism } from './binding';

export const facts: readonly ProviderFacts<GcpMechanism>[] = [
  {
    title: 'Google Cloud, GKE',
    provider: 'gcp',
    mechanisms: ['service-account', 'principal'],
    optIn: 'annotation of the ServiceAccount: `iam.gke.io/gcp-service-account`; none where roles are granted to the principal',
    audience: '`<project>.svc.id.goog`, by the metadata server',
    subject: '`ns/<namespace>/sa/<service account>` in the project\'s pool, the same in all of its clusters',
    issuer: 'none: GKE knows its own clusters',
    page: 'https://cloud.google.com/kubernetes-engine/docs/concepts/workload-identity',
  },
  {
    title: 'Google Cloud, any cluster',
    provider: 'gcp',
    mechanisms: ['workload-identity-pool'],
    optIn: 'nothing that Google makes: a projected token and a credential configuration in the pod',
    audience: '`https://iam.googleapis.com/projects/<number>/locations/global/workloadIdentityPools/<pool>/providers/<provider>`',
    lifetime: { usual: 3600, min: 600, max: 86400, others: 'Google refuses tokens of more than a day' },
    subject: '`google.subject` of the mapping, at most 127 bytes',
    issuer: '`issuerUri` of the provider, byte for byte',
    page: 'https://cloud.google.com/iam/docs/workload-identity-federation-with-kubernetes',
  },
  {
    title: 'Google Cloud, fleets',
    provider: 'gcp',
    mechanisms: ['fleet'],
    optIn: 'nothing that Google makes: a projected token and a credential configuration in the pod',
    audience: '`<fleet host project>.svc.id.goog`',
    lifetime: { usual: 3600, min: 600, max: 86400, others: 'Google refuses tokens of more than a day' },
    subject: '`ns/<namespace>/sa/<service account>` in the fleet\'s pool, the same in all of its clusters',
    issuer: 'none: the fleet knows its members',
    page: 'https://cloud.google.com/kubernetes-engine/fleet-management/docs/use-workload-identity',
  },
];
