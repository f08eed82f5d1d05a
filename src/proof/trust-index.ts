import { ADMITTERS } from './admits';
import { append } from '../core/append';
import type { Admission, Admitter, TrustIndex } from './admits/admitter';
import type { TrustArtifact } from './artifacts';

/** The rows of all relying parties, by provider id. */
export const ROWS: readonly (readonly [string, Admitter])[] = Object.entries(ADMITTERS);

/** The documents of the cloud half, and everybody whom they let in. */
export interface IndexedTrust extends TrustIndex {
  /** Everybody whom the documents let in. */
  readonly admissions: readonly { readonly document: TrustArtifact; readonly becomes: string; readonly admission: Admission }[];
}

/** Finds documents by whom they let a pod become, by name, and by what a relying party files them under. */
export function indexOf(documents: readonly TrustArtifact[]): IndexedTrust {
  const handles = new Map<string, TrustArtifact[]>();
  const names = new Map<string, TrustArtifact>();
  const keys = new Map<string, string[]>();
  const filed = new Map<string, TrustArtifact[]>();
  const providers = new Set<string>();
  const admissions: { document: TrustArtifact; becomes: string; admission: Admission }[] = [];
  for (const document of documents) {
    const { provider, becomes } = document;
    names.set(document.name, document);
    providers.add(provider);
    for (const key of rowOf(provider)?.filedAs?.(document) ?? []) append(filed, `${provider}\n${key}`, document);
    const row = rowOf(provider);
    if (becomes !== undefined) append(handles, becomes, document);
    // Whom it lets in cannot be told either.
    if ((document.unknown ?? []).length > 0) continue;
    const into = [...(becomes === undefined ? [] : [becomes]), ...row?.lettingInto?.(document, documents) ?? []];
    if (into.length === 0) continue;
    const admitted = row?.admissionsOf(document) ?? [];
    for (const identity of into) {
      for (const admission of admitted) {
        admissions.push({ document, becomes: identity, admission });
        if (admission.key !== undefined) append(keys, `${provider}\n${admission.key}`, identity);
      }
    }
  }
  return {
    admissions,
    documents,
    has: provider => providers.has(provider),
    byHandle: handle => handles.get(handle) ?? [],
    named: name => names.get(name),
    filed: (provider, key) => filed.get(`${provider}\n${key}`) ?? [],
    admitting: (provider, key) => keys.get(`${provider}\n${key}`) ?? [],
  };
}

/** The row of a relying party; undefined for one that is not known. */
export function rowOf(provider: string): Admitter | undefined {
  return Object.hasOwn(ADMITTERS, provider) ? ADMITTERS[provider as keyof typeof ADMITTERS] : undefined;
}
