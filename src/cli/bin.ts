#!/usr/bin/env node
import { writeSync } from 'node:fs';
import { lateFailureOf } from './failure';
import { main } from './main';
import { failureDocument } from './report/machine';

process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  // Whoever reads has read enough: symbolon … | head
  if (error.code !== 'EPIPE') throw error;
});

let done = false;
let waits = false;
process.on('beforeExit', () => {
  waits = !done;
});
process.on('exit', code => {
  // The user's own code ended the process: nothing was rendered, and nobody must take that for a success.
  if (done || code !== 0) return;
  const why = waits ? 'it waits for something that never comes, such as a promise that nobody settles; export what is there' : 'the file ended the process (process.exit) before anything was rendered; take that out';
  process.stderr.write(`ERR_INPUT: ${why}\n`);
  process.exitCode = 2;
});
process.on('uncaughtException', error => {
  // Whatever of our own fails is caught where it is awaited.
  const { code, message, exit } = lateFailureOf(error);
  done = true;
  if (process.argv.includes('--json')) writeSync(1, `${JSON.stringify(failureDocument({ code, message, exit, error }), null, 2)}\n`);
  else writeSync(2, `${code}: ${message}\n`);
  process.exit(exit);
});

void main(process.argv.slice(2), {
  stdout: process.stdout,
  stderr: process.stderr,
  isTTY: Boolean(process.stdout.isTTY),
  // A terminal that cannot go back in its line would be filled with them.
  ...(process.stderr.isTTY && process.env.TERM !== 'dumb' && { progress: process.stderr }),
  env: process.env,
  cwd: process.cwd(),
  onInterrupt: stop => {
    const signals = ['SIGHUP', 'SIGINT', 'SIGTERM'] as const;
    for (const signal of signals) process.on(signal, stop);
    return () => {
      for (const signal of signals) process.off(signal, stop);
    };
  },
}).then(code => {
  done = true;
  // What is on its way to a pipe gets there first. Then the end, even if the user's code left a timer or a connection open.
  process.stdout.write('', () => process.stderr.write('', () => process.exit(code)));
});
