/** The proof of EKS Pod Identity over halves that nobody here generated, and IAM's conditions as IAM reads them. */
import { EKS_ISSUER, ROLE, account, explicitAws, only, pod, role, statement } from './support';
import type { KubernetesObject } from '../../src/kubernetes/manifest';
import { comparisonOf } from '../../src/proof/admits/aws-operators';
import { holds } from '../../src/proof/admits/aws-policy';
import type { Artifacts, TrustArtifact } from '../../src/proof/artifacts';
import { prove } from '../../src/proof/prove';

const CLUSTER = 'arn:aws:eks:us-west-2:111122223333:cluster/blue';
const TAGS = { 'aws:RequestTag/eks-cluster-arn': CLUSTER, 'aws:RequestTag/kubernetes-namespace': 'shop', 'aws:RequestTag/kubernetes-service-account': 'checkout' };

/** A statement for pods; `undefined` leaves a tag open. */
const forPods = (change: { readonly [key: string]: unknown } = {}, condition: object = {}) => {
  const tags = Object.fromEntries(Object.entries({ ...TAGS, ...change }).filter(([, value]) => value !== undefined));
  return { Effect: 'Allow', Principal: { Service: 'pods.eks.amazonaws.com' }, Action: ['sts:AssumeRole', 'sts:TagSession'], Condition: { StringEquals: tags, ...condition } };
};

/** As `aws eks describe-pod-identity-association` prints it, under its own ARN. */
const association = (change: object = {}): TrustArtifact => ({
  provider: 'aws',
  kind: 'eks.PodIdentityAssociation',
  name: 'arn:aws:eks:us-west-2:111122223333:podidentityassociation/blue/a-0123456789',
  becomes: ROLE,
  request: { clusterName: 'blue', namespace: 'shop', serviceAccount: 'checkout', roleArn: ROLE, ...change },
});

const halves = (trust: readonly TrustArtifact[], objects: readonly KubernetesObject[] = [account(), pod()]): Artifacts => ({ clusters: [{ name: 'blue', issuer: EKS_ISSUER, clusterArn: CLUSTER, objects }], trust });
const MOUNT = '/var/run/secrets/pods.eks.amazonaws.com/serviceaccount';
const explicit = ({ audience = 'pods.eks.amazonaws.com', uri = 'http://169.254.170.23/v1/credentials', env = [] as object[], spec = {} } = {}): KubernetesObject => pod({
  containers: [{
    name: 'app',
    env: [...env, { name: 'AWS_CONTAINER_CREDENTIALS_FULL_URI', value: uri }, { name: 'AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE', value: `${MOUNT}/token` }],
    volumeMounts: [{ name: 'pods', mountPath: MOUNT }],
  }],
  volumes: [{ name: 'pods', projected: { sources: [{ serviceAccountToken: { path: 'token', audience } }] } }],
  ...spec,
});

const ON_FARGATE = { affinity: { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [{ matchExpressions: [{ key: 'eks.amazonaws.com/compute-type', operator: 'In', values: ['fargate'] }] }] } } } };

describe('by webhook', () => {
  test('the association says who becomes what, and nobody else is let in', () => {
    const proof = prove(halves([role(forPods()), association()]));
    expect(proof).toMatchObject({ holds: true, strangers: [], verdicts: [{ admitted: true, becomes: ROLE, claims: { audience: 'pods.eks.amazonaws.com' } }] });
  });

  test('it comes before the annotation', () => {
    const annotated = [account({ 'eks.amazonaws.com/role-arn': 'arn:aws:iam::111122223333:role/old' }), pod()];
    expect(only(prove(halves([role(forPods()), association()], annotated)).verdicts)).toMatchObject({ admitted: true, becomes: ROLE });
  });

  test.each<[string, object]>([
    ['another cluster', { clusterName: 'green' }],
    ['another namespace', { namespace: 'shop-2' }],
    ['another service account', { serviceAccount: 'check-out' }],
  ])('an association of %s is nothing to the pod', (_what, change) => {
    expect(prove(halves([role(forPods()), association(change)])).verdicts).toEqual([]);
  });

  test('one in another region or account is another cluster\'s, whatever its name', () => {
    for (const name of ['arn:aws:eks:eu-west-1:111122223333:podidentityassociation/blue/a-1', 'arn:aws:eks:us-west-2:444455556666:podidentityassociation/blue/a-1']) {
      expect(prove(halves([role(forPods()), { ...association(), name }])).verdicts).toEqual([]);
    }
  });

  test.each<[string, ReturnType<typeof forPods>, RegExp]>([
    ['another cluster', forPods({ 'aws:RequestTag/eks-cluster-arn': `${CLUSTER}-2` }), /eks-cluster-arn .*blue-2.* the request has ".*blue"/],
    ['another namespace', forPods({ 'aws:RequestTag/kubernetes-namespace': 'billing' }), /kubernetes-namespace "billing", the request has "shop"/],
    ['a star that is taken by the letter', forPods({ 'aws:RequestTag/kubernetes-service-account': '*' }), /kubernetes-service-account "\*"/],
    ['no action to tag', { ...forPods(), Action: ['sts:AssumeRole'] }, /no statement of the trust policy allows sts:TagSession/],
    ['the other mechanism', { ...forPods(), Action: ['sts:AssumeRoleWithWebIdentity'] }, /no statement of the trust policy allows sts:AssumeRole /],
    ['another service', { ...forPods(), Principal: { Service: 'ec2.amazonaws.com' } }, /no statement/],
    ['another account', forPods({}, { ArnLike: { 'aws:SourceArn': 'arn:aws:eks:*:444455556666:cluster/*' } }), /SourceArn/],
  ])('a trust of %s refuses it, and the reason says so', (_what, trust, reason) => {
    expect(only(prove(halves([role(trust), association()])).verdicts)).toMatchObject({ admitted: false, decided: true, reason: expect.stringMatching(reason) });
  });

  test('with session tags disabled, a trust by tags admits nobody, and one by the cluster does', () => {
    const untagged = association({ disableSessionTags: true });
    expect(only(prove(halves([role(forPods()), untagged])).verdicts)).toMatchObject({ admitted: false, decided: true, reason: expect.stringContaining('nothing under this key') });
    const bySource = { ...forPods(), Action: 'sts:AssumeRole', Condition: { StringEquals: { 'aws:SourceAccount': '111122223333' }, ArnEquals: { 'aws:SourceArn': CLUSTER } } };
    const proof = prove(halves([role(bySource), untagged]));
    expect(only(proof.verdicts).admitted).toBe(true);
    expect(proof.strangers).toMatchObject([{ who: expect.stringContaining('every service account') }]);
  });

  test.each<[string, ReturnType<typeof forPods>, RegExp]>([
    ['no condition, as most tutorials have it', { ...forPods(), Condition: {} as never }, /every service account in every EKS cluster/],
    ['no cluster', forPods({ 'aws:RequestTag/eks-cluster-arn': undefined }), /in every EKS cluster/],
    ['no service account', forPods({ 'aws:RequestTag/kubernetes-service-account': undefined }), /every service account of the namespace shop/],
    ['an operator that is met without tags', { ...forPods(), Condition: { StringEqualsIfExists: TAGS } as never }, /every service account/],
    ['all of no values', { ...forPods(), Condition: { 'ForAllValues:StringEquals': TAGS } as never }, /every service account/],
    ['a wildcard', { ...forPods(), Condition: { StringLike: { ...TAGS, 'aws:RequestTag/kubernetes-service-account': 'check*' } } as never }, /every service account of the namespace shop/],
    ['a variable', forPods({ 'aws:RequestTag/kubernetes-service-account': '${aws:PrincipalTag/x}' }), /every service account/],
    ['a second service account that no manifest has', forPods({ 'aws:RequestTag/kubernetes-service-account': ['checkout', 'old'] }), /shop\/old in .* by Pod Identity/],
  ])('%s lets strangers in, and the proof names them', (_what, trust, who) => {
    const proof = prove(halves([role(trust), association()]));
    expect(proof.strangers.map(stranger => stranger.who).join()).toMatch(who);
    expect(proof.holds).toBe(false);
  });

  test('an association that no manifest asks for is a stranger', () => {
    const proof = prove(halves([role(forPods({ 'aws:RequestTag/kubernetes-service-account': ['checkout', 'old'] })), association(), { ...association({ serviceAccount: 'old' }), name: `${CLUSTER} shop/old` }]));
    expect(new Set(proof.strangers.map(({ by }) => by))).toEqual(new Set([ROLE, `${CLUSTER} shop/old`]));
  });

  test('what is made elsewhere is not decided', () => {
    expect(only(prove(halves([association()])).verdicts)).toMatchObject({ decided: false, reason: expect.stringContaining(ROLE) });
    const target = association({ targetRoleArn: 'arn:aws:iam::444455556666:role/orders' });
    const proof = prove(halves([role(forPods()), { ...target, becomes: 'arn:aws:iam::444455556666:role/orders' }]));
    expect(proof).toMatchObject({ strangers: [], verdicts: [{ decided: false, becomes: 'arn:aws:iam::444455556666:role/orders' }] });
  });

  test.each([{ nodeSelector: { 'kubernetes.io/os': 'windows' } }, { nodeSelector: { 'eks.amazonaws.com/compute-type': 'fargate' } }, ON_FARGATE])('there is no agent on %j', spec => {
    expect(only(prove(halves([role(forPods()), association()], [account(), pod(spec)])).verdicts)).toMatchObject({ admitted: false, decided: true, reason: expect.stringContaining('no agent') });
  });
});

describe('explicitly', () => {
  const verdict = (object: KubernetesObject, trust = [role(forPods()), association()]) => only(prove(halves(trust, [account(), object])).verdicts);

  test('the token of the file goes to the agent, at either of its addresses', () => {
    for (const uri of ['http://169.254.170.23/v1/credentials', 'http://[fd00:ec2::23]/v1/credentials']) expect(verdict(explicit({ uri }))).toMatchObject({ admitted: true, becomes: ROLE });
  });

  test.each<[string, KubernetesObject, RegExp]>([
    ['a token for somebody else', explicit({ audience: 'sts.amazonaws.com' }), /wants the audience "pods\.eks\.amazonaws\.com"/],
    ['an address that comes first', explicit({ env: [{ name: 'AWS_CONTAINER_CREDENTIALS_RELATIVE_URI', value: '/x' }] }), /RELATIVE_URI/],
    ['half of the variables', pod({ containers: [{ name: 'app', env: [{ name: 'AWS_CONTAINER_CREDENTIALS_FULL_URI', value: 'http://169.254.170.23/v1/credentials' }] }] }), /only one of/],
    ['a pod of a service account without an association', explicit({ spec: { serviceAccountName: 'other' } }), /no association of shop\/other/],
    ['keys', explicit({ env: [{ name: 'AWS_ACCESS_KEY_ID', value: 'AKIA' }] }), /AWS_ACCESS_KEY_ID/],
  ])('%s keeps the pod out', (_what, object, reason) => {
    expect(verdict(object)).toMatchObject({ admitted: false, decided: true, reason: expect.stringMatching(reason) });
  });

  test('a stale role in the environment comes first', () => {
    expect(verdict(explicit({ env: [{ name: 'AWS_ROLE_ARN', value: ROLE }] }))).toMatchObject({ admitted: false, reason: expect.stringContaining('only one of AWS_ROLE_ARN') });
  });

  test('another address, and a cluster of which nobody knows that it is EKS, are not decided', () => {
    expect(verdict(explicit({ uri: 'http://127.0.0.1/credentials' }))).toMatchObject({ decided: false });
    const { clusters, trust } = halves([role(forPods())], [account(), explicit()]);
    expect(only(prove({ clusters: clusters.map(({ clusterArn: _arn, ...cluster }) => cluster), trust }).verdicts)).toMatchObject({ decided: false });
  });
});

describe('the change from one mechanism to the other', () => {
  test('a service account that both statements name is nobody new; another one is', () => {
    const both = role(statement(), forPods());
    expect(prove(halves([both, association()]))).toMatchObject({ holds: true, strangers: [] });
    expect(prove(halves([both], [account({ 'eks.amazonaws.com/role-arn': ROLE }), pod()]))).toMatchObject({ holds: true, strangers: [] });
    expect(prove(halves([role(statement({ sub: 'system:serviceaccount:shop:old' }), forPods()), association()])).strangers).toHaveLength(1);
    expect(prove(halves([role(statement(), forPods({ 'aws:RequestTag/kubernetes-service-account': 'old' }))], [account({ 'eks.amazonaws.com/role-arn': ROLE }), pod()])).strangers).toHaveLength(1);
  });
});

describe('what manifests do not say is not guessed', () => {
  const annotated = account({ 'eks.amazonaws.com/role-arn': ROLE });
  const undecided = (objects: readonly KubernetesObject[], trust = role(statement())) => only(prove({ clusters: [{ name: 'blue', issuer: EKS_ISSUER, objects }], trust: [trust] }).verdicts);

  test.each<[string, object, RegExp]>([
    ['a profile', { env: [{ name: 'AWS_PROFILE', value: 'prod' }] }, /AWS_PROFILE/],
    ['variables from a Secret', { envFrom: [{ secretRef: { name: 'keys' } }] }, /Secret keys/],
    ['variables from a ConfigMap that is not here', { envFrom: [{ configMapRef: { name: 'settings' } }] }, /ConfigMap settings/],
  ])('%s', (_what, container, reason) => {
    expect(undecided([annotated, pod({ containers: [{ name: 'app', ...container }] })])).toMatchObject({ admitted: false, decided: false, reason: expect.stringMatching(reason) });
  });

  test('variables of a ConfigMap that is here count', () => {
    const config = (data: object): KubernetesObject => ({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'settings', namespace: 'shop' }, data });
    const web = pod({ containers: [{ name: 'app', envFrom: [{ prefix: 'AWS_', configMapRef: { name: 'settings' } }] }] });
    expect(undecided([annotated, web, config({ ACCESS_KEY_ID: 'AKIA' })])).toMatchObject({ admitted: false, decided: true, reason: expect.stringContaining('AWS_ACCESS_KEY_ID') });
    expect(undecided([annotated, web, config({ REGION: 'eu-west-1' })])).toMatchObject({ admitted: true });
  });

  test.each<[string, object]>([
    ['an address', { IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } }],
    ['a time', { DateLessThan: { 'aws:CurrentTime': '2030-01-01T00:00:00Z' } }],
    ['an organisation', { StringEquals: { 'aws:PrincipalOrgID': 'o-1' } }],
  ])('a condition of %s is decided by IAM alone, in an Allow and in a Deny', (_what, condition) => {
    const { StringEquals: more } = condition as { readonly StringEquals?: object };
    const narrowed = { ...statement(), Condition: { ...condition, StringEquals: { ...statement().Condition.StringEquals, ...more } } };
    expect(undecided([annotated, pod()], role(narrowed))).toMatchObject({ admitted: false, decided: false, reason: expect.stringContaining('depends on') });
    expect(undecided([annotated, pod()], role(statement(), { ...statement(), Effect: 'Deny', Condition: condition } as never))).toMatchObject({ admitted: false, decided: false });
    // What refuses for certain is refused, whatever else there is.
    const wrong = { ...narrowed, Condition: { ...narrowed.Condition, StringLike: { [`${EKS_ISSUER.slice(8)}:sub`]: 'system:serviceaccount:x:y' } } };
    expect(undecided([annotated, pod()], role(wrong))).toMatchObject({ admitted: false, decided: true });
  });

  test('on Windows a path of Windows is the mount', () => {
    const object = explicitAws({ file: 'C:\\var\\run\\secrets\\aws\\token' });
    const windows = JSON.parse(JSON.stringify(object).replace('"serviceAccountName"', '"nodeSelector":{"kubernetes.io/os":"windows"},"serviceAccountName"')) as KubernetesObject;
    expect(undecided([account(), windows])).toMatchObject({ admitted: true });
    expect(undecided([account(), object])).toMatchObject({ admitted: false, decided: true });
  });

  test('skip-containers is a line of CSV: blanks belong to names, quotes do not, and what is none skips nobody', () => {
    const skipping = (value: string) => pod({}, { annotations: { 'eks.amazonaws.com/skip-containers': value } });
    const asks = (value: string): number =>
      prove({ clusters: [{ name: 'blue', issuer: EKS_ISSUER, objects: [annotated, skipping(value)] }], trust: [role(statement())] }).verdicts.length;
    expect(['app', 'x,app', '"app",x', 'x\napp', ' app', 'app ', 'x, app', 'a"pp,app', ''].map(asks)).toEqual([0, 0, 0, 1, 1, 1, 1, 1, 1]);
  });
});

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html */
test.each<[string, readonly string[], string | readonly string[] | undefined, boolean | undefined]>([
  ['StringEquals', ['a', 'b'], 'b', true], ['StringEquals', ['a'], 'A', false], ['stringequals', ['a'], 'a', true], ['StringEquals', ['a'], undefined, false],
  ['StringEqualsIgnoreCase', ['A'], 'a', true], ['StringNotEquals', ['a'], 'b', true], ['StringNotEquals', ['a', 'b'], 'b', false], ['StringNotEquals', ['a'], undefined, true],
  ['StringEqualsIfExists', ['a'], undefined, true], ['StringEqualsIfExists', ['a'], 'b', false], ['StringLike', ['a*'], 'abc', true], ['StringLike', ['a?'], 'abc', false], ['StringNotLike', ['a*'], 'b', true],
  ['ForAllValues:StringEquals', ['a', 'b'], ['a', 'b'], true], ['ForAllValues:StringEquals', ['a'], ['a', 'b'], false], ['ForAllValues:StringEquals', ['a'], undefined, true],
  ['ForAnyValue:StringEquals', ['a'], ['a', 'b'], true], ['ForAnyValue:StringEquals', ['a'], undefined, false], ['ForAnyValue:StringNotEquals', ['a'], undefined, false],
  ['StringEquals', ['a'], ['a', 'b'], undefined], ['StringEquals', ['${aws:username}'], 'a', undefined],
  ['Null', ['true'], undefined, true], ['Null', ['false'], undefined, false], ['Null', ['false'], 'a', true],
  ['ArnLike', ['arn:aws:eks:*:1:cluster/*'], 'arn:aws:eks:us-west-2:1:cluster/a', true], ['ArnEquals', ['arn:aws:eks:*'], 'arn:aws:eks:us-west-2:1:cluster/a', false], ['ArnNotEquals', ['arn:aws:eks:r:1:cluster/a'], 'arn:aws:eks:r:1:cluster/a', false],
  ['NumericLessThan', ['3'], '2', undefined], ['StringEqualz', ['a'], 'a', undefined], ['IpAddress', ['10.0.0.0/8'], undefined, false], ['IpAddressIfExists', ['10.0.0.0/8'], undefined, true],
])('%s %j of %j is %s', (operator, wanted, got, expected) => {
  expect(holds({ operator, key: 'aws:X', wanted }, { known: got === undefined ? {} : { 'aws:x': got }, lacks: () => true })).toBe(expected);
  expect(holds({ operator, key: 'aws:Y', wanted }, { known: {}, lacks: () => false })).toBeUndefined();
});

test('only what is met by its values alone pins anybody', () => {
  expect(['StringEquals', 'StringLike', 'ArnEquals', 'ForAnyValue:StringEquals'].map(operator => comparisonOf(operator).pins)).toEqual([true, true, true, true]);
  expect(['StringNotEquals', 'StringEqualsIfExists', 'ForAllValues:StringEquals', 'Null', 'Bool', 'Nonsense'].map(operator => comparisonOf(operator).pins)).toEqual([false, false, false, false, false, false]);
});
