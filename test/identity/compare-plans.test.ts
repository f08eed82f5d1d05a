import fc from 'fast-check';
import { joins, retires } from '../../examples/fleet/changes';
import { identitiesArb } from '../support/arbitraries';
import { comparePlans, defineWorkloadIdentity, isSymbolonError, planWorkloadIdentities, type Plan, type PlanDifference, type WorkloadIdentityInput } from 'symbolon';

function planOf(inputs: readonly WorkloadIdentityInput[]): Plan | undefined {
  try {
    return planWorkloadIdentities(inputs.map(input => defineWorkloadIdentity(input)));
  } catch (error) {
    if (!isSymbolonError(error)) throw error;
    // Facts are missing, or two of them do not go together.
    return undefined;
  }
}

const plans = identitiesArb.map(planOf).filter(plan => plan !== undefined);

const thing = ({ part, cluster, provider, name }: PlanDifference): string => JSON.stringify([part, cluster, provider, name]);

const mirrored = { added: 'removed', removed: 'added', changed: 'changed' } as const;

test('a plan is no different from itself, and two plans differ the same way seen from either side', () => {
  fc.assert(fc.property(plans, plans, (before, after) => {
    expect(comparePlans(before, JSON.parse(JSON.stringify(before)) as Plan)).toEqual([]);
    const there = comparePlans(before, after).map(each => `${each.change} ${thing(each)}`);
    const back = comparePlans(after, before).map(each => `${mirrored[each.change]} ${thing(each)}`);
    expect(there.sort()).toEqual(back.sort());
  }), { numRuns: 60 });
});

test('everything that a plan has is new against a plan of nothing', () => {
  fc.assert(fc.property(plans, plan => {
    const differences = comparePlans({ edges: [], clusters: [], trust: [] }, plan);
    const count = (part: string): number => differences.filter(each => each.part === part).length;
    expect(differences.every(each => each.change === 'added')).toBe(true);
    expect([count('admission'), count('object'), count('pods'), count('trust')]).toEqual([
      plan.edges.length, plan.clusters.flatMap(each => each.objects).length, plan.clusters.flatMap(each => each.injections).length, plan.trust.length,
    ]);
  }), { numRuns: 60 });
});

const OIDC = /oidc-provider\/oidc\.eks\.eu-west-1\.amazonaws\.com\/id\/(\w+)$/;
const providersIn = (differences: readonly PlanDifference[], when: 'before' | 'after'): readonly (string | undefined)[] =>
  differences.flatMap(({ fields }) => fields).map(field => OIDC.exec((field[when] as { Principal: { Federated: string } }).Principal.Federated)?.[1]);

test('a cluster that joins: its own things come, both roles trust it besides, and nothing goes', () => {
  expect(new Set(joins.map(each => each.change))).toEqual(new Set(['added', 'changed']));
  expect(joins.filter(each => each.change === 'added' && each.part !== 'trust').every(each => each.cluster === 'green')).toBe(true);
  const changed = joins.filter(each => each.change === 'changed');
  expect(changed.map(each => each.name)).toEqual(['iam.Role arn:aws:iam::111122223333:role/checkout', 'iam.Role arn:aws:iam::111122223333:role/billing']);
  expect(changed.flatMap(each => each.fields).every(field => field.before === undefined)).toBe(true);
  expect(providersIn(changed, 'after')).toEqual(['FEDCBA9876543210FEDCBA9876543210', 'FEDCBA9876543210FEDCBA9876543210']);
});

test('a cluster that retires: its own things go, the roles stop trusting it, and nothing comes', () => {
  expect(new Set(retires.map(each => each.change))).toEqual(new Set(['removed', 'changed']));
  const changed = retires.filter(each => each.change === 'changed');
  expect(changed.flatMap(each => each.fields).every(field => field.after === undefined)).toBe(true);
  expect(providersIn(changed, 'before')).toEqual(['0123456789ABCDEF0123456789ABCDEF', '0123456789ABCDEF0123456789ABCDEF']);
});

test('items of lists are told by their content, each as often as it stands there, and else by their order', () => {
  const plan = (request: unknown): Plan => ({ edges: [], clusters: [], trust: [{ provider: 'p', kind: 'k', name: 'n', request }] });
  const fields = (before: unknown, after: unknown): unknown => comparePlans(plan(before), plan(after)).flatMap(each => each.fields);
  expect(fields({ a: [1, 1, 2] }, { a: [2, 1, 3] })).toEqual([{ path: 'request.a[]', before: 1 }, { path: 'request.a[]', after: 3 }]);
  expect(fields({ a: [1, 2] }, { a: [2, 1] })).toEqual([{ path: 'request.a[]', before: [1, 2], after: [2, 1] }]);
  expect(fields({ a: { 'b/c': 1 } }, { a: {}, d: null })).toEqual([{ path: 'request.a["b/c"]', before: 1 }, { path: 'request.d', after: null }]);
});
