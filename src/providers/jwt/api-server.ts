import { checkCallers } from './callers';
import type { TokenVerifier, TrustedCallers } from './trust';
import { InvalidDefinitionError } from '../../core/errors';
import { Findings, complain, joinPath, type Report } from '../../core/issues';
import { isMap, readShape, type Shape } from '../../core/shape';
import { groupBy } from '../group';

/** How the API server of another cluster calls the callers. */
export interface ApiServerCallers {
  /**
   * By issuer, what the user names of its service accounts begin with, such as `prod:`. The caller `system:serviceaccount:shop:checkout` is the user
   * `prod:system:serviceaccount:shop:checkout` there. Without it he would be the service account of the same name in the API server's own cluster.
   */
  readonly prefixes: { readonly [issuer: string]: string };
}

/** The file of `--authentication-config`, as plain data. https://kubernetes.io/docs/reference/config-api/apiserver-config.v1/ */
export interface AuthenticationConfiguration {
  readonly apiVersion: 'apiserver.config.k8s.io/v1';
  readonly kind: 'AuthenticationConfiguration';
  readonly jwt: readonly {
    readonly issuer: { readonly url: string; readonly audiences: readonly string[]; readonly audienceMatchPolicy: 'MatchAny' };
    readonly claimValidationRules: readonly { readonly expression: string; readonly message: string }[];
    readonly claimMappings: { readonly username: { readonly claim: 'sub'; readonly prefix: string } };
  }[];
}

/**
 * The verifier as the API server of another Kubernetes cluster takes it, from 1.34 on: who its callers are is said here, what they may do there by RBAC, for
 * subjects of the kind `User`. An API server reads the keys by the issuer's discovery document alone, and takes no issuer that is its own.
 *
 * https://kubernetes.io/docs/reference/access-authn-authz/authentication/#using-authentication-configuration
 *
 * @param verifier  what `tokenVerifier` returned for the audience that the API server is called
 * @throws InvalidDefinitionError when what is given is no verifier, an issuer has no prefix of its own, or its keys stand elsewhere than at the issuer
 */
export function authenticationConfiguration(verifier: TokenVerifier, callers: ApiServerCallers): AuthenticationConfiguration {
  const findings = new Findings();
  if (checkCallers(verifier, findings.report)) checkKeys(verifier.callers, findings.report);
  const { prefixes } = readShape(callers, PREFIXES, '', findings.report);
  if (prefixes !== undefined && findings.errors.length === 0) checkPrefixes(prefixes, verifier.callers, findings.report);
  if (findings.errors.length > 0) throw new InvalidDefinitionError('authentication configuration', findings.all);
  const issuers = groupBy(verifier.callers, ({ issuer }) => issuer);
  return {
    apiVersion: 'apiserver.config.k8s.io/v1',
    kind: 'AuthenticationConfiguration',
    jwt: [...issuers].map(([url, group]) => ({
      issuer: { url, audiences: [...new Set(group.flatMap(({ audiences }) => audiences))], audienceMatchPolicy: 'MatchAny' },
      claimValidationRules: [{ expression: group.map(ruleOf).join(' || '), message: 'the subject may not call with this audience' }],
      claimMappings: { username: { claim: 'sub', prefix: callers.prefixes[url] as string } },
    })),
  };
}

const PREFIXES: Shape<ApiServerCallers> = { prefixes: 'map' };

/** CEL, whose texts are written as JSON's are. The `aud` of Kubernetes is always a list, which the API server does not know: it compiles no loop over a claim that is not said to be one. */
function ruleOf({ subjects, audiences }: TrustedCallers): string {
  return `(claims.sub in ${JSON.stringify(subjects)} && dyn(claims.aud).exists(audience, audience in ${JSON.stringify(audiences)}))`;
}

function checkKeys(callers: readonly TrustedCallers[], report: Report): void {
  callers.forEach(({ issuer, jwks, jwksUri }, i) => {
    if (jwks === undefined && jwksUri === undefined) return;
    complain(report, 'jwt/api-server-keys', `${joinPath('callers', i)}.${jwks === undefined ? 'jwksUri' : 'jwks'}`, {
      expected: 'keys that are read by the discovery document of the issuer', got: issuer, fix: 'publish the documents at the issuer, and take jwt out of its defineCluster: an API server takes keys from nowhere else',
    });
  });
}

function checkPrefixes(prefixes: { readonly [issuer: string]: unknown }, callers: readonly TrustedCallers[], report: Report): void {
  const issuers = [...new Set(callers.map(({ issuer }) => issuer))];
  const wrong = (issuer: string, expected: string, got: unknown, fix: string): void => complain(report, 'jwt/user-prefix', joinPath('prefixes', issuer), { expected, got, fix });
  for (const issuer of issuers) {
    const prefix = isMap(prefixes) && Object.hasOwn(prefixes, issuer) ? prefixes[issuer] : undefined;
    if (typeof prefix !== 'string' || prefix === '' || prefix.startsWith('system:')) {
      wrong(issuer, 'a text that does not begin with system:', prefix, 'take the name of the cluster and a colon, or its callers would be service accounts of the API server\'s own cluster');
    } else if (issuers.some(other => other !== issuer && prefixes[other] === prefix && issuers.indexOf(other) < issuers.indexOf(issuer))) {
      wrong(issuer, 'a prefix of its own for every issuer', prefix, 'take the name of its cluster: the same service account of two clusters would be one user');
    }
  }
  for (const issuer of Object.keys(prefixes)) {
    if (!issuers.includes(issuer)) wrong(issuer, `one of the issuers ${issuers.map(each => JSON.stringify(each)).join(', ')}`, issuer, 'take it out, or write the issuer as the verifier has it, slash and all');
  }
}
