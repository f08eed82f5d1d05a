/** The answers of IAM, word by word: for tokens, for Pod Identity, and whom a statement lets in. */
import type { Ask, Judgement, MintedClaims } from '../../../src/proof/admits/admitter';
import { aws } from '../../../src/proof/admits/aws';
import type { TrustArtifact } from '../../../src/proof/artifacts';
import { indexOf } from '../../../src/proof/trust-index';

const PATH = 'oidc.example/id/A';
const ROLE = 'arn:aws:iam::111122223333:role/checkout';
const OIDC = `arn:aws:iam::111122223333:oidc-provider/${PATH}`;
const CLUSTER = 'arn:aws:eks:us-west-2:111122223333:cluster/blue';
const SUB = 'system:serviceaccount:shop:checkout';
const AUD = 'sts.amazonaws.com';
const PODS = 'pods.eks.amazonaws.com';

const role = (...Statement: readonly object[]): TrustArtifact => ({ provider: 'aws', kind: 'iam.Role', name: ROLE, becomes: ROLE, request: { AssumeRolePolicyDocument: { Statement } } });
const statement = (change: object = {}): object => ({ Effect: 'Allow', Principal: { Federated: OIDC }, Action: 'sts:AssumeRoleWithWebIdentity', Condition: { StringEquals: { [`${PATH}:sub`]: SUB, [`${PATH}:aud`]: AUD } }, ...change });
const condition = (Condition: object): object => statement({ Condition });
const deny = (Condition?: object, more: object = {}): object => statement({ Effect: 'Deny', Condition, ...more });
const claims = (change: object = {}): MintedClaims => ({ cluster: { name: 'blue', clusterArn: CLUSTER, objects: [] }, namespace: 'shop', serviceAccount: 'checkout', issuer: `https://${PATH}`, subject: SUB, audience: AUD, ...change });
const judge = (trust: readonly TrustArtifact[], change: object = {}, more: Partial<Ask> = {}): Judgement =>
  aws.judge({ becomes: ROLE, claims: claims(change), ...more }, indexOf(trust));
const answer = (admitted: boolean, decided: boolean, reason: string, by?: string): Judgement =>
  ({ admitted, decided, reason, alsoAdmits: [], ...(by !== undefined && { by }) });
const GOOD = 'issuer, subject and audience are those of one statement of its trust policy';
const provided = answer(true, true, `${GOOD}, provided that ${OIDC} exists`, ROLE);
const anchor = (...ClientIDList: readonly string[]): TrustArtifact => ({ provider: 'aws', kind: 'iam.OpenIDConnectProvider', name: OIDC, request: { ClientIDList } });
const differs = (claim: string, trust: string, token: string, nuance = ''): Judgement => ({ ...answer(false, true, `the trust wants the ${claim} ${JSON.stringify(trust)}, the token has ${JSON.stringify(token)}${nuance}`, ROLE), difference: { claim, token, trust } as NonNullable<Judgement['difference']> });
const open = (operator: string, key: string): Judgement => answer(false, false, `the trust depends on ${operator} ${key}, of which manifests say nothing`, ROLE);
const DENIED = answer(false, true, 'a statement of the trust policy denies it', ROLE);

test.each<[string, () => Judgement, Judgement]>([
  ['a good statement, and no provider', () => judge([role(statement())]), provided],
  ['a good statement and a good provider', () => judge([role(statement()), anchor('x', AUD)]), answer(true, true, GOOD, ROLE)],
  ['a provider for others', () => judge([role(statement()), anchor('x', 'y')]), answer(false, true, `the OIDC provider takes the audiences x, y, the token has "${AUD}"`, OIDC)],
  ['no role', () => judge([]), answer(false, false, `the trust policy of ${ROLE} is not among the documents`)],
  ['something else of the name', () => judge([{ ...role(statement()), kind: 'iam.RolePolicy' }]), answer(false, false, `the trust policy of ${ROLE} is not among the documents`)],
  ['no issuer', () => judge([role(statement())], { issuer: undefined }), answer(false, false, 'the issuer of blue is not known')],
  ['another action', () => judge([role(statement({ Action: 'sts:AssumeRole' }))]), answer(false, true, 'no statement of the trust policy allows sts:AssumeRoleWithWebIdentity', ROLE)],
  ['another subject', () => judge([role(condition({ StringEquals: { [`${PATH}:sub`]: ['a', 'b'], [`${PATH}:aud`]: AUD } }))]), differs('subject', 'a" or "b', SUB)],
  ['another audience', () => judge([role(condition({ StringEquals: { [`${PATH}:SUB`]: SUB, [`${PATH}:AUD`]: 'x' } }))]), differs('audience', 'x', AUD)],
  ['another issuer', () => judge([role(statement({ Principal: { Federated: OIDC.replace('/id/A', '/id/B') } }))]), differs('issuer', 'oidc.example/id/B', PATH)],
  ['nobody at all', () => judge([role(statement({ Principal: {} }))]), differs('issuer', '', PATH)],
  ['a provider by its path alone', () => judge([role(statement({ Principal: { Federated: PATH } }))]), answer(true, true, `${GOOD}, provided that ${PATH} exists`, ROLE)],
  ['every provider', () => judge([role(statement({ Principal: { Federated: '*' } }))]), answer(true, true, `${GOOD}, provided that * exists`, ROLE)],
  ['everybody', () => judge([role(statement({ Principal: '*' }))]), answer(true, true, `${GOOD}, provided that * exists`, ROLE)],
  ['everybody of AWS', () => judge([role(statement({ Principal: { AWS: ['x', '*'] } }))]), answer(true, true, `${GOOD}, provided that * exists`, ROLE)],
  ['a pattern by the letter', () => judge([role(condition({ StringEquals: { [`${PATH}:sub`]: 'system:*' } }))]), differs('subject', 'system:*', SUB)],
  ['a key of another issuer', () => judge([role(condition({ StringEquals: { 'other.example:sub': SUB } }))]), differs('subject', 'StringEquals other.example:sub system:serviceaccount:shop:checkout', 'nothing under this key')],
  ['a negation that hits', () => judge([role(condition({ StringNotEquals: { [`${PATH}:sub`]: [SUB, 'x'] } }))]), differs('subject', `${SUB}" or "x`, SUB)],
  ['a key that such requests lack', () => judge([role(condition({ StringEquals: { 'aws:RequestTag/a': ['x', 'y'] } }))]), differs('subject', 'StringEquals aws:RequestTag/a x, y', 'nothing under this key')],
  ['what nobody here can tell', () => judge([role(condition({ IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } }))]), open('IpAddress', 'aws:SourceIp')],
  ['what nobody here can tell, beside a good one', () => judge([role(condition({ IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } }), statement())]), provided],
  ['a denial', () => judge([role(statement(), deny())]), DENIED],
  ['a denial of this subject', () => judge([role(statement(), deny({ StringEquals: { [`${PATH}:sub`]: SUB } }))]), DENIED],
  ['a denial of another', () => judge([role(statement(), deny({ StringEquals: { [`${PATH}:sub`]: 'x' } }))]), provided],
  ['a denial by another provider', () => judge([role(statement(), deny(undefined, { Principal: { Federated: 'x' } }))]), provided],
  ['a denial of everybody but somebody', () => judge([role(statement(), deny(undefined, { Principal: undefined, NotPrincipal: { AWS: 'x' } }))]), DENIED],
  ['an allowance for everybody but somebody', () => judge([role(statement({ Principal: undefined, NotPrincipal: { AWS: 'x' } }))]), differs('issuer', '', PATH)],
  ['a denial that may hit', () => judge([role(statement(), deny({ IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } }))]), open('IpAddress', 'aws:SourceIp')],
  ['a denial that may hit whom nobody lets in', () => judge([role(condition({ StringEquals: { [`${PATH}:sub`]: 'x' } }), deny({ IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } }))]), differs('subject', 'x', SUB)],
  ['a denial that hits another and may hit', () => judge([role(statement(), deny({ StringEquals: { [`${PATH}:sub`]: 'x' }, IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } }))]), provided],
])('a token by %s', (_what, got, wanted) => {
  expect(got()).toEqual(wanted);
});

test.each<[string, string, boolean]>([
  ['of the role\'s account', OIDC, true],
  ['of another account', OIDC.replace('1111', '9999'), false],
  ['of another partition', OIDC.replace('arn:aws:', 'arn:aws-cn:'), false],
  ['whose account nobody can tell', `x${OIDC}`, true],
  ['whose account is no number', OIDC.replace('111122223333', 'somebody'), true],
])('a provider %s: %s', (_what, Federated, admitted) => {
  expect(judge([role(statement({ Principal: { Federated } }))])).toMatchObject({ admitted, decided: true });
});

test.each<[string, boolean | undefined]>([
  ['aws:TagKeys', false], ['aws:TagKeysX', undefined], ['xaws:TagKeys', undefined],
  ['aws:SourceAccount', false], ['aws:SourceArn', false], ['aws:SourceOrgID', false], ['aws:SourceArnX', undefined], ['aws:SourceIp', undefined],
  ['sts:ExternalId', false], ['sts:ExternalIdX', undefined], ['xsts:ExternalId', undefined],
  [`${PATH}:amr`, false], ['other.example:aud', false], ['other.example:audX', undefined], ['aws:PrincipalTag/a', undefined],
])('whether a token\'s request has %s', (key, held) => {
  const { admitted, decided } = judge([role(condition({ StringEquals: { [key]: 'x' } }))]);
  expect(admitted).toBe(false);
  expect(decided).toBe(held !== undefined);
});

describe('Pod Identity', () => {
  const TAG = 'aws:RequestTag/';
  const association = (change: object = {}, name = `${CLUSTER} x`): TrustArtifact => ({ provider: 'aws', kind: 'eks.PodIdentityAssociation', name, becomes: ROLE, request: { clusterName: 'blue', namespace: 'shop', serviceAccount: 'checkout', roleArn: ROLE, ...change } });
  const pods = (Condition?: object, more: object = {}): object => ({ Effect: 'Allow', Principal: { Service: PODS }, Action: ['sts:AssumeRole', 'sts:TagSession'], Condition, ...more });
  const ask = (trust: readonly TrustArtifact[], change: object = {}): Judgement => judge(trust, { audience: PODS, ...change });
  const byRole = (statements: readonly object[], change: object = {}): Judgement => ask([role(...statements), association(change)]);
  const IN = answer(true, true, 'an association names the role, whose trust policy names cluster, namespace and service account', ROLE);
  const none = (action: string): Judgement => answer(false, true, `no statement of the trust policy allows ${action} to ${PODS}`, ROLE);
  const denied = (action: string): Judgement => answer(false, true, `a statement of the trust policy denies ${action}`, ROLE);
  const wants = (what: string, got: string): Judgement => answer(false, true, `the trust wants ${what}, the request has ${got}`, ROLE);
  const other = 'arn:aws:iam::111122223333:role/other';

  test.each<[string, () => Judgement, Judgement]>([
    ['all is well', () => byRole([pods()]), IN],
    ['another audience', () => judge([role(pods()), association()], {}, { way: 'pod-identity' }), answer(false, true, `the agent of Pod Identity wants the audience "${PODS}", the token has "${AUD}"`)],
    ['a cluster that is none of EKS', () => ask([role(pods()), association()], { cluster: { name: 'k3s', objects: [] } }), answer(false, false, 'whether k3s is a cluster of EKS is not known')],
    ['no association, of none', () => ask([role(pods())]), answer(false, false, `no association of shop/checkout in ${CLUSTER} is among the documents`)],
    ['no association, of some', () => ask([role(pods()), association({ namespace: 'x' })]), answer(false, true, `no association of shop/checkout in ${CLUSTER} is among the documents`)],
    ['no association, of some of which one cannot be read', () => ask([role(pods()), association({ namespace: 'x' }), { ...association({ namespace: 'y' }), unknown: ['namespace'] }]), answer(false, false, `no association of shop/checkout in ${CLUSTER} is among the documents`)],
    ['an association without a role', () => byRole([pods()], { roleArn: undefined }), answer(false, false, 'which role the association of shop/checkout gives is not among the documents')],
    ['a role that is not there', () => byRole([pods()], { roleArn: other }), answer(false, false, `the trust policy of ${other} is not among the documents`)],
    ['a role that is known by its name alone', () => ask([{ ...role(pods()), becomes: undefined } as unknown as TrustArtifact, association()]), IN],
    ['a target', () => byRole([pods()], { targetRoleArn: other }), answer(false, false, `as ${ROLE} it is let in; whether ${other} trusts that role is not told here`)],
    ['no session', () => byRole([pods(undefined, { Action: 'sts:TagSession' })]), none('sts:AssumeRole')],
    ['no tags', () => byRole([pods(undefined, { Action: 'sts:AssumeRole' })]), none('sts:TagSession')],
    ['no tags, and none are asked for', () => byRole([pods(undefined, { Action: 'sts:AssumeRole' })], { disableSessionTags: true }), IN],
    ['another service', () => byRole([pods(undefined, { Principal: { Service: 'ec2.amazonaws.com' } })]), none('sts:AssumeRole')],
    ['everybody', () => byRole([pods(undefined, { Principal: '*' })]), IN],
    ['everybody of AWS', () => byRole([pods(undefined, { Principal: { AWS: ['x', '*'] } })]), IN],
    ['somebody of AWS', () => byRole([pods(undefined, { Principal: { AWS: 'x' } })]), none('sts:AssumeRole')],
    ['everybody but somebody', () => byRole([pods(undefined, { Principal: undefined, NotPrincipal: { AWS: 'x' } })]), none('sts:AssumeRole')],
    ['a denial', () => byRole([pods(), pods(undefined, { Effect: 'Deny', Action: 'sts:TagSession' })]), denied('sts:TagSession')],
    ['a denial of everybody but somebody', () => byRole([pods(), pods(undefined, { Effect: 'Deny', Principal: undefined, NotPrincipal: { AWS: 'x' } })]), denied('sts:AssumeRole')],
    ['a denial of another', () => byRole([pods(), pods({ StringEquals: { [`${TAG}kubernetes-namespace`]: 'x' } }, { Effect: 'Deny' })]), IN],
    ['a denial that may hit', () => byRole([pods(), pods({ IpAddress: { 'aws:SourceIp': 'x' } }, { Effect: 'Deny' })]), open('IpAddress', 'aws:SourceIp')],
    ['a denial that hits another and may hit', () => byRole([pods(), pods({ StringEquals: { [`${TAG}kubernetes-namespace`]: 'x' }, IpAddress: { 'aws:SourceIp': 'x' } }, { Effect: 'Deny' })]), IN],
    ['what nobody can tell', () => byRole([pods({ IpAddress: { 'aws:SourceIp': 'x' } })]), open('IpAddress', 'aws:SourceIp')],
    ['what nobody can tell, beside a good one', () => byRole([pods({ IpAddress: { 'aws:SourceIp': 'x' } }), pods()]), IN],
    ['another namespace', () => byRole([pods({ StringEquals: { [`${TAG}kubernetes-namespace`]: ['x', 'y'] } })]), wants(`StringEquals ${TAG}kubernetes-namespace "x" or "y"`, '"shop"')],
    ['an id that no service gives', () => byRole([pods({ StringEquals: { 'sts:ExternalId': 'x' } })]), wants('StringEquals sts:ExternalId "x"', 'nothing under this key')],
    ['a claim of a token', () => byRole([pods({ StringEquals: { 'a:sub': 'x' } })]), wants('StringEquals a:sub "x"', 'nothing under this key')],
    ['what only begins like a claim', () => byRole([pods({ StringEquals: { 'a:subject': 'x' } })]), open('StringEquals', 'a:subject')],
    ['the name of the pod', () => byRole([pods({ StringEquals: { [`${TAG}kubernetes-pod-name`]: 'x' } })]), open('StringEquals', `${TAG}kubernetes-pod-name`)],
    ['the name of the pod, without tags', () => byRole([pods({ StringEquals: { [`${TAG}kubernetes-pod-name`]: 'x' } })], { disableSessionTags: true }), wants(`StringEquals ${TAG}kubernetes-pod-name "x"`, 'nothing under this key')],
    ['a tag that only begins like that', () => byRole([pods({ StringEquals: { [`${TAG}kubernetes-pod-name-x`]: 'x' } })]), wants(`StringEquals ${TAG}kubernetes-pod-name-x "x"`, 'nothing under this key')],
    ['the keys of the tags, without tags', () => byRole([pods({ StringEquals: { 'aws:TagKeys': 'x' } })], { disableSessionTags: true }), wants('StringEquals aws:TagKeys "x"', 'nothing under this key')],
    ['the keys of the tags', () => byRole([pods({ 'ForAnyValue:StringEquals': { 'aws:TagKeys': 'kubernetes-pod-uid' } })]), IN],
    ['where it comes from', () => byRole([pods({ StringEquals: { 'aws:SourceAccount': '111122223333' }, ArnEquals: { 'aws:SourceArn': CLUSTER } })], { disableSessionTags: true }), IN],
    ['all that EKS says', () => byRole([pods({ StringEquals: { [`${TAG}eks-cluster-arn`]: CLUSTER, [`${TAG}eks-cluster-name`]: 'blue', [`${TAG}kubernetes-namespace`]: 'shop', [`${TAG}kubernetes-service-account`]: 'checkout' } })]), IN],
    ['namespaces without tags', () => byRole([pods({ StringEquals: { [`${TAG}kubernetes-namespace`]: 'shop' } })], { disableSessionTags: true }), wants(`StringEquals ${TAG}kubernetes-namespace "shop"`, 'nothing under this key')],
  ])('%s', (_what, got, wanted) => {
    expect(got()).toEqual(wanted);
  });

  const tags = (change: object = {}): object => ({ StringEquals: { [`${TAG}eks-cluster-arn`]: [CLUSTER, 'c2'], [`${TAG}kubernetes-namespace`]: 'shop', [`${TAG}kubernetes-service-account`]: ['a', 'b'], ...change } });
  const admissions = (...statements: readonly object[]): readonly object[] => aws.admissionsOf(role(...statements));
  const named = (cluster: string, account: string): object => ({ key: `${cluster}\nshop\n${account}`, who: `shop/${account} in ${cluster} by Pod Identity` });
  const anyOf = (who: string): object => ({ who: `${who} that is associated with the role` });

  test.each<[string, () => readonly object[], readonly object[]]>([
    ['everybody that is named', () => admissions(pods(tags())), [named(CLUSTER, 'a'), named(CLUSTER, 'b'), named('c2', 'a'), named('c2', 'b')]],
    ['nobody that is named', () => admissions(pods()), [anyOf('every service account in every EKS cluster')]],
    ['no account', () => admissions(pods(tags({ [`${TAG}kubernetes-service-account`]: 'x*' }))), [named(CLUSTER, 'x*'), named('c2', 'x*')]],
    ['accounts like', () => admissions(pods({ StringEquals: { [`${TAG}eks-cluster-arn`]: [CLUSTER, 'c2'], [`${TAG}kubernetes-namespace`]: ['s', 't'] }, StringLike: { [`${TAG}kubernetes-service-account`]: ['a', 'x*'] } })), [anyOf(`every service account of the namespace s, t in ${CLUSTER}, c2`)]],
    ['no namespace', () => admissions(pods({ StringEquals: { [`${TAG}eks-cluster-arn`]: CLUSTER, [`${TAG}kubernetes-service-account`]: ['a', 'b'] } })), [anyOf(`the service account a, b in ${CLUSTER}`)]],
    ['no cluster', () => admissions(pods({ StringEquals: { [`${TAG}kubernetes-namespace`]: 'shop', [`${TAG}kubernetes-service-account`]: 'a' } })), [anyOf('the service account a of the namespace shop in every EKS cluster')]],
    ['what IAM fills in', () => admissions(pods(tags({ [`${TAG}kubernetes-namespace`]: ['a', '${aws:x}'] }))), [anyOf(`the service account a, b in ${CLUSTER}, c2`)]],
    ['tags alone', () => admissions(pods(tags(), { Action: 'sts:TagSession' })), []],
    ['a denial', () => admissions(pods(tags(), { Effect: 'Deny' })), []],
  ])('lets in: %s', (_what, got, wanted) => {
    expect(got()).toEqual(wanted);
  });

  test('an association lets in one, under its own ARN or its cluster\'s', () => {
    for (const name of [`${CLUSTER} x`, 'arn:aws:eks:us-west-2:111122223333:podidentityassociation/blue/a-1']) {
      expect(aws.admissionsOf(association({}, name))).toEqual([{ key: `${CLUSTER}\nshop\ncheckout`, who: `shop/checkout in ${CLUSTER} by Pod Identity` }]);
      expect(aws.filedAs?.(association({}, name))).toEqual([CLUSTER, `${CLUSTER}\nshop\ncheckout`]);
    }
    expect(aws.filedAs?.(association({}, 'a-1'))).toEqual([':cluster/blue', ':cluster/blue\nshop\ncheckout']);
    expect(aws.filedAs?.(association({}, `x${CLUSTER}`))?.[0]).toBe(':cluster/blue');
    expect(aws.filedAs?.(role())).toEqual([]);
    expect(aws.admissionsOf({ ...role(), kind: 'iam.RolePolicy' })).toEqual([]);
    expect(aws.idleIn?.({ ...role(statement({ Condition: { StringEquals: { [`${PATH}:x`]: 'y' } } })), kind: 'x' })).toEqual([]);
  });
});

describe('whom a statement for tokens lets in', () => {
  const admissions = (change: object): readonly object[] => aws.admissionsOf(role(statement(change)));
  const by = (Condition: object): readonly object[] => admissions({ Condition });
  const named = (sub: string, aud: string): object => ({ key: `${PATH}\n${sub}\n${aud}`, workload: `workload\n${PATH}\n${sub}`, who: `${sub} of https://${PATH} for ${aud}` });
  const both = (sub: unknown, aud: unknown, operator = 'StringEquals'): object => ({ [operator]: { [`${PATH}:sub`]: sub, [`${PATH}:aud`]: aud } });

  test.each<[string, () => readonly object[], readonly object[]]>([
    ['named subjects and audiences', () => by(both(['a', 'b'], ['x', 'y'])), [named('a', 'x'), named('a', 'y'), named('b', 'x'), named('b', 'y')]],
    ['no condition', () => by({}), [{ who: `every service account of https://${PATH}` }]],
    ['a pattern', () => by({ StringLike: { [`${PATH}:sub`]: ['a*', 'b'] } }), [{ who: `every service account of https://${PATH} like a*, b` }]],
    ['a pattern and a name: both have to hold', () => by({ StringLike: { [`${PATH}:sub`]: 'a*' }, StringEquals: { [`${PATH}:sub`]: 'ab', [`${PATH}:aud`]: 'x' } }), [named('ab', 'x')]],
    ['a pattern by the letter', () => by(both('a*', 'x')), [named('a*', 'x')]],
    ['no audience', () => by({ StringEquals: { [`${PATH}:sub`]: ['a', 'b'] } }), [{ who: `a, b of https://${PATH}, with every audience that the OIDC provider takes` }]],
    ['audiences like', () => by({ StringEquals: { [`${PATH}:sub`]: 'a' }, StringLike: { [`${PATH}:aud`]: 'x*' } }), [{ who: `a of https://${PATH}, with every audience that the OIDC provider takes` }]],
    ['what IAM fills in', () => by(both(['a', '${aws:x}'], 'x')), [{ who: `every service account of https://${PATH} like a, \${aws:x}` }]],
    ['a condition if it is there: it is', () => by(both('a', 'x', 'StringEqualsIfExists')), [named('a', 'x')]],
    ['a condition for all values', () => by(both('a', 'x', 'ForAllValues:StringEquals')), [named('a', 'x')]],
    ['a condition for all values, if there', () => by(both('a', 'x', 'FORALLVALUES:StringEqualsIFEXISTS')), [named('a', 'x')]],
    ['a negation pins nobody', () => by(both('a', 'x', 'StringNotEquals')), [{ who: `every service account of https://${PATH}` }]],
    ['other principals', () => admissions({ Principal: { AWS: 'x' }, Action: ['a', 'b'] }), [{ who: 'the principals {"AWS":"x"} by a, b' }]],
    ['everybody', () => admissions({ Principal: '*' }), [{ who: 'the principals "*" by sts:AssumeRoleWithWebIdentity' }]],
    ['everybody but somebody', () => admissions({ Principal: undefined, NotPrincipal: { AWS: 'x' } }), [{ who: 'the principals {"not":{"AWS":"x"}} by sts:AssumeRoleWithWebIdentity' }]],
    ['principals of two kinds', () => admissions({ Principal: { Federated: OIDC, AWS: 'x' } }), [{ who: `the principals {"Federated":"${OIDC}","AWS":"x"} by sts:AssumeRoleWithWebIdentity` }]],
    ['a provider by another action', () => admissions({ Action: 'sts:AssumeRoleWithSAML' }), [{ who: `the principals {"Federated":"${OIDC}"} by sts:AssumeRoleWithSAML` }]],
    ['services beside that of pods', () => admissions({ Principal: { Service: [PODS, 'ec2.amazonaws.com'] }, Action: 'sts:AssumeRole' }), [{ who: `the principals {"Service":["${PODS}","ec2.amazonaws.com"]} by sts:AssumeRole` }]],
    ['a denial', () => admissions({ Effect: 'Deny' }), []],
    ['two providers, of which one can let nobody in', () => admissions({ Principal: { Federated: [OIDC, 'other'] } }), [named(SUB, AUD)]],
  ])('%s', (_what, got, wanted) => {
    expect(got()).toEqual(wanted);
  });
});

test('which tokens it takes, and what tells its principals apart', () => {
  const token = { algorithm: 'RS256', issuer: 'i', audiences: ['a'], expires: 1, claims: {} };
  const index = indexOf([]);
  const objects = (algorithm: string): object | undefined => aws.objectionTo({ ...token, algorithm }, { becomes: ROLE, claims: claims() }, index);
  expect(['RS256', 'RS384', 'RS512', 'ES256', 'ES384', 'ES512'].map(objects)).toEqual(Array.from({ length: 6 }, () => undefined));
  expect(objects('PS256')).toMatchObject({ decided: true });
  expect(aws.keyOf(claims(), index)).toBe(`${PATH}\n${SUB}\n${AUD}`);
  expect(aws.keyOf(claims({ issuer: 'http://x' }), index)).toBe(`http://x\n${SUB}\n${AUD}`);
  expect(aws.keyOf(claims({ issuer: undefined }), index)).toBe(`\n${SUB}\n${AUD}`);
  expect(aws.keyOf(claims({ audience: PODS }), index)).toBe(`${CLUSTER}\nshop\ncheckout`);
  expect(aws.keyOf(claims({ audience: PODS, cluster: { name: 'k3s', objects: [] } }), index)).toBe(`${PATH}\n${SUB}\n${PODS}`);
});
