import { writeFileSync } from 'node:fs';
import { InputError, InvalidDefinitionError } from '../../core/errors';
import { Findings, complain, joinPath } from '../../core/issues';
import { readShape, type Shape } from '../../core/shape';
import { readJson } from '../source/json';
import type { UserFile } from '../source/text';

/** A finding that somebody knows of, and lives with. */
export interface Known {
  readonly code: string;
  readonly about: string;
  /** Why it may stay. */
  readonly reason?: string;
}

const FILE: Shape<{ readonly version: number; readonly known: readonly unknown[] }> = { version: 'number', known: 'list' };
const KNOWN: Shape<Known> = { code: 'text', about: 'text', reason: 'text?' };

/**
 * Reads a baseline.
 *
 * @throws InputError when it cannot be read, and with everything that is wrong in it
 */
export function readBaseline(file: UserFile): readonly Known[] {
  const findings = new Findings();
  const { version, known = [] } = readShape(readJson(file), FILE, '', findings.report);
  if (version !== undefined && version !== 1) complain(findings.report, 'baseline/version', 'version', { expected: '1', got: version, fix: 'write version: 1' });
  const read = known.map((each, i) => readShape<Known>(each, KNOWN, joinPath('known', i), findings.report) as Known);
  if (findings.errors.length > 0) throw new InputError(new InvalidDefinitionError(file.shown, findings.all).message);
  return read;
}

/**
 * Writes a baseline of what is found now, in the order of code and whom it is about.
 *
 * @throws InputError when it cannot be written
 */
export function writeBaseline({ path, shown }: UserFile, findings: readonly Pick<Known, 'code' | 'about'>[], before: readonly Known[]): void {
  const reasons = new Map(before.map(known => [keyOf(known), known.reason]));
  const known = new Map<string, Known>();
  for (const { code, about } of findings) {
    const reason = reasons.get(keyOf({ code, about }));
    known.set(keyOf({ code, about }), { code, about, ...(reason !== undefined && { reason }) });
  }
  const sorted = [...known].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, each]) => each);
  try {
    writeFileSync(path, `${JSON.stringify({ version: 1, known: sorted }, null, 2)}\n`);
  } catch (error) {
    throw new InputError(`${shown}: it cannot be written: ${(error as Error).message}`, { cause: error });
  }
}

interface Compared<T> {
  readonly fresh: readonly T[];
  readonly known: readonly T[];
  readonly gone: readonly Known[];
}

/** Findings that the baseline knows, those that it does not, and what it knows though it is not found any more. */
export function against<T extends Pick<Known, 'code' | 'about'>>(findings: readonly T[], baseline: readonly Known[]): Compared<T> {
  const keys = new Set(baseline.map(keyOf));
  const found = new Set(findings.map(keyOf));
  return {
    fresh: findings.filter(finding => !keys.has(keyOf(finding))),
    known: findings.filter(finding => keys.has(keyOf(finding))),
    gone: baseline.filter(known => !found.has(keyOf(known))),
  };
}

function keyOf({ code, about }: Pick<Known, 'code' | 'about'>): string {
  return `${code}\n${about}`;
}
