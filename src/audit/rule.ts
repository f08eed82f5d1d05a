import type { AuditView } from './view';
import type { KubernetesObject } from '../kubernetes/manifest';
import { shown, type PodView } from '../proof/pods';

/** `error`: something does not work, or a key lies open. `warning`: it works, and could do without. */
export type AuditLevel = 'error' | 'warning';

/** Something that a rule has seen. */
export interface Sighting {
  /** The object, as `Deployment shop/web`. */
  readonly object: string;
  /** The part of it, in words that stay the same when the file changes elsewhere: `container app`. */
  readonly part?: string;
  /** One sentence: what is wrong. */
  readonly message: string;
  /** What to do, in short. */
  readonly fix: string;
  /** What the steps speak of, by the name that they use. */
  readonly names?: { readonly [name: string]: string };
}

/** One rule: what it looks for, and how one gets away from it. */
export interface Rule {
  /** Stable: `audit/legacy-token`. */
  readonly code: AuditCode;
  readonly level: AuditLevel;
  /** What it finds, for people who choose. */
  readonly says: string;
  /** What it sees in a pod. */
  pod?(pod: PodView, view: AuditView): Iterable<Sighting>;
  /** What it sees in an object, with or without pods. */
  object?(object: KubernetesObject, view: AuditView): Iterable<Sighting>;
  /** The steps, in their order: after each of them everything that worked before works. Words in braces are names of the sighting. */
  readonly plan: readonly string[];
}

export type AuditCode = `audit/${string}`;

/** `Deployment shop/web`. */
export function nameOf({ kind, metadata }: KubernetesObject): string {
  return `${kind} ${shown(metadata.namespace ?? 'default')}/${shown(metadata.name)}`;
}
