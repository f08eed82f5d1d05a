import type { ProviderFacts } from '../facts';
import type { AzureMechanism } from './binding';
import { BINDING_AUDIENCE, WEBHOOK_AUDIENCE } from './clouds';
import { DEFAULT_SECONDS } from './settings';

export const facts: readonly ProviderFacts<AzureMechanism>[] = [
  {
    title: 'Azure, federated credentials',
    provider: 'azure',
    mechanisms: ['managed-identity', 'application'],
    optIn: 'label of the **pod template**: `azure.workload.identity/use: "true"`; annotation of the ServiceAccount: `azure.workload.identity/client-id`',
    audience: WEBHOOK_AUDIENCE,
    lifetime: { usual: DEFAULT_SECONDS, min: 3600, max: 86400, others: 'the pod is refused' },
    skipSeparator: ';',
    webhookAway: 'the pod is refused',
    subject: '`subject` of the credential, upper and lower case',
    issuer: '`issuer` of the credential, with the slash at its end',
    page: 'https://learn.microsoft.com/en-us/azure/aks/workload-identity-overview',
  },
  {
    title: 'Azure, AKS identity binding',
    provider: 'azure',
    mechanisms: ['identity-binding'],
    optIn: 'as for credentials, and the annotation of the **pod template** `azure.workload.identity/use-identity-binding: "true"`; a ClusterRole that lets the service account use the identity',
    audience: BINDING_AUDIENCE,
    lifetime: { usual: DEFAULT_SECONDS, min: 3600, max: 86400, others: 'the pod is refused' },
    skipSeparator: ';',
    webhookAway: 'the pod is refused',
    subject: 'who may `use-managed-identity`, by RBAC of the cluster',
    issuer: 'none: AKS knows its own clusters',
    page: 'https://learn.microsoft.com/en-us/azure/aks/identity-bindings',
  },
];
