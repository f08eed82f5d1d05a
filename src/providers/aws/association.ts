import { derive, type Deferrable } from '../../core/deferred';
import { clusterArnOf } from '../../platforms/eks';
import type { TrustLayout } from '../provider';
import { handleOf, roleArn } from './arn';
import type { AwsPolicyDocument } from './binding';
import { withVersion } from './role-policies';
import type { AwsEdge, PodIdentitySettings } from './settings';

/** Parameters of CreatePodIdentityAssociation, with the session policy as JSON. https://docs.aws.amazon.com/eks/latest/APIReference/API_CreatePodIdentityAssociation.html */
export interface CreatePodIdentityAssociation {
  readonly clusterName: string;
  readonly namespace: string;
  readonly serviceAccount: string;
  readonly roleArn: Deferrable<string>;
  readonly targetRoleArn?: Deferrable<string>;
  readonly disableSessionTags?: true;
  readonly policy?: AwsPolicyDocument;
  readonly tags?: { readonly [key: string]: string };
}

export type AssociationDocument = TrustLayout<'eks.PodIdentityAssociation', CreatePodIdentityAssociation>;

/**
 * Who becomes what, in one cluster. EKS has one association for a service account, whatever its role: so its id does not say the role, and another role
 * changes the association in place.
 */
export function associationOf(edge: AwsEdge, after: readonly string[]): AssociationDocument {
  const { cluster, subject, binding, variant, settings } = edge;
  const { targetRole, disableSessionTags, sessionPolicy, associationTags } = settings.podIdentity as PodIdentitySettings;
  const externalIdAt = ['identities', edge.identity, binding, 'on', cluster.name];
  const { clusterName } = cluster.eks ?? { clusterName: cluster.name };
  return {
    provider: 'aws',
    kind: 'eks.PodIdentityAssociation',
    id: `${binding}/association/${cluster.name}/${subject.namespace}/${subject.serviceAccount}`,
    name: `${cluster.eks === undefined ? '' : clusterArnOf(cluster.eks)} ${subject.namespace}/${subject.serviceAccount}`,
    binding,
    variant,
    request: {
      clusterName,
      namespace: subject.namespace,
      serviceAccount: subject.serviceAccount,
      roleArn: roleArn(edge),
      ...(targetRole !== undefined && { targetRoleArn: targetRole }),
      ...(disableSessionTags && { disableSessionTags }),
      ...(sessionPolicy !== undefined && { policy: withVersion(sessionPolicy) }),
      ...(Object.keys(associationTags).length > 0 && { tags: associationTags }),
    },
    becomes: derive([handleOf(edge)], handle => handle),
    owned: true,
    after,
    // The trust policy of the target asks for it.
    ...(targetRole !== undefined && { provides: [{ field: 'externalId', at: [...externalIdAt, `externalId of ${subject.namespace}/${subject.serviceAccount}`], told: true as const }] }),
  };
}
