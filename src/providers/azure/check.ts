import { checkMechanism } from './check-mechanism';
import { checkPods } from './check-pods';
import { CLOUDS, WEBHOOK_AUDIENCE } from './clouds';
import { BUILT_IN_ROLES, roleGuid } from './roles';
import type { AzureEdge } from './settings';
import { MAX_SHARES } from './share';
import { isAudience } from '../../core/audience';
import { isDeferred } from '../../core/deferred';
import { complain, joinPath, type Report } from '../../core/issues';
import { checkLifetime } from '../../kubernetes/projected-token';
import { GUID } from '../../platforms/guid';
import { checkReach } from '../reach';

/** The rules of an identity or application and its federated credentials, whatever the mechanism. */
export function check(edge: AzureEdge, report: Report): void {
  const { settings } = edge;
  const wrong = (field: string, code: string, expected: string, got: unknown, fix: string): void => complain(report, `azure/${code}`, edge.at(field), { expected, got, fix });

  for (const [field, value] of Object.entries({ tenantId: settings.tenantId, subscriptionId: settings.subscriptionId, clientId: settings.clientId })) {
    if (value !== undefined && !isDeferred(value) && !GUID.test(value)) wrong(field, 'guid', 'a GUID in lower case', value, 'copy it from: az identity show');
  }
  // Only roles ask for it.
  const principalId = settings.roleAssignments.length === 0 ? undefined : settings.principalId();
  if (principalId !== undefined && !isDeferred(principalId) && principalId === settings.clientId) {
    wrong('principalId', 'principal-id', 'another GUID than the clientId: pods name the identity by that one, and roles are assigned to this one', principalId, 'copy both from: az identity show');
  }
  const name = settings.credentialName;
  if (name !== undefined && !/^[A-Za-z0-9][-\w]{2,119}$/.test(name)) {
    wrong('credentialName', 'credential-name', '3 to 120 of the characters A-Z, a-z, 0-9, - and _, alphanumeric first', name, 'shorten it, or leave it out');
  }
  checkLifetime(settings.expirationSeconds, edge.at('expirationSeconds'), report, { min: 3600, max: 86400, whose: 'Azure\'s webhook rejects the pod otherwise' });
  checkAudience(edge, report);
  checkCount(edge, 'credentialQuota', settings.credentialQuota, Infinity, report);
  checkCount(edge, 'spreadOver', settings.spreadOver, MAX_SHARES, report);
  checkAlgorithms(edge, report);
  checkIssuer(edge, report);
  // AKS itself looks at the tokens of an identity binding.
  if (edge.mechanism !== 'identity-binding') checkReach(edge, { who: 'Entra', fix: 'publish its documents under an issuer that is public' }, report);
  settings.roleAssignments.forEach((assignment, i) => checkRole(assignment, joinPath(edge.at('roleAssignments'), i), report));
  checkMechanism(edge, report);
  checkPods(edge, report);
}

function checkAudience(edge: AzureEdge, report: Report): void {
  const { audience } = edge.settings;
  if (!isAudience(audience) || audience.length > 600 || audience.includes('*')) {
    complain(report, 'azure/audience', edge.at('audience'), { expected: 'one audience of at most 600 characters, without wildcards and blanks', got: audience, fix: `leave it out for ${CLOUDS.public.audience}` });
  }
  if (edge.injection === 'webhook' && edge.mechanism !== 'identity-binding' && audience !== WEBHOOK_AUDIENCE) {
    complain(report, 'azure/webhook-audience', edge.at('audience'), { expected: `${WEBHOOK_AUDIENCE}, which is what the webhook asks for in every cloud`, got: audience, fix: 'leave it out, or say injection: "explicit"' });
  }
}

/** https://learn.microsoft.com/en-us/graph/api/resources/federatedidentitycredential */
function checkIssuer({ mechanism, facts, cluster }: AzureEdge, report: Report): void {
  const issuer = facts.issuer();
  if (mechanism === 'identity-binding' || isDeferred(issuer) || issuer.length <= 600) return;
  complain(report, 'azure/issuer', `clusters.${cluster.name}.issuer`, { expected: 'an issuer of at most 600 characters, as Entra takes them', got: issuer, fix: 'serve the discovery documents of the cluster at a shorter address' });
}

function checkCount(edge: AzureEdge, field: 'credentialQuota' | 'spreadOver', value: number, max: number, report: Report): void {
  if (Number.isInteger(value) && value >= 1 && value <= max) return;
  complain(report, 'azure/count', edge.at(field), { expected: max === Infinity ? 'a whole number from 1' : `a whole number from 1 to ${max}`, got: value, fix: 'leave it out for the default' });
}

/** Entra verifies one algorithm only, and says so when the first token comes. https://learn.microsoft.com/en-us/entra/workload-id/workload-identity-federation-considerations */
function checkAlgorithms({ cluster }: AzureEdge, report: Report): void {
  const others = cluster.signingAlgorithms?.filter(algorithm => algorithm !== 'RS256') ?? [];
  if (others.length === 0) return;
  complain(report, 'azure/signing-algorithm', `clusters.${cluster.name}.signingAlgorithms`, {
    expected: 'RS256, the only one that Entra verifies', got: cluster.signingAlgorithms, fix: 'give kube-apiserver an RSA key (--service-account-signing-key-file), or leave this cluster out of the binding',
  });
}

function checkRole(assignment: AzureEdge['settings']['roleAssignments'][number], path: string, report: Report): void {
  if (roleGuid(assignment.role) === undefined) {
    complain(report, 'azure/role', `${path}.role`, { expected: `the GUID of a role definition, or one of ${BUILT_IN_ROLES.join(', ')}`, got: assignment.role, fix: 'find the GUID with: az role definition list --name' });
  }
  if (!isDeferred(assignment.scope) && !/^\/subscriptions\/[0-9a-f-]{36}(\/[^/]+)*$/.test(assignment.scope)) {
    complain(report, 'azure/scope', `${path}.scope`, { expected: 'a resource id from /subscriptions/<GUID> down', got: assignment.scope, fix: 'copy the id of the resource, its group or its subscription' });
  }
}
