import { allow, type PolicyDocument } from './aws-policy';
import type { Issuers } from './issuers';
import { Refused, type Decision, type Reply, type ServiceRequest, type TokenService } from './service';
import type { RenderedTrust } from './trust';

interface OidcProvider {
  readonly Url: string;
  readonly ClientIDList: readonly string[];
}

interface Role {
  readonly RoleName: string;
  readonly Path: string;
  readonly AssumeRolePolicyDocument: PolicyDocument;
  readonly MaxSessionDuration?: number;
}

const ACTION = 'sts:AssumeRoleWithWebIdentity';

/** AWS STS, as far as web identities go. https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithWebIdentity.html */
export function awsSts(issuers: Issuers, trust: () => RenderedTrust, decide: (decision: Decision) => void): TokenService {
  const answer = async ({ body }: ServiceRequest): Promise<Reply> => {
    const asked = new URLSearchParams(body);
    const field = (name: string): string => asked.get(name) ?? '';
    if (field('Action') !== 'AssumeRoleWithWebIdentity') return xml(400, failure('InvalidAction', field('Action')));
    try {
      const role = roleOf(trust(), field('RoleArn'));
      await believe(issuers, trust(), field('RoleArn'), field('WebIdentityToken'), role);
      if (Number(asked.get('DurationSeconds') ?? 3600) > (role?.MaxSessionDuration ?? 3600)) throw new Refused('duration', 'the requested DurationSeconds exceeds the MaxSessionDuration set for this role');
      decide({ service: 'aws', becomes: field('RoleArn') });
      return xml(200, session(field('RoleArn'), field('RoleSessionName')));
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      decide({ service: 'aws', refusedFor: error.because });
      return xml(error.because === 'subject' ? 403 : 400, failure(error.because === 'subject' ? 'AccessDenied' : 'InvalidIdentityToken', error.message));
    }
  };
  return { hosts: ['sts.amazonaws.com'], answer };
}

/** The role of that name, made in the account that its ARN says. */
function roleOf(trust: RenderedTrust, arn: string): Role | undefined {
  const [, account = '', path = ''] = /^arn:[^:]+:iam::(\d{12}):role(\/.*)$/.exec(arn) ?? [];
  return trust.of<Role>('iam.Role').find(({ name, request }) => accountOf(name) === account && `${request.Path}${request.RoleName}` === path)?.request;
}

/** The account first looks for the issuer among its providers, then the role is asked about the subject. */
async function believe(issuers: Issuers, trust: RenderedTrust, roleArn: string, token: string, role: Role | undefined): Promise<void> {
  const { issuer, subject, audiences } = issuers.read(token);
  const provider = trust.of<OidcProvider>('iam.OpenIDConnectProvider').find(({ name, request }) => accountOf(name) === accountOf(roleArn) && request.Url === issuer);
  if (provider === undefined) throw new Refused('issuer', `No OpenIDConnect provider found in your account for ${issuer}`);
  await issuers.verify(token);
  const audience = audiences.find(each => provider.request.ClientIDList.includes(each));
  if (audience === undefined) throw new Refused('audience', 'Incorrect token audience');
  if (role === undefined) throw new Refused('role', `there is no role ${roleArn}`);
  const host = issuer.slice('https://'.length).toLowerCase();
  allow(role.AssumeRolePolicyDocument, { action: ACTION, principal: { Federated: `${provider.name.split(':oidc-provider/')[0] ?? ''}:oidc-provider/${issuer.slice('https://'.length)}` }, keys: { [`${host}:sub`]: subject, [`${host}:aud`]: audience } });
}

function accountOf(arn: string): string {
  return arn.split(':')[4] ?? '';
}

function xml(status: number, body: string): Reply {
  return { status, type: 'text/xml', body };
}

const NAMESPACE = 'https://sts.amazonaws.com/doc/2011-06-15/';

/** The session says in its token whom it is of. */
function session(roleArn: string, name: string): string {
  const [expiration, arn] = [new Date(Date.now() + 3_600_000).toISOString(), escape(roleArn)];
  return element('AssumeRoleWithWebIdentityResponse', element('AssumeRoleWithWebIdentityResult', [
    element('Credentials', [element('AccessKeyId', 'ASIACONFORMANCE00000'), element('SecretAccessKey', 'secret'), element('SessionToken', arn), element('Expiration', expiration)].join('')),
    element('AssumedRoleUser', element('Arn', `${arn}/${escape(name)}`) + element('AssumedRoleId', `AROACONFORMANCE00000:${escape(name)}`)),
  ].join('')) + element('ResponseMetadata', element('RequestId', '1')), NAMESPACE);
}

function failure(code: string, message: string): string {
  return element('ErrorResponse', element('Error', element('Type', 'Sender') + element('Code', code) + element('Message', escape(message))) + element('RequestId', '1'), NAMESPACE);
}

function element(name: string, content: string, namespace?: string): string {
  return `<${name}${namespace === undefined ? '' : ` xmlns="${namespace}"`}>${content}</${name}>`;
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
