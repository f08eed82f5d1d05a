import { subjectOf } from '../../core/claims';
import { derive, type Deferrable } from '../../core/deferred';
import { byText } from '../../core/names';
import { groupBy } from '../group';
import type { AnchorRequest, TrustLayout } from '../provider';
import { oidcProviderArn, providerArnOf, roleArn } from './arn';
import type { AlibabaPolicyDocument, AlibabaPolicyType } from './binding';
import { AUDIENCE, providerNameOf, type AlibabaEdge } from './settings';

/** A role's trust policy. https://www.alibabacloud.com/help/en/ram/user-guide/edit-the-trust-policy-of-a-ram-role */
export interface RamTrustPolicy {
  readonly Version: '1';
  readonly Statement: readonly RamTrustStatement[];
}

interface RamTrustStatement {
  readonly Effect: 'Allow';
  readonly Action: 'sts:AssumeRole';
  readonly Principal: { readonly Federated: readonly string[] };
  readonly Condition: { readonly StringEquals: { readonly [key in 'oidc:aud' | 'oidc:iss' | 'oidc:sub']: string | readonly string[] } };
}

/** Parameters of CreateRole, with the trust policy as JSON. https://www.alibabacloud.com/help/en/ram/developer-reference/api-ram-2015-05-01-createrole */
export interface CreateRamRole {
  readonly RoleName: string;
  readonly AssumeRolePolicyDocument: Deferrable<RamTrustPolicy>;
  readonly Description?: string;
  readonly MaxSessionDuration?: number;
}

/** Parameters of AttachPolicyToRole. */
export interface AttachPolicyToRole {
  readonly RoleName: string;
  readonly PolicyName: Deferrable<string>;
  readonly PolicyType: AlibabaPolicyType;
}

/** Parameters of CreateOIDCProvider. https://www.alibabacloud.com/help/en/ram/developer-reference/api-ims-2019-08-15-createoidcprovider */
export interface CreateOidcProvider {
  readonly OIDCProviderName: string;
  readonly IssuerUrl: Deferrable<string>;
  readonly ClientIds: Deferrable<readonly string[]>;
}

/** Every document that this provider makes. */
export type AlibabaDocument =
  | TrustLayout<'ims.OIDCProvider', CreateOidcProvider>
  | TrustLayout<'ram.Role', CreateRamRole>
  | TrustLayout<'ram.Policy', { readonly PolicyName: string; readonly PolicyDocument: AlibabaPolicyDocument }>
  | TrustLayout<'ram.RolePolicyAttachment', AttachPolicyToRole>;

export function trustOf(edges: readonly AlibabaEdge[]): readonly AlibabaDocument[] {
  const documents = [...groupBy(edges, edge => edge.variant).values()].flatMap(roleDocuments);
  // Roles in one account have the policies of the binding in common.
  return [...new Map(documents.map(document => [document.id, document])).values()];
}

/** One role and what hangs on it, for the edges that share it. */
function roleDocuments(edges: readonly AlibabaEdge[]): readonly AlibabaDocument[] {
  const [edge] = edges;
  if (edge === undefined || edge.settings.existing) return [];
  const { policies, customPolicies } = edge.settings;
  const base = pathOf(edge.binding, edge.variant);
  return [
    roleDocument(edges, edge, base),
    ...policies.map(({ given, name, type }) => attachment(edge, `${base}/policy/${type}/${given}`, name, type, [base])),
    ...Object.keys(customPolicies).flatMap(name => {
      const policy = policyDocument(edge, name);
      return [policy, attachment(edge, `${base}/attached/${name}`, name, 'Custom', [base, policy.id])];
    }),
  ];
}

function roleDocument(edges: readonly AlibabaEdge[], edge: AlibabaEdge, id: string): AlibabaDocument {
  const { roleName, description, maxSessionDuration } = edge.settings;
  const arn = roleArn(edge);
  return {
    ...commonOf(edge),
    kind: 'ram.Role',
    id,
    name: arn,
    becomes: arn,
    owned: true,
    request: {
      RoleName: roleName,
      AssumeRolePolicyDocument: trustPolicyOf(edges),
      ...(description !== undefined && { Description: description }),
      ...(maxSessionDuration !== undefined && { MaxSessionDuration: maxSessionDuration }),
    },
  };
}

/** A policy lives in the account, whichever of the binding's roles there has it. */
function policyDocument(edge: AlibabaEdge, name: string): AlibabaDocument {
  return {
    ...commonOf(edge),
    kind: 'ram.Policy',
    id: `${accountPath(edge)}/own/${name}`,
    name: derive([edge.settings.accountId], account => `acs:ram::${account}:policy/${name}`),
    owned: true,
    request: { PolicyName: name, PolicyDocument: { Version: '1', ...edge.settings.customPolicies[name] as AlibabaPolicyDocument } },
  };
}

function attachment(edge: AlibabaEdge, id: string, policy: Deferrable<string>, type: AlibabaPolicyType, after: readonly string[]): AlibabaDocument {
  return {
    ...commonOf(edge),
    kind: 'ram.RolePolicyAttachment',
    id,
    name: derive([roleArn(edge), policy], (role, name) => `${role} ${type} ${name}`),
    owned: false,
    after,
    request: { RoleName: edge.settings.roleName, PolicyName: policy, PolicyType: type },
  };
}

function commonOf({ binding, variant }: AlibabaEdge) {
  return { provider: 'alibaba', binding, variant } as const;
}

/** Tells apart the accounts of one binding by what `on` says of them: made of the definition alone. */
export function accountPath({ binding, variant }: AlibabaEdge): string {
  return pathOf(binding, variant.split(',').find(part => part.startsWith('accountId=')) ?? '');
}

function pathOf(...parts: readonly string[]): string {
  return parts.filter(part => part !== '').join('/');
}

interface Admitted {
  readonly issuer: string;
  readonly federated: string;
  readonly subject: string;
}

/** The trust policy of the role that these edges share: it waits for the issuers of all of them. */
export function trustPolicyOf(edges: readonly AlibabaEdge[]): Deferrable<RamTrustPolicy> {
  const claims = edges.map(edge => derive([edge.facts.issuer(), providerArnOf(edge)], (issuer, federated): Admitted => ({
    issuer, federated, subject: subjectOf(edge.subject),
  })));
  return derive(claims, (...known) => ({ Version: '1', Statement: statementsOf(known) }));
}

/**
 * One statement for each cluster. RAM's condition keys do not name the issuer, so that it is a condition of its own; it,
 * subject and audience are always pinned, and always by StringEquals.
 */
function statementsOf(admitted: readonly Admitted[]): readonly RamTrustStatement[] {
  return [...groupBy(admitted, one => `${one.federated}\n${one.issuer}`).values()].map(group => {
    const { issuer, federated } = group[0] as Admitted;
    const subjects = [...new Set(group.map(one => one.subject))].sort(byText);
    return {
      Effect: 'Allow',
      Action: 'sts:AssumeRole',
      Principal: { Federated: [federated] },
      Condition: { StringEquals: { 'oidc:aud': AUDIENCE, 'oidc:iss': issuer, 'oidc:sub': subjects.length === 1 ? (subjects[0] as string) : subjects } },
    };
  });
}

/** The RAM OIDC provider of a cluster in an account. */
export function anchorOf({ cluster, issuer, home, audiences }: AnchorRequest): AlibabaDocument {
  const name = providerNameOf(cluster);
  return {
    provider: 'alibaba',
    kind: 'ims.OIDCProvider',
    id: 'alibaba',
    binding: 'alibaba',
    name: derive([home], account => oidcProviderArn(account, name)),
    owned: true,
    request: {
      OIDCProviderName: name,
      IssuerUrl: issuer,
      ClientIds: derive(audiences.length > 0 ? audiences : [AUDIENCE], (...known) => [...new Set(known)].sort(byText)),
    },
  };
}
