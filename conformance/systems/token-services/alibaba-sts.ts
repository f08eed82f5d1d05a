import type { Issuers } from './issuers';
import { Refused, json, type Decision, type Reply, type ServiceRequest, type TokenService } from './service';
import type { RenderedTrust } from './trust';

interface Statement {
  readonly Effect: string;
  readonly Action: string;
  readonly Principal: { readonly Federated: readonly string[] };
  readonly Condition: { readonly StringEquals: { readonly [key: string]: string | readonly string[] } };
}
interface Role {
  readonly RoleName: string;
  readonly AssumeRolePolicyDocument: { readonly Version: string; readonly Statement: readonly Statement[] };
}
interface Provider {
  readonly IssuerUrl: string;
  readonly ClientIds: readonly string[];
}

/** STS of Alibaba Cloud, as far as OIDC goes. https://www.alibabacloud.com/help/en/ram/developer-reference/api-sts-2015-04-01-assumerolewithoidc */
export function alibabaSts(issuers: Issuers, trust: () => RenderedTrust, decide: (decision: Decision) => void): TokenService {
  const answer = async ({ url, body }: ServiceRequest): Promise<Reply> => {
    const asked = new URLSearchParams(body);
    const role = asked.get('RoleArn') ?? '';
    if (url.searchParams.get('Action') !== 'AssumeRoleWithOIDC') return json(400, { Code: 'InvalidAction' });
    try {
      await believe(issuers, trust(), role, asked.get('OIDCProviderArn') ?? '', asked.get('OIDCToken') ?? '');
      decide({ service: 'alibaba', becomes: role });
      const Expiration = new Date(Date.now() + 3_600_000).toISOString();
      return json(200, { RequestId: '1', Credentials: { AccessKeyId: 'STS.conformance', AccessKeySecret: 'secret', SecurityToken: role, Expiration } });
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      decide({ service: 'alibaba', refusedFor: error.because });
      return json(error.because === 'subject' ? 403 : 400, { Code: 'AuthenticationFail', Message: error.message });
    }
  };
  return { hosts: ['sts.aliyuncs.com'], answer };
}

async function believe(issuers: Issuers, trust: RenderedTrust, roleArn: string, providerArn: string, token: string): Promise<void> {
  const { issuer, subject, audiences } = issuers.read(token);
  const role = trust.of<Role>('ram.Role').find(({ name }) => name === roleArn)?.request;
  const statement = role?.AssumeRolePolicyDocument.Statement.find(({ Principal }) => Principal.Federated.includes(providerArn));
  // The provider of an ACK cluster is made by the cluster: it has the issuer of the one that the role's author meant.
  const made = trust.of<Provider>('ims.OIDCProvider').find(({ name }) => name === providerArn)?.request;
  const known = made?.IssuerUrl ?? statement?.Condition.StringEquals['oidc:iss'];
  if (role !== undefined && known !== issuer) throw new Refused('issuer', 'AuthenticationFail.OIDCToken.IssuerNotMatch');
  await issuers.verify(token);
  const audience = audiences.find(each => (made?.ClientIds ?? ['sts.aliyuncs.com']).includes(each));
  if (audience === undefined) throw new Refused('audience', 'AuthenticationFail.OIDCToken.AudienceNotMatch');
  if (role === undefined) throw new Refused('role', `there is no role ${roleArn}`);
  if (role.AssumeRolePolicyDocument.Version !== '1' || statement?.Effect !== 'Allow' || statement.Action !== 'sts:AssumeRole') throw new Refused('policy', 'NoPermission');
  const operators = Object.keys(statement.Condition);
  if (operators.join() !== 'StringEquals') throw new Error(`a condition that is not understood: ${operators.join()}`);
  const keys: { readonly [key: string]: string } = { 'oidc:iss': issuer, 'oidc:sub': subject, 'oidc:aud': audience };
  for (const [key, wanted] of Object.entries(statement.Condition.StringEquals)) {
    if (![wanted].flat().includes(keys[key] ?? '')) throw new Refused({ 'oidc:iss': 'issuer', 'oidc:aud': 'audience' }[key] ?? 'subject', 'NoPermission');
  }
}
