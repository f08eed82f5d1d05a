import type { TokenVerifier, TrustedCallers } from './trust';
import type { KubernetesObject } from '../../kubernetes/manifest';
import { groupBy } from '../group';

/** Where an API runs in an Istio mesh. */
export interface IstioPlace {
  /** The name of both objects. */
  readonly name: string;
  /** That of the API's pods. */
  readonly namespace: string;
  /** Labels of the API's pods. @default every pod of the namespace */
  readonly matchLabels?: { readonly [label: string]: string };
}

/**
 * The verifier as an Istio mesh takes it: a RequestAuthentication, which checks the tokens of `Authorization: Bearer`, and an
 * AuthorizationPolicy, which lets in those callers alone: a request without a token is none of them.
 *
 * Istio takes every algorithm of the issuer's keys, and allows for clocks that differ by 60 seconds.
 *
 * https://istio.io/latest/docs/reference/config/security/request_authentication/
 * https://istio.io/latest/docs/reference/config/security/authorization-policy/
 */
export function istioPolicies({ callers }: TokenVerifier, { name, namespace, matchLabels }: IstioPlace): readonly [KubernetesObject, KubernetesObject] {
  const metadata = { name, namespace };
  const selector = matchLabels === undefined ? {} : { selector: { matchLabels } };
  const apiVersion = 'security.istio.io/v1';
  return [
    { apiVersion, kind: 'RequestAuthentication', metadata, spec: { ...selector, jwtRules: rulesOf(callers) } },
    { apiVersion, kind: 'AuthorizationPolicy', metadata, spec: { ...selector, action: 'ALLOW', rules: callers.map(permissionOf) } },
  ];
}

/** One rule for each issuer: a token that fails one of several is refused. Without a place of the keys istiod reads the issuer's discovery document. */
function rulesOf(callers: readonly TrustedCallers[]): readonly object[] {
  const groups = groupBy(callers, ({ issuer, jwksUri, jwks }) => JSON.stringify([issuer, jwksUri, jwks]));
  return [...groups.values()].map(group => {
    const { issuer, jwksUri, jwks } = group[0] as TrustedCallers;
    const keys = { ...(jwksUri !== undefined && { jwksUri }), ...(jwks !== undefined && { jwks: JSON.stringify(jwks) }) };
    return { issuer, ...keys, audiences: [...new Set(group.flatMap(({ audiences }) => audiences))] };
  });
}

/** Who may come with which audience. A rule that lets through more, be it one for another API in front of the same pods, opens nothing. */
function permissionOf({ issuer, audiences, subjects }: TrustedCallers): object {
  return {
    from: [{ source: { requestPrincipals: subjects.map(subject => `${issuer}/${subject}`) } }],
    when: [{ key: 'request.auth.audiences', values: audiences }],
  };
}
