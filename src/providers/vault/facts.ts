import type { ProviderFacts } from '../facts';

const LIFETIME = { usual: 3600, min: 600, max: 4294967296, others: 'the API server refuses the pod' };

export const facts: readonly ProviderFacts[] = [
  {
    title: 'Vault or OpenBao, Kubernetes auth',
    provider: 'vault',
    mechanisms: ['kubernetes'],
    optIn: 'nothing in the cluster, or annotations of the pod for the injector: `vault.hashicorp.com/agent-inject: "true"`',
    audience: 'what the role says, by TokenReview',
    lifetime: LIFETIME,
    webhookAway: 'the pod is made without credentials',
    subject: 'name and namespace in the role',
    issuer: 'not looked at by default: the API server is asked',
    page: 'https://developer.hashicorp.com/vault/docs/auth/kubernetes',
  },
  {
    title: 'Vault or OpenBao, JWT auth',
    provider: 'vault',
    mechanisms: ['jwt'],
    optIn: 'nothing in the cluster',
    audience: 'what the role says: it has to say one, since Kubernetes\' tokens have one',
    lifetime: LIFETIME,
    subject: '`bound_subject` or `bound_claims` of the role',
    issuer: '`bound_issuer`, byte for byte',
    page: 'https://developer.hashicorp.com/vault/docs/auth/jwt',
  },
];
