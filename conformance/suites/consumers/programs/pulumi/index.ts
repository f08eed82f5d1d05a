/** Both halves of identities of every relying party that has an SDK, as a Pulumi program. */
import { defineCluster, defineWorkloadIdentity } from 'symbolon';
import { TrustAnchors, WorkloadIdentity } from 'symbolon/pulumi';

const blue = defineCluster({
  name: 'blue',
  issuer: 'https://oidc.eks.us-west-2.amazonaws.com/id/EXAMPLED539D4633E53DE1B71EXAMPLE',
  eks: { accountId: '111122223333', region: 'us-west-2', clusterName: 'blue' },
});
const aks = defineCluster({
  name: 'aks',
  issuer: 'https://westeurope.oic.prod-aks.azure.com/00000000-0000-4000-8000-000000000001/00000000-0000-4000-8000-000000000009/',
  aks: { tenantId: '00000000-0000-4000-8000-000000000001', subscriptionId: '00000000-0000-4000-8000-000000000002' },
});
const gke = defineCluster({ name: 'gke', gke: { projectId: 'shop-prod', location: 'europe-west1', clusterName: 'prod' } });
const ack = defineCluster({
  name: 'ack',
  issuer: 'https://oidc-ack-cn-hangzhou.oss-cn-hangzhou.aliyuncs.com/c0123456789abcdef0123456789abcdef',
  ack: { accountId: '1234567890123456', region: 'cn-hangzhou', clusterId: 'c0123456789abcdef0123456789abcdef' },
  vault: { keys: 'discovery' },
});
const pods = { namespace: 'shop', rbac: [{ verbs: ['get'], resources: ['configmaps'] }] };

new TrustAnchors('blue', { cluster: blue, aws: ['111122223333'] });
new TrustAnchors('ack', { cluster: ack, alibaba: ['1234567890123456'], vault: [{ account: 'https://vault.example.com/v1/auth/ack', realm: 'jwt' }] });

const identities = [
  defineWorkloadIdentity({ ...pods, name: 'checkout', clusters: [blue], trustedBy: { aws: { managedPolicies: ['arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess'] } } }),
  defineWorkloadIdentity({ ...pods, name: 'writer', clusters: [aks], trustedBy: { azure: { resourceGroup: 'shop', location: 'westeurope' } } }),
  defineWorkloadIdentity({ ...pods, name: 'reader', clusters: [gke], trustedBy: { gcp: { grants: [{ role: 'roles/storage.objectViewer' }] } } }),
  defineWorkloadIdentity({
    ...pods, name: 'invoices', clusters: [aks], trustedBy: { azure: { mechanism: 'application', roleAssignments: [{ role: 'Reader', scope: '/subscriptions/00000000-0000-4000-8000-000000000002/resourceGroups/shop' }] } },
  }),
  defineWorkloadIdentity({
    ...pods, name: 'robot', clusters: [ack], trustedBy: { alibaba: { policies: [{ name: 'AliyunOSSReadOnlyAccess', type: 'System' }] }, vault: { mechanism: 'jwt', address: 'https://vault.example.com', mount: 'ack', tokenPolicies: ['builds'], expirationSeconds: 7200 } },
  }),
].map(definition => new WorkloadIdentity(definition.name, { definition, halves: 'both' }));

export const symbolon = identities.map(identity => identity.facts);
