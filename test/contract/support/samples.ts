/** One sample of every mechanism for the contract that all of them keep to. A provider without one does not compile; a mechanism without one fails a test. */
import type { ProviderId } from '../../../src/providers';
import { ack, aks, BINDINGS, blue, gke, green, k3s } from '../../support/definitions';
import type { ClusterInput, InjectionMode } from 'symbolon';

export interface Sample {
  /** The cluster whose platform serves this provider, and one more that can share its cloud identity. */
  readonly clusters: readonly [ClusterInput, ClusterInput];
  /** A binding that is complete. */
  readonly binding: { readonly [field: string]: unknown };
  /** A field that chooses the cloud identity, and another value of it, with what belongs to that. Undefined where the pod itself is the identity. */
  readonly other?: { readonly [field: string]: unknown };
  /** How many anchors a cluster has for it in an account. @default 1 */
  readonly anchors?: number;
  /** How many cloud identities two clusters have that share the binding. @default 1 */
  readonly identities?: number;
  /** A mechanism that can be written down, and is not built. @default there is none */
  readonly announced?: string;
  /** The ways of injection that there are, the usual one first. @default all, by webhook */
  readonly modes?: readonly InjectionMode[];
  /** What trusts the pod cannot have been made elsewhere. */
  readonly always?: true;
  /** The pod names nobody: whom it becomes is said in the cloud. */
  readonly silent?: true;
  /** What of the handle a pod is told. @default the handle */
  readonly nameIn?: (handle: string, injection: 'webhook' | 'explicit') => string;
  /** Where clusters cannot share what is theirs by default: what is said for each of them but the first. */
  readonly each?: (cluster: ClusterInput) => object;
  /** How its subject stands in the trust, where not as it stands in tokens. */
  readonly admits?: string;
  /** What a webhook cannot make, and a pod carries for it. @default nothing */
  readonly beside?: { readonly volumes: number };
  /** A value that breaks a rule, by field. */
  readonly wrong: { readonly [field: string]: unknown };
}

export const SAMPLES: { readonly [id in ProviderId]: Sample } = {
  alibaba: { clusters: [ack, { ...ack, name: 'ack-2', issuer: `${ack.issuer}2` }], binding: { ...BINDINGS.alibaba, policies: [{ name: 'AliyunOSSReadOnlyAccess' }] }, other: { roleName: 'other' }, nameIn: (handle, injection) => (injection === 'webhook' ? handle.replace(/^.*:role\//, '') : handle), wrong: { accountId: '1', roleName: 'a_b', providerName: '-', expirationSeconds: 86400 } },
  aws: { clusters: [blue, green], binding: { ...BINDINGS.aws, managedPolicies: ['arn:aws:iam::aws:policy/ReadOnlyAccess'] }, other: { roleName: 'other' }, wrong: { accountId: '1', roleName: '/', audience: '*', expirationSeconds: 1 } },
  azure: { clusters: [aks, k3s], binding: { ...BINDINGS.azure, principalId: '00000000-0000-4000-8000-000000000006', roleAssignments: [{ role: 'Reader', scope: '/subscriptions/00000000-0000-4000-8000-000000000003' }] }, other: { identityName: 'other', clientId: '00000000-0000-4000-8000-000000000007' }, wrong: { tenantId: 'x', clientId: 'x', resourceGroup: 'x.', audience: '*', expirationSeconds: 600 } },
  gcp: { clusters: [gke, { name: 'east', gke: { projectId: 'shop-prod', location: 'us-east1', clusterName: 'east' } }], binding: { ...BINDINGS.gcp, grants: [{ role: 'roles/storage.objectViewer', bucket: 'orders' }] }, other: { accountId: 'checkout-other' }, wrong: { projectId: 'X', accountId: 'x', expirationSeconds: 1 } },
  jwt: {
    clusters: [k3s, blue],
    binding: BINDINGS.jwt,
    other: { audience: 'https://other.example.com' },
    modes: ['explicit', 'none'],
    always: true,
    wrong: { audience: '', expirationSeconds: 1, mountPath: 'token', env: '1', injection: 'webhook' },
  },
  vault: {
    clusters: [k3s, blue],
    binding: BINDINGS.vault,
    other: { roleName: 'other', mount: 'other' },
    modes: ['explicit', 'webhook', 'none'],
    identities: 2,
    each: ({ name }) => ({ mount: name }),
    admits: '"bound_service_account_names":["checkout"]',
    nameIn: handle => handle.replace(/^.*\/role\//, ''),
    beside: { volumes: 1 },
    wrong: { address: 'vault', mount: 'auth/kubernetes', roleName: 'A', audience: '*', expirationSeconds: 1 },
  },
};

const bound = (name: string, id: string): ClusterInput => ({ ...aks, name, issuer: String(aks.issuer).replace(/2\/$/, id), aks: { tenantId: '', ...aks.aks, resourceGroup: 'clusters', clusterName: name } });
const { resourceGroup: _resourceGroup, location: _location, ...application } = SAMPLES.azure.binding;
const APPLICATION = '/applications/00000000-0000-4000-8000-000000000008';

const numbered = (cluster: ClusterInput): ClusterInput => ({ ...cluster, gcpPool: { projectNumber: '123456789012' }, fleet: { hostProjectId: 'shop-fleet', hostProjectNumber: '345678901234', membership: cluster.name } });
const { other: _account, ...withoutAccount } = SAMPLES.gcp;
const onGke = (name: string): ClusterInput => ({ name, gke: { projectId: 'shop-prod', projectNumber: '234567890123', location: 'europe-west4', clusterName: name } });

/** Mechanisms beside the usual one of a provider. */
export const OTHERS: { readonly [title: string]: Sample & { readonly provider: ProviderId } } = {
  'aws, pod-identity': {
    provider: 'aws',
    clusters: [blue, green],
    binding: { ...BINDINGS.aws, mechanism: 'pod-identity', managedPolicies: ['arn:aws:iam::aws:policy/ReadOnlyAccess'] },
    other: { roleName: 'other' },
    silent: true,
    wrong: { accountId: '1', roleName: '/', audience: 'other', expirationSeconds: 1, targetRole: 'x', disableSessionTags: true, sessionPolicy: { Statement: [] } },
  },
  'azure, application': {
    ...SAMPLES.azure,
    provider: 'azure',
    binding: { ...application, mechanism: 'application', applicationId: APPLICATION },
    other: { applicationName: 'other', applicationId: APPLICATION.replace(/8$/, '9'), clientId: '00000000-0000-4000-8000-000000000007' },
    wrong: { tenantId: 'x', clientId: 'x', applicationId: '00000000-0000-4000-8000-000000000008', applicationName: '', audience: '*', expirationSeconds: 600 },
  },
  'azure, identity binding': {
    ...SAMPLES.azure,
    provider: 'azure',
    clusters: [bound('one', 'a/'), bound('two', 'b/')],
    binding: { ...SAMPLES.azure.binding, mechanism: 'identity-binding' },
    modes: ['webhook'],
    wrong: { ...SAMPLES.azure.wrong, injection: 'explicit', identityBindingName: '_' },
  },
  'gcp, principal': {
    ...withoutAccount,
    provider: 'gcp',
    clusters: [onGke('one'), onGke('two')],
    binding: { projectId: 'shop-prod', grants: SAMPLES.gcp.binding.grants, mechanism: 'principal' },
    silent: true,
    always: true,
    admits: 'subject/ns/shop/sa/checkout',
    wrong: { projectId: 'X', impersonate: true, expirationSeconds: 1 },
  },
  'gcp, workload-identity-pool': {
    ...SAMPLES.gcp,
    provider: 'gcp',
    clusters: [numbered(k3s), numbered(blue)],
    binding: { ...SAMPLES.gcp.binding, mechanism: 'workload-identity-pool' },
    modes: ['explicit', 'webhook', 'none'],
    anchors: 2,
    wrong: { ...SAMPLES.gcp.wrong, audience: 'b' },
  },
  'gcp, fleet': {
    ...SAMPLES.gcp,
    provider: 'gcp',
    clusters: [numbered(k3s), numbered(blue)],
    binding: { ...SAMPLES.gcp.binding, mechanism: 'fleet' },
    modes: ['explicit', 'none'],
    wrong: { ...SAMPLES.gcp.wrong, injection: 'webhook' },
  },
  'vault, jwt': {
    ...SAMPLES.vault,
    provider: 'vault',
    binding: { ...BINDINGS.vault, mechanism: 'jwt' },
    wrong: { ...SAMPLES.vault.wrong, alias: 'x' },
  },
};
