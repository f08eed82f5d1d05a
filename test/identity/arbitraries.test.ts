import fc from 'fast-check';
import { clusterArb, identitiesArb, identityArb } from '../support/arbitraries';
import { checkWorkloadIdentity, defineCluster, defineWorkloadIdentity, planWorkloadIdentities, type Issue } from 'symbolon';

const errorsOf = (issues: readonly Issue[]): readonly Issue[] => issues.filter(issue => issue.severity === 'error');

test('generated clusters are never refused', () => {
  fc.assert(fc.property(clusterArb, cluster => {
    expect(defineCluster(cluster).name).toBe(cluster.name);
  }), { numRuns: 200 });
});

test('generated identities are never refused', () => {
  fc.assert(fc.property(identityArb, identity => {
    expect(errorsOf(checkWorkloadIdentity(identity))).toEqual([]);
  }), { numRuns: 300 });
});

test('generated identities are valid together, and planning them needs no facts', () => {
  fc.assert(fc.property(identitiesArb, identities => {
    const plan = planWorkloadIdentities(identities.map(defineWorkloadIdentity));
    expect(plan.clusters.length).toBeGreaterThan(0);
  }), { numRuns: 300 });
});
