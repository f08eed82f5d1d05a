/**
 * What is had from elsewhere, at the versions that are run. The go.mod of a Go part repeats its version, as Go wants it;
 * a part whose two versions differ is not built.
 */
export const VERSIONS = {
  'kube-apiserver': 'v1.36.3',
  'etcd': 'v3.6.16',
  'eks-webhook': 'v0.6.17',
  'azure-webhook': 'v1.6.0',
  'pulumi': 'v3.245.0',
} as const;
