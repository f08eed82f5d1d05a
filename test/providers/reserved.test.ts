/** A webhook mounts its token by itself: nothing else may be where it will. */
import { checkWorkloadIdentity, type WorkloadIdentityInput } from 'symbolon';

const AKS = { name: 'aks', issuer: 'https://westeurope.oic.prod-aks.azure.com/9b1c2d3e-4f50-4a61-8b72-93c4d5e6f708/1/', aks: { tenantId: '9b1c2d3e-4f50-4a61-8b72-93c4d5e6f708' } };
const EKS = { name: 'eks', issuer: 'https://oidc.eks.us-west-2.amazonaws.com/id/EXAMPLED539D4633E53DE1B71EXAMPLE', eks: { accountId: '111122223333', region: 'us-west-2', clusterName: 'eks' } };
const azure = { resourceGroup: 'rg', location: 'westeurope', clientId: 'c3d4e5f6-0718-4293-a4b5-c6d7e8f90a1b' };

test.each<[string, Pick<WorkloadIdentityInput, 'clusters' | 'trustedBy'>]>([
  ['/var/run/secrets/eks.amazonaws.com/serviceaccount', { clusters: [EKS], trustedBy: { aws: {} } }],
  ['/var/run/secrets/azure/wi', { clusters: [AKS], trustedBy: { azure } }],
  ['/var/run/secrets/azure/tokens', { clusters: [AKS], trustedBy: { azure } }],
])('a token at %s is in the webhook\'s way', (mountPath, rest) => {
  const identity = { name: 'app', namespace: 'shop', ...rest, tokens: { own: { audience: 'https://own.example.com', mountPath } } };
  expect(checkWorkloadIdentity(identity)).toMatchObject([{ code: 'identity/collision', path: 'tokens.own' }]);
});
