/** Parts of a trust that let nobody in: no stranger comes by them, and whoever wrote them is told. */
import { EKS_ISSUER, ROLE, account, explicitAws, role, statement } from './support';
import { idleTrust } from '../../src/proof/idle';
import { prove } from '../../src/proof/prove';

const PATH = EKS_ISSUER.slice(8);
const withCondition = (Condition: object): object => ({ ...statement(), Condition });
const SUB = { [`${PATH}:sub`]: 'system:serviceaccount:shop:checkout' };
const pods = (Condition: object): object => ({ Effect: 'Allow', Principal: { Service: 'pods.eks.amazonaws.com' }, Action: ['sts:AssumeRole', 'sts:TagSession'], Condition });
const ram = (Condition: object): object => ({ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Federated: ['acs:ram::1:oidc-provider/ack'] }, Condition });

const whysOf = (...statements: readonly object[]): readonly string[] => idleTrust([role(...statements)]).map(({ why }) => why);

test.each<[string, object, string]>([
  ['a claim that is misspelt', withCondition({ StringEquals: { [`${PATH}:subb`]: 'system:serviceaccount:shop:checkout' } }), `it wants StringEquals ${PATH}:subb, a key that no token of https://${PATH} has`],
  ['a claim of another issuer', withCondition({ StringLike: { 'oidc.eks.us-west-2.amazonaws.com/id/OTHER:sub': '*' } }), 'it wants StringLike oidc.eks.us-west-2.amazonaws.com/id/OTHER:sub'],
  ['a good claim beside a misspelt one', withCondition({ StringEquals: { ...SUB, [`${PATH}:audience`]: 'x' } }), `it wants StringEquals ${PATH}:audience`],
  ['a tag that EKS does not set', pods({ StringEquals: { 'aws:RequestTag/kubernetes-namespce': 'shop' } }), 'it wants StringEquals aws:RequestTag/kubernetes-namespce, and EKS sets the tags eks-cluster-arn'],
])('%s', (_what, wrong, why) => {
  expect(whysOf(wrong)).toEqual([expect.stringContaining(why)]);
  const { strangers, verdicts } = prove({ clusters: [{ name: 'blue', issuer: EKS_ISSUER, objects: [account(), explicitAws()] }], trust: [role(wrong)] });
  expect(strangers).toEqual([]);
  expect(verdicts).toMatchObject([{ admitted: false, decided: true }]);
});

test.each<[string, object]>([
  ['both claims', statement()],
  ['a claim in other case', withCondition({ StringEquals: { [`${PATH.toUpperCase()}:SUB`]: 'x' } })],
  ['a misspelt claim, if it is there', withCondition({ StringEqualsIfExists: { [`${PATH}:subb`]: 'x' } })],
  ['a misspelt claim that must not be something', withCondition({ StringNotEquals: { [`${PATH}:subb`]: 'x' } })],
  ['what manifests say nothing of', withCondition({ IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } })],
  ['what the pod\'s name is', pods({ StringEquals: { 'aws:RequestTag/kubernetes-pod-name': 'web' } })],
  ['the tags that EKS sets', pods({ StringEquals: { 'aws:RequestTag/Kubernetes-Namespace': 'shop' } })],
  ['a denial', { ...withCondition({ StringEquals: { [`${PATH}:subb`]: 'x' } }), Effect: 'Deny' }],
  ['principals of the cloud itself', { Effect: 'Allow', Principal: { AWS: '*' }, Action: 'sts:AssumeRole', Condition: { StringEquals: { [`${PATH}:subb`]: 'x' } } }],
])('%s: nothing is said', (_what, good) => {
  expect(whysOf(good)).toEqual([]);
});

test('one good provider of two is enough', () => {
  const federated = [`arn:aws:iam::111122223333:oidc-provider/${PATH}`, 'arn:aws:iam::111122223333:oidc-provider/other.example'];
  expect(whysOf({ ...withCondition({ StringEquals: SUB }), Principal: { Federated: federated } })).toEqual([]);
  expect(whysOf({ ...withCondition({ StringEquals: { 'third.example:sub': 'x' } }), Principal: { Federated: federated } })).toHaveLength(1);
});

test('of RAM, and where nothing can be read', () => {
  const of = (Condition: object) => ({ provider: 'alibaba', kind: 'ram.Role', name: 'r', becomes: 'r', request: { AssumeRolePolicyDocument: { Statement: [ram(Condition)] } } });
  expect(idleTrust([of({ StringEquals: { 'oidc:subject': 'x' } })])).toEqual([{ provider: 'alibaba', becomes: 'r', by: 'r', why: 'it wants StringEquals oidc:subject, and of a token RAM knows oidc:iss, oidc:sub, oidc:aud' }]);
  for (const good of [{ StringEquals: { 'oidc:sub': 'x' } }, { StringEquals: { 'OIDC:Sub': 'x' } }, { StringNotEquals: { 'oidc:subject': 'x' } }, { IpAddress: { 'acs:SourceIp': '10.0.0.0/8' } }]) expect(idleTrust([of(good)])).toEqual([]);
  expect(prove({ clusters: [], trust: [of({ StringEquals: { 'oidc:subject': 'x' } })] }).strangers).toEqual([]);
  const wrong = role(withCondition({ StringEquals: { [`${PATH}:subb`]: 'x' } }));
  expect(idleTrust([wrong])).toMatchObject([{ provider: 'aws', becomes: ROLE, by: ROLE }]);
  expect(idleTrust([{ ...wrong, unknown: ['AssumeRolePolicyDocument'] }])).toEqual([]);
  const { becomes: _becomes, ...nobodys } = wrong;
  expect(idleTrust([nobodys, { ...wrong, provider: 'elsewhere' }])).toEqual([]);
});
