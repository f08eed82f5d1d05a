import { derive, type Deferrable } from '../../core/deferred';
import { groupBy } from '../group';
import type { TrustLayout } from '../provider';
import type { AnchorDocument } from './anchor';
import { roleArn } from './arn';
import { associationOf, type AssociationDocument } from './association';
import { rolePolicies, type RolePolicyDocument } from './role-policies';
import type { AwsEdge, AwsSettings } from './settings';
import { trustPolicyOf, type TrustPolicy } from './trust-policy';

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

type RoleDocument = TrustLayout<'iam.Role', CreateRole>;

/** Every document that this provider makes. */
export type AwsDocument = AnchorDocument | RoleDocument | RolePolicyDocument | AssociationDocument;

export function trustOf(edges: readonly AwsEdge[]): readonly AwsDocument[] {
  return [...groupBy(edges, edge => edge.variant).values()].flatMap(roleDocuments);
}

/** One role and what hangs on it, for the edges that share it. Who made an existing one made its trust; whom it is for is said here. */
function roleDocuments(edges: readonly AwsEdge[]): readonly AwsDocument[] {
  const [edge] = edges;
  if (edge === undefined) return [];
  const documents: AwsDocument[] = [];
  const base = [edge.binding, edge.variant].filter(part => part !== '').join('/');
  if (!edge.settings.existing) {
    const role = roleOf(edge, edges, base);
    documents.push(role, ...rolePolicies(edges, base, role.name));
  }
  // A pod that starts with the association has to find what the role may do.
  const after = documents.map(({ id }) => id);
  for (const each of edges) if (each.mechanism === 'pod-identity') documents.push(associationOf(each, after));
  return documents;
}

function roleOf(edge: AwsEdge, edges: readonly AwsEdge[], id: string): RoleDocument {
  const { settings, binding, variant } = edge;
  const arn = roleArn(edge);
  return {
    provider: 'aws',
    kind: 'iam.Role',
    id,
    name: arn,
    binding,
    variant,
    request: createRole(edges, settings),
    becomes: arn,
    owned: true,
    ownedAs: derive([settings.accountId], account => `arn:${settings.partition}:iam::${account}:role/${settings.roleName}`),
  };
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
