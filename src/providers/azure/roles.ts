import { hashOf } from '../../core/names';

/** Built-in roles by the name that people know, with their definition ids. https://learn.microsoft.com/en-us/azure/role-based-access-control/built-in-roles */
const BUILT_IN: { readonly [name: string]: string } = {
  'AcrPull': '7f951dda-4ed3-4680-a7ca-43fe172d538d',
  'AcrPush': '8311e382-0749-4cb8-b61a-304f252e45ec',
  'App Configuration Data Reader': '516239f1-63e1-4d78-a4de-a74fb236a071',
  'Contributor': 'b24988ac-6180-42a0-ab88-20f7382dd24c',
  'DNS Zone Contributor': 'befefa01-2a29-4197-83a8-272ff33ce314',
  'Key Vault Crypto User': '12338af0-0e69-4776-bea7-57ae8d297424',
  'Key Vault Reader': '21090545-7ca7-4776-b22c-e363652d74d2',
  'Key Vault Secrets User': '4633458b-17de-408a-b874-0445c86b69e6',
  'Managed Identity Operator': 'f1a07417-d97a-45cb-824c-7a7467783830',
  'Monitoring Metrics Publisher': '3913510d-42f4-4e42-8a64-420c390055eb',
  'Reader': 'acdd72a7-3385-48ef-bd42-f606fba81ae7',
  'Storage Blob Data Contributor': 'ba92f5b4-2d11-453d-a403-e96b0029c9fe',
  'Storage Blob Data Owner': 'b7e6dc6d-f1e8-4753-8033-0f276bb0955b',
  'Storage Blob Data Reader': '2a2b9908-6ea1-4ae2-8e65-a410df84e7d1',
  'Storage Queue Data Contributor': '974c5e8b-45b9-4653-ba55-5f855dd0fb88',
};

export const BUILT_IN_ROLES = Object.keys(BUILT_IN);

/** The GUID of a role given by name or by GUID; undefined for a name that is not known here. */
export function roleGuid(role: string): string | undefined {
  if (/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(role)) return role;
  return Object.hasOwn(BUILT_IN, role) ? BUILT_IN[role] : undefined;
}

/** The full id of a role definition in the subscription that the scope lies in. */
export function roleDefinitionId(role: string, scope: string): string {
  const subscription = /^\/subscriptions\/[^/]+/.exec(scope)?.[0] ?? '';
  return `${subscription}/providers/Microsoft.Authorization/roleDefinitions/${roleGuid(role) ?? role}`;
}

/** Role assignments are named by a GUID that the caller chooses: ours follows from what is assigned, so that it is the same every time (a UUID of version 8, RFC 9562). */
export function assignmentName(...parts: readonly string[]): string {
  const hex = hashOf(parts.join('\n'), 32);
  return [hex.slice(0, 8), hex.slice(8, 12), `8${hex.slice(13, 16)}`, `8${hex.slice(17, 20)}`, hex.slice(20, 32)].join('-');
}
