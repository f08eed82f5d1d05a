import { complain, type Report } from '../core/issues';

const OCTAL = /^0o?[0-7]{3}$/;

/** Decimal numbers that somebody has most likely meant as octal digits: 440 is in truth 0670. */
const LOOK_OCTAL: readonly number[] = [400, 404, 440, 444, 500];

/** The mode as Kubernetes' JSON has it: of text that is `0` or `0o` and three octal digits, the number. Other text stays as it is, for {@link checkMode} to find. */
export function readMode(mode: number | string): number {
  return typeof mode === 'string' && OCTAL.test(mode) ? parseInt(mode.replace('o', ''), 8) : mode as number;
}

/** The mode as people write it: `0440`. */
export function showMode(mode: number): string {
  return `0${mode.toString(8).padStart(3, '0')}`;
}

/** Whether the mode lets somebody read who is not the owner. */
export function canBeRead(mode: number, by: 'group' | 'all'): boolean {
  return /[4-7]/.test(showMode(mode).slice(by === 'group' ? 2 : 3, by === 'group' ? 3 : 4));
}

/** A mode of a file in a volume, as {@link readMode} read it. */
export function checkMode(mode: unknown, path: string, report: Report): void {
  if (mode === undefined) return;
  const expected = 'octal digits in quotes such as "0440" or "0o440", or the same as a decimal number from 0 to 511 (288)';
  if (typeof mode !== 'number' || !Number.isInteger(mode) || mode < 0 || mode > 0o777) {
    const digits = String(mode);
    complain(report, 'volume/mode', path, { expected, got: mode, fix: /^0?[0-7]{3}$/.test(digits) ? `write "0${digits.slice(-3)}"` : 'leave it out for 0644' });
  } else if (LOOK_OCTAL.includes(mode)) {
    complain(report, 'volume/mode-decimal', path, { expected, got: mode, severity: 'warning', fix: `as a decimal number this is ${showMode(mode)}; write "0${mode}" if its digits were meant as octal` });
  }
}
