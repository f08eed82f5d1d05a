import { dataOf, isData, listOf, type Data } from '../../kubernetes/data';
import type { TrustArtifact } from '../../proof/artifacts';
import type { Part } from '../document';
import type { Reader, Reading, Unsaid } from '../reader';
import { pick, policyIn, said } from '../said';

/** What the CLI of Alibaba Cloud prints of RAM: the answers of its APIs. https://www.alibabacloud.com/help/en/cli/ */
export const alibaba: Reader = {
  prints: ['aliyun ram GetRole', 'aliyun ram ListRoles', 'aliyun ims GetOIDCProvider', 'aliyun ims ListOIDCProviders'],
  learn: ({ value }, knowledge) => {
    const { Arn } = dataOf(value.Role);
    if (isRole(value.Role)) knowledge.learn(GIVEN, String(Arn), 'yes');
  },
  read: ({ value }, knowledge) => role(value) ?? roles(value, arn => knowledge.known(GIVEN, arn) !== undefined) ?? providers(value),
};

const GIVEN = 'alibaba role that is given';

function isRole(value: unknown): value is Data {
  return isData(value) && /^acs:ram::[^:]*:role\/./.test(said(value.Arn) ?? '');
}

/** Its trust policy is JSON. https://www.alibabacloud.com/help/en/ram/developer-reference/api-ram-2015-05-01-getrole */
function role({ Role }: Data): Reading | undefined {
  if (!isRole(Role)) return undefined;
  const policy = policyIn(Role.AssumeRolePolicyDocument);
  if (policy === undefined) return { unsaid: [policyOf(Role, 'Role')] };
  const arn = Role.Arn as string;
  return { trust: [{ path: 'Role', value: { provider: 'alibaba', kind: 'ram.Role', name: arn, becomes: arn, request: { ...pick(Role, ['RoleName']), AssumeRolePolicyDocument: policy } } }] };
}

/** The list has no trust policies. https://www.alibabacloud.com/help/en/ram/developer-reference/api-ram-2015-05-01-listroles */
function roles(value: Data, isGiven: (arn: string) => boolean): Reading | undefined {
  const list = dataOf(value.Roles).Role;
  if (!Array.isArray(list) || !list.every(isRole)) return undefined;
  const unsaid = list.flatMap((one, i) => (isGiven(one.Arn as string) ? [] : [policyOf(one, `Roles.Role[${i}]`)]));
  return { unsaid: [...unsaid, ...restOf(value)] };
}

function policyOf(one: Data, path: string): Unsaid {
  return { path, what: `the trust policy of ${String(one.Arn)}`, fix: `give what aliyun ram GetRole --RoleName ${said(one.RoleName) ?? 'NAME'} prints` };
}

/** https://www.alibabacloud.com/help/en/ram/developer-reference/api-ims-2019-08-15-getoidcprovider .../api-ims-2019-08-15-listoidcproviders */
function providers(value: Data): Reading | undefined {
  const { OIDCProvider: one, OIDCProviders } = value;
  if (isProvider(one)) return { trust: [providerAt(one, 'OIDCProvider')] };
  const list = dataOf(OIDCProviders).OIDCProvider;
  if (!Array.isArray(list) || !list.every(isProvider)) return undefined;
  return { trust: listOf(list).map((each, i) => providerAt(each, `OIDCProviders.OIDCProvider[${i}]`)), unsaid: restOf(value) };
}

function isProvider(value: unknown): value is Data {
  return isData(value) && said(value.Arn) !== undefined && said(value.IssuerUrl) !== undefined;
}

/** The client ids are one text, with commas. */
function providerAt(one: Data, path: string): Part<TrustArtifact> {
  const request = { ...pick(one, ['OIDCProviderName', 'IssuerUrl']), ClientIds: said(one.ClientIds)?.split(',') ?? [] };
  return { path, value: { provider: 'alibaba', kind: 'ims.OIDCProvider', name: one.Arn as string, request } };
}

function restOf({ IsTruncated }: Data): readonly Unsaid[] {
  return IsTruncated === true ? [{ path: '', what: 'what is in the rest of the list', fix: 'list it with --pager, or with --MaxItems 1000' }] : [];
}
