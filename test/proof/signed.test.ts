/** A token is taken by what it is signed with, too: where that is known of a cluster, every relying party is asked. */
import { PLATFORMS, bindingOf, definitionFor, ROWS } from '../../scripts/docs/cells';
import { halvesOf } from '../../src/testing/halves';
import { defineWorkloadIdentity, prove, type ClusterInput } from 'symbolon';

/** Those who verify a signature of the cluster's themselves, and not every one of these. */
const TAKES: { readonly [cell: string]: readonly string[] } = {
  'aws irsa': ['RS256', 'ES256', 'ES384', 'ES512'],
  'azure managed-identity': ['RS256'],
  'azure application': ['RS256'],
  'gcp workload-identity-pool': ['RS256', 'ES256'],
  'vault kubernetes': ['RS256', 'ES256', 'ES384', 'ES512'],
  'vault jwt': ['RS256'],
  'jwt signature': ['RS256', 'ES256', 'ES384', 'ES512'],
};

const CELLS = ROWS.map(({ provider, mechanism }) => ({ provider, mechanism, platform: 'self-managed' })).filter(({ provider, mechanism }) => Object.hasOwn(TAKES, `${provider} ${mechanism}`));
const ASKED = CELLS.flatMap(cell => ['RS256', 'ES256', 'ES384', 'ES512'].map(algorithm => [cell.provider, cell.mechanism, algorithm, cell] as const));

test.each(ASKED)(
  '%s, %s, asked with a token that is signed by %s', (provider, mechanism, algorithm, cell) => {
    const halves = halvesOf(defineWorkloadIdentity(definitionFor(cell.platform, { [provider]: bindingOf(cell) })));
    const signing = (...signingAlgorithms: readonly string[]) =>
      prove({ ...halves, clusters: halves.clusters.map(cluster => ({ ...cluster, signingAlgorithms })) });
    const taken = TAKES[`${provider} ${mechanism}`]?.includes(algorithm) === true;
    expect(signing(algorithm).verdicts).toEqual([expect.objectContaining({ provider, admitted: taken, decided: true })]);
    expect(signing(algorithm).holds).toBe(taken);
    // Of several keys, one that is not taken may be the one that signs.
    expect(signing('RS256', algorithm).verdicts).toEqual([expect.objectContaining({ provider, admitted: taken, decided: taken })]);
  },
);

test('a plan says what the definition of the cluster says', () => {
  const cluster = { ...PLATFORMS['self-managed'], signingAlgorithms: ['ES384'] } as ClusterInput;
  const definition = defineWorkloadIdentity({ name: 'checkout', namespace: 'shop', clusters: [cluster], trustedBy: { aws: { accountId: '111122223333', region: 'us-west-2' }, vault: { mechanism: 'jwt', address: 'https://vault.example.com' } } });
  const { clusters, trust } = halvesOf(definition);
  expect(clusters).toMatchObject([{ signingAlgorithms: ['ES384'] }]);
  // The mount is told, so that it takes what would be refused otherwise.
  expect(prove({ clusters, trust })).toMatchObject({ holds: true });
});

test('what a vendor does not say is not decided', () => {
  const cell = { provider: 'alibaba', mechanism: 'rrsa', platform: 'self-managed' } as const;
  const halves = halvesOf(defineWorkloadIdentity(definitionFor(cell.platform, { alibaba: bindingOf(cell) })));
  const signing = (...signingAlgorithms: readonly string[]) =>
    prove({ ...halves, clusters: halves.clusters.map(cluster => ({ ...cluster, signingAlgorithms })) });
  expect(signing('RS256').verdicts).toMatchObject([{ admitted: true }]);
  expect(signing('ES256').verdicts).toMatchObject([{ admitted: false, decided: false }]);
  // What needs no private key is taken by nobody.
  expect(signing('HS256').verdicts).toMatchObject([{ admitted: false, decided: true }]);
});
