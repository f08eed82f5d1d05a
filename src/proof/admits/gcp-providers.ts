import type { TrustArtifact } from '../artifacts';
import { data, shown, text } from '../pods';
import type { MintedClaims, TrustIndex } from './admitter';
import { valuesOf } from './aws-policy';
import type { Compared } from './difference';
import { evaluate, type CelScope } from './gcp-cel';

const PROVIDER = 'iam.WorkloadIdentityPoolProvider';
const NAME = /^projects\/\d+\/locations\/global\/workloadIdentityPools\/[^/]+\/providers\/[^/]+$/;

/** Longer subjects are refused when the token is exchanged. */
const MAX_SUBJECT_BYTES = 127;

/** What the provider of a pool makes of a token. */
export interface Entrance {
  /** The principal, `principal://…`: as far as it is known. */
  readonly principal: string;
  /** Why the provider refuses the token. */
  readonly refused?: Compared | string;
  /** Why that cannot be told. */
  readonly undecided?: string;
  /** Set where its mapping is not understood: the principal may be any of the pool. */
  readonly anyOf?: string;
}

/** Whether this is the full name of a provider, its project by number. */
export function isProviderName(name: string): boolean {
  return NAME.test(name);
}

/** A token at the door of a provider. */
export function enter(name: string, claims: MintedClaims, trust: TrustIndex): Entrance {
  const document = trust.named(name);
  // A mapping that is not known is taken to be the usual one, which decides nothing.
  if (document?.kind !== PROVIDER) return { principal: principalOf(name, claims.subject), undecided: `the provider ${name} is not among the documents` };
  if ((document.unknown ?? []).length > 0) return { principal: principalOf(name, claims.subject), undecided: `${document.unknown?.join(', ') ?? ''} of ${name} cannot be read` };
  const provider = data(data(document.request).workloadIdentityPoolProvider);
  const { oidc, attributeCondition } = provider;
  const { issuerUri } = data(oidc);
  const scope = scopeOf(document, claims);
  const subject = text(data(scope.google).subject);
  const principal = principalOf(name, subject ?? claims.subject);
  const holds = (attributeCondition ?? '') === '' || (typeof attributeCondition === 'string' ? evaluate(attributeCondition, scope) : undefined);
  const off = whyOff(provider, 'provider', name) ?? whyOff(data(data(trust.named(poolOf(name))?.request).workloadIdentityPool), 'pool', poolOf(name));
  if (off !== undefined) return { principal, refused: off };
  if (oidc === undefined) return { principal, refused: `the provider ${name} takes no tokens of OpenID Connect` };
  if (claims.issuer === undefined) return { principal, undecided: `the issuer of ${claims.cluster.name} is not known` };
  if (issuerUri !== claims.issuer) return { principal, refused: { claim: 'issuer', token: claims.issuer, trust: shown(issuerUri) } };
  const audiences = audiencesOf(document);
  if (!audiences.includes(claims.audience)) return { principal, refused: { claim: 'audience', token: claims.audience, trust: audiences.join('" or "') } };
  if (subject === undefined) return { principal, anyOf: poolOf(name), undecided: `what ${name} maps google.subject to is not understood here` };
  if (Buffer.byteLength(subject) > MAX_SUBJECT_BYTES) return { principal, refused: `its google.subject has ${Buffer.byteLength(subject)} bytes, and Google takes ${MAX_SUBJECT_BYTES}` };
  if (typeof holds !== 'boolean') return { principal, undecided: `the attribute condition of ${name} is not understood here` };
  return holds ? { principal } : { principal, refused: `the attribute condition of ${name} is not true of it` };
}

/** What is deleted is kept for 30 days, and lets in nobody. https://cloud.google.com/iam/docs/manage-workload-identity-pools-providers */
function whyOff({ disabled, state }: { readonly [field: string]: unknown }, what: string, name: string): string | undefined {
  if (disabled === true) return `the ${what} ${name} is disabled`;
  return state === undefined || state === 'ACTIVE' ? undefined : `the ${what} ${name} is ${shown(state)}`;
}

/** The provider that takes the token of a pod which names none. */
export function providerFor({ issuer, audience }: MintedClaims, trust: TrustIndex): string | undefined {
  const named = audience.replace(/^https:\/\/iam\.googleapis\.com\//, '');
  if (isProviderName(named)) return named;
  return providersIn(trust).find(document => issuerOf(document) === issuer && audiencesOf(document).includes(audience))?.name;
}

/** Other issuers in the pool whose tokens for the same service account give the same principal. */
export function alsoIn(name: string, { principal }: Entrance, claims: MintedClaims, trust: TrustIndex): readonly string[] {
  const pool = `${poolOf(name)}/`;
  return providersIn(trust).filter(other => other.name !== name && other.name.startsWith(pool)).flatMap(other => {
    const issuer = issuerOf(other);
    if (issuer === undefined) return [];
    const seen = enter(other.name, { ...claims, issuer, audience: audiencesOf(other)[0] ?? '' }, trust);
    const who = `${claims.namespace}/${claims.serviceAccount} of ${issuer}, which is in the same pool`;
    if (seen.undecided !== undefined) return [`perhaps ${who} (${seen.undecided})`];
    return seen.refused === undefined && seen.principal === principal ? [who] : [];
  });
}

const known = new WeakMap<TrustIndex, readonly TrustArtifact[]>();

/** Found once: every pod asks for them. */
function providersIn(trust: TrustIndex): readonly TrustArtifact[] {
  const found = known.get(trust) ?? trust.documents.filter(({ kind }) => kind === PROVIDER);
  known.set(trust, found);
  return found;
}

function oidcOf({ request }: TrustArtifact): { readonly [key: string]: unknown } {
  return data(data(data(request).workloadIdentityPoolProvider).oidc);
}

function issuerOf(document: TrustArtifact): string | undefined {
  return text(oidcOf(document).issuerUri);
}

/** Where none are listed, the provider's own name, with its scheme and without. */
function audiencesOf(document: TrustArtifact): readonly string[] {
  const listed = valuesOf(oidcOf(document).allowedAudiences);
  return listed.length > 0 ? listed : [`https://iam.googleapis.com/${document.name}`, `//iam.googleapis.com/${document.name}`];
}

function poolOf(provider: string): string {
  return provider.slice(0, provider.lastIndexOf('/providers/'));
}

function principalOf(provider: string, subject: string): string {
  return `principal://iam.googleapis.com/${poolOf(provider)}/subject/${subject}`;
}

/** A real token's claims, without what expressions here do not know. */
function celOf(claims: { readonly [claim: string]: unknown }): CelScope {
  const entries = Object.entries(claims).flatMap(([name, value]): [string, CelScope[string]][] => {
    if (typeof value === 'string' || typeof value === 'boolean') return [[name, value]];
    if (Array.isArray(value)) return value.every(item => typeof item === 'string') ? [[name, value]] : [];
    return typeof value === 'object' && value !== null ? [[name, celOf(value as { readonly [claim: string]: unknown })]] : [];
  });
  return Object.fromEntries(entries);
}

/** What an expression can name: the token's claims, and what the provider maps them to. */
function scopeOf({ request }: TrustArtifact, { issuer = '', subject, audience, namespace, serviceAccount, all }: MintedClaims): CelScope {
  const mapping = data(data(data(request).workloadIdentityPoolProvider).attributeMapping);
  const assertion = all === undefined ? { 'iss': issuer, 'sub': subject, 'aud': [audience], 'kubernetes.io': { namespace, serviceaccount: { name: serviceAccount } } } : celOf(all);
  const google: { [name: string]: string } = {};
  const attribute: { [name: string]: string } = {};
  for (const [name, expression] of Object.entries(mapping)) {
    const value = evaluate(shown(expression), { assertion });
    const [room, key = ''] = name.split('.');
    if (typeof value === 'string') (room === 'google' ? google : attribute)[key] = value;
  }
  return { assertion, google, attribute };
}
