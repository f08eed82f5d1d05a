import type { ProviderFacts } from '../facts';
import { AUDIENCE, DEFAULT_SECONDS } from './settings';

export const facts: readonly ProviderFacts<'rrsa'>[] = [
  {
    title: 'Alibaba Cloud, RRSA',
    provider: 'alibaba',
    mechanisms: ['rrsa'],
    optIn: 'label of the **namespace** or the pod: `pod-identity.alibabacloud.com/injection: \'on\'`; annotation of the ServiceAccount: `pod-identity.alibabacloud.com/role-name`, a name and no ARN',
    audience: AUDIENCE,
    lifetime: { usual: DEFAULT_SECONDS, min: 600, max: 43200, others: 'become 3600 without a word' },
    skipSeparator: ',',
    webhookAway: 'not documented',
    subject: '`oidc:sub` in the trust policy',
    issuer: '`oidc:iss` in the trust policy, byte for byte',
    page: 'https://www.alibabacloud.com/help/en/ack/ack-managed-and-ack-dedicated/user-guide/use-rrsa-to-authorize-pods-to-access-different-cloud-services',
  },
];
