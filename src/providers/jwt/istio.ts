import { checkCallers } from './callers';
import type { TokenVerifier, TrustedCallers } from './trust';
import { InvalidDefinitionError } from '../../core/errors';
import { Findings, complain, joinPath, type Report } from '../../core/issues';
import { checkDnsLabel, checkDnsSubdomain } from '../../core/names';
import { fits, readShape, type Shape } from '../../core/shape';
import type { KubernetesObject } from '../../kubernetes/manifest';
import { checkMetadata } from '../../kubernetes/metadata';
import { groupBy } from '../group';

/** Where an API runs in an Istio mesh. */
export interface IstioPlace {
  /** The name of both objects. */
  readonly name: string;
  /** That of the API's pods. */
  readonly namespace: string;
  /** Labels of the API's pods. In `istio-system`, whose policies are for the whole mesh without them, they have to be said. @default every pod of the namespace */
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
 *
 * @throws InvalidDefinitionError when what is given is no verifier, or no place that Kubernetes has
 */
export function istioPolicies(verifier: TokenVerifier, place: IstioPlace): readonly [KubernetesObject, KubernetesObject] {
  checkArguments(verifier, place);
  const [{ callers }, { name, namespace, matchLabels }] = [verifier, place];
  const metadata = { name, namespace };
  const selector = matchLabels === undefined ? {} : { selector: { matchLabels } };
  const apiVersion = 'security.istio.io/v1';
  return [
    { apiVersion, kind: 'RequestAuthentication', metadata, spec: { ...selector, jwtRules: rulesOf(callers) } },
    { apiVersion, kind: 'AuthorizationPolicy', metadata, spec: { ...selector, action: 'ALLOW', rules: callers.map(permissionOf) } },
  ];
}

/** Where Istio looks for policies of the whole mesh, unless it was told another namespace. https://istio.io/latest/docs/reference/config/istio.mesh.v1alpha1/ */
const ROOT = 'istio-system';

const PLACE: Shape<IstioPlace> = { name: 'text', namespace: 'text', matchLabels: 'map?' };

function checkArguments(verifier: unknown, place: unknown): void {
  const findings = new Findings();
  const { report } = findings;
  if (checkCallers(verifier, report)) checkSubjects(verifier as TokenVerifier, report);
  const { name, namespace, matchLabels } = readShape(place, PLACE, 'place', report);
  if (name !== undefined) checkDnsSubdomain(name, 'place.name', report, 'it names two objects, so choose a name that Kubernetes takes');
  if (namespace !== undefined) checkDnsLabel(namespace, 'place.namespace', report, 'name the namespace of the API\'s pods');
  const whole = Object.entries(matchLabels ?? {}).map(([label, value]) => fits(value, 'text', joinPath('place.matchLabels', label), report)).every(Boolean);
  if (matchLabels !== undefined && whole) checkMetadata('label', matchLabels, 'place.matchLabels', report);
  if (namespace === ROOT && matchLabels === undefined) {
    complain(report, 'jwt/istio-mesh', 'place.matchLabels', { expected: `the labels of the API's pods, beside the namespace ${ROOT}`, got: matchLabels, fix: 'without them the policies are for every workload of the mesh, and all others would refuse everybody' });
  }
  if (findings.errors.length > 0) throw new InvalidDefinitionError('Istio policies', findings.all);
}

/** To Istio a star at either end is any text. Issuer and subject are one text there, so that a star in a subject lets others in. */
function checkSubjects({ callers }: TokenVerifier, report: Report): void {
  callers.forEach(({ subjects }, i) => subjects.forEach((subject, j) => {
    if (!subject.includes('*')) return;
    complain(report, 'jwt/istio-subject', joinPath(`${joinPath('callers', i)}.subjects`, j), { expected: 'a subject without *', got: subject, fix: 'name every service account, as tokenVerifier does' });
  }));
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
