import type { PodSide } from '../provider';
import { explicitly as explicitIrsa, byWebhook as irsaByWebhook } from './pods-irsa';
import { explicitly as explicitPodIdentity, byWebhook as podIdentityByWebhook } from './pods-pod-identity';
import type { AwsEdge } from './settings';

/** What the pods of an edge carry. https://github.com/aws/amazon-eks-pod-identity-webhook */
export function podSideOf(edge: AwsEdge): PodSide {
  if (edge.injection === 'none') return {};
  const explicit = edge.injection === 'explicit';
  if (edge.mechanism === 'pod-identity') return explicit ? { injection: explicitPodIdentity(edge) } : podIdentityByWebhook(edge);
  return explicit ? { injection: explicitIrsa(edge) } : irsaByWebhook(edge);
}
