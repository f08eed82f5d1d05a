import { readFileSync } from 'node:fs';
import { InputError } from '../../core/errors';

/** A file of the user: where it is, and what they call it. */
export interface UserFile {
  readonly path: string;
  readonly shown: string;
}

/** What is wrong, by the code that the file system gives. */
const FAULTS: { readonly [code: string]: string } = {
  ENOENT: 'there is no such file',
  ENOTDIR: 'there is no such file',
  EISDIR: 'this is a folder; name the file in it',
  EACCES: 'it may not be read',
};

/**
 * The text of a file, without its byte order mark.
 *
 * @throws InputError for one that cannot be read, is not UTF-8 or holds nothing
 */
export function readText({ path, shown }: UserFile): string {
  const bytes = readBytes(path, shown);
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new InputError(`${shown}: it is not UTF-8; save it in this encoding`);
  }
  if (text.trim() === '') throw new InputError(`${shown}: it is empty`);
  return text;
}

function readBytes(path: string, shown: string): Uint8Array {
  try {
    return readFileSync(path);
  } catch (error) {
    throw new InputError(`${shown}: ${faultOf(error)}`, { cause: error });
  }
}

/** What is wrong with a file that the file system does not give. */
export function faultOf(error: unknown): string {
  const { code = '', message } = error as NodeJS.ErrnoException;
  return FAULTS[code] ?? message;
}

/** Where an offset stands: `identity.json:3:14`. */
export function placeIn(shown: string, text: string, offset: number): string {
  const before = text.slice(0, offset).split('\n');
  return `${shown}:${before.length}:${(before.at(-1) ?? '').length + 1}`;
}
