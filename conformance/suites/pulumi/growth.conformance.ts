/** A stack that grows: what exists stays, under its name. */
import { CLUSTERS } from './support/programs';
import { TestStack, urnsOf, written, type Operated } from './support/stack';
import { count } from '../support/report';

const POLICY = { type: 'aws:iam/role:Role', keys: ['assumeRolePolicy'] };
const stack = new TestStack(CLUSTERS);
const steps: { [what: string]: Operated } = {};
afterAll(() => stack.remove());
beforeAll(async () => {
  steps.one = await stack.run('up', { CLUSTERS: 'blue' });
  steps.two = await stack.run('up', { CLUSTERS: 'blue,green' });
  steps.three = await stack.run('up', { CLUSTERS: 'blue,green,red' });
  steps.moved = await stack.run('up', { CLUSTERS: 'red,green,blue' });
  steps.fewer = await stack.run('up', { CLUSTERS: 'blue,red' });
}, 600_000);

const operations = (which: string): ReadonlySet<string> => new Set((steps[which] as Operated).steps.map(({ op }) => op));

test('every up goes through', () => {
  expect(Object.values(steps).map(({ failure, log }) => ({ failure, log }))).toEqual(Array.from({ length: 5 }, () => ({ failure: undefined, log: [] })));
});

describe.each([['one', 'two', /green/], ['two', 'three', /red/]])('another cluster, from %s to %s', (from, to, name) => {
  let [before, after]: Operated[] = [];
  beforeAll(() => [before, after] = [steps[from] as Operated, steps[to] as Operated]);

  test('nothing that exists is replaced or deleted, or has another name', () => {
    expect(operations(to)).toEqual(new Set(['same', 'update', 'create']));
    const old = urnsOf(before?.steps ?? []);
    expect(urnsOf(after?.steps ?? [])).toEqual(expect.arrayContaining([...old]));
    expect(after?.steps.filter(({ op, urn }) => op === 'create' && old.includes(urn))).toEqual([]);
    count('pulumi', 'resources that stayed when a cluster was added', old.length);
  });

  test('of what exists, only the trust policy changes', () => {
    expect(after?.steps.filter(({ op }) => op === 'update').map(({ type, keys }) => ({ type, keys }))).toEqual([POLICY]);
    for (const { urn, method } of written(after as Operated).filter(each => each.method !== 'update')) expect({ urn, method }).toEqual({ urn: expect.stringMatching(name), method: 'create' });
  });
});

test('the clusters in another order: nothing is written, since the statements of the trust policy have an order of their own', () => {
  expect(operations('moved')).toEqual(new Set(['same']));
});

test('a cluster less: what was its own goes, and nothing else', () => {
  const { fewer } = steps as { fewer: Operated };
  for (const { urn, method } of written(fewer).filter(each => each.method !== 'update')) expect({ urn, method }).toEqual({ urn: expect.stringMatching(/green/), method: 'delete' });
  expect(fewer.steps.filter(({ op }) => op === 'update').map(({ type, keys }) => ({ type, keys }))).toEqual([POLICY]);
});
