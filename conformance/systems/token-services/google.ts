import type { Issuers } from './issuers';
import { Refused, json, type Decision, type Reply, type ServiceRequest, type TokenService } from './service';
import type { RenderedTrust } from './trust';

interface Member {
  readonly resource: string;
  readonly role: string;
  readonly member: string;
}

const BEARER = 'Bearer federated ';
/** What Google knows of its projects, and no document says. */
const PROJECT_NUMBERS: { readonly [id: string]: string } = { 'demo-project': '210987654321' };

const TOKEN_EXCHANGE = 'urn:ietf:params:oauth:grant-type:token-exchange';

/** Google's STS: a token becomes a member of a pool. Who that is stands in the access token. https://cloud.google.com/iam/docs/reference/sts/rest/v1/TopLevel/token */
export function googleSts(issuers: Issuers, trust: () => RenderedTrust, decide: (decision: Decision) => void): TokenService {
  const answer = async ({ url, body }: ServiceRequest): Promise<Reply> => {
    if (url.pathname !== '/v1/token') return json(404, {});
    const asked = new URLSearchParams(body);
    const field = (name: string): string => asked.get(name) ?? '';
    try {
      if (field('grant_type') !== TOKEN_EXCHANGE || field('subject_token_type') !== 'urn:ietf:params:oauth:token-type:jwt') throw new Refused('grant', 'only tokens of identity providers are exchanged');
      const believe = field('audience').startsWith('identitynamespace:') ? inGooglePool : inPool(trust());
      const names = await believe(issuers, field('audience'), field('subject_token'));
      return json(200, { access_token: `${BEARER.slice('Bearer '.length)}${names.join(' ')}`, issued_token_type: 'urn:ietf:params:oauth:token-type:access_token', token_type: 'Bearer', expires_in: 3600 });
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      decide({ service: 'gcp', refusedFor: error.because });
      return json(400, { error: 'invalid_grant', error_description: error.message });
    }
  };
  return { hosts: ['sts.googleapis.com'], answer };
}

/** The names under which policies can have the bearer as a member. */
type Names = readonly string[];

/** The provider of a cluster is its issuer, and a pool takes the clusters of its own project alone. */
async function inGooglePool(issuers: Issuers, audience: string, token: string): Promise<Names> {
  const [, project = '', provider = ''] = /^identitynamespace:([^:]+)\.svc\.id\.goog:(https:.+)$/.exec(audience) ?? [];
  const { issuer, subject, audiences } = issuers.read(token);
  if (project === '' || !provider.startsWith(`https://container.googleapis.com/v1/projects/${project}/`)) throw new Refused('issuer', `${provider} is no cluster of the pool in ${audience}`);
  if (issuer !== provider) throw new Refused('issuer', `the token is of ${issuer}`);
  await issuers.verify(token);
  if (!audiences.includes(`${project}.svc.id.goog`)) throw new Refused('audience', `the token is for ${audiences.join()}`);
  const [, , namespace = '', account = ''] = subject.split(':');
  const number = PROJECT_NUMBERS[project];
  if (number === undefined) throw new Error(`nobody knows the number of ${project}`);
  return [
    `serviceAccount:${project}.svc.id.goog[${namespace}/${account}]`,
    `principal://iam.googleapis.com/projects/${number}/locations/global/workloadIdentityPools/${project}.svc.id.goog/subject/ns/${namespace}/sa/${account}`,
  ];
}

interface PoolProvider {
  readonly workloadIdentityPoolProvider: {
    readonly attributeMapping: { readonly [attribute: string]: string };
    readonly attributeCondition?: string;
    readonly oidc: { readonly issuerUri: string; readonly allowedAudiences?: readonly string[]; readonly jwksJson?: string };
  };
}

/** A pool of the user's: its rendered provider says whose tokens it takes, and what their subjects become. */
function inPool(trust: RenderedTrust): typeof inGooglePool {
  return async (issuers, audience, token) => {
    const provider = trust.of<PoolProvider>('iam.WorkloadIdentityPoolProvider').find(({ name }) => audience === `//iam.googleapis.com/${name}`);
    if (provider === undefined) throw new Refused('provider', `there is no ${audience}`);
    const { attributeMapping, attributeCondition, oidc } = provider.request.workloadIdentityPoolProvider;
    const { issuer, subject, audiences } = issuers.read(token);
    if (issuer !== oidc.issuerUri) throw new Refused('issuer', `the token is of ${issuer}`);
    await issuers.verify(token);
    const listed = oidc.allowedAudiences ?? [];
    const taken = listed.length > 0 ? listed : [audience, `https:${audience}`];
    if (!audiences.some(each => taken.includes(each))) throw new Refused('audience', `the token is for ${audiences.join()}`);
    const [, prefix = ''] = /^(?:"([^"]*)" \+ )?assertion\.sub$/.exec(attributeMapping['google.subject'] ?? '') ?? [undefined, undefined];
    if (Object.keys(attributeMapping).length !== 1 || attributeCondition !== undefined || oidc.jwksJson !== undefined) throw new Error(`a provider that is not understood here: ${JSON.stringify(provider.request)}`);
    const name = `${prefix}${subject}`;
    if (Buffer.byteLength(name) > 127) throw new Refused('subject', `${name} is too long`);
    return [`principal:${audience.replace(/\/providers\/[^/]+$/, '')}/subject/${name}`];
  };
}

/** Google's IAM Service Account Credentials. https://cloud.google.com/iam/docs/reference/credentials/rest/v1/projects.serviceAccounts/generateAccessToken */
export function googleIamCredentials(trust: () => RenderedTrust, decide: (decision: Decision) => void): TokenService {
  const answer = ({ url, headers }: ServiceRequest): Promise<Reply> => {
    const [, email = ''] = /^\/v1\/projects\/-\/serviceAccounts\/([^/:]+):generateAccessToken$/.exec(url.pathname) ?? [];
    const names = namesOf(headers);
    const [, project = ''] = /@([^.]+)\.iam\.gserviceaccount\.com$/.exec(email) ?? [];
    const admitted = trust().of<Member>('iam.ServiceAccountMember').some(({ request }) =>
      request.resource === `projects/${project}/serviceAccounts/${email}` && request.role === 'roles/iam.workloadIdentityUser' && names.includes(request.member));
    decide(admitted ? { service: 'gcp', becomes: email } : { service: 'gcp', refusedFor: 'subject' });
    return Promise.resolve(admitted
      ? json(200, { accessToken: `access of ${email}`, expireTime: new Date(Date.now() + 3_600_000).toISOString() })
      : json(403, { error: { code: 403, status: 'PERMISSION_DENIED', message: `Permission 'iam.serviceAccounts.getAccessToken' denied for ${names.join()}` } }));
  };
  return { hosts: ['iamcredentials.googleapis.com'], answer };
}

/** Cloud Storage, for pods that act as themselves: what is granted is asked where it is used. https://cloud.google.com/storage/docs/json_api/v1/buckets/get */
export function googleStorage(trust: () => RenderedTrust, decide: (decision: Decision) => void): TokenService {
  const answer = ({ url, headers }: ServiceRequest): Promise<Reply> => {
    const [, bucket = ''] = /^\/storage\/v1\/b\/([^/]+)$/.exec(url.pathname) ?? [];
    const names = namesOf(headers);
    const member = trust().of<Member>('storage.BucketMember').find(({ request }) => request.resource === `b/${bucket}` && names.includes(request.member))?.request.member;
    decide(member === undefined ? { service: 'gcp', refusedFor: 'subject' } : { service: 'gcp', becomes: member });
    return Promise.resolve(member === undefined ? json(403, { error: { code: 403, message: `${names.join()} does not have storage.buckets.get access` } }) : json(200, { name: bucket, readBy: member }));
  };
  return { hosts: ['storage.googleapis.com'], answer };
}

/** Who bears a token of the STS. */
function namesOf(headers: ServiceRequest['headers']): Names {
  const bearer = headers.authorization ?? '';
  return bearer.startsWith(BEARER) ? bearer.slice(BEARER.length).split(' ') : [];
}
