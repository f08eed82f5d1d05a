import type { Issuers } from './issuers';
import { Refused, json, type Decision, type Reply, type ServiceRequest, type TokenService } from './service';
import type { RenderedTrust } from './trust';

interface Member {
  readonly resource: string;
  readonly role: string;
  readonly member: string;
}

const BEARER = 'Bearer federated ';
const TOKEN_EXCHANGE = 'urn:ietf:params:oauth:grant-type:token-exchange';

/** Google's STS for the pools of GKE: a token of a cluster becomes a member of the cluster's project. https://cloud.google.com/iam/docs/reference/sts/rest/v1/TopLevel/token */
export function googleSts(issuers: Issuers, decide: (decision: Decision) => void): TokenService {
  const answer = async ({ url, body }: ServiceRequest): Promise<Reply> => {
    if (url.pathname !== '/v1/token') return json(404, {});
    const asked = new URLSearchParams(body);
    const field = (name: string): string => asked.get(name) ?? '';
    try {
      if (field('grant_type') !== TOKEN_EXCHANGE || field('subject_token_type') !== 'urn:ietf:params:oauth:token-type:jwt') throw new Refused('grant', 'only tokens of identity providers are exchanged');
      const member = await believe(issuers, field('audience'), field('subject_token'));
      return json(200, { access_token: `${BEARER.slice('Bearer '.length)}${member}`, issued_token_type: 'urn:ietf:params:oauth:token-type:access_token', token_type: 'Bearer', expires_in: 3600 });
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      decide({ service: 'gcp', refusedFor: error.because });
      return json(400, { error: 'invalid_grant', error_description: error.message });
    }
  };
  return { hosts: ['sts.googleapis.com'], answer };
}

/** The provider of a cluster is its issuer, and a pool takes the clusters of its own project alone. */
async function believe(issuers: Issuers, audience: string, token: string): Promise<string> {
  const [, project = '', provider = ''] = /^identitynamespace:([^:]+)\.svc\.id\.goog:(https:.+)$/.exec(audience) ?? [];
  const { issuer, subject, audiences } = issuers.read(token);
  if (project === '' || !provider.startsWith(`https://container.googleapis.com/v1/projects/${project}/`)) throw new Refused('issuer', `${provider} is no cluster of the pool in ${audience}`);
  if (issuer !== provider) throw new Refused('issuer', `the token is of ${issuer}`);
  await issuers.verify(token);
  if (!audiences.includes(`${project}.svc.id.goog`)) throw new Refused('audience', `the token is for ${audiences.join()}`);
  const [, , namespace = '', account = ''] = subject.split(':');
  return `serviceAccount:${project}.svc.id.goog[${namespace}/${account}]`;
}

/** Google's IAM Service Account Credentials. https://cloud.google.com/iam/docs/reference/credentials/rest/v1/projects.serviceAccounts/generateAccessToken */
export function googleIamCredentials(trust: () => RenderedTrust, decide: (decision: Decision) => void): TokenService {
  const answer = ({ url, headers }: ServiceRequest): Promise<Reply> => {
    const [, email = ''] = /^\/v1\/projects\/-\/serviceAccounts\/([^/:]+):generateAccessToken$/.exec(url.pathname) ?? [];
    const bearer = headers.authorization ?? '';
    const member = bearer.startsWith(BEARER) ? bearer.slice(BEARER.length) : '';
    const [, project = ''] = /@([^.]+)\.iam\.gserviceaccount\.com$/.exec(email) ?? [];
    const admitted = trust().of<Member>('iam.ServiceAccountMember').some(({ request }) =>
      request.resource === `projects/${project}/serviceAccounts/${email}` && request.role === 'roles/iam.workloadIdentityUser' && request.member === member);
    decide(admitted ? { service: 'gcp', becomes: email } : { service: 'gcp', refusedFor: 'subject' });
    return Promise.resolve(admitted
      ? json(200, { accessToken: `access of ${email}`, expireTime: new Date(Date.now() + 3_600_000).toISOString() })
      : json(403, { error: { code: 403, status: 'PERMISSION_DENIED', message: `Permission 'iam.serviceAccounts.getAccessToken' denied for ${member}` } }));
  };
  return { hosts: ['iamcredentials.googleapis.com'], answer };
}
