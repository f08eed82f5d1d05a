import type { KubernetesObject, ObjectLayout, StringMap } from './manifest';
import type { Subject } from '../core/claims';
import type { Deferrable } from '../core/deferred';
import { complain, joinPath, type Report } from '../core/issues';
import { over } from '../core/plain';

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

/**
 * The ServiceAccount of somebody else with what its pods need: namespace, labels and annotations. Whether it is automounted is for
 * its maker to say. What is there already is never overwritten.
 */
export function asExpected(account: object, { metadata: expected }: KubernetesObject, report: Report): object {
  const { metadata = {} } = account as { readonly metadata?: { readonly [field: string]: unknown } };
  const fields: { [field: string]: unknown } = {};
  if (metadata.namespace === undefined) fields.namespace = expected.namespace;
  for (const field of ['labels', 'annotations'] as const) {
    const present = (metadata[field] ?? {}) as { readonly [key: string]: unknown };
    const missing: { [key: string]: string } = {};
    for (const [key, value] of Object.entries(expected[field] ?? {})) {
      if (!Object.hasOwn(present, key)) missing[key] = value;
      else if (present[key] !== value) complain(report, 'account/collision', joinPath(`metadata.${field}`, key), { expected: JSON.stringify(value), got: present[key], fix: 'take it out where the service account is made, or say the same in the definition' });
    }
    if (Object.keys(missing).length > 0) fields[field] = over(present, missing);
  }
  return over(account, { metadata: over(metadata, fields) });
}
