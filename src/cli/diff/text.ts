import type { FileDiff } from './diff';
import { KINDS, paragraphOf, sorted, undecidedLine } from './words';
import type { ChangeKind } from '../../evidence';
import type { Paint, Tone } from '../colour';

const TONES: { readonly [kind in ChangeKind]?: Tone } = { 'broader': 'bad', 'gains': 'warn', 'may-more': 'warn', 'rewritten': 'warn', 'loses': 'warn' };

/** One paragraph, then everything, a line for each. */
export function textOf(diff: FileDiff, paint: Paint): string {
  const width = Math.max(...Object.values(KINDS).map(({ label }) => label.length));
  return [
    paragraphOf(diff, plain),
    ...(diff.changes.length + diff.undecided.length > 0 ? [''] : []),
    ...sorted(diff.changes).flatMap(({ kind, who, becomes, provider, workloads, permissions, reason }) => [
      `${paint(TONES[kind] ?? 'quiet', KINDS[kind].label.padEnd(width))}  ${plain(who)}${workloads.length === 0 ? '' : ` (${workloads.map(plain).join(', ')})`} as ${plain(becomes)} (${provider}): ${plain(reason)}`,
      ...permissions.map(permission => `${' '.repeat(width)}  ${paint('quiet', 'may')} ${plain(permission)}`),
    ]),
    ...diff.undecided.map(each => `${paint('warn', 'cannot decide')}  ${undecidedLine(each, plain)}`),
  ].map(line => `${line}\n`).join('');
}

/** Names from files can hold what moves a terminal's cursor. */
function plain(text: string): string {
  return text.replace(/\p{C}/gu, unseen => `\\u${unseen.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
