import { BUILT_IN_ROLES, roleGuid } from './roles';
import type { AzureEdge } from './settings';
import { isDeferred } from '../../core/deferred';
import { complain, joinPath, type Report } from '../../core/issues';

/** A subscription, a resource group, or a resource with its parents: each type is followed by a name. https://learn.microsoft.com/en-us/azure/role-based-access-control/scope-overview */
const SCOPE = /^\/subscriptions\/[0-9a-f-]{36}(\/[Rr]esource[Gg]roups\/[^/*]+)?(\/[Pp]roviders\/[^/*]+(\/[^/*]+\/[^/*]+)+)*$/;

/** The rules of role assignments, and of whom they are made for. */
export function checkRoles(edge: AzureEdge, report: Report): void {
  const { roleAssignments: assignments } = edge.settings;
  if (assignments.length === 0) return;
  checkPrincipal(edge, report);
  const list = edge.at('roleAssignments');
  const seen = new Map<string, string>();
  assignments.forEach(({ role, scope, id }, i) => {
    const path = joinPath(list, i);
    const guid = roleGuid(role);
    if (guid === undefined) {
      complain(report, 'azure/role', `${path}.role`, { expected: `the GUID of a role definition, or one of ${BUILT_IN_ROLES.join(', ')}`, got: role, fix: 'find the GUID with: az role definition list --name' });
    }
    if (isDeferred(scope)) return;
    if (!SCOPE.test(scope)) {
      complain(report, 'azure/scope', `${path}.scope`, { expected: 'a resource id from /subscriptions/<GUID> down, to a resource group or a resource by its name', got: scope, fix: 'copy the id of the resource, its group or its subscription' });
    }
    // Azure takes no notice of upper and lower case in ids, and answers the second one with a conflict.
    const key = `${guid ?? role}@${scope.toLowerCase()}`;
    if ((seen.get(key) ?? id) !== id) {
      complain(report, 'azure/role-twice', path, { expected: 'every role once on a scope, whether by name or by GUID, in whatever case', got: { role, scope }, fix: 'take the second one out' });
    }
    seen.set(key, seen.get(key) ?? id);
  });
}

/** Roles are assigned to the principal, which is neither what pods name nor an application's object. Only roles ask for it. */
function checkPrincipal(edge: AzureEdge, report: Report): void {
  const { settings, mechanism } = edge;
  const principalId = settings.principalId();
  if (isDeferred(principalId)) return;
  if (principalId === settings.clientId) {
    complain(report, 'azure/principal-id', edge.at('principalId'), {
      expected: 'another GUID than the clientId: pods name the identity by that one, and roles are assigned to this one', got: principalId, fix: 'copy both from: az identity show',
    });
  }
  if (mechanism === 'application' && settings.applicationId() === `/applications/${principalId}`) {
    complain(report, 'azure/principal-id', edge.at('principalId'), {
      expected: 'the object id of the service principal, which is another than that of the application', got: principalId, fix: 'read it from: az ad sp show --id <client id> --query id',
    });
  }
}
