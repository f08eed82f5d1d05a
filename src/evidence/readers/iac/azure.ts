import { notYet, type Fields, type Made, type Row, type Surroundings } from './resource';
import { dataOf } from '../../../kubernetes/data';
import type { Knowledge } from '../../knowledge';

const CLIENT = 'azure client of identity';
const PRINCIPAL = 'azure client of principal';

/** What identities and applications are made as: their client ids, under every name by which others call them. ARM's ids know no case. */
export const learnAzure: { readonly [type: string]: (fields: Fields, knowledge: Knowledge) => void } = {
  azurerm_user_assigned_identity: (fields, knowledge) => {
    const [principal, client] = [fields.peek('principal_id'), fields.peek('client_id')];
    if (principal !== undefined && client !== undefined) knowledge.learn(PRINCIPAL, principal.toLowerCase(), client);
    learn(fields, knowledge, [fields.peek('id'), shortName(fields.peek('resource_group_name'), fields.peek('name', 'resource_name'))]);
  },
  azuread_application: (fields, knowledge) => {
    const id = fields.peek('id');
    const object = fields.peek('object_id') ?? id?.replace(/^\/applications\//, '');
    learn(fields, knowledge, [id, object, object && `/applications/${object}`]);
  },
};

function learn(fields: Fields, knowledge: Knowledge, names: readonly (string | undefined)[]): void {
  const client = fields.peek('client_id', 'application_id');
  if (client === undefined) return;
  for (const name of new Set(names)) if (name !== undefined && name !== '') knowledge.learn(CLIENT, name.toLowerCase(), client);
}

/** The providers of Azure: azurerm, azuread, and Pulumi's azure-native. https://registry.terraform.io/providers/hashicorp/azurerm/latest/docs/resources/federated_identity_credential */
export const azure: { readonly [type: string]: Row } = {
  /** Before it is made nobody can say where it lies, and nobody is let in by that. */
  azurerm_user_assigned_identity: fields => {
    const [id, tenantId] = [fields.peek('id'), fields.peek('tenant_id')];
    return id === undefined || tenantId === undefined ? {} : { trust: [fields.artifact('azure', 'managedidentity.UserAssignedIdentity', id, { tenantId })] };
  },

  /** Whose client id the principal's is, tells the identity beside it. https://registry.terraform.io/providers/hashicorp/azurerm/latest/docs/resources/role_assignment */
  azurerm_role_assignment: (fields, { knowledge }) => {
    const [scope, principalId] = [fields.peek('scope'), fields.peek('principal_id')];
    const roleDefinitionId = fields.peek('role_definition_name', 'role_definition_id');
    if (scope === undefined || principalId === undefined || roleDefinitionId === undefined) return {};
    const name = `${scope}/providers/Microsoft.Authorization/roleAssignments/${fields.peek('name', 'role_assignment_name') ?? roleDefinitionId.replace(/^.*\//, '')}`;
    const client = knowledge.known(PRINCIPAL, principalId.toLowerCase());
    return { trust: [fields.artifact('azure', 'authorization.RoleAssignment', name, { properties: { roleDefinitionId, principalId }, clientId: client })] };
  },

  azurerm_federated_identity_credential: (fields, surroundings) => {
    const id = fields.peek('id');
    const parent = fields.peek('parent_id', 'user_assigned_identity_id') ?? id?.replace(/\/federatedIdentityCredentials\/[^/]+$/i, '')
      ?? shortName(fields.peek('resource_group_name'), fields.peek('resource_name'));
    const name = id ?? `${parent ?? ''}/federatedIdentityCredentials/${fields.peek('name', 'federated_identity_credential_resource_name') ?? ''}`;
    return credential(fields, parent, surroundings, client => {
      const properties = { issuer: fields.text('issuer'), subject: fields.text('subject'), audiences: fields.texts('audience', 'audiences') };
      return fields.artifact('azure', 'managedidentity.FederatedIdentityCredential', name, { properties }, client);
    });
  },

  azuread_application_federated_identity_credential: (fields, surroundings) => {
    const parent = fields.peek('application_id', 'application_object_id');
    const name = fields.peek('display_name');
    return credential(fields, parent, surroundings, client => {
      const request = { name, issuer: fields.text('issuer'), subject: fields.text('subject'), audiences: fields.texts('audiences') };
      return fields.artifact('azure', 'graph.FederatedIdentityCredential', `${parent ?? ''}/federatedIdentityCredentials/${name ?? ''}`, request, client);
    });
  },

  /** Whom an expression matches is not read here. */
  azuread_application_flexible_federated_identity_credential: (fields, surroundings) => {
    const parent = fields.peek('application_id');
    return credential(fields, parent, surroundings, client => {
      const artifact = fields.artifact('azure', 'graph.FederatedIdentityCredential', `${parent ?? ''}/federatedIdentityCredentials/${fields.peek('display_name') ?? ''}`, { issuer: fields.text('issuer') }, client);
      return { ...artifact, unknown: [...artifact.unknown ?? [], 'claimsMatchingExpression'] };
    });
  },

  azurerm_kubernetes_identity_binding: (fields, surroundings) => {
    const [name, identity] = [fields.peek('id'), dataOf(dataOf(fields.get('properties')).managed_identity)];
    if (name === undefined) return notYet(`the id of ${fields.resource.address}`);
    const resourceId = typeof identity.resource_id === 'string' ? identity.resource_id : undefined;
    return credential(fields, resourceId, surroundings, client => fields.artifact('azure', 'containerservice.IdentityBinding', name, { properties: { managedIdentity: { resourceId } } }, client));
  },
};

function credential(fields: Fields, parent: string | undefined, { knowledge }: Surroundings, made: (client: string) => NonNullable<Made['trust']>[number]): Made {
  const client = parent === undefined ? undefined : knowledge.known(CLIENT, parent.toLowerCase());
  if (client !== undefined) return { trust: [made(client)] };
  return { unsaid: [{ what: `the client id of ${parent ?? 'the identity'}, which ${fields.resource.address} belongs to`, fix: 'give what shows the identity as well' }] };
}

function shortName(group: string | undefined, name: string | undefined): string | undefined {
  return group === undefined || name === undefined ? undefined : `${group}/${name}`;
}
