import type { AwsUnsafeSubjects } from './binding';
import type { Wrong } from './check';
import { trusts, type AwsEdge } from './settings';
import { joinPath } from '../../core/issues';

const SUBJECT = /^system:serviceaccount:([-a-z0-9*?]+):([-a-z0-9.*?]+)$/;

/** A pattern may leave open one of the two names, and never both. */
export function checkSubjects(edge: AwsEdge, { like, reason }: AwsUnsafeSubjects, wrong: Wrong): void {
  const field = 'unsafeSubjects';
  if (!trusts(edge, 'irsa')) {
    wrong(field, 'unsafe-subjects', 'the mechanism "irsa", since an association of Pod Identity names one service account', like, 'leave the field out');
    return;
  }
  if (like.length === 0) wrong(`${field}.like`, 'unsafe-subjects', 'at least one subject', like, 'leave the field out');
  like.forEach((subject, i) => {
    const [, namespace, name] = SUBJECT.exec(subject) ?? [];
    if (namespace === undefined || name === undefined || (isOpen(namespace) && isOpen(name))) {
      wrong(joinPath(`${field}.like`, i), 'unsafe-subjects', 'system:serviceaccount:<namespace>:<name>, with at least one of the two more than a wildcard', subject, 'say as much of the names as there is to say');
    }
  });
  checkReason(field, reason, wrong);
  // Who made the trust of an existing role has decided it.
  if (!edge.settings.existing) wrong(field, 'unsafe', 'service accounts by name', like, `whoever can make a fitting service account may become the role; the reason given: ${reason}`, 'warning');
}

/** Whether the pattern leaves out nobody, or nearly nobody. */
function isOpen(pattern: string): boolean {
  return /^[*?]+$/.test(pattern);
}

export function checkReason(field: string, reason: string, wrong: Wrong): void {
  if (reason.trim() === '') wrong(`${field}.reason`, 'unsafe-reason', 'a sentence that says why', reason, 'write down what the next reader has to know');
}
