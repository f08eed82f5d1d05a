import type { Reading } from './reader';
import { READERS } from './readers';
import { complain, joinPath, type Report } from '../core/issues';
import { isData } from '../kubernetes/data';

/** One document that a vendor's tool printed, as its parser made it. */
export interface VendorDocument {
  readonly value: unknown;
  /** What the user calls it: a file, and the line where it is not the first document there. */
  readonly shown: string;
  /** What the user says it is of: a cluster's name, or `IDENTITY.BINDING`. */
  readonly name?: string;
}

/** A document, and what it says. */
export interface ReadDocument extends Omit<VendorDocument, 'value'> {
  readonly reading: Reading;
}

/** Deeper than any tool puts lists into lists. */
const MAX_LISTS = 8;

/** Reads every document, and every item of those that are lists. What is none of the known ones is a finding. */
export function readAll(documents: readonly VendorDocument[], report: Report): readonly ReadDocument[] {
  return documents.flatMap(document => readOne(document, '', 0, report));
}

function readOne(document: VendorDocument, path: string, depth: number, report: Report): readonly ReadDocument[] {
  const { value, ...about } = document;
  if (Array.isArray(value) && depth < MAX_LISTS) {
    return value.flatMap((item: unknown, i) => readOne({ ...document, value: item }, joinPath(path, i), depth + 1, report));
  }
  const here = path === '' ? about.shown : `${about.shown}: ${path}`;
  if (isData(value)) {
    for (const reader of READERS) {
      const reading = reader.read(value, placed(about.shown, path, report));
      if (reading !== undefined) return [{ ...about, shown: here, reading }];
    }
  }
  complain(report, 'facts/unknown-document', here, {
    expected: `what one of these prints: ${READERS.flatMap(({ prints }) => prints).join(', ')}`,
    got: isData(value) ? `a map with ${keysOf(value)}` : value,
    fix: 'give its whole output, as JSON or YAML, without --query or a filter',
  });
  return [];
}

function keysOf(value: object): string {
  const keys = Object.keys(value);
  return keys.length === 0 ? 'no keys' : `${keys.slice(0, 5).join(', ')}${keys.length > 5 ? ' and more' : ''}`;
}

/** Findings of a reader begin with the path in its document. */
function placed(shown: string, path: string, report: Report): Report {
  return issue => {
    const joined = path === '' ? issue.path : `${path}.${issue.path}`;
    const whole = `${shown}: ${joined}`;
    report({ ...issue, path: whole, message: `${shown}: ${path === '' ? '' : `${path}.`}${issue.message}` });
  };
}
