import type { PodRule } from '../../kubernetes/injection';

/** A label with any value: the webhook never sees the pod. https://github.com/aws/amazon-eks-pod-identity-webhook */
export const NO_OPT_OUT: PodRule = {
  of: 'labels',
  field: 'eks.amazonaws.com/skip-pod-identity-webhook',
  code: 'aws/webhook-opt-out',
  expected: 'a pod that the EKS webhook sees',
  fix: 'take the label out of the pod template (any value opts out), or say injection: "explicit"',
};

/** Variables of a container's own that make it somebody else. */
export function identityVariables(why: string): readonly PodRule[] {
  return ['AWS_ROLE_ARN', 'AWS_WEB_IDENTITY_TOKEN_FILE'].map(field => ({
    of: 'env', field, code: 'aws/own-identity', expected: `no ${field} of the container's own (${why})`, fix: 'take it out, or name the container under skipContainers if it is to be somebody else',
  }));
}

/** Keys of a container's own, which every SDK takes before all else. https://docs.aws.amazon.com/sdkref/latest/guide/standardized-credentials.html */
export const NO_KEYS: readonly PodRule[] = ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY'].map(field => ({
  of: 'env',
  field,
  code: 'aws/own-identity',
  expected: `no ${field} of the container's own (SDKs use keys first, and never look at the token)`,
  fix: 'take it out, or name the container under skipContainers if it is to be somebody else',
  secret: true,
}));

const elsewhere = (where: 'spec' | 'labels' | 'nodeSelector', field: string, on: string, value?: string): PodRule => ({
  of: where, field, ...(value !== undefined && { value }), code: 'aws/pod-identity-node', expected: 'a pod on Linux nodes of EC2, where the agent of Pod Identity runs', fix: `on ${on} say mechanism: "irsa"`,
});

/** https://docs.aws.amazon.com/eks/latest/userguide/pod-identities.html#pod-id-restrictions */
export const NO_POD_IDENTITY_NODES: readonly PodRule[] = [
  elsewhere('spec', 'os.name', 'Windows', 'windows'),
  elsewhere('nodeSelector', 'kubernetes.io/os', 'Windows', 'windows'),
  elsewhere('nodeSelector', 'beta.kubernetes.io/os', 'Windows', 'windows'),
  elsewhere('nodeSelector', 'eks.amazonaws.com/compute-type', 'Fargate', 'fargate'),
  elsewhere('labels', 'eks.amazonaws.com/fargate-profile', 'Fargate'),
];
