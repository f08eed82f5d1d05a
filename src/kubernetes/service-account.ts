import type { ObjectLayout, StringMap } from './manifest';
import type { Subject } from '../core/claims';
import type { Deferrable } from '../core/deferred';

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** What a ServiceAccount carries besides its name. */
export interface ServiceAccountParts {
  readonly labels: StringMap;
  readonly annotations: { readonly [key: string]: Deferrable<string> };
}

/**
 * A ServiceAccount whose pods get no token that nobody asked for: automount is off, and the tokens that are asked for
 * are projected explicitly, which automount has no say in.
 */
export function serviceAccount(subject: Subject, parts: ServiceAccountParts): ObjectLayout {
  const metadata: Mutable<ObjectLayout['metadata']> = { name: subject.serviceAccount, namespace: subject.namespace };
  if (Object.keys(parts.labels).length > 0) metadata.labels = parts.labels;
  if (Object.keys(parts.annotations).length > 0) metadata.annotations = parts.annotations;
  return { apiVersion: 'v1', kind: 'ServiceAccount', metadata, automountServiceAccountToken: false };
}
