import { dataOf, isData, listOf, type Data } from '../../kubernetes/data';
import type { TrustArtifact } from '../../proof/artifacts';
import type { Part } from '../document';
import type { Knowledge } from '../knowledge';
import type { MapDocument, Reader, Reading, Unsaid } from '../reader';
import { pick, policyIn, said } from '../said';

/** What the CLI of AWS prints of IAM and of EKS Pod Identity. https://docs.aws.amazon.com/cli/latest/reference/iam/ https://docs.aws.amazon.com/cli/latest/reference/eks/ */
export const aws: Reader = {
  prints: [
    'aws iam get-role', 'aws iam list-roles', 'aws iam get-account-authorization-details', 'aws iam get-open-id-connect-provider',
    'aws iam list-open-id-connect-providers', 'aws eks describe-pod-identity-association', 'aws eks list-pod-identity-associations',
  ],
  learn: ({ value }, knowledge) => {
    for (const { value: role } of rolesIn(value) ?? []) for (const arn of providersOf(role)) learnProvider(arn, knowledge);
    for (const { Arn } of listOf(value.OpenIDConnectProviderList)) if (typeof Arn === 'string') learnProvider(Arn, knowledge);
    const { associationArn, roleArn } = dataOf(value.association);
    if (typeof associationArn === 'string' && typeof roleArn === 'string') knowledge.learn(ROLE_OF, associationArn, roleArn);
  },
  read: (document, knowledge) => {
    const { value } = document;
    return roles(value) ?? provider(document, knowledge) ?? providers(value) ?? association(value) ?? associations(value, knowledge);
  },
};

const PROVIDER_OF = 'aws OIDC provider of';
const ROLE_OF = 'aws role of association';
const ROLE_ARN = /^arn:[^:]*:iam::[^:]*:role\/./;

/** https://docs.aws.amazon.com/cli/latest/reference/iam/get-role.html .../list-roles.html .../get-account-authorization-details.html */
function rolesIn(value: Data): readonly Part<Data>[] | undefined {
  const { Role, Roles, RoleDetailList } = value;
  if (isData(Role)) return ROLE_ARN.test(said(Role.Arn) ?? '') ? [{ value: Role, path: 'Role' }] : undefined;
  const [field, list] = Array.isArray(Roles) ? ['Roles', Roles] : ['RoleDetailList', RoleDetailList];
  if (!Array.isArray(list) || !list.every(item => ROLE_ARN.test(said(dataOf(item).Arn) ?? ''))) return undefined;
  return list.map((role: Data, i) => ({ value: role, path: `${field}[${i}]` }));
}

function roles(value: Data): Reading | undefined {
  const found = rolesIn(value);
  if (found === undefined) return undefined;
  const trust: Part<TrustArtifact>[] = [];
  const unsaid: Unsaid[] = restOf(value);
  for (const { value: role, path } of found) {
    const policy = policyIn(role.AssumeRolePolicyDocument);
    if (policy === undefined) unsaid.push({ path, what: `a trust policy of ${role.Arn} that is JSON`, fix: `give what aws iam get-role --role-name ${said(role.RoleName) ?? 'NAME'} prints` });
    else trust.push({ path, value: artifact('iam.Role', role.Arn as string, { ...pick(role, ['RoleName', 'Path']), AssumeRolePolicyDocument: policy }, role.Arn as string) });
    trust.push(...attachedTo(role, path));
  }
  return { trust, unsaid };
}

/** What a role may do, which only the details of an account say beside it. */
function attachedTo(role: Data, path: string): readonly Part<TrustArtifact>[] {
  const name = (last: unknown): string => `${String(role.Arn)} ${String(last)}`;
  const attachments = listOf(role.AttachedManagedPolicies).filter(({ PolicyArn }) => said(PolicyArn) !== undefined)
    .map(({ PolicyArn }) => artifact('iam.RolePolicyAttachment', name(PolicyArn), { ...pick(role, ['RoleName']), PolicyArn }));
  const inline = listOf(role.RolePolicyList).flatMap(({ PolicyName, PolicyDocument }) => {
    const policy = policyIn(PolicyDocument);
    return said(PolicyName) === undefined || policy === undefined ? [] : [artifact('iam.RolePolicy', name(PolicyName), { ...pick(role, ['RoleName']), PolicyName, PolicyDocument: policy })];
  });
  return [...attachments, ...inline].map(value => ({ value, path }));
}

/** A list that was cut. */
function restOf({ IsTruncated, NextToken, nextToken }: Data): Unsaid[] {
  const isCut = IsTruncated === true || [NextToken, nextToken].some(token => said(token) !== undefined);
  return isCut ? [{ path: '', what: 'what is in the rest of the list', fix: 'list it without --max-items and --no-paginate' }] : [];
}

/** The providers that a role's policy names, by ARN. */
function providersOf(role: Data): readonly string[] {
  const { Statement } = policyIn(role.AssumeRolePolicyDocument) ?? {};
  const statements = isData(Statement) ? [Statement] : listOf(Statement);
  return statements.flatMap(({ Principal }) => dataOf(Principal).Federated).filter(arn => typeof arn === 'string');
}

function learnProvider(arn: string, knowledge: Knowledge): void {
  const [, url] = /^arn:[^:]*:iam::[^:]*:oidc-provider\/(.+)$/.exec(arn) ?? [];
  if (url !== undefined) knowledge.learn(PROVIDER_OF, url, arn);
}

/** It has no ARN, and its URL no scheme. https://docs.aws.amazon.com/cli/latest/reference/iam/get-open-id-connect-provider.html */
function provider({ value, of }: MapDocument, knowledge: Knowledge): Reading | undefined {
  const url = said(value.Url);
  if (url === undefined || !Array.isArray(value.ClientIDList)) return undefined;
  const path = url.replace(/^https:\/\//, '');
  const example = `arn:aws:iam::111122223333:oidc-provider/${path}`;
  if (of !== undefined && !of.endsWith(`:oidc-provider/${path}`)) return { unsaid: [{ path: '', what: `which provider it is, for ${of} is not the ARN of one for ${path}`, example }] };
  const arn = of ?? knowledge.known(PROVIDER_OF, path);
  if (arn === undefined) return { unsaid: [{ path: '', what: 'the ARN of the OIDC provider', example }] };
  return { trust: [{ path: '', value: artifact('iam.OpenIDConnectProvider', arn, { Url: `https://${path}`, ClientIDList: value.ClientIDList }) }] };
}

/** It is learnt from, and says nothing else. */
function providers({ OpenIDConnectProviderList }: Data): Reading | undefined {
  return Array.isArray(OpenIDConnectProviderList) ? {} : undefined;
}

/** https://docs.aws.amazon.com/cli/latest/reference/eks/describe-pod-identity-association.html */
function association(value: Data): Reading | undefined {
  const one = value.association;
  if (!isAssociation(one)) return undefined;
  if (said(one.roleArn) !== undefined) return { trust: [{ path: 'association', value: associated(one) }] };
  return withoutRole(one, 'association');
}

/** It says of none which role it gives. https://docs.aws.amazon.com/cli/latest/reference/eks/list-pod-identity-associations.html */
function associations(value: Data, knowledge: Knowledge): Reading | undefined {
  const list: unknown = value.associations;
  if (!Array.isArray(list) || !list.every(isAssociation)) return undefined;
  const readings = list.map((one, i) => (knowledge.known(ROLE_OF, one.associationArn as string) === undefined ? withoutRole(one, `associations[${i}]`) : {}));
  return { trust: readings.flatMap(({ trust = [] }) => trust), unsaid: [...restOf(value), ...readings.flatMap(({ unsaid = [] }) => unsaid)] };
}

/** It is there all the same: a pod that has it asks by it, whatever its annotation says. */
function withoutRole(one: Data, path: string): Reading {
  const command = `aws eks describe-pod-identity-association --cluster-name ${String(one.clusterName)} --association-id ${said(one.associationId) ?? 'ID'}`;
  return {
    trust: [{ path, value: associated(one) }],
    unsaid: [{ path, what: `which role ${String(one.namespace)}/${String(one.serviceAccount)} gets`, fix: `give what ${command} prints` }],
  };
}

function isAssociation(one: unknown): one is Data {
  return isData(one) && ['associationArn', 'clusterName', 'namespace', 'serviceAccount'].every(field => said(one[field]) !== undefined);
}

function associated(one: Data): TrustArtifact {
  const request = pick(one, ['clusterName', 'namespace', 'serviceAccount', 'roleArn', 'targetRoleArn', 'disableSessionTags', 'policy']);
  return artifact('eks.PodIdentityAssociation', one.associationArn as string, request, said(one.targetRoleArn) ?? said(one.roleArn));
}

function artifact(kind: string, name: string, request: Data, becomes?: string): TrustArtifact {
  return { provider: 'aws', kind, name, ...(becomes !== undefined && { becomes }), request };
}
