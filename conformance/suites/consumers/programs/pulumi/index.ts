/** Both halves of identities of three clouds, as a Pulumi program. */
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
const pods = { namespace: 'shop', rbac: [{ verbs: ['get'], resources: ['configmaps'] }] };

new TrustAnchors('blue', { cluster: blue, aws: ['111122223333'] });

const identities = [
  defineWorkloadIdentity({ ...pods, name: 'checkout', clusters: [blue], trustedBy: { aws: { managedPolicies: ['arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess'] } } }),
  defineWorkloadIdentity({ ...pods, name: 'writer', clusters: [aks], trustedBy: { azure: { resourceGroup: 'shop', location: 'westeurope' } } }),
  defineWorkloadIdentity({ ...pods, name: 'reader', clusters: [gke], trustedBy: { gcp: { grants: [{ role: 'roles/storage.objectViewer' }] } } }),
].map(definition => new WorkloadIdentity(definition.name, { definition, halves: 'both' }));

export const symbolon = identities.map(identity => identity.facts);
