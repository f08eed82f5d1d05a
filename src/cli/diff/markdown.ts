import type { FileDiff } from './diff';
import { KINDS, paragraphOf, sorted, undecidedLine } from './words';
import type { AccessChange } from '../../evidence';

/** By this a program that posts the comment finds its own again, to write it anew. */
export const MARKER = '<!-- symbolon-diff -->';

/** GitHub takes 65536 characters, of which the bot may want a few. https://github.com/orgs/community/discussions/27190 */
const MAX = 60_000;

/**
 * A comment for a pull request. Everything that comes from files stands in HTML inside `<code>`, where neither Markdown nor mentions,
 * links and issue numbers are read, and the HTML has no empty line, after which Markdown would begin again.
 */
export function markdownOf(diff: FileDiff): string {
  const head = [MARKER, '### Who gains and who loses access', '', `<p>${paragraphOf(diff, code)}</p>`];
  const rows = sorted(diff.changes).map(rowOf);
  const open = diff.undecided.map(each => `<tr><td>cannot decide</td><td colspan="3">${undecidedLine(each, code)}</td></tr>`);
  if (rows.length + open.length === 0) return `${head.join('\n')}\n`;
  const [top, end] = ['<table>\n<tr><th>change</th><th>who</th><th>cloud identity</th><th>why</th></tr>', '</table>'];
  const kept: string[] = [];
  let size = head.join('\n').length + top.length + end.length;
  for (const row of [...rows, ...open]) {
    size += row.length + 1;
    if (size > MAX) break;
    kept.push(row);
  }
  const left = rows.length + open.length - kept.length;
  return [...head, '', top, ...kept, end, ...(left === 0 ? [] : ['', `<p>${left} more do not fit into a comment: run symbolon diff</p>`]), ''].join('\n');
}

function rowOf({ kind, who, workloads, becomes, provider, permissions, reason }: AccessChange): string {
  const by = workloads.length === 0 ? '' : `<br>${workloads.map(code).join('<br>')}`;
  const may = permissions.length === 0 ? '' : `<br>may ${permissions.map(code).join('<br>may ')}`;
  return `<tr><td>${KINDS[kind].label}</td><td>${code(who)}${by}</td><td>${code(becomes)} (${provider})${may}</td><td>${code(reason)}</td></tr>`;
}

/** What cannot be seen is written out: it may turn the direction of what follows, or end a line. */
function code(text: string): string {
  const seen = text.replace(/\p{C}|\p{Zl}|\p{Zp}/gu, unseen => `\\u${unseen.charCodeAt(0).toString(16).padStart(4, '0')}`);
  return `<code>${seen.replace(/[^\p{L}\p{N} ,;/.()-]/gu, odd => `&#${odd.codePointAt(0) as number};`)}</code>`;
}
