import { rmSync } from 'node:fs';
import { makeFolder } from './paths';

/** What a worker prints. */
export interface Timed {
  /** Milliseconds of the work itself, without what was imported before. */
  readonly ms: number;
  /** The most memory that the process ever held, in MiB. */
  readonly rss: number;
}

/** Runs in a process of its own: `node worker.js <n> [<folder to keep the output in>]`. Does the work for n identities, and prints what it took. */
export function timed(work: (n: number, outdir: string) => void | Promise<void>): void {
  const [n, keep] = process.argv.slice(2);
  const outdir = keep ?? makeFolder();
  const start = performance.now();
  void Promise.resolve(work(Number(n), outdir)).then(() => {
    const result: Timed = { ms: performance.now() - start, rss: process.resourceUsage().maxRSS / 1024 };
    if (keep === undefined) rmSync(outdir, { recursive: true });
    process.stdout.write(`${JSON.stringify(result)}\n`, () => process.exit(0));
  });
}
