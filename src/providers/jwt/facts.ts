import { MAX_TOKEN_SECONDS, MIN_TOKEN_SECONDS } from '../../kubernetes/projected-token';
import type { ProviderFacts } from '../facts';
import type { JwtMechanism } from './binding';
import { DEFAULT_SECONDS } from './settings';

export const facts: readonly ProviderFacts<JwtMechanism>[] = [
  {
    title: 'An API of your own',
    provider: 'jwt',
    mechanisms: ['signature'],
    optIn: 'nothing in the cluster: a projected token in the pod',
    audience: '`audience` of the binding, which the API is called',
    lifetime: { usual: DEFAULT_SECONDS, min: MIN_TOKEN_SECONDS, max: MAX_TOKEN_SECONDS, others: 'the API server refuses the pod' },
    subject: '`subjects` of the verifier\'s document',
    issuer: '`issuer` of the verifier\'s document, byte for byte',
    page: 'https://kubernetes.io/docs/tasks/configure-pod-container/configure-service-account/#serviceaccount-token-volume-projection',
  },
];
