import type { Place } from './document';

/**
 * How bad a finding is. `error`: it does not hold. `undecided`: what was given does not suffice for an answer.
 * `warning`: it holds, and deserves a look.
 */
export type FindingLevel = 'error' | 'undecided' | 'warning';

/** What is wrong, where, and what to do. */
export interface Finding {
  /** Stable, `room/rule`: `verify/refused`. */
  readonly code: FindingCode;
  readonly level: FindingLevel;
  /** Whom it is about, in words that stay the same when files move: what a baseline knows it by. */
  readonly about: string;
  /** One sentence. */
  readonly message: string;
  readonly fix: string;
  /** The manifest or document to look at, where it is one. */
  readonly at?: Place;
}

export type FindingCode = keyof typeof FINDINGS;

/** Every code, and what it means. */
export const FINDINGS = {
  'verify/refused': 'A workload asks to become a cloud identity, and the trust refuses it.',
  'verify/undecided': 'Whether a workload is let in cannot be told from what was given.',
  'verify/stranger': 'A trust lets somebody in whom no manifest needs.',
  'verify/over-broad': 'A trust lets in an open set: a wildcard, a whole namespace, a principal that is no workload.',
  'verify/unused': 'A trust lets in a service account that is among the manifests, and no workload runs as it.',
  'verify/nobody': 'A part of a trust lets nobody in, such as a condition on a key that no token has.',
  'verify/token': 'A container that mounts a token can make nothing of it.',
  'evidence/unknown': 'A document is nothing that is known here.',
  'evidence/unsaid': 'A document leaves out what it is about.',
  'evidence/no-cluster': 'Which cluster manifests are for cannot be told.',
  'evidence/cluster-facts': 'Two documents say different things about one cluster.',
  'evidence/twice': 'One object or request is there twice, and the two differ.',
} as const;
