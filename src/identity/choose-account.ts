import { nameOf } from './workloads';
import type { Subject } from '../core/claims';
import { InvalidDefinitionError } from '../core/errors';
import { Findings, complain } from '../core/issues';

/** What is known about the pods that are to run as a service account. */
export interface Wish {
  /** A name, or `<namespace>/<name>`. */
  readonly as?: string | undefined;
  readonly namespace?: string | undefined;
}

/** Who asks, for the error. */
export interface Asker {
  /** `workload identity "checkout"`. */
  readonly what: string;
  /** Ends the sentence "one of the service accounts of …". */
  readonly whose: string;
  readonly at: string;
  /** How one is named. */
  readonly say: string;
}

/**
 * The service account that is meant: the one that is named, else the only one, else the only one in the namespace.
 *
 * @throws InvalidDefinitionError when it is none of them, or could be several
 */
export function chooseAccount<T extends { readonly subject: Subject }>(accounts: readonly T[], { as, namespace }: Wish, { what, whose, at, say }: Asker): T {
  const named = as === undefined ? accounts : accounts.filter(({ subject }) => as === nameOf(subject) || as === subject.serviceAccount);
  const near = named.length > 1 ? named.filter(({ subject }) => subject.namespace === namespace) : named;
  const [chosen] = near;
  if (chosen !== undefined && near.length === 1) return chosen;

  const findings = new Findings();
  complain(findings.report, 'workload/choice', at, {
    expected: `one of the service accounts of ${whose}: ${accounts.map(({ subject }) => nameOf(subject)).join(', ') || 'there is none'}`,
    got: as,
    fix: accounts.length === 0 ? 'let the identity run in this cluster (runsAs)' : `say which one: ${say}`,
  });
  throw new InvalidDefinitionError(what, findings.all);
}
