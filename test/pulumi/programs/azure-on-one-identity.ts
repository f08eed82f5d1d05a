/** Two components, and credentials of two clusters each, on one managed identity that somebody else made; Azure takes its name in any case. */
import { defineCluster, defineWorkloadIdentity } from 'symbolon';
import { WorkloadIdentity } from 'symbolon/pulumi';

const cluster = (name: string) => defineCluster({ name, issuer: `https://oidc.example.com/${name}`, aks: { tenantId: '00000000-0000-4000-8000-000000000001' } });
const clusters = [cluster('prod-blue'), cluster('prod-green')];

for (const name of ['checkout', 'billing']) {
  const definition = defineWorkloadIdentity({
    name,
    namespace: 'shop',
    clusters,
    trustedBy: { azure: { existing: true, resourceGroup: 'identities', identityName: name === 'checkout' ? 'shared' : 'Shared', clientId: '00000000-0000-4000-8000-000000000002' } },
  });
  new WorkloadIdentity(name, { definition });
}
