/** Azure refuses credentials that are written on one managed identity at the same time: the engine is watched writing them. */
import { CLUSTERS, programFile } from './support/programs';
import { TestStack, written, type Operated } from './support/stack';
import type { Recorded } from '../../systems/pulumi-records';
import { count } from '../support/report';

const TAKES = { writingTakes: 60 };
const MANAGED = ':FederatedIdentityCredential';
const APPLICATION = ':ApplicationFederatedIdentityCredential';
const credentialsIn = (operated: Operated, kind: string): readonly Recorded[] => written(operated).filter(({ type }) => type.endsWith(kind));

/** Pairs of calls that were under way together. */
function overlaps(calls: readonly Recorded[]): number {
  return calls.flatMap((one, i) => calls.slice(i + 1).filter(other => one.began < other.ended && other.began < one.ended)).length;
}

/** What the runs of one stack write, each with what the program is told. */
async function callsIn(file: string, runs: readonly (readonly [operation: 'up' | 'destroy', env: NodeJS.ProcessEnv])[], kind = MANAGED): Promise<readonly (readonly Recorded[])[]> {
  const stack = new TestStack(file, TAKES);
  try {
    const calls: (readonly Recorded[])[] = [];
    for (const [operation, env] of runs) {
      const operated = await stack.run(operation, env);
      expect(operated.failure).toBeUndefined();
      calls.push(credentialsIn(operated, kind));
    }
    return calls;
  } finally {
    stack.remove();
  }
}

const methodsOf = (calls: readonly Recorded[]): readonly string[] => calls.map(({ method }) => method);
const THREE = { CLUSTERS: 'blue,green,red' };

test('they are created, changed and deleted one after the other, whichever component makes them', async () => {
  const calls = await callsIn(CLUSTERS, [['up', THREE], ['up', { ...THREE, ISSUERS: 'https://issuers.example.com' }], ['destroy', THREE]]);
  expect(calls.map(methodsOf)).toEqual(['create', 'update', 'delete'].map(method => Array<string>(9).fill(method)));
  expect(calls.map(overlaps)).toEqual([0, 0, 0]);
  count('pulumi', 'writes of Azure credentials watched, none beside another', calls.flat().length);
}, 600_000);

test('those of an Entra application, too', async () => {
  const calls = await callsIn(CLUSTERS, [['up', THREE], ['up', { CLUSTERS: 'green' }], ['destroy', { CLUSTERS: 'green' }]], APPLICATION);
  expect(calls.map(methodsOf)).toEqual([Array<string>(6).fill('create'), Array<string>(4).fill('delete'), Array<string>(2).fill('delete')]);
  expect(calls.map(overlaps)).toEqual([0, 0, 0]);
  count('pulumi', 'writes of an application\'s credentials watched, none beside another', calls.flat().length);
}, 600_000);

/** The engine orders what it deletes by what depends on what directly: each has to wait for all before it, not for the last one alone. */
test('when clusters go and one between them stays, theirs are deleted one after the other', async () => {
  const [, deleted = []] = await callsIn(CLUSTERS, [['up', THREE], ['up', { CLUSTERS: 'green' }]]);
  expect(overlaps(deleted)).toBe(0);
}, 600_000);

test('when each says that it waits for all before it, nothing overlaps whichever go', async () => {
  const [, deleted = []] = await callsIn(programFile('hand-written'), [['up', { WAIT: 'all' }], ['up', { WAIT: 'all', ONLY: 'green' }]]);
  expect(methodsOf(deleted)).toEqual(['delete', 'delete', 'delete']);
  expect(overlaps(deleted)).toBe(0);
}, 600_000);

test('written by hand they are written together: the provider sees it', async () => {
  const [created = []] = await callsIn(programFile('hand-written'), [['up', {}]]);
  expect(overlaps(created)).toBeGreaterThan(0);
}, 300_000);
