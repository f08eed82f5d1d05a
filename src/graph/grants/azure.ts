import type { GrantReader } from './grant';
import { dataOf } from '../../kubernetes/data';

const ASSIGNMENT = 'authorization.RoleAssignment';

/**
 * Role assignments. They name a principal by its object id, and tokens are exchanged for a client id: which belong together says whoever
 * reads an infrastructure tool's state, and else only the file in which both stand alone. https://learn.microsoft.com/en-us/azure/role-based-access-control/role-assignments
 */
export const azure: GrantReader = (document, { beside }) => {
  if (document.kind !== ASSIGNMENT) return [];
  const neighbours = beside(document);
  const clients = new Set(neighbours.flatMap(({ becomes }) => becomes ?? []));
  const principals = new Set(neighbours.filter(({ kind }) => kind === ASSIGNMENT).map(({ request }) => dataOf(dataOf(request).properties).principalId));
  const [client] = clients;
  const { roleDefinitionId, principalId } = dataOf(dataOf(document.request).properties);
  const [, scope] = /^(.*)\/providers\/Microsoft\.Authorization\/roleAssignments\/[^/]+$/i.exec(document.name) ?? [];
  const { clientId } = dataOf(document.request);
  const role = `role ${String(roleDefinitionId).replace(/^.*\//, '')} on ${scope ?? document.name}`;
  if (typeof clientId === 'string') return [{ becomes: clientId, label: role }];
  return client !== undefined && clients.size === 1 && principals.size === 1 ? [{ becomes: client, label: role }] : [{ label: `${role} for ${String(principalId)}` }];
};
