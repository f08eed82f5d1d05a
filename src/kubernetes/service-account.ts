import type { ObjectLayout, StringMap } from './manifest';
import type { Subject } from '../core/claims';
import type { Deferrable } from '../core/deferred';

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
  return {
    apiVersion: 'v1',
    kind: 'ServiceAccount',
    metadata: {
      name: subject.serviceAccount,
      namespace: subject.namespace,
      ...(Object.keys(parts.labels).length > 0 && { labels: parts.labels }),
      ...(Object.keys(parts.annotations).length > 0 && { annotations: parts.annotations }),
    },
    automountServiceAccountToken: false,
  };
}
