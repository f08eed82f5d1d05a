import { MADE_BY_AZURE } from './platforms';
import { AGENT_SWITCH } from './switches';
import type { KubernetesObject, PlannedEdge } from 'symbolon';

const MOUNT = '/identity';
const TOKEN = `${MOUNT}/token`;

/**
 * What somebody writes by himself for whom only the trust was made: places of his own, and the names that the plan
 * gives. The pod, and the object beside it.
 */
export function byHand(edge: PlannedEdge, pod: KubernetesObject): readonly [pod: KubernetesObject, beside: KubernetesObject] {
  const { initContainers = [], containers, ...spec } = pod.spec as { readonly initContainers?: readonly object[]; readonly containers: readonly object[] };
  const env = Object.entries(variablesOf(edge)).map(([name, value]) => ({ name, value }));
  const serviceAccountToken = { audience: edge.claims.audience, expirationSeconds: 3600, path: 'token' };
  const equipped = (container: object): object => ({ ...container, env, volumeMounts: [{ name: 'identity', mountPath: MOUNT }] });
  const changed = {
    ...pod,
    spec: {
      ...spec,
      initContainers: initContainers.map(equipped),
      containers: containers.map(equipped),
      volumes: [{ name: 'identity', projected: { sources: [{ serviceAccountToken }, { configMap: { name: 'by-hand' } }] } }],
    },
  };
  const { namespace = 'default' } = pod.metadata;
  return [changed, { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'by-hand', namespace }, data: { 'google.json': configurationOf(edge) } }];
}

function variablesOf(edge: PlannedEdge): { readonly [name: string]: string } {
  const { provider, handle, mechanism } = edge;
  if (mechanism === 'pod-identity') return { AWS_CONTAINER_CREDENTIALS_FULL_URI: AGENT_SWITCH.from, AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE: TOKEN, AWS_REGION: 'us-east-1' };
  switch (provider) {
    case 'aws': return { AWS_ROLE_ARN: handle, AWS_WEB_IDENTITY_TOKEN_FILE: TOKEN, AWS_REGION: 'us-east-1' };
    case 'azure': return { AZURE_CLIENT_ID: handle, AZURE_TENANT_ID: MADE_BY_AZURE.tenantId, AZURE_FEDERATED_TOKEN_FILE: TOKEN };
    case 'gcp': return { GOOGLE_APPLICATION_CREDENTIALS: `${MOUNT}/google.json` };
    case 'alibaba': return { ALIBABA_CLOUD_ROLE_ARN: handle, ALIBABA_CLOUD_OIDC_PROVIDER_ARN: providerOf(edge), ALIBABA_CLOUD_OIDC_TOKEN_FILE: TOKEN };
    case 'jwt': return { JWT_TOKEN_FILE: TOKEN };
    case 'vault': return { VAULT_ADDR: 'https://vault.example.com', VAULT_AUTH_PATH: `auth/${mechanism}`, VAULT_ROLE: 'checkout', VAULT_JWT_FILE: TOKEN };
    default: throw new Error(`nobody has written by hand what ${provider} needs`);
  }
}

/** On ACK the provider that the cluster makes, elsewhere one that is called like the cluster. */
function providerOf({ cluster, handle }: PlannedEdge): string {
  return `${handle.replace(/:role\/.*$/, '')}:oidc-provider/${cluster === 'ack' ? 'ack-rrsa-c0123456789abcdef0123456789abcdef' : cluster}`;
}

/** https://google.aip.dev/auth/4117 */
function configurationOf({ handle, claims: { audience, issuer = '' } }: PlannedEdge): string {
  return JSON.stringify({
    type: 'external_account',
    audience: audience.startsWith('https:') ? audience.replace('https:', '') : `identitynamespace:${audience}:${issuer}`,
    subject_token_type: 'urn:ietf:params:oauth:token-type:jwt',
    token_url: 'https://sts.googleapis.com/v1/token',
    credential_source: { file: TOKEN },
    ...(handle.includes('@') && { service_account_impersonation_url: `https://iamcredentials.googleapis.com/v1/projects/-/serviceAccounts/${handle}:generateAccessToken` }),
  });
}
