import { answer, type MatcherContext, type MatcherResult, type Outcome } from './answer';
import { handlesOf, unknownIdentity } from './identities';
import { InvalidDefinitionError } from '../../core/errors';
import { Findings, complain, joinPath, type Report } from '../../core/issues';
import { isMap, readShape, type Shape } from '../../core/shape';
import type { Artifacts } from '../../proof/artifacts';
import { prove } from '../../proof/prove';
import type { Proof } from '../../proof/verdict';

/** Whom the question is about. */
export interface NobodyElseOptions {
  /** The cloud identity. @default every one of the artifacts */
  readonly as?: string;
  /** Whom the test accepts, by text that is found in what the proof says of them, or a pattern. One that fits nobody is an error. @default nobody */
  readonly except?: readonly (string | RegExp)[];
}

interface Other {
  readonly becomes: string;
  readonly who: string;
  readonly line: string;
}

const SHAPE: Shape<NobodyElseOptions> = { as: 'text?', except: 'list?' };

/**
 * Whether the trust lets in the workloads of the artifacts and nobody else. Who is the same principal by a cloud's own model (the same
 * names in another cluster of a GCP project) is somebody else, too: accept them by `except`, in words that a reviewer reads.
 */
export function toLetInNobodyElse(this: MatcherContext | void, received: unknown, options: NobodyElseOptions = {}): MatcherResult {
  const artifacts = received as Artifacts;
  const proof = prove(artifacts);
  const findings = new Findings();
  const { as, except = [] } = readShape(options, SHAPE, 'options', findings.report);
  except.forEach((each, i) => checkException(each, joinPath('options.except', i), findings.report));
  if (findings.errors.length > 0) throw new InvalidDefinitionError('toLetInNobodyElse', findings.all);
  const known = handlesOf(artifacts, proof);
  if (as === undefined ? known.length === 0 : !known.includes(as)) throw unknownIdentity(as ?? 'every one', known);
  const all = othersIn(proof).filter(({ becomes }) => as === undefined || becomes === as);
  const others = all.filter(other => !except.some(each => fits(each, other)));
  const idle = except.map((each, i) => [each, i] as const).filter(([each]) => !all.some(other => fits(each, other)));
  for (const [each, i] of idle) {
    complain(findings.report, 'testing/except', joinPath('options.except', i), { expected: 'somebody whom the trust lets in', got: String(each), fix: 'take it out: nobody is like that any more' });
  }
  if (idle.length > 0) throw new InvalidDefinitionError('toLetInNobodyElse', findings.all);
  const open = proof.verdicts.filter(verdict => !verdict.decided && (as === undefined || verdict.becomes === as));
  // Where it is open who asks, somebody who looks like a stranger may be the workload itself.
  const certain = others.filter(other => !open.some(({ becomes }) => becomes === other.becomes));
  const outcome: Outcome = certain.length > 0 ? 'no' : open.length > 0 ? 'neither' : 'yes';
  return answer(this ?? undefined, { received: 'artifacts', matcher: `toLetInNobodyElse(${as === undefined ? '' : '{ as }'})` }, outcome, () => linesOf(as, others, open, outcome));
}

function linesOf(as: string | undefined, others: readonly Other[], open: Proof['verdicts'], outcome: Outcome): readonly string[] {
  const whom = as ?? 'the cloud identities';
  switch (outcome) {
    case 'yes': return [`nobody but the workloads of the artifacts becomes ${whom}`];
    case 'no': return [`${others.length === 1 ? 'somebody else becomes' : `${others.length} others become`} ${whom}:`, ...others.map(({ line }) => `  ${line}`)];
    default: return [`cannot decide who else becomes ${whom}:`, ...new Set(open.map(({ becomes, provider, reason }) => `  ${becomes} (${provider}): ${reason}`)), ...others.map(({ line }) => `  as far as it is known, ${line}`), '  give the artifacts what is missing: neither this expectation nor its opposite is proven'];
  }
}

function othersIn({ strangers, verdicts }: Proof): readonly Other[] {
  const others = [
    ...strangers.map(({ provider, becomes, by, who }) => ({ becomes, who, line: `${who} becomes ${becomes} (${provider}), let in by ${by}` })),
    ...verdicts.flatMap(({ provider, becomes, alsoAdmits }) => alsoAdmits.map(who => ({ becomes, who, line: `${who} becomes ${becomes} (${provider}), by the provider's own model` }))),
  ];
  return [...new Map(others.map(other => [other.line, other])).values()];
}

function fits(exception: string | RegExp, { who }: Other): boolean {
  // A pattern with the flags g or y remembers where it was.
  return typeof exception === 'string' ? who.includes(exception) : new RegExp(exception.source, exception.flags.replace(/[gy]/g, '')).test(who);
}

/** A pattern of another realm, as test runners have them, is one too. */
function checkException(value: unknown, path: string, report: Report): void {
  const isPattern = isMap(value) && Object.prototype.toString.call(value) === '[object RegExp]';
  if (isPattern || (typeof value === 'string' && value !== '')) return;
  complain(report, 'structure/type', path, { expected: 'text that is not empty, or a regular expression', got: value, fix: 'give it in this form' });
}
