import type { JwtEdge } from './settings';
import { isAudience } from '../../core/audience';
import { complain, joinPath, type Report } from '../../core/issues';
import { isForApiServer, isGeneric } from '../../kubernetes/audiences';
import { checkMountPath } from '../../kubernetes/check-paths';
import { checkVariable } from '../../kubernetes/check-variable';
import { MAX_TOKEN_SECONDS, MIN_TOKEN_SECONDS, checkLifetime } from '../../kubernetes/projected-token';
import { checkReach } from '../reach';

/** The rules of a binding to an API of one's own. */
export function check(edge: JwtEdge, report: Report): void {
  const { settings, injection, cluster } = edge;
  const { audience, alsoAudiences } = settings;
  checkAudience(edge, 'audience', audience, report);
  alsoAudiences.forEach((each, i) => {
    const field = joinPath('alsoAudiences', i);
    checkAudience(edge, field, each, report);
    if ([audience, ...alsoAudiences].indexOf(each) <= i) {
      complain(report, 'jwt/audience', edge.at(field), { expected: 'every audience once', got: each, fix: 'take it out: the API knows it already' });
    }
  });
  if (injection === 'webhook') {
    complain(report, 'jwt/injection', edge.at('injection'), { expected: 'explicit or none', got: injection, fix: 'no webhook makes this token: say injection: "explicit" in the binding' });
  }
  checkLifetime(settings.expirationSeconds, edge.at('expirationSeconds'), report, { min: MIN_TOKEN_SECONDS, max: MAX_TOKEN_SECONDS, whose: 'Kubernetes takes no others' });
  checkMountPath(settings.mountPath, edge.at('mountPath'), 'token', report);
  checkVariable(settings.env, edge.at('env'), 'jwt', report);
  if (cluster.jwt === undefined) {
    checkReach(edge, { who: 'the API', severity: 'warning', fix: 'an API outside the cluster cannot: give it the keys, by jwt: { jwksJson } in defineCluster' }, report);
  }
}

/** One name of the API. Verifiers that know wildcards would take one for every name. */
function checkAudience(edge: JwtEdge, field: string, audience: string, report: Report): void {
  const said = (code: string, expected: string, fix: string, severity?: 'warning'): void => complain(report, `jwt/${code}`, edge.at(field), {
    expected, got: audience === '' ? undefined : audience, fix, ...(severity !== undefined && { severity }),
  });
  if (!isAudience(audience) || audience.includes('*')) said('audience', 'one name of the API, of at most 2048 bytes, without blanks, invisible characters and *', 'use the URL that the API is called by');
  else if (isForApiServer(audience) || audience === edge.facts.issuer()) said('api-audience', 'an audience of the API\'s own', 'whoever receives this token can use it against the Kubernetes API', 'warning');
  else if (isGeneric(audience)) said('generic-audience', 'an audience that names one API', 'use its URL', 'warning');
}
