import type { Issuers } from './issuers';
import { Refused, json, type Decision, type Reply, type ServiceRequest, type TokenService } from './service';
import type { RenderedTrust } from './trust';

interface Credential {
  readonly issuer: string;
  readonly subject: string;
  readonly audiences: readonly string[];
}

/** What Azure itself made of a managed identity or an application: no document says its ids. */
export interface MadeIdentity {
  /** Its resource id, with which the names of its credentials begin. */
  readonly id: string;
  readonly tenantId: string;
  readonly clientId: string;
  readonly cloud: keyof typeof AUTHORITIES;
}

/** Each cloud of Azure has its own, and knows nothing of the others. */
export const AUTHORITIES = {
  'public': ['login.microsoftonline.com'],
  'us-government': ['login.microsoftonline.us'],
  'china': ['login.chinacloudapi.cn', 'login.partner.microsoftonline.cn'],
} as const;
const CODES: { readonly [because: string]: number } = { tenant: 900023, client: 700016, signature: 50027, issuer: 700211, audience: 700212, subject: 700213 };

/** Microsoft Entra ID, as far as federated credentials go. https://learn.microsoft.com/en-us/entra/identity-platform/v2-oauth2-client-creds-grant-flow */
export function entra(issuers: Issuers, trust: () => RenderedTrust, made: () => readonly MadeIdentity[], decide: (decision: Decision) => void): TokenService {
  const answer = async ({ url, body }: ServiceRequest): Promise<Reply> => {
    const [, tenant = '', rest = ''] = /^\/([^/]+)\/(.+)$/.exec(url.pathname) ?? [];
    if (rest === 'v2.0/.well-known/openid-configuration') return json(200, discovery(url.hostname, tenant));
    if (rest !== 'oauth2/v2.0/token') return json(404, { error: 'not_found' });
    const asked = new URLSearchParams(body);
    const field = (name: string): string => asked.get(name) ?? '';
    try {
      if (field('grant_type') !== 'client_credentials' || field('client_assertion_type') !== 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer') throw new Refused('grant', 'only client assertions are taken');
      const identity = made().find(each => each.clientId === field('client_id') && AUTHORITIES[each.cloud].some(host => host === url.hostname));
      if (identity === undefined) throw new Refused('client', `there is no application ${field('client_id')}`);
      if (identity.tenantId !== tenant) throw new Refused('tenant', `${field('client_id')} is not in the tenant ${tenant}`);
      await believe(issuers, trust(), identity, field('client_assertion'));
      decide({ service: 'azure', becomes: identity.clientId });
      return json(200, { token_type: 'Bearer', expires_in: 3600, access_token: `${identity.clientId} for ${field('scope')}` });
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      decide({ service: 'azure', refusedFor: error.because });
      const code = CODES[error.because] ?? 50000;
      return json(400, { error: 'invalid_client', error_description: `AADSTS${code}: ${error.message}`, error_codes: [code] });
    }
  };
  return { hosts: Object.values(AUTHORITIES).flat(), answer };
}

/** Each credential is compared by the letter. https://learn.microsoft.com/en-us/entra/workload-id/workload-identity-federation-considerations */
async function believe(issuers: Issuers, trust: RenderedTrust, { id }: MadeIdentity, token: string): Promise<void> {
  const { issuer, subject, audiences } = issuers.read(token);
  const credentials = [
    ...trust.of<{ readonly properties: Credential }>('managedidentity.FederatedIdentityCredential').map(({ name, request }) => ({ name, ...request.properties })),
    ...trust.of<Credential>('graph.FederatedIdentityCredential').map(({ name, request: { issuer: of, subject: who, audiences: whom } }) => ({ name, issuer: of, subject: who, audiences: whom })),
  ].filter(({ name }) => name.startsWith(`${id}/federatedIdentityCredentials/`));
  const ofIssuer = credentials.filter(credential => credential.issuer === issuer);
  if (ofIssuer.length === 0) throw new Refused('issuer', `no federated credential has the issuer ${issuer}`);
  await issuers.verify(token);
  const ofSubject = ofIssuer.filter(credential => credential.subject === subject);
  if (ofSubject.length === 0) throw new Refused('subject', `no federated credential has the subject ${subject}`);
  if (!ofSubject.some(credential => credential.audiences.length === 1 && audiences.length === 1 && credential.audiences[0] === audiences[0])) {
    throw new Refused('audience', `no federated credential has the audience ${audiences.join()}`);
  }
}

function discovery(host: string, tenant: string): object {
  const base = `https://${host}/${tenant}`;
  return {
    issuer: `${base}/v2.0`,
    authorization_endpoint: `${base}/oauth2/v2.0/authorize`,
    token_endpoint: `${base}/oauth2/v2.0/token`,
    end_session_endpoint: `${base}/oauth2/v2.0/logout`,
    jwks_uri: `${base}/discovery/v2.0/keys`,
    token_endpoint_auth_methods_supported: ['private_key_jwt'],
  };
}
