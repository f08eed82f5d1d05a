import { subjectOf } from '../../core/claims';
import type { Deferrable } from '../../core/deferred';
import { byText } from '../../core/names';
import { groupBy } from '../group';
import type { TrustLayout } from '../provider';
import type { MountDocument } from './mount';
import { roleName } from './names';
import type { VaultEdge, VaultSettings } from './settings';

/** What the token of Vault may do, and for how long. */
export interface VaultTokenFields {
  readonly token_policies?: readonly string[];
  readonly token_ttl?: number;
  readonly token_max_ttl?: number;
}

/** A role of the method `kubernetes`. https://developer.hashicorp.com/vault/api-docs/auth/kubernetes#create-update-role */
export interface KubernetesRole extends VaultTokenFields {
  readonly bound_service_account_names: readonly string[];
  readonly bound_service_account_namespaces: readonly string[];
  readonly audience: string;
  readonly alias_name_source: 'serviceaccount_uid' | 'serviceaccount_name';
}

/** A role of the method `jwt`. https://developer.hashicorp.com/vault/api-docs/auth/jwt#create-update-role */
export interface JwtRole extends VaultTokenFields {
  /** Said always: a role is one for browsers otherwise. */
  readonly role_type: 'jwt';
  readonly user_claim: string;
  readonly user_claim_json_pointer?: true;
  readonly bound_audiences: readonly string[];
  readonly bound_subject?: string;
  readonly bound_claims_type: 'string';
  /** The issuer, whichever keys the mount takes; and the subjects, where there are several. */
  readonly bound_claims: { readonly iss: Deferrable<string>; readonly sub?: readonly string[] };
}

/** Every document that this provider makes. */
export type VaultDocument =
  | MountDocument
  | TrustLayout<'kubernetes.Role', KubernetesRole>
  | TrustLayout<'jwt.Role', JwtRole>;

export function trustOf(edges: readonly VaultEdge[]): readonly VaultDocument[] {
  return [...groupBy(edges, edge => edge.variant).values()].flatMap(roleDocuments);
}

/** One role, for the service accounts that share it. */
function roleDocuments(edges: readonly VaultEdge[]): readonly VaultDocument[] {
  const [edge] = edges;
  if (edge === undefined || edge.settings.existing) return [];
  const { binding, variant, settings } = edge;
  const name = roleName(edge);
  const common = { provider: 'vault', id: [binding, variant].filter(part => part !== '').join('/'), binding, variant, name, becomes: name, owned: true } as const;
  return settings.mechanism === 'kubernetes'
    ? [{ ...common, kind: 'kubernetes.Role', request: { ...kubernetesRole(edges, settings), ...tokenFields(settings) } }]
    : [{ ...common, kind: 'jwt.Role', request: { ...jwtRole(edges, edge), ...tokenFields(settings) } }];
}

/** Who is let in: every name in every namespace. That this is nobody else is a rule. */
export function boundBy(edges: readonly VaultEdge[]): { readonly names: readonly string[]; readonly namespaces: readonly string[] } {
  const globs = edges[0]?.settings.unsafeGlobs;
  return {
    names: boundList(edges.map(({ subject }) => subject.serviceAccount), globs?.serviceAccounts),
    namespaces: boundList(edges.map(({ subject }) => subject.namespace), globs?.namespaces),
  };
}

/** A star stands alone, as Vault wants it. */
function boundList(exact: readonly string[], globs: readonly string[] = []): readonly string[] {
  return globs.includes('*') ? ['*'] : [...new Set([...exact, ...globs])].sort(byText);
}

function kubernetesRole(edges: readonly VaultEdge[], { audience, alias }: VaultSettings): KubernetesRole {
  const { names, namespaces } = boundBy(edges);
  return { bound_service_account_names: names, bound_service_account_namespaces: namespaces, audience, alias_name_source: `serviceaccount_${alias}` };
}

function jwtRole(edges: readonly VaultEdge[], { facts, settings: { audience, alias } }: VaultEdge): JwtRole {
  const subjects = [...new Set(edges.map(({ subject }) => subjectOf(subject)))].sort(byText);
  const [first, ...more] = subjects;
  return {
    role_type: 'jwt',
    ...(alias === 'uid' ? { user_claim: '/kubernetes.io/serviceaccount/uid', user_claim_json_pointer: true } : { user_claim: 'sub' }),
    bound_audiences: [audience],
    ...(more.length === 0 && { bound_subject: first as string }),
    bound_claims_type: 'string',
    bound_claims: { iss: facts.issuer(), ...(more.length > 0 && { sub: subjects }) },
  };
}

function tokenFields({ tokenPolicies, tokenTtl, tokenMaxTtl }: VaultSettings): VaultTokenFields {
  return {
    ...(tokenPolicies.length > 0 && { token_policies: tokenPolicies }),
    ...(tokenTtl !== undefined && { token_ttl: tokenTtl }),
    ...(tokenMaxTtl !== undefined && { token_max_ttl: tokenMaxTtl }),
  };
}
