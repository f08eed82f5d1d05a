import { subjectOf } from '../../core/claims';
import { derive, type Deferrable } from '../../core/deferred';
import { byText } from '../../core/names';
import type { ClusterDefinition, SigningAlgorithm } from '../../platforms/cluster';
import { groupBy } from '../group';
import type { TrustLayout } from '../provider';
import type { JwtEdge } from './settings';

/**
 * What an API has to know of its callers: a token that fits one of the `callers` is let in, and no other.
 * All comparisons are of whole texts, byte for byte. `Text` is that of leaves that may wait for facts.
 */
export interface TokenVerifier<Text = string> {
  readonly callers: readonly TrustedCallers<Text>[];
  /** The claims that a token must have; `exp` lies in the future then, and `nbf` in the past. */
  readonly requiredClaims: readonly string[];
  /** By how much the clocks of the API and of the cluster may differ, in seconds. */
  readonly clockSkewSeconds: number;
}

/** Callers whose tokens one issuer signs. The keys come from one place: `discoveryUrl`, `jwksUri` or `jwks`. */
export interface TrustedCallers<Text = string> {
  /** The `iss` of their tokens, with or without a slash at its end, as it is. */
  readonly issuer: Text;
  /** The issuer's discovery document, which names the place of the keys. https://openid.net/specs/openid-connect-discovery-1_0.html */
  readonly discoveryUrl?: Text;
  /** Where the keys are, for an issuer whose discovery document the API cannot read. */
  readonly jwksUri?: string;
  /** The keys themselves. https://www.rfc-editor.org/rfc/rfc7517#section-5 */
  readonly jwks?: { readonly keys: readonly { readonly [member: string]: unknown }[] };
  /** The algorithms that a signature may have; never what the token itself names. */
  readonly algorithms: readonly SigningAlgorithm[];
  /** One of them stands in the `aud` of their tokens. */
  readonly audiences: readonly string[];
  /** The `sub` of their tokens is one of them: `system:serviceaccount:<namespace>:<name>`. */
  readonly subjects: readonly string[];
}

/** Every document that this provider makes. */
export type JwtDocument = TrustLayout<'jwt.Verifier', TokenVerifier<Deferrable<string>>>;

/** Those that kube-apiserver signs with: none of them is one by which a public key could sign. */
const ALGORITHMS: readonly SigningAlgorithm[] = ['ES256', 'ES384', 'ES512', 'RS256'];

/** The kubelet's and the API server's clocks are kept, and so should the API's be: Envoy and Spring allow as much. */
const CLOCK_SKEW_SECONDS = 60;

/** Kubernetes writes all of them into every token. https://kubernetes.io/docs/reference/access-authn-authz/service-accounts-admin/ */
const REQUIRED_CLAIMS = ['iss', 'sub', 'aud', 'exp', 'nbf'];

export function trustOf(edges: readonly JwtEdge[]): readonly JwtDocument[] {
  return [...groupBy(edges, edge => edge.variant).values()].map(verifierDocument);
}

/** One document for the callers that one identity is, in however many clusters. */
function verifierDocument(edges: readonly JwtEdge[]): JwtDocument {
  const { identity, binding, variant, settings: { audience } } = edges[0] as JwtEdge;
  return {
    provider: 'jwt',
    kind: 'jwt.Verifier',
    id: [binding, variant].filter(part => part !== '').join('/'),
    binding,
    variant,
    name: `${identity}@${audience}`,
    becomes: audience,
    owned: true,
    request: {
      callers: [...groupBy(edges, edge => edge.cluster.name).values()].map(callersIn),
      requiredClaims: REQUIRED_CLAIMS,
      clockSkewSeconds: CLOCK_SKEW_SECONDS,
    },
  };
}

/** The callers in one cluster. */
function callersIn(edges: readonly JwtEdge[]): TrustedCallers<Deferrable<string>> {
  const { cluster, facts, settings: { audience, alsoAudiences } } = edges[0] as JwtEdge;
  const issuer = facts.issuer();
  return {
    issuer,
    ...keysOf(cluster, issuer),
    algorithms: cluster.signingAlgorithms ?? ALGORITHMS,
    audiences: [audience, ...alsoAudiences],
    subjects: [...new Set(edges.map(({ subject }) => subjectOf(subject)))].sort(byText),
  };
}

function keysOf({ jwt }: ClusterDefinition, issuer: Deferrable<string>): Pick<TrustedCallers<Deferrable<string>>, 'discoveryUrl' | 'jwksUri' | 'jwks'> {
  if (jwt?.jwksJson !== undefined) return { jwks: { keys: (JSON.parse(jwt.jwksJson) as NonNullable<TrustedCallers['jwks']>).keys } };
  if (jwt?.jwksUrl !== undefined) return { jwksUri: jwt.jwksUrl };
  return { discoveryUrl: derive([issuer], of => `${of.replace(/\/$/, '')}/.well-known/openid-configuration`) };
}
