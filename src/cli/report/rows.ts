import type { Answer, Answers, TokenAnswer } from './answers';
import type { Stranger } from '../../proof/verdict';

/** How good an answer is: `open` where the proof could not decide. */
export type State = 'admitted' | 'refused' | 'open' | 'token';

/** One line of the table: who becomes what, where, and whether they are let in. */
export interface Row {
  readonly cells: readonly [identity: string, cluster: string, trustedBy: string, becomes: string, verdict: string];
  readonly state: State;
}

/** The lines of the table. Workloads that get the same answer share one. */
export function rowsOf({ verdicts, tokens }: Answers, strangers: readonly Stranger[]): readonly Row[] {
  const crowded = new Set(strangers.map(({ provider, becomes }) => `${provider} ${becomes}`));
  const rows = [...verdicts.map(answer => rowOf(answer, crowded.has(`${answer.provider} ${answer.becomes}`))), ...tokens.map(tokenRow)];
  return [...new Map(rows.map(row => [row.cells.join('\n'), row])).values()];
}

function rowOf(answer: Answer, crowded: boolean): Row {
  const { identity = '-', cluster, binding, provider, becomes, admitted, decided } = answer;
  const state = admitted ? 'admitted' : decided ? 'refused' : 'open';
  return { cells: [identity, cluster, binding ?? provider, becomes, WORDS[state](answer, crowded)], state };
}

const WORDS: { readonly [state in Exclude<State, 'token'>]: (answer: Answer, crowded: boolean) => string } = {
  admitted: ({ alsoAdmits, reason }, crowded) => {
    if (alsoAdmits.length > 0) return `admitted: ${reason}; also ${alsoAdmits.join('; ')}`;
    return `admitted, ${crowded ? 'but not alone' : 'and nobody else'}: ${reason}`;
  },
  refused: ({ workload, reason }) => `REFUSED: ${workload === undefined ? '' : `${workload}: `}${reason}`,
  open: ({ reason }) => `not decided: ${reason}`,
};

function tokenRow(answer: TokenAnswer): Row {
  const { identity, cluster = '-', token, audience, expirationSeconds, refreshSeconds, workload, projectedBy, fault } = answer;
  const trustedBy = token ?? (audience === undefined ? 'kubernetes' : '-');
  const head = [identity ?? projectedBy ?? '-', cluster, trustedBy, audience ?? 'the Kubernetes API'] as const;
  if (fault !== undefined) return { cells: [...head, `REFUSED: ${workload ?? head[0]}: ${fault}`], state: 'refused' };
  const open = projectedBy === undefined ? '' : `${whoHas(answer)}; nobody here decides about it: whoever takes this audience lets it in`;
  return { cells: [...head, `token ${expirationSeconds} s, refreshed at ${refreshSeconds} s${open}`], state: 'token' };
}

/** In which pods it is, and whom it names. */
function whoHas({ workload, subject }: TokenAnswer): string {
  if (workload === undefined || subject === undefined) return ', for pods that are made elsewhere';
  return `, in ${workload} as ${subject.namespace}/${subject.serviceAccount}`;
}
