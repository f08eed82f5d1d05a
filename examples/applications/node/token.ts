import { readFile } from 'node:fs/promises';

// region: read
/** The token as it is now. The kubelet replaces the file while the program runs, so it is read for every request. */
export async function readToken(path: string): Promise<string> {
  const token = (await readFile(path, 'utf8')).trim();
  if (token === '') throw new Error(`the token file ${path} is empty`);
  return token;
}
// endregion

// region: call
/** One token file for one API: when the file is not there, the call fails, and no other token is sent in its place. */
export async function callPayments(url: string, tokenFile = process.env.PAYMENTS_TOKEN_FILE): Promise<Response> {
  if (tokenFile === undefined) throw new Error('PAYMENTS_TOKEN_FILE is not set: the pod has no token for payments');
  return fetch(url, { headers: { authorization: `Bearer ${await readToken(tokenFile)}` } });
}
// endregion

// region: cached
/** For programs that cannot read a file for every request: the token is at most `maxAgeSeconds` old. */
export class CachedToken {
  private value: Promise<string> | undefined;
  private readAt = 0;

  constructor(private readonly path: string, private readonly maxAgeSeconds = 30, private readonly now = () => performance.now()) {}

  get(): Promise<string> {
    if (this.value === undefined || this.now() - this.readAt >= this.maxAgeSeconds * 1000) {
      this.readAt = this.now();
      const value = readToken(this.path);
      // What could not be read is asked for again by the next call.
      value.catch(() => (this.value = undefined));
      this.value = value;
    }
    return this.value;
  }
}
// endregion
