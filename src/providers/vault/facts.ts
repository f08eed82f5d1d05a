import { MAX_TOKEN_SECONDS, MIN_TOKEN_SECONDS } from '../../kubernetes/projected-token';
import type { ProviderFacts } from '../facts';
import type { VaultMechanism } from './binding';
import { DEFAULT_SECONDS } from './settings';

/** What both methods have in common. */
const COMMON = {
  provider: 'vault',
  optIn: 'nothing in the cluster, or annotations of the pod for the injector: `vault.hashicorp.com/agent-inject: "true"`',
  audience: '`address` of the binding, which the role names too',
  lifetime: { usual: DEFAULT_SECONDS, min: MIN_TOKEN_SECONDS, max: MAX_TOKEN_SECONDS, others: 'the API server refuses the pod' },
  webhookAway: 'the pod is made without credentials',
} as const;

export const facts: readonly ProviderFacts<VaultMechanism>[] = [
  {
    ...COMMON,
    title: 'Vault or OpenBao, Kubernetes auth',
    mechanisms: ['kubernetes'],
    subject: '`bound_service_account_names` and `bound_service_account_namespaces` of the role',
    issuer: 'not looked at by default: the API server is asked',
    page: 'https://developer.hashicorp.com/vault/docs/auth/kubernetes',
  },
  {
    ...COMMON,
    title: 'Vault or OpenBao, JWT auth',
    mechanisms: ['jwt'],
    subject: '`bound_subject` of the role, or `sub` of its `bound_claims`',
    issuer: '`bound_issuer` of the mount and `iss` of the role\'s `bound_claims`, byte for byte',
    page: 'https://developer.hashicorp.com/vault/docs/auth/jwt',
  },
];
