import { createServer, type AddressInfo } from 'node:net';
import type { Guarded } from './guard';

/** A port of the loopback address that nothing listens on, as the operating system chooses it. */
export async function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject).listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}

/** Waits until the question is answered with yes. A program that ends meanwhile will not answer any more. */
export async function until(what: string, program: Guarded, ask: () => Promise<boolean>, seconds = 120): Promise<void> {
  const end = Date.now() + seconds * 1000;
  for (;;) {
    if (await ask().catch(() => false)) return;
    if (program.ended()) throw new Error(`${what} ended:\n${program.lastWords()}`);
    if (Date.now() > end) throw new Error(`${what} is not ready after ${seconds} s:\n${program.lastWords()}`);
    await new Promise(resolve => setTimeout(resolve, 100));
  }
}
