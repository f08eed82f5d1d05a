#!/usr/bin/env node
import { main } from './main';

process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  // Whoever reads has read enough: symbolon … | head
  if (error.code !== 'EPIPE') throw error;
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
  // What is on its way to a pipe gets there first. Then the end, even if the user's code left a timer or a connection open.
  process.stdout.write('', () => process.stderr.write('', () => process.exit(code)));
});
