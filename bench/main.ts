import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Size } from './bench';
import { buildWorkers } from './build';
import { cdk8s } from './cases/cdk8s';
import { imports } from './cases/imports';
import { pulumi } from './cases/pulumi';
import { synth } from './cases/synth';
import { typecheck } from './cases/typecheck';
import { verify as verification } from './cases/verify';
import { compare, type Comparison } from './measure';
import { ROOT } from './paths';
import { growthLine, linesOf, pageOf, tableOf, trialLine, type Line } from './report';

const USAGE = `npm run bench -- [options]

  --only NAME     only the cases whose names begin with NAME
  --quick         small numbers, one round, no verdicts: does it all still run?
  --rounds N      pairs of runs for each comparison (default: 7)
  --json          the result as JSON on stdout
  --report        the result as docs/performance.md
`;

const { values } = parseArgs({ options: { only: { type: 'string', default: '' }, quick: { type: 'boolean', default: false }, rounds: { type: 'string', default: '7' }, json: { type: 'boolean', default: false }, report: { type: 'boolean', default: false }, help: { type: 'boolean', default: false } } });

function run(): void {
  const size: Size = { scale: n => (values.quick ? Math.max(2, n / 100) : n), rounds: values.quick ? 1 : Number(values.rounds), quick: values.quick };
  const wanted = ({ name }: { readonly name: string }): boolean => name.startsWith(values.only);
  const benches = [cdk8s, synth, verification, pulumi, imports, typecheck].map(bench => bench(size));

  buildWorkers();
  const lines: Line[] = [];
  const tell = (more: readonly Line[]): void => {
    lines.push(...(values.quick ? more.map(line => ({ ...line, verdict: '' as const })) : more));
    if (!values.json) for (const { name, says } of more.slice(0, 1)) process.stderr.write(`${name}: ${says}\n`);
  };
  const results = new Map<string, Comparison>();
  const verified = new Set<() => void>();
  for (const { comparisons, growth = [], trials = [] } of benches) {
    for (const comparison of comparisons.filter(wanted)) {
      const { name, baseline, subject, times = 1, verify } = comparison;
      if (verify !== undefined && !verified.has(verify)) verify();
      if (verify !== undefined) verified.add(verify);
      results.set(name, compare(baseline.run, subject.run, values.quick ? 1 : Math.ceil(size.rounds * times)));
      tell(linesOf(comparison, results.get(name) as Comparison));
    }
    for (const each of growth.filter(wanted)) tell(growthLine(each, results));
    for (const trial of trials.filter(wanted)) tell([trialLine(trial, trial.attempt())]);
  }
  if (values.report) writeFileSync(join(ROOT, 'docs/performance.md'), pageOf(lines, size.rounds));
  process.stdout.write(values.json ? `${JSON.stringify({ node: process.version, rounds: size.rounds, lines }, null, 2)}\n` : `\n${tableOf(lines)}\n`);
}

if (values.help) process.stdout.write(USAGE);
else run();
