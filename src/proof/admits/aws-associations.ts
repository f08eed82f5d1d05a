import { podKey } from './aws-keys';
import type { TrustArtifact } from '../artifacts';
import { data, shown, text } from '../pods';
import type { MintedClaims, TrustIndex } from './admitter';

export const ASSOCIATION = 'eks.PodIdentityAssociation';

/** An association names its cluster within an account and a region, which stand in the ARN that it is called by: its own, or the cluster's. */
export function filedAs({ kind, name, request }: TrustArtifact): readonly string[] {
  if (kind !== ASSOCIATION) return [];
  const { clusterName, namespace, serviceAccount } = data(request);
  const [, home] = /^(arn:[^:]*:eks:[^:]*:[^:]*):/.exec(name) ?? [];
  const clusterArn = `${home ?? ''}:cluster/${shown(clusterName)}`;
  return [clusterArn, [clusterArn, shown(namespace), shown(serviceAccount)].join('\n')];
}

/** The association of a service account: EKS has one at most. */
export function associationOf(claims: Pick<MintedClaims, 'cluster' | 'namespace' | 'serviceAccount'>, trust: TrustIndex): TrustArtifact | undefined {
  const key = podKey(claims);
  return key === undefined ? undefined : trust.filed('aws', key)[0];
}

export function roleOf({ request }: TrustArtifact): string {
  return text(data(request).roleArn) ?? '';
}

export function targetOf({ request }: TrustArtifact): string | undefined {
  return text(data(request).targetRoleArn);
}
