import { closeSync, openSync, readSync } from 'node:fs';
import { InputError } from '../../core/errors';
import { complain, type Report } from '../../core/issues';
import { STDIN } from '../evidence/paths';
import { withoutTokens } from '../redact';
import { faultOf, type UserFile } from '../source/text';

/** No relying party takes more: STS of AWS takes 20000 characters, and servers take headers of 8 to 64 KiB. */
const MAX_BYTES = 64 * 1024;

/**
 * The text of a file or of stdin, but for one newline at its end. It stands in memory alone.
 *
 * @throws InputError for what cannot be read, is larger than 64 KiB, or is a token where the name of a file is expected
 */
export function readTokenText({ path, shown }: UserFile): string {
  if (withoutTokens(shown) !== shown) {
    throw new InputError('explain: expected a file with the token, or - for stdin, got the token itself; what is typed here stands in the list of processes and in the shell\'s history: kubectl create token NAME | symbolon explain -');
  }
  const bytes = readBytes(path, shown);
  if (bytes.length > MAX_BYTES) throw new InputError(`${shown}: expected a token of at most ${MAX_BYTES / 1024} KiB, got more; no relying party takes that`);
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new InputError(`${shown}: it is not UTF-8, and a token is plain ASCII`);
  }
  if (text.trim() === '') throw new InputError(shown === STDIN ? '-: nothing came by stdin' : `${shown}: it is empty`);
  return text.replace(/\r?\n$/, '');
}

function readBytes(path: string, shown: string): Uint8Array {
  let fd: number | undefined;
  try {
    fd = shown === STDIN ? 0 : openSync(path, 'r');
    const buffer = Buffer.alloc(MAX_BYTES + 1);
    let length = 0;
    for (let got = -1; got !== 0 && length < buffer.length; length += got) got = readSync(fd, buffer, length, buffer.length - length, null);
    return buffer.subarray(0, length);
  } catch (error) {
    throw new InputError(`${shown}: ${faultOf(error)}`, { cause: error });
  } finally {
    if (fd !== undefined && fd !== 0) closeSync(fd);
  }
}

/** What people put around tokens, each by a code of its own: true where there is nothing of it. */
export function checkBare(text: string, report: Report): boolean {
  const fault = FAULTS.find(({ is }) => is.test(text));
  if (fault !== undefined) complain(report, fault.code, 'token', { expected: 'the token alone', got: fault.got, fix: fault.fix });
  return fault === undefined;
}

const FAULTS: readonly { readonly code: string; readonly is: RegExp; readonly got: string; readonly fix: string }[] = [
  { code: 'token/bom', is: /^\ufeff/, got: 'a byte order mark before it', fix: 'save the file without one' },
  { code: 'token/bearer', is: /^\s*(?:authorization\s*:\s*)?bearer\s/i, got: 'the word Bearer before it', fix: 'leave out what belongs to the header of a request' },
  { code: 'token/quoted', is: /^\s*["'`]|["'`]\s*$/, got: 'quotes around it', fix: 'take them off; jq prints texts without quotes by -r' },
  { code: 'token/json', is: /^\s*[[{]/, got: 'JSON', fix: 'take the token out of it: .status.token of a TokenRequest, .data.token of a Secret and base64 -d' },
  { code: 'token/secret-data', is: /^ZXlK/, got: 'base64 of a token', fix: 'decode it once: a Secret holds its data by base64 (base64 -d)' },
  { code: 'token/blank', is: /\s/, got: 'blanks or line breaks in it or around it', fix: 'write it on one line with at most one newline after it; a terminal that wraps copies line breaks' },
];
