import { spawnSync, type SpawnSyncReturns } from 'node:child_process';
import { worker } from './paths';

/** What one run of something took. */
export interface Sample {
  readonly ms: number;
  /** MiB at the peak; left out where the process does not say. */
  readonly rss?: number;
}

/** Runs something once, in a process of its own. */
export type Run = () => Sample;

/** One thing beside another. */
export interface Comparison {
  readonly baseline: Sample;
  readonly subject: Sample;
  /** Subject to baseline, in time and memory: the median of what each pair of runs gave. */
  readonly ratio: Sample;
  /** The baseline to itself in the same way: what is within this distance of 1 is noise. */
  readonly noise: Sample;
}

/**
 * Runs them in turn, the baseline on both sides of the subject (A B A, A B A, …), so that a machine that gets slower
 * or busier while this goes on does so for both.
 */
export function compare(baseline: Run, subject: Run, rounds: number): Comparison {
  const triples = Array.from({ length: rounds }, () => [baseline(), subject(), baseline()] as const);
  return {
    baseline: median(triples.flatMap(([before, , after]) => [before, after])),
    subject: median(triples.map(([, middle]) => middle)),
    ratio: median(triples.map(([before, middle, after]) => quotient(middle, mean(before, after)))),
    noise: median(triples.map(([before, , after]) => quotient(after, before))),
  };
}

/** The time of a whole process, from its start to its end. */
export function processTime(args: readonly string[]): Sample {
  const start = performance.now();
  node(args);
  return { ms: performance.now() - start };
}

/** The same, with the most memory that it ever held. */
export function processCost(args: readonly string[]): Sample {
  const start = performance.now();
  const { output } = node(['--require', worker('memory'), ...args]);
  return { ms: performance.now() - start, rss: Number(output[3]) };
}

/** What a worker says about itself. */
export function workerTime(args: readonly string[]): Sample {
  return JSON.parse(node(args).stdout) as Sample;
}

function node(args: readonly string[]): SpawnSyncReturns<string> {
  const result = spawnSync(process.execPath, [...args], { encoding: 'utf8', maxBuffer: 2 ** 30, stdio: ['ignore', 'pipe', 'pipe', 'pipe'] });
  if (result.status !== 0) throw new Error(`node ${args.join(' ')} ended with ${result.status ?? result.signal ?? ''}\n${result.stdout.slice(-2000)}${result.stderr.slice(-2000)}`);
  return result;
}

function median(samples: readonly Sample[]): Sample {
  return combine(samples, values => {
    const sorted = [...values].sort((a, b) => a - b);
    const half = Math.floor(sorted.length / 2);
    return sorted.length % 2 === 1 ? sorted[half] ?? NaN : ((sorted[half - 1] ?? NaN) + (sorted[half] ?? NaN)) / 2;
  });
}

function mean(a: Sample, b: Sample): Sample {
  return combine([a, b], values => values.reduce((sum, value) => sum + value, 0) / values.length);
}

function quotient(a: Sample, b: Sample): Sample {
  return combine([a, b], ([x = NaN, y = NaN]) => x / y);
}

function combine(samples: readonly Sample[], f: (values: readonly number[]) => number): Sample {
  const rss = samples.flatMap(sample => sample.rss ?? []);
  return { ms: f(samples.map(({ ms }) => ms)), ...(rss.length === samples.length && { rss: f(rss) }) };
}
