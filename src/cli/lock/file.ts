import { existsSync } from 'node:fs';
import { FORMS, parseLine, type Line } from './lines';
import { InputError, InvalidDefinitionError } from '../../core/errors';
import { Findings, complain } from '../../core/issues';
import { byText } from '../../core/names';
import { writeWhole } from '../output/whole';
import { readText, type UserFile } from '../source/text';

/** A line, and where it stands. */
export interface PlacedLine extends Line {
  /** From 1. */
  readonly at: number;
  /** The comments over it. */
  readonly comments: readonly string[];
}

/** A lock file. */
export interface Lock {
  readonly lines: readonly PlacedLine[];
  /** Comments after the last line. */
  readonly rest: readonly string[];
  readonly eol: '\n' | '\r\n';
}

const HEAD = [
  '# Who may get in: a line for each, reviewed by whoever merged it. STRANGER: somebody whom no manifest needs.',
  '# Written by symbolon --update-lock, in the order of text. A comment stays with the line under it.',
];

/**
 * Reads a lock. Lines may end as they do on Windows.
 *
 * @returns undefined where there is none
 * @throws InputError with every line that is none
 */
export function readLock(file: UserFile): Lock | undefined {
  if (!existsSync(file.path)) return undefined;
  const text = readText(file);
  const findings = new Findings();
  const lines: PlacedLine[] = [];
  const seen = new Map<string, number>();
  let comments: string[] = [];
  for (const [i, whole] of text.split('\n').entries()) {
    const line = whole.replace(/\r$/, '');
    const at = i + 1;
    if (line.trim() === '' || HEAD.includes(line)) continue;
    if (line.startsWith('#')) {
      comments.push(line);
      continue;
    }
    const parsed = parseLine(line);
    const before = seen.get(line);
    if (parsed === undefined) {
      const conflict = /^(?:<{7}|={7}|>{7}|\|{7})/.test(line);
      complain(findings.report, 'lock/line', `line ${at}`, {
        expected: `one of: ${FORMS.join('; ')}; or a comment, which begins with #`,
        got: line,
        fix: conflict ? 'this is the mark of a merge: take the marks out, and keep the lines of both sides' : 'take it back to what it was, or take it out and let --update-lock write it',
      });
    } else if (before !== undefined) {
      complain(findings.report, 'lock/twice', `line ${at}`, { expected: 'every line once', got: line, fix: `it is line ${before} already: take one of them out` });
    } else {
      seen.set(line, at);
      lines.push({ ...parsed, at, comments });
      comments = [];
    }
  }
  if (findings.errors.length > 0) throw new InputError(new InvalidDefinitionError(file.shown, findings.all).message);
  return { lines, rest: comments, eol: text.includes('\r\n') ? '\r\n' : '\n' };
}

/**
 * Writes a lock: all of it or nothing.
 *
 * @param before  the one that it replaces, whose comments stay with their lines
 * @throws InputError when it cannot be written
 */
export function writeLock(file: UserFile, lines: readonly string[], before: Lock | undefined): void {
  const comments = new Map(before?.lines.map(line => [line.text, line.comments]));
  const body = [...lines].sort(byText).flatMap(line => [...comments.get(line) ?? [], line]);
  writeWhole(file, [...HEAD, ...body, ...before?.rest ?? []].map(line => `${line}${before?.eol ?? '\n'}`).join(''));
}
