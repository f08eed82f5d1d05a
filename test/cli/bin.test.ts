import { spawn } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { ALIASES, JITI } from './outside';
import { workspace, type Run, type Workspace } from './workspace';

jest.setTimeout(60000);

/** The program itself, in a process of its own, with nothing of jest in it. */
function start(args: readonly string[], cwd: string): { readonly done: Promise<Run>; kill(signal: NodeJS.Signals): void } {
  const child = spawn(process.execPath, [JITI, join(__dirname, '../../src/cli/bin.ts'), ...args], { cwd, env: { ...process.env, JITI_ALIAS: ALIASES } });
  const texts = { out: '', err: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => { texts.out += text; });
  child.stderr.setEncoding('utf8').on('data', (text: string) => { texts.err += text; });
  const done = new Promise<Run>((resolve, reject) => child.on('error', reject).on('close', code => resolve({ code: code ?? -1, ...texts })));
  return { done, kill: signal => { child.kill(signal); } };
}

const many = (prefix: string, count: number): string => JSON.stringify({
  version: 1,
  clusters: [{ name: 'blue', issuer: 'https://oidc.eks.us-west-2.amazonaws.com/id/EXAMPLED539D4633E53DE1B71EXAMPLE', eks: { accountId: '111122223333', region: 'us-west-2', clusterName: 'blue' } }],
  identities: Array.from({ length: count }, (_, i) => ({ name: `${prefix}-${i}`, namespace: `ns-${i % 10}`, clusters: ['blue'], trustedBy: { aws: {} } })),
});

const hidden = (space: Workspace): string[] => (space.has('dist') ? readdirSync(join(space.dir, 'dist')).filter(name => name.startsWith('.')) : []);

test('runs, prints all of a large document into a pipe, and exits, whatever the user\'s module left open', async () => {
  const space = workspace({
    'many.json': many('app', 1500),
    'open.ts': 'export { all } from \'./all\'; setInterval(() => undefined, 1000);',
    'all.ts': `
    import { defineCluster, defineWorkloadIdentity } from 'symbolon';
    const { clusters, identities } = ${many('app', 1500)};
    const [blue] = clusters.map(defineCluster);
    console.log('loading');
    export const all = identities.map(identity => defineWorkloadIdentity({ ...identity, clusters: [blue] }));
  `,
  });
  const { code, out, err } = await start(['synth', 'open.ts', '--json'], space.dir).done;
  expect({ code, err }).toEqual({ code: 0, err: 'loading\n' });
  expect((JSON.parse(out) as { verdicts: unknown[] }).verdicts).toHaveLength(1500);
});

test('gives the exit code of what happened', async () => {
  const space = workspace({ 'a.yaml': 'version: 2' });
  expect((await start(['synth', 'a.yaml'], space.dir).done).code).toBe(1);
  expect((await start(['synth'], space.dir).done).code).toBe(2);
});

test.each([
  ['throws later, where nobody waits for it', 'setTimeout(() => { throw new Error(\'late\'); }); export const a = new Promise(() => setTimeout(() => undefined, 5000));', /^ERR_INPUT: the file threw where nobody waits for it.*Error: late\n/],
  ['waits for what never comes', 'export const a = new Promise(() => undefined);', /^ERR_INPUT: it waits for something that never comes/],
  ['ends the process', 'process.exit(0);', /^ERR_INPUT: the file ended the process/],
])('a file that %s is told so, and it is no success', async (_what, text, message) => {
  const { code, out, err } = await start(['synth', 'a.ts'], workspace({ 'a.ts': text }).dir).done;
  expect({ code, out, err }).toEqual({ code: 2, out: '', err: expect.stringMatching(message) as string });
});

test.each([['SIGINT', 130], ['SIGTERM', 143]] as const)('%s while it writes leaves the output of before, and nothing else', async (signal, exit) => {
  const space = workspace({ 'old.json': many('old', 3), 'new.json': many('new', 6000) });
  await start(['synth', 'old.json'], space.dir).done;
  const before = space.tree('dist');
  const run = start(['synth', 'new.json'], space.dir);
  const watch = setInterval(() => {
    if (hidden(space).length === 0) return;
    clearInterval(watch);
    run.kill(signal);
  }, 2);
  const { code, out, err } = await run.done;
  // A run that ended before it wrote leaves nothing to wait for, and a timer would keep the tests from ending.
  clearInterval(watch);
  expect({ code, out, err }).toEqual({ code: exit, out: '', err: `ERR_INTERRUPTED: interrupted by ${signal}; what was there before is untouched\n` });
  expect(space.tree('dist')).toEqual(before);
  expect(hidden(space)).toEqual([]);
});

test('several at once leave the output of one of them', async () => {
  const space = workspace(Object.fromEntries(['a', 'b', 'c'].map(name => [`${name}.json`, many(name, 400)])));
  const runs = await Promise.all(['a', 'b', 'c'].map(name => start(['synth', `${name}.json`], space.dir).done));
  expect(runs.map(({ code, err }) => ({ code, err }))).toEqual(Array(3).fill({ code: 0, err: '' }));
  const files = Object.keys(space.tree('dist/cloud/aws')).filter(name => !name.startsWith('_'));
  const [winner = ''] = files;
  expect(files).toHaveLength(400);
  expect(files.every(name => name.startsWith(winner.slice(0, 2)))).toBe(true);
  expect(space.read('dist/kubernetes/blue/ns-0.yaml')).toContain(`name: ${winner.slice(0, 1)}-0\n`);
  expect(hidden(space)).toEqual([]);
});
