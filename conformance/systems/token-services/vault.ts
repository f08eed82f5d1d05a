import type { Issuers } from './issuers';
import { Refused, json, type Decision, type Reply, type ServiceRequest, type TokenService } from './service';
import type { RenderedTrust } from './trust';
import { KubeClient } from '../../kube/client';
import type { Access } from '../../kube/config';

interface KubernetesRole {
  readonly bound_service_account_names: readonly string[];
  readonly bound_service_account_namespaces: readonly string[];
  readonly audience: string;
}
interface JwtRole {
  readonly role_type?: string;
  readonly bound_audiences?: readonly string[];
  readonly bound_subject?: string;
  readonly bound_claims: { readonly iss: string; readonly sub?: readonly string[] };
}

interface Review {
  readonly status: { readonly authenticated?: boolean; readonly user?: { readonly username: string }; readonly error?: string };
}

/** Logins of Vault's methods kubernetes and jwt. `reviewers` may ask the API servers that mounts are configured with. */
export function vaultServer(issuers: Issuers, trust: () => RenderedTrust, decide: (decision: Decision) => void, reviewers: readonly Access[]): TokenService {
  const answer = async ({ url, body }: ServiceRequest): Promise<Reply> => {
    const { role, jwt } = JSON.parse(body) as { readonly role: string; readonly jwt: string };
    const name = `${url.hostname}/${url.pathname.replace(/^\/v1\/|\/login$/g, '')}/role/${role}`;
    try {
      await believe(issuers, trust(), name, jwt, reviewers);
      decide({ service: 'vault', becomes: name });
      return json(200, { auth: { client_token: name, lease_duration: 3600 } });
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      decide({ service: 'vault', refusedFor: error.because });
      return json(error.because === 'role' ? 400 : 403, { errors: [error.message] });
    }
  };
  return { hosts: ['vault.example.com'], answer };
}

async function believe(issuers: Issuers, trust: RenderedTrust, name: string, token: string, reviewers: readonly Access[]): Promise<void> {
  const { issuer, subject, audiences } = issuers.read(token);
  const kubernetes = trust.of<KubernetesRole>('kubernetes.Role').find(role => role.name === name)?.request;
  const jwt = trust.of<JwtRole>('jwt.Role').find(role => role.name === name)?.request;
  if (kubernetes !== undefined) {
    const config = trust.of<{ readonly kubernetes_host: string }>('kubernetes.Config').find(each => name.startsWith(each.name.replace(/config$/, '')));
    const reviewer = reviewers.find(({ server }) => server === config?.request.kubernetes_host);
    if (reviewer === undefined) throw new Error(`nobody reviews for ${name}`);
    const user = await review(reviewer, token, kubernetes.audience, issuers);
    const [, , namespace = '', account = ''] = user.split(':');
    if (!kubernetes.bound_service_account_namespaces.includes(namespace) || !kubernetes.bound_service_account_names.includes(account)) throw new Refused('subject', 'not authorized');
  } else if (jwt !== undefined) {
    await issuers.verify(token);
    if (jwt.role_type !== 'jwt') throw new Refused('role', 'role with oidc role_type is not allowed');
    if (jwt.bound_claims.iss !== issuer) throw new Refused('issuer', 'claim "iss" does not match');
    if (!audiences.some(each => jwt.bound_audiences?.includes(each))) throw new Refused('audience', 'aud claim does not match any bound audience');
    if (!(jwt.bound_claims.sub ?? [jwt.bound_subject]).includes(subject)) throw new Refused('subject', 'sub claim does not match bound subject');
  } else {
    throw new Refused('role', `role ${name} could not be found`);
  }
}

/** Asks the API server, as Vault does. It says yes or no; why no, is for us to find out. */
async function review(access: Access, token: string, audience: string, issuers: Issuers): Promise<string> {
  const client = new KubeClient(access);
  try {
    const { body: { status } } = await client.post<Review>('/apis/authentication.k8s.io/v1/tokenreviews', {
      apiVersion: 'authentication.k8s.io/v1', kind: 'TokenReview', spec: { token, audiences: [audience] },
    });
    if (status.authenticated === true) return status.user?.username ?? '';
    const { issuer, audiences } = issuers.read(token);
    const because = issuers.servedBy(issuer) !== access.server ? 'issuer' : audiences.includes(audience) ? 'signature' : 'audience';
    throw new Refused(because, status.error ?? 'lookup failed: service account unauthorized');
  } finally {
    client.close();
  }
}
