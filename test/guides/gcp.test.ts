/** What docs/providers/gcp.md shows and says beside the example. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { reports } from '../../examples/to-google/identities';
import { defineCluster, defineWorkloadIdentity, planWorkloadIdentities, prove } from 'symbolon';
import { halvesOf } from 'symbolon/testing';

const projectNumber = '123456789012';

test('two clusters share a pool that one of them makes, and in it their pods are two', () => {
  // region: shared-pool
  const blue = defineCluster({
    name: 'blue',
    issuer: 'https://oidc.blue.example.com',
    gcpPool: { projectNumber, poolId: 'shop', subjectPrefix: 'blue' },
  });
  // The pool is that of blue; what is made here is its second provider.
  const green = defineCluster({
    name: 'green',
    issuer: 'https://oidc.green.example.com',
    gcpPool: { projectNumber, poolId: 'shop', subjectPrefix: 'green', existing: 'pool' },
  });
  // endregion
  const checkout = defineWorkloadIdentity({ name: 'checkout', namespace: 'shop', clusters: [blue, green], trustedBy: { gcp: { impersonate: false } } });
  const { edges, trust } = planWorkloadIdentities(checkout);
  const pool = `projects/${projectNumber}/locations/global/workloadIdentityPools/shop`;
  expect(trust.map(({ cluster, name }) => [cluster, name])).toEqual([['blue', pool], ['blue', `${pool}/providers/blue`], ['green', `${pool}/providers/green`]]);
  expect(edges.map(({ handle }) => handle)).toEqual(['blue', 'green'].map(prefix => `principal://iam.googleapis.com/${pool}/subject/${prefix}::system:serviceaccount:shop:checkout`));
});

test('for a fleet no pool and no provider is made, and pods carry token and configuration', () => {
  const issuer = 'https://oidc.edge.example.com';
  // region: fleet
  const edge = defineCluster({
    name: 'edge',
    issuer,
    fleet: { hostProjectId: 'shop-fleet', hostProjectNumber: '345678901234', membership: 'edge' },
  });

  const labels = defineWorkloadIdentity({
    name: 'labels',
    namespace: 'shop',
    clusters: [edge],
    trustedBy: { gcp: { mechanism: 'fleet', projectId: 'shop-prod' } },
  });
  // endregion
  const { clusters: [planned], trust } = planWorkloadIdentities(labels);
  expect(trust.map(({ kind }) => kind)).toEqual(['iam.ServiceAccount', 'iam.ServiceAccountMember']);
  expect(planned?.injections[0]?.env.map(({ name }) => name)).toContain('GOOGLE_APPLICATION_CREDENTIALS');
});

test('who else is the same is said as the page has it', () => {
  const { verdicts } = prove(halvesOf(reports));
  const onGke = verdicts.find(({ cluster }) => cluster === 'gke-prod');
  const said = `admitted: ${onGke?.reason}; also ${onGke?.alsoAdmits.join(', ')}`;
  expect(said).toContain('in every other cluster of the project shop-prod');
  expect(readFileSync(join(__dirname, '../../docs/providers/gcp.md'), 'utf8').split('\n')).toContain(said);
});
