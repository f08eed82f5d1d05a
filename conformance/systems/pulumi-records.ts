import { createHash } from 'node:crypto';

/** What the recording providers and the suites agree on. */
export interface Inputs { readonly [property: string]: unknown }

/** One call that a provider was asked to carry out. */
export interface Recorded {
  readonly method: 'check' | 'create' | 'read' | 'update' | 'delete';
  readonly urn: string;
  readonly type: string;
  /** Asked what would come of it. */
  readonly preview: boolean;
  readonly inputs: Inputs;
  /** Milliseconds, the same clock for all providers. */
  readonly began: number;
  readonly ended: number;
}

/** What stands for a value that is not known yet. */
export const UNKNOWN = '04da6b54-80e4-46f7-96ec-b56ff0331ba9';

/** What can be changed without another resource in its place, by the clouds' documentation. Everything else replaces. */
const IN_PLACE: { readonly [type: string]: readonly string[] } = {
  'aws:iam/openIdConnectProvider:OpenIdConnectProvider': ['clientIdLists', 'tags'],
  'aws:iam/role:Role': ['assumeRolePolicy', 'description', 'maxSessionDuration', 'permissionsBoundary', 'tags'],
  'aws:iam/rolePolicy:RolePolicy': ['policy'],
  'azure-native:managedidentity:UserAssignedIdentity': ['tags'],
  'azure-native:managedidentity:FederatedIdentityCredential': ['issuer', 'subject', 'audiences'],
  'azuread:index/application:Application': ['displayName'],
  'azuread:index/applicationFederatedIdentityCredential:ApplicationFederatedIdentityCredential': ['issuer', 'subject', 'audiences'],
  'gcp:serviceaccount/account:Account': ['displayName'],
};
const KUBERNETES = ['metadata', 'rules', 'subjects', 'data', 'spec', 'automountServiceAccountToken'];

export function changesInPlace(type: string, property: string): boolean {
  return (type.startsWith('kubernetes:') ? KUBERNETES : IN_PLACE[type] ?? []).includes(property);
}

function guidOf(inputs: Inputs): (what: string) => string {
  return what => createHash('sha256').update(`${what} ${JSON.stringify(inputs)}`).digest('hex').replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12}).*$/, '$1-$2-4$3-8$4-$5');
}

/** The id of what was made. Entra's applications go by it everywhere; nobody reads those of the others. */
export function idOf(type: string, urn: string, inputs: Inputs): string {
  return type === 'azuread:index/application:Application' ? `/applications/${guidOf(inputs)('object')}` : `id of ${urn.split('::').at(-1) ?? ''}`;
}

/** What the cloud makes up, beside what it was given. */
export function answerOf(type: string, inputs: Inputs): Inputs {
  const guid = guidOf(inputs);
  switch (type) {
    case 'azure-native:managedidentity:UserAssignedIdentity': return { clientId: guid('client'), principalId: guid('principal'), tenantId: guid('tenant') };
    case 'azuread:index/application:Application': return { clientId: guid('client'), objectId: guid('object') };
    case 'azuread:index/servicePrincipal:ServicePrincipal': return { objectId: guid('principal'), applicationTenantId: guid('tenant') };
    case 'aws:iam/role:Role': return { arn: `arn:aws:iam::111122223333:role/${String(inputs.name)}` };
    case 'aws:eks/cluster:Cluster': return { identities: [{ oidcs: [{ issuer: `https://oidc.eks.us-west-2.amazonaws.com/id/${guid('issuer').replaceAll('-', '').toUpperCase()}` }] }] };
    default: return {};
  }
}
