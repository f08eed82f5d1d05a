/**
 * Vault's side: the mounts that know the cluster, made once, and a role for each identity. The reviewer's token is the
 * stack's secret, and nobody else's: pulumi config set --secret reviewerToken
 */
import * as pulumi from '@pulumi/pulumi';
import { billing, cluster, reports } from '../identities';
import { TrustAnchors, WorkloadIdentity } from 'symbolon/pulumi';

// region: mounts
const reviewerToken = new pulumi.Config().requireSecret('reviewerToken');

const mounts = new TrustAnchors('prod', {
  cluster,
  vault: [
    { account: 'https://vault.example.com:8200/v1/auth/prod', secrets: { reviewerToken } },
    { account: 'https://vault.example.com:8200/v1/auth/prod-jwt', realm: 'jwt' },
  ],
});
// endregion

for (const definition of [billing, reports]) new WorkloadIdentity(definition.name, { definition }, { dependsOn: mounts });
