import { isDeferred } from '../../core/deferred';
import { complain, joinPath, type Report } from '../../core/issues';
import { checkLifetime } from '../../kubernetes/projected-token';
import { GUID } from '../../platforms/guid';
import { checkAgreement, type Shared } from '../agree';
import { groupBy } from '../group';
import { CLOUDS, WEBHOOK_AUDIENCE } from './clouds';
import { BUILT_IN_ROLES, roleGuid } from './roles';
import type { AzureEdge, AzureSettings } from './settings';
import { credentialName, identityId } from './trust';

/** https://learn.microsoft.com/en-us/entra/workload-id/workload-identity-federation-considerations */
const MAX_CREDENTIALS = 20;

/** The rules of a managed identity and its federated credentials. */
export function check(edge: AzureEdge, report: Report): void {
  const { settings } = edge;
  const wrong = (field: string, code: string, expected: string, got: unknown, fix: string): void => complain(report, `azure/${code}`, edge.at(field), { expected, got, fix });

  for (const [field, value] of Object.entries({ tenantId: settings.tenantId, subscriptionId: settings.subscriptionId, clientId: settings.clientId })) {
    if (value !== undefined && !isDeferred(value) && !GUID.test(value)) wrong(field, 'guid', 'a GUID in lower case', value, 'copy it from: az identity show');
  }
  if (settings.resourceGroup === undefined || !/^[-\w.()]{0,89}[-\w()]$/.test(settings.resourceGroup)) {
    wrong('resourceGroup', 'resource-group', '1 to 90 of the characters A-Z, a-z, 0-9 and -_.(), no dot at the end', settings.resourceGroup, 'name the resource group that holds the managed identity');
  }
  if (!settings.existing && (settings.location === undefined || settings.location === '')) {
    wrong('location', 'location', 'the Azure region that the managed identity is made in', settings.location, 'set it (az account list-locations), or say existing: true where the identity is made elsewhere');
  }
  if (!/^[A-Za-z0-9][-\w]{2,127}$/.test(settings.identityName)) {
    wrong('identityName', 'identity-name', '3 to 128 of the characters A-Z, a-z, 0-9, - and _, alphanumeric first', settings.identityName, 'set an identityName (the default is the name of the identity)');
  }
  const name = settings.credentialName;
  if (name !== undefined && !/^[A-Za-z0-9][-\w]{2,119}$/.test(name)) {
    wrong('credentialName', 'credential-name', '3 to 120 of the characters A-Z, a-z, 0-9, - and _, alphanumeric first', name, 'shorten it, or leave it out');
  }
  checkLifetime(settings.expirationSeconds, edge.at('expirationSeconds'), report, { min: 3600, max: 86400, whose: 'Azure\'s webhook rejects the pod otherwise' });
  if (settings.audience === '' || settings.audience.length > 600 || /[*\s]/.test(settings.audience)) {
    wrong('audience', 'audience', 'one audience of at most 600 characters, without wildcards and blanks', settings.audience, `leave it out for ${CLOUDS.public.audience}`);
  }
  if (edge.injection === 'webhook' && settings.audience !== WEBHOOK_AUDIENCE) {
    wrong('audience', 'webhook-audience', `${WEBHOOK_AUDIENCE}, which is what the webhook asks for in every cloud`, settings.audience, 'leave it out, or say injection: "explicit"');
  }
  settings.roleAssignments.forEach((assignment, i) => checkRole(assignment, joinPath(edge.at('roleAssignments'), i), report));
}

function checkRole(assignment: AzureEdge['settings']['roleAssignments'][number], path: string, report: Report): void {
  if (roleGuid(assignment.role) === undefined) {
    complain(report, 'azure/role', `${path}.role`, { expected: `the GUID of a role definition, or one of ${BUILT_IN_ROLES.join(', ')}`, got: assignment.role, fix: 'find the GUID with: az role definition list --name' });
  }
  if (!isDeferred(assignment.scope) && !/^\/subscriptions\/[0-9a-f-]{36}(\/[^/]+)*$/.test(assignment.scope)) {
    complain(report, 'azure/scope', `${path}.scope`, { expected: 'a resource id from /subscriptions/<GUID> down', got: assignment.scope, fix: 'copy the id of the resource, its group or its subscription' });
  }
}

/** What a managed identity has, whichever cluster its pods run in. */
const SHARED: Shared<AzureSettings> = {
  tenantId: settings => settings.tenantId,
  subscriptionId: settings => settings.subscriptionId,
  location: settings => settings.location,
  clientId: settings => settings.clientId,
  tags: settings => settings.tags,
  roleAssignments: settings => settings.roleAssignments.map(({ id }) => id),
};

/** The rules of one managed identity with all its credentials. */
export function checkTrust(edges: readonly AzureEdge[], report: Report): void {
  checkAgreement(edges, 'managed identity', 'identityName', SHARED, report);
  checkClients(edges, report);
  for (const group of groupBy(edges, identityId).values()) {
    const [first] = group;
    if (first === undefined) continue;
    if (group.length > MAX_CREDENTIALS) {
      complain(report, 'azure/credential-count', first.at('identityName'), {
        expected: `at most ${MAX_CREDENTIALS} federated credentials on one managed identity`,
        got: `${group.length} service accounts in clusters`,
        fix: 'give some clusters an identity of their own (on: { "<cluster>": { identityName } })',
      });
    }
    const names = group.map(credentialName);
    const twice = names.find((name, i) => names.indexOf(name) !== i);
    if (twice === undefined) continue;
    complain(report, 'azure/credential-name', first.at('credentialName'), {
      expected: 'a name of its own for every credential', got: twice, fix: 'each service account in each cluster has a credential: leave credentialName out, or say it for one cluster under on',
    });
  }
}

/** Azure gives every managed identity a client id of its own, so that one said for two is wrong for one of them. */
function checkClients(edges: readonly AzureEdge[], report: Report): void {
  const owners = new Map<string, AzureEdge>();
  for (const edge of edges) {
    const { clientId } = edge.settings;
    if (isDeferred(clientId)) continue;
    const owner = owners.get(clientId);
    if (owner !== undefined && identityId(owner) !== identityId(edge) && owner.variant !== edge.variant) {
      complain(report, 'azure/client-id', edge.at('clientId'), {
        expected: 'a client id of its own for every managed identity', got: clientId, fix: `say the one of ${edge.settings.identityName} beside it, or leave both out and give them as facts`,
      });
    }
    owners.set(clientId, edge);
  }
}
