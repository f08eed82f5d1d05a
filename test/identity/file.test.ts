import { readDefinitionFile } from '../../src/identity/file';
import { defineCluster, defineWorkloadIdentity, type InvalidDefinitionError, type Issue } from 'symbolon';

const ISSUER = 'https://oidc.eks.us-west-2.amazonaws.com/id/EXAMPLED539D4633E53DE1B71EXAMPLE';
const blue = { name: 'blue', issuer: ISSUER, eks: { accountId: '111122223333', region: 'us-west-2', clusterName: 'prod' } };
const green = { name: 'green', issuer: 'https://green.example.com' };
const checkout = { name: 'checkout', namespace: 'shop', clusters: ['blue'], trustedBy: { aws: { roleName: 'checkout' } } };
const file = (changes: object = {}): object => ({ version: 1, clusters: [blue, green], identities: [checkout], ...changes });

function issuesOf(data: unknown): readonly Issue[] {
  try {
    readDefinitionFile(data);
  } catch (error) {
    return (error as InvalidDefinitionError).issues;
  }
  return [];
}
const found = (data: unknown): string[] => issuesOf(data).map(issue => `${issue.path} ${issue.code}`);

describe('a definition file', () => {
  test('says the same as the definition in TypeScript', () => {
    const { definitions, workloads } = readDefinitionFile(file());
    expect(definitions).toEqual([defineWorkloadIdentity({ ...checkout, clusters: [defineCluster(blue)] })]);
    expect(workloads).toEqual([]);
  });

  test('lets identities share a cluster, so that it is one cluster', () => {
    const { definitions } = readDefinitionFile(file({ identities: [checkout, { ...checkout, name: 'cart' }] }));
    expect(definitions[0]?.clusters[0]).toBe(definitions[1]?.clusters[0]);
  });

  test('hands workloads on as they are', () => {
    const pod = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'a' }, spec: { containers: [] } };
    expect(readDefinitionFile(file({ workloads: [pod] })).workloads).toEqual([pod]);
  });

  test('tells everything that is wrong at once, with the place in the file', () => {
    expect(found({
      version: 2,
      clusters: [{ ...blue, eks: { ...blue.eks, accountId: '1234' } }],
      identities: [
        { ...checkout, namespace: 'Shop', trustedBy: { aws: { accountId: '12' } } },
        { ...checkout, name: 'cart', clusters: ['bleu'], tokens: { payments: { audience: 'a', expirationSeconds: 300 } } },
      ],
    }).sort()).toEqual([
      'clusters[0].eks.accountId eks/account',
      'identities[0].namespace name/dns-label',
      'identities[0].trustedBy.aws.accountId aws/account',
      'identities[1].clusters[0] file/unknown-cluster',
      'identities[1].tokens.payments.expirationSeconds token/lifetime',
      'version structure/value',
    ]);
  });

  test('puts the place into the message, too', () => {
    const [issue] = issuesOf(file({ identities: [{ ...checkout, trustedBy: { aws: { accountId: '1234' } } }] }));
    expect(issue?.message).toMatch(/^identities\[0\]\.trustedBy\.aws\.accountId: expected 12 digits, got "1234"; /);
  });

  test('names the cluster that was probably meant', () => {
    expect(issuesOf(file({ identities: [{ ...checkout, clusters: ['bleu'] }] }))[0]?.message).toContain('did you mean blue?');
  });

  test('does not blame an identity for a cluster that is broken', () => {
    const broken = { ...file(), clusters: [{ ...blue, eks: 'prod' }, green], identities: [{ ...checkout, clusters: ['blue', 'green'], trustedBy: { aws: { accountId: '111122223333', region: 'eu-west-1', on: { blue: { roleName: 'other' } } } } }] };
    expect(found(broken)).toEqual(['clusters[0].eks structure/type']);
  });

  test.each([
    ['a cluster twice', file({ clusters: [blue, blue] }), 'clusters[1].name file/cluster-twice'],
    ['a cluster that is an object where a name is wanted', file({ identities: [{ ...checkout, clusters: [blue] }] }), 'identities[0].clusters[0] file/unknown-cluster'],
    ['an identity without clusters', file({ identities: [{ name: 'checkout', namespace: 'shop' }] }), 'identities[0].clusters structure/required'],
    ['an identity in no cluster', file({ identities: [{ ...checkout, clusters: [] }] }), 'identities[0].clusters identity/clusters'],
    ['no identities', file({ identities: [] }), 'identities file/empty'],
    ['an unknown key at the top', file({ indentities: [] }), 'indentities structure/unknown-key'],
    ['an unknown key in an identity', file({ identities: [{ ...checkout, namspace: 'shop' }] }), 'identities[0].namspace structure/unknown-key'],
    ['an identity that is text', file({ identities: ['checkout'] }), 'identities[0] structure/type'],
    ['a number where text is wanted', file({ clusters: [{ ...blue, eks: { ...blue.eks, accountId: 111122223333 } }] }), 'clusters[0].eks.accountId structure/type'],
    ['__proto__ at the top', JSON.parse('{"version":1,"clusters":[],"identities":[],"__proto__":{"a":1}}'), '__proto__ data/key'],
    ['__proto__ in a binding', file({ identities: [JSON.parse('{"name":"a","namespace":"shop","clusters":["blue"],"trustedBy":{"aws":{"__proto__":{"roleName":"x"}}}}')] }), 'identities[0].trustedBy.aws.__proto__ data/key'],
    ['__proto__ in a map of labels', file({ identities: [{ ...checkout, labels: JSON.parse('{"__proto__":"x"}') as object }] }), 'identities[0].labels.__proto__ data/key'],
    ['__proto__ in a workload', file({ workloads: [JSON.parse('{"kind":"Pod","__proto__":{"spec":1}}')] }), 'workloads[0].__proto__ data/key'],
    ['__proto__ in a cluster', file({ clusters: [JSON.parse('{"name":"blue","__proto__":{"issuer":"x"}}')] }), 'clusters[0].__proto__ data/key'],
  ])('refuses %s', (_what, data, finding) => {
    expect(found(data)).toContain(finding);
  });

  test.each([null, [], 'text', 1])('that is %p is no definition file', data => {
    expect(found(data)).toEqual(['the definition file file/shape']);
  });
});
