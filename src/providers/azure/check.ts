import { checkMechanism } from './check-mechanism';
import { checkPods } from './check-pods';
import { checkRoles } from './check-roles';
import { CLOUDS, WEBHOOK_AUDIENCE } from './clouds';
import type { AzureEdge } from './settings';
import { MAX_SHARES } from './share';
import { isAudience } from '../../core/audience';
import { isDeferred } from '../../core/deferred';
import { complain, type Report } from '../../core/issues';
import { checkLifetime } from '../../kubernetes/projected-token';
import { aksDomainOf } from '../../platforms/aks';
import { GUID } from '../../platforms/guid';
import { checkReach } from '../reach';

/** The rules of an identity or application and its federated credentials, whatever the mechanism. */
export function check(edge: AzureEdge, report: Report): void {
  const { settings } = edge;
  const wrong = (field: string, code: string, expected: string, got: unknown, fix: string): void => complain(report, `azure/${code}`, edge.at(field), { expected, got, fix });

  for (const [field, value] of Object.entries({ tenantId: settings.tenantId, subscriptionId: settings.subscriptionId, clientId: settings.clientId })) {
    if (value !== undefined && !isDeferred(value) && !GUID.test(value)) wrong(field, 'guid', 'a GUID in lower case', value, 'copy it from: az identity show');
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
  checkCloud(edge, report);
  // AKS itself looks at the tokens of an identity binding.
  if (edge.mechanism !== 'identity-binding') checkReach(edge, { who: 'Entra', fix: 'publish its documents under an issuer that is public' }, report);
  checkRoles(edge, report);
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

/** An identity of another cloud may trust the cluster, and that is somebody's decision: the public one is not taken for granted there. The webhook asks for one audience in every cloud. */
function checkCloud({ injection, facts, settings, at }: AzureEdge, report: Report): void {
  const issuer = facts.issuer();
  if (injection !== 'explicit' || settings.said.cloud !== undefined || isDeferred(issuer)) return;
  const domain = aksDomainOf(issuer);
  const cloud = Object.entries(CLOUDS).find(([, { aksDomain }]) => domain !== undefined && aksDomain === domain)?.[0];
  if (cloud !== undefined) complain(report, 'azure/cloud', at('cloud'), { expected: `the Azure cloud to be said, since the issuer is of AKS in "${cloud}"`, got: undefined, fix: `say cloud: "${cloud}", whose audience and authority host are its own; or "public", where the identity is there` });
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
