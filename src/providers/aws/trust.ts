import { subjectOf } from '../../core/claims';
import { derive, type Deferrable } from '../../core/deferred';
import { byText } from '../../core/names';
import { groupBy } from '../group';
import type { AnchorRequest, TrustLayout } from '../provider';
import { issuerPath, oidcProviderArn, roleArn } from './arn';
import type { AwsPolicyDocument } from './binding';
import { DEFAULT_AUDIENCE, type AwsEdge, type AwsSettings } from './settings';

/** A role's trust policy. https://docs.aws.amazon.com/eks/latest/userguide/associate-service-account-role.html */
export interface TrustPolicy {
  readonly Version: '2012-10-17';
  readonly Statement: readonly TrustStatement[];
}

interface TrustStatement {
  readonly Effect: 'Allow';
  readonly Principal: { readonly Federated: string };
  readonly Action: 'sts:AssumeRoleWithWebIdentity';
  readonly Condition: { readonly StringEquals: { readonly [key: string]: string | readonly string[] } };
}

/** Parameters of CreateRole, with the trust policy as JSON. https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html */
export interface CreateRole {
  readonly RoleName: string;
  readonly Path: string;
  readonly AssumeRolePolicyDocument: Deferrable<TrustPolicy>;
  readonly Description?: string;
  readonly MaxSessionDuration?: number;
  readonly PermissionsBoundary?: Deferrable<string>;
  readonly Tags?: readonly { readonly Key: string; readonly Value: string }[];
}

/** Every document that this provider makes. */
export type AwsDocument =
  | TrustLayout<'iam.OpenIDConnectProvider', { readonly Url: Deferrable<string>; readonly ClientIDList: Deferrable<readonly string[]> }>
  | TrustLayout<'iam.Role', CreateRole>
  | TrustLayout<'iam.RolePolicyAttachment', { readonly RoleName: string; readonly PolicyArn: Deferrable<string> }>
  | TrustLayout<'iam.RolePolicy', { readonly RoleName: string; readonly PolicyName: string; readonly PolicyDocument: AwsPolicyDocument }>;

export function trustOf(edges: readonly AwsEdge[]): readonly AwsDocument[] {
  return [...groupBy(edges, edge => edge.variant).values()].flatMap(roleDocuments);
}

/** One role and what hangs on it, for the edges that share it. */
function roleDocuments(edges: readonly AwsEdge[]): readonly AwsDocument[] {
  const [edge] = edges;
  if (edge === undefined || edge.settings.existing) return [];
  const { settings } = edge;
  const arn = roleArn(edge);
  const base = [edge.binding, edge.variant].filter(part => part !== '').join('/');
  const { binding, variant } = edge;
  const role: AwsDocument = {
    provider: 'aws',
    kind: 'iam.Role',
    id: base,
    name: arn,
    binding,
    variant,
    request: createRole(edges, settings),
    becomes: arn,
    owned: true,
    ownedAs: derive([settings.accountId], account => `arn:${settings.partition}:iam::${account}:role/${settings.roleName}`),
  };
  const after = [base];
  const documents: AwsDocument[] = [role];
  for (const policy of settings.managedPolicies) {
    documents.push({
      provider: 'aws',
      kind: 'iam.RolePolicyAttachment',
      id: `${base}/managed/${policyId(policy)}`,
      name: derive([arn, policy.arn], (of, managed) => `${of} ${managed}`),
      binding,
      variant,
      request: { RoleName: settings.roleName, PolicyArn: policy.arn },
      owned: false,
      after,
    });
  }
  for (const name of Object.keys(settings.inlinePolicies)) {
    documents.push({
      provider: 'aws',
      kind: 'iam.RolePolicy',
      id: `${base}/inline/${name}`,
      name: derive([arn], of => `${of} ${name}`),
      binding,
      variant,
      request: { RoleName: settings.roleName, PolicyName: name, PolicyDocument: { Version: '2012-10-17', ...settings.inlinePolicies[name] as AwsPolicyDocument } },
      owned: false,
      after,
    });
  }
  return documents;
}

/** The account and the name: enough to tell the policies of a role apart. */
export function policyId({ given }: AwsSettings['managedPolicies'][number]): string {
  return given.replace(/^arn:[^:]*:iam::([^:]*):policy\//, '$1/');
}

function createRole(edges: readonly AwsEdge[], { roleName, rolePath, description, maxSessionDuration, permissionsBoundary, tags }: AwsSettings): CreateRole {
  const keys = Object.keys(tags);
  return {
    RoleName: roleName,
    Path: rolePath,
    AssumeRolePolicyDocument: trustPolicyOf(edges),
    ...(description !== undefined && { Description: description }),
    ...(maxSessionDuration !== undefined && { MaxSessionDuration: maxSessionDuration }),
    ...(permissionsBoundary !== undefined && { PermissionsBoundary: permissionsBoundary }),
    ...(keys.length > 0 && { Tags: keys.map(Key => ({ Key, Value: tags[Key] as string })) }),
  };
}

/** The trust policy of the role that these edges share: it waits for the issuers of all of them. */
export function trustPolicyOf(edges: readonly AwsEdge[]): Deferrable<TrustPolicy> {
  const claims = edges.map(edge => derive([edge.facts.issuer(), edge.settings.accountId], (issuer, account) => ({
    issuer,
    federated: oidcProviderArn(edge.settings.partition, account, issuer),
    audience: edge.settings.audience,
    subject: subjectOf(edge.subject),
  })));
  return derive(claims, (...known) => ({ Version: '2012-10-17', Statement: statementsOf(known) }));
}

interface Admitted {
  readonly issuer: string;
  readonly federated: string;
  readonly audience: string;
  readonly subject: string;
}

/** One statement for each issuer and audience. `sub` and `aud` are always pinned, and always by StringEquals. */
function statementsOf(admitted: readonly Admitted[]): readonly TrustStatement[] {
  return [...groupBy(admitted, one => `${one.federated}\n${one.audience}`).values()].map(group => {
    const { issuer, federated, audience } = group[0] as Admitted;
    const subjects = [...new Set(group.map(one => one.subject))].sort(byText);
    return {
      Effect: 'Allow',
      Principal: { Federated: federated },
      Action: 'sts:AssumeRoleWithWebIdentity',
      Condition: {
        StringEquals: {
          [`${issuerPath(issuer)}:aud`]: audience,
          [`${issuerPath(issuer)}:sub`]: subjects.length === 1 ? (subjects[0] as string) : subjects,
        },
      },
    };
  });
}

/** Characters of a policy as IAM counts them: blanks do not count, and are only looked for in one that is longer than `enough`. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html */
export function policySize(policy: TrustPolicy, enough: number): number {
  const text = JSON.stringify(policy);
  return text.length <= enough ? text.length : text.replace(/\s/g, '').length;
}

/** The IAM OIDC provider of a cluster in an account. https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateOpenIDConnectProvider.html */
export function anchorOf({ cluster, issuer, home, realm, audiences }: AnchorRequest): AwsDocument {
  const partition = realm ?? cluster.eks?.partition ?? 'aws';
  return {
    provider: 'aws',
    kind: 'iam.OpenIDConnectProvider',
    id: 'aws',
    binding: 'aws',
    name: derive([home, issuer], (account, url) => oidcProviderArn(partition, account, url)),
    owned: true,
    request: { Url: issuer, ClientIDList: derive(audiences.length > 0 ? audiences : [DEFAULT_AUDIENCE], (...known) => [...new Set(known)].sort(byText)) },
  };
}
