import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Bench, Size } from '../bench';
import { processCost, processTime } from '../measure';
import { BUILT, ROOT, inFolder, worker } from '../paths';
import { definitionFile } from '../sample';
import { expectSame, manifestsIn } from '../verify';

const BIN = join(ROOT, 'lib/cli/bin.js');

/** `symbolon synth`, both halves and the proof, beside a cdk8s app that makes the Kubernetes half alone. */
export function synth({ scale }: Size): Bench {
  const beside = (n: number): Bench['comparisons'][number] => ({
    name: `synth-${n}`,
    subject: synthOf(n),
    baseline: { says: 'the Kubernetes half by hand in cdk8s', run: () => inFolder(folder => processCost([worker('cdk8s-hand'), String(n), folder])) },
    ...(n >= scale(10000) && { targets: { ms: 0.4 } }),
    verify,
  });
  const [smallest, small, large, huge] = [scale(100), scale(1000), scale(10000), scale(50000)];
  return {
    comparisons: [
      beside(smallest),
      beside(small),
      beside(large),
      {
        name: `synth-yaml-${large}`,
        subject: synthOf(large),
        baseline: { says: 'the objects of the Kubernetes half dumped by js-yaml', run: () => inFolder(folder => processCost([worker('js-yaml'), String(large), folder])) },
      },
    ],
    growth: [{ name: 'synth-growth', small: { of: `synth-${small}`, n: small }, large: { of: `synth-${large}`, n: large }, target: 1.1 }],
    trials: [{ name: `synth-${huge}`, says: `symbolon synth, ${huge} identities: more documents than cdk8s can write into one chart`, attempt: () => attempt(huge) }],
  };
}

function synthOf(n: number): Bench['comparisons'][number]['subject'] {
  return { says: `symbolon synth, ${n} identities, both halves, proved`, run: () => inFolder(folder => processCost(command(n, folder))) };
}

/** The arguments of node for a file of n identities. */
function command(n: number, out: string): readonly string[] {
  const file = join(BUILT, `${n}.json`);
  mkdirSync(BUILT, { recursive: true });
  writeFileSync(file, JSON.stringify(definitionFile(n)));
  return [BIN, 'synth', file, '--out', out];
}

function attempt(n: number): string {
  return inFolder(folder => {
    const { ms } = processTime(command(n, folder));
    const found = manifestsIn(folder).length;
    if (found !== 4 * n) throw new Error(`expected ${4 * n} documents, found ${found}`);
    return `${found} documents in ${(ms / 1000).toFixed(1)} s`;
  });
}

function verify(): void {
  const [ours, theirs] = [command(7, ''), [worker('cdk8s-hand'), '7']].map(([program = '', ...rest]) => inFolder(folder => {
    processTime([program, ...rest.filter(argument => argument !== ''), folder]);
    return manifestsIn(folder);
  }));
  expectSame(ours ?? [], theirs ?? []);
}
