import type { WorkloadIdentityDefinition } from '../../identity/definition';
import type { Plan, TrustDocument } from '../../identity/plan';
import type { Stranger } from '../../proof/verdict';

/** A stranger whom the definition lets in on purpose. */
export interface Accepted extends Stranger {
  /** Why, in the words of the definition. */
  readonly reason: string;
  /** The options that say so: `checkout.trustedBy.aws.unsafeSubjects`. */
  readonly options: readonly string[];
}

/** Everybody whom a trust admits though no manifest asks for it. */
export interface Sorted {
  readonly accepted: readonly Accepted[];
  readonly strangers: readonly Stranger[];
}

/** An option that lets others in on purpose. */
interface Declared {
  readonly option: string;
  readonly reason: string;
}

/** By convention an option of this name lets in more than it should, and holds an object with the reason. */
const UNSAFE = /^unsafe[A-Z]/;

/**
 * Tells strangers whom the definition declares from those it does not: a stranger is accepted when the document that
 * lets it in belongs to a binding with an `unsafe…` option that gives a reason, on one of the document's clusters.
 */
export function sorted(strangers: readonly Stranger[], plan: Plan, definitions: readonly WorkloadIdentityDefinition[]): Sorted {
  const accepted: Accepted[] = [];
  const others: Stranger[] = [];
  if (strangers.length === 0) return { accepted, strangers: others };
  const byName = new Map(definitions.map(definition => [definition.name, definition]));
  const documents = new Map<string, TrustDocument[]>();
  for (const document of plan.trust) {
    const key = keyOf(document.provider, document.name, document.becomes);
    documents.set(key, [...documents.get(key) ?? [], document]);
  }
  for (const stranger of strangers) {
    const declared = (documents.get(keyOf(stranger.provider, stranger.by, stranger.becomes)) ?? []).map(document => declaredFor(document, plan, byName));
    if (declared.length === 0 || declared.some(list => list.length === 0)) {
      others.push(stranger);
      continue;
    }
    const flat = declared.flat();
    accepted.push({ ...stranger, reason: [...new Set(flat.map(({ reason }) => reason))].join('; '), options: [...new Set(flat.map(({ option }) => option))] });
  }
  return { accepted, strangers: others };
}

function declaredFor({ identity = '', binding = '', becomes }: TrustDocument, plan: Plan, definitions: ReadonlyMap<string, WorkloadIdentityDefinition>): readonly Declared[] {
  const written = definitions.get(identity)?.trustedBy[binding];
  if (written === undefined) return [];
  const edges = plan.edges.filter(edge => edge.identity === identity && edge.binding === binding);
  // Clusters of one binding may have identities of their own. A document for a set of pods has none of their handles, and is for all.
  const own = edges.filter(edge => edge.handle === becomes);
  const clusters = new Set((own.length === 0 ? edges : own).map(edge => edge.cluster));
  const path = `${identity}.trustedBy.${binding}`;
  return [...clusters].flatMap(cluster => {
    const here = declaredIn(written.on?.[cluster] ?? {}, `${path}.on.${cluster}`);
    const said = new Set(here.map(({ field }) => field));
    return [...here, ...declaredIn(written, path).filter(({ field }) => !said.has(field))];
  });
}

function declaredIn(fields: object, path: string): readonly (Declared & { readonly field: string })[] {
  return Object.entries(fields).flatMap(([field, value]: [string, unknown]) => {
    const reason = UNSAFE.test(field) && typeof value === 'object' && value !== null && 'reason' in value ? value.reason : undefined;
    return typeof reason === 'string' && reason.trim() !== '' ? [{ field, option: `${path}.${field}`, reason }] : [];
  });
}

function keyOf(provider: string, name: string, becomes = ''): string {
  return [provider, name, becomes].join('\n');
}
