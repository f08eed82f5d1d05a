/**
 * The API is the Kubernetes API of another cluster: pods of prod call it with their own tokens, and no kubeconfig with a secret.
 *   npx ts-node examples/jwt/api-server.ts > authentication.yaml
 */
import { prod } from './identities';
import { authenticationConfiguration, defineWorkloadIdentity, planWorkloadIdentities, tokenVerifier } from 'symbolon';

// region: api-server
const TOOLS = 'https://kubernetes.tools.example.com';

export const deployer = defineWorkloadIdentity({
  name: 'deployer',
  namespace: 'ci',
  clusters: [prod],
  trustedBy: { tools: { provider: 'jwt', audience: TOOLS, expirationSeconds: 600 } },
});

export const configuration = authenticationConfiguration(tokenVerifier(planWorkloadIdentities([deployer]), TOOLS), {
  prefixes: { 'https://oidc.prod.example.com': 'prod:' },
});
// endregion

// JSON is YAML, and kube-apiserver takes it.
if (require.main === module) console.log(JSON.stringify(configuration, null, 2));
