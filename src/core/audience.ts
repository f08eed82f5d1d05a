import { complain, type Report } from './issues';

/** A token goes in a header of a request, where servers take some 8 KiB in all. */
const MAX_BYTES = 2048;

/** Something that nobody sees, or that parts words: control and format characters, halves of pairs, blanks of every width. */
const UNSEEN = /[\p{C}\p{Z}]/u;

/** Whether the text can name whom a token is for. Kubernetes takes any; verifiers compare it byte by byte. */
export function isAudience(text: string): boolean {
  return text !== '' && Buffer.byteLength(text) <= MAX_BYTES && !UNSEEN.test(text);
}

/** One audience, under the code of whoever asks for it. */
export function checkAudience(value: string, code: string, path: string, report: Report, fix: string): boolean {
  if (isAudience(value)) return true;
  complain(report, code, path, { expected: `one audience of at most ${MAX_BYTES} bytes, without blanks and invisible characters`, got: value, fix });
  return false;
}
