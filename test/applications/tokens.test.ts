/** Programs that read a projected token, while it changes as the kubelet changes it. */
import { closeSync, openSync, readSync, realpathSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import fc from 'fast-check';
import { CachedToken, callPayments, readToken } from '../../examples/applications/node/token';
import { TokenVolume } from '../../examples/applications/node/token-volume';

let volume: TokenVolume;
beforeEach(() => (volume = new TokenVolume('first')));
afterEach(() => volume.remove());

async function serve(): Promise<{ server: Server; url: string }> {
  const server = createServer((request, response) => response.end(request.headers.authorization));
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

test('each read gives the token of its time, whatever is written and how often', async () => {
  await fc.assert(fc.asyncProperty(fc.array(fc.stringMatching(/^[\w.-]{1,40}$/), { maxLength: 8 }), async tokens => {
    for (const token of tokens) {
      volume.rotate(token);
      expect(await readToken(volume.file)).toBe(token);
    }
  }), { numRuns: 20 });
});

test('each request carries the token of its time', async () => {
  const { server, url } = await serve();
  try {
    expect(await (await callPayments(url, volume.file)).text()).toBe('Bearer first');
    volume.rotate('second');
    expect(await (await callPayments(url, volume.file)).text()).toBe('Bearer second');
  } finally {
    server.close();
  }
});

test('a token that is not there, or is empty, is an error, and nothing is sent', async () => {
  const sent = jest.spyOn(globalThis, 'fetch');
  await expect(callPayments('http://127.0.0.1:1', undefined)).rejects.toThrow('PAYMENTS_TOKEN_FILE');
  volume.rotate('\n');
  await expect(callPayments('http://127.0.0.1:1', volume.file)).rejects.toThrow('empty');
  rmSync(volume.file);
  await expect(callPayments('http://127.0.0.1:1', volume.file)).rejects.toThrow('ENOENT');
  expect(sent).not.toHaveBeenCalled();
  sent.mockRestore();
});

test('a cached token is never older than it may be, and a failed read is not kept', async () => {
  let now = 0;
  const cached = new CachedToken(volume.file, 30, () => now);
  expect(await cached.get()).toBe('first');
  volume.rotate('second');
  now = 29_999;
  expect(await cached.get()).toBe('first');
  now = 30_000;
  expect(await cached.get()).toBe('second');
  now = 60_000;
  volume.rotate('');
  await expect(cached.get()).rejects.toThrow('empty');
  volume.rotate('third');
  expect(await cached.get()).toBe('third');
});

test('what holds on to the file, as a subPath mount does, keeps the first token; what holds on to its real path loses it', async () => {
  const [held, real] = [openSync(volume.file, 'r'), realpathSync(volume.file)];
  volume.rotate('second');
  const bytes = Buffer.alloc(16);
  expect(bytes.toString('utf8', 0, readSync(held, bytes, 0, 16, 0))).toBe('first');
  closeSync(held);
  await expect(readToken(real)).rejects.toThrow('ENOENT');
  expect(await readToken(volume.file)).toBe('second');
});
