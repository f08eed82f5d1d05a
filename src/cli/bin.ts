#!/usr/bin/env node
import { main } from './main';

process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  // Whoever reads has read enough: symbolon … | head
  if (error.code !== 'EPIPE') throw error;
});

let done = false;
process.on('exit', code => {
  // The user's own code ended the process: nothing was rendered, and nobody must take that for a success.
  if (done || code !== 0) return;
  process.stderr.write('ERR_INPUT: the file ended the process (process.exit) before anything was rendered; take that out\n');
  process.exitCode = 2;
});

void main(process.argv.slice(2), {
  stdout: process.stdout,
  stderr: process.stderr,
  isTTY: Boolean(process.stdout.isTTY),
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
