/**
 * What is had from elsewhere, at the versions that are run. The go.mod of a Go part repeats its version, as Go wants it,
 * and so do package.json and requirements.txt; a part whose two versions differ is not built.
 */
export const VERSIONS = {
  'kube-apiserver': 'v1.36.3',
  'etcd': 'v3.6.16',
  'eks-webhook': 'v0.6.17',
  'azure-webhook': 'v1.6.0',
  'pulumi': 'v3.245.0',
  // Between two releases: no release of this module is served by module proxies.
  'pulumi-kubernetes': 'v4.0.0-20260115033456-f47bc2d6f199',
  'aws-sdk': '3.1169.0',
  'azure-identity': '4.13.1',
  'alicloud-credentials': '2.4.7',
  'google-auth-library': '10.9.1',
  'moto': '5.2.5',
} as const;
