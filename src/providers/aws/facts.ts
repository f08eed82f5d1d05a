import type { ProviderFacts } from '../facts';
import type { AwsMechanism } from './binding';
import { DEFAULT_AUDIENCE, DEFAULT_SECONDS } from './settings';

export const facts: readonly ProviderFacts<AwsMechanism>[] = [
  {
    title: 'AWS, IAM roles for service accounts',
    provider: 'aws',
    mechanisms: ['irsa'],
    optIn: 'annotation of the ServiceAccount: `eks.amazonaws.com/role-arn`',
    audience: DEFAULT_AUDIENCE,
    lifetime: { usual: DEFAULT_SECONDS, min: 600, max: 86400, others: 'shorter ones are raised to 600, longer ones shortened by EKS' },
    skipSeparator: ',',
    webhookAway: 'the pod is made without credentials',
    subject: '`<issuer>:sub` in the trust policy',
    issuer: 'the key of the condition: the issuer without `https://`, the rest byte for byte',
    page: 'https://docs.aws.amazon.com/eks/latest/userguide/iam-roles-for-service-accounts.html',
  },
  {
    title: 'AWS, EKS Pod Identity',
    provider: 'aws',
    mechanisms: ['pod-identity'],
    optIn: 'nothing in the cluster: an association of namespace and service account in EKS',
    audience: 'pods.eks.amazonaws.com',
    lifetime: { usual: 86400, min: 600, max: 86400, others: 'the webhook draws 79200 to 86400 unless it is told' },
    skipSeparator: ',',
    webhookAway: 'the pod is made without credentials',
    subject: 'namespace and service account of the association',
    issuer: 'none: EKS knows its own clusters',
    page: 'https://docs.aws.amazon.com/eks/latest/userguide/pod-identities.html',
  },
];
