import { readFileSync } from 'node:fs';
import { sep } from 'node:path';
import type { FileNote } from './notes';
import { parseDocuments } from './parse';
import { STDIN, filesAt } from './paths';
import { InputError, isSymbolonError } from '../../core/errors';
import { isRelevant, type EvidenceDocument } from '../../evidence';
import type { Io } from '../io';
import type { Progress } from '../progress';
import { readText, type UserFile } from '../source/text';

/** Everything that was given, and where its documents begin. */
export interface Evidence {
  readonly documents: readonly EvidenceDocument[];
  /** The line on which a document of a file begins. */
  lineOf(file: string, document: number): number | undefined;
  /** The text of a file, read once more: it is not kept. */
  textOf(file: string): string | undefined;
  /** How many files there were. */
  readonly files: number;
}

/**
 * Reads files, folders and stdin.
 *
 * @param paths  as the user wrote them; `-` is stdin
 * @param keep  which documents are wanted. @default those that can matter for an identity
 * @throws InputError with everything that cannot be read, each with its place
 */
export async function readEvidence(
  paths: readonly string[], notes: readonly FileNote[], io: Pick<Io, 'cwd'>, progress: Progress, keep: (document: unknown) => boolean = isRelevant,
): Promise<Evidence> {
  const yaml = await import('js-yaml');
  const faults: string[] = [];
  const files = new Map<string, UserFile>();
  for (const shown of paths) {
    const found = attempt(faults, () => (shown === STDIN ? [{ path: STDIN, shown }] : filesAt(shown, io.cwd))) ?? [];
    for (const file of found) files.set(file.path, file);
  }
  const documents: EvidenceDocument[] = [];
  const lines = new Map<string, number>();
  const byName = new Map([...files.values()].map(file => [file.shown, file]));
  const used = new Set<FileNote>();
  let read = 0;
  for (const file of files.values()) {
    progress.say(`reading ${++read} of ${files.size} files: ${file.shown}`);
    const about = notes.filter(({ path }) => file.path === path || file.path.startsWith(`${path}${sep}`));
    about.forEach(note => used.add(note));
    attempt(faults, () => {
      let document = 0;
      for (const { value, line } of parseDocuments(textIn(file), file.shown, yaml)) {
        lines.set(`${file.shown}\n${document}`, line);
        const at = { file: file.shown, document, path: '' };
        if (keep(value)) documents.push({ value, at, ...saidOf(about) });
        document++;
        if (document % 500 === 0) progress.say(`reading ${read} of ${files.size} files: ${document} documents of ${file.shown}`);
      }
    });
  }
  for (const note of notes) {
    if (!used.has(note)) faults.push(`${note.shown}: the evidence file names it, and it is not among the files that were given; add its path to the command, or take the note out`);
  }
  if (faults.length > 0) throw new InputError(faults.join('\n'));
  return {
    documents,
    files: files.size,
    lineOf: (file, document) => lines.get(`${file}\n${document}`),
    textOf: name => {
      const file = byName.get(name);
      return file === undefined || file.path === STDIN ? undefined : readText(file);
    },
  };
}

/** All files are looked at before anything is said about one. */
function attempt<T>(faults: string[], work: () => T): T | undefined {
  try {
    return work();
  } catch (error) {
    if (!isSymbolonError(error)) throw error;
    faults.push(error.message);
    return undefined;
  }
}

function textIn(file: UserFile): string {
  if (file.path !== STDIN) return readText(file);
  const text = readFileSync(0, 'utf8');
  if (text.trim() === '') throw new InputError('-: nothing came by stdin');
  return text;
}

/** What is said of a file counts before what is said of its folder. */
function saidOf(notes: readonly FileNote[]): Pick<EvidenceDocument, 'of' | 'cluster'> {
  const near = [...notes].sort((a, b) => a.path.length - b.path.length);
  let said: Pick<EvidenceDocument, 'of' | 'cluster'> = {};
  for (const { of, cluster } of near) said = { ...said, ...(of !== undefined && { of }), ...(cluster !== undefined && { cluster }) };
  return said;
}
