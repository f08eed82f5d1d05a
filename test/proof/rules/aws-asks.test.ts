/** Whom the containers of a pod ask to become, as the SDKs of AWS and its webhooks read them. */
import type { Ask } from '../../../src/proof/admits/admitter';
import { asksOf } from '../../../src/proof/admits/aws-pods';
import type { TrustArtifact } from '../../../src/proof/artifacts';
import { podsIn } from '../../../src/proof/pods';
import { indexOf } from '../../../src/proof/trust-index';
import { only } from '../support';

const ROLE = 'arn:aws:iam::111122223333:role/checkout';
const TARGET = 'arn:aws:iam::111122223333:role/target';
const CLUSTER = 'arn:aws:eks:us-west-2:111122223333:cluster/blue';
const URI = 'http://169.254.170.23/v1/credentials';
const WEB = { AWS_ROLE_ARN: ROLE, AWS_WEB_IDENTITY_TOKEN_FILE: '/t/token' };
const AGENT = { AWS_CONTAINER_CREDENTIALS_FULL_URI: URI, AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE: '/t/token' };
const association = (change: object = {}): TrustArtifact => ({ provider: 'aws', kind: 'eks.PodIdentityAssociation', name: `${CLUSTER} x`, becomes: ROLE, request: { clusterName: 'blue', namespace: 'shop', serviceAccount: 'checkout', roleArn: ROLE, ...change } });

interface Given {
  readonly env?: { readonly [name: string]: string | object };
  readonly spec?: object;
  readonly metadata?: object;
  readonly account?: { readonly [key: string]: string };
  readonly trust?: readonly TrustArtifact[];
  readonly audience?: string;
  readonly facts?: object;
  readonly envFrom?: readonly object[];
}

function asks({ env = {}, spec = {}, metadata = {}, account = {}, trust = [], audience, facts = { issuer: 'https://i', clusterArn: CLUSTER }, envFrom }: Given): readonly Ask[] {
  const variables = Object.entries(env).map(([name, value]) => (typeof value === 'string' ? { name, value } : { name, valueFrom: value }));
  const pods = {
    serviceAccountName: 'checkout',
    containers: [{ name: 'app', env: variables, ...(envFrom !== undefined && { envFrom }), volumeMounts: [{ name: 't', mountPath: '/t' }] }],
    volumes: [{ name: 't', projected: { sources: [{ serviceAccountToken: { path: 'token', audience } }, { configMap: { name: 'c' } }] } }],
  };
  const objects = [
    { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'checkout', namespace: 'shop', annotations: account } },
    { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'c', namespace: 'shop' }, data: { k: 'x' } },
    { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'web', namespace: 'shop' }, spec: { template: { metadata, spec: { ...pods, ...spec } } } },
  ];
  const [pod] = [...podsIn([{ name: 'blue', ...facts, objects }])];
  return asksOf(pod as NonNullable<typeof pod>, indexOf(trust));
}

/** What is said of the one ask. */
const said = (given: Given): object => {
  const { becomes, claims: { audience }, way, fault, doubt } = only(asks(given));
  return { becomes, audience, way, ...(fault !== undefined && { fault }), ...(doubt !== undefined && { doubt }) };
};
const irsa = (audience: string, more: object = {}): object => ({ becomes: ROLE, audience, way: 'irsa', ...more });
const pods = (audience: string, more: object = {}): object => ({ becomes: ROLE, audience, way: 'pod-identity', ...more });
const SECRET = { secretKeyRef: { name: 's', key: 'k' } };
const ANNOTATED = { 'eks.amazonaws.com/role-arn': ROLE };

test.each<[string, () => object, object]>([
  ['both variables', () => said({ env: WEB, audience: 'sts.amazonaws.com' }), irsa('sts.amazonaws.com')],
  ['a token for the API server', () => said({ env: WEB }), irsa('')],
  ['the role alone', () => said({ env: { AWS_ROLE_ARN: ROLE } }), irsa('', { fault: 'the container app has only one of AWS_ROLE_ARN and AWS_WEB_IDENTITY_TOKEN_FILE' })],
  ['the file alone', () => said({ env: { AWS_WEB_IDENTITY_TOKEN_FILE: '/t/token' } }), irsa('', { becomes: '', fault: 'the container app has only one of AWS_ROLE_ARN and AWS_WEB_IDENTITY_TOKEN_FILE' })],
  ['a role from elsewhere', () => said({ env: { ...WEB, AWS_ROLE_ARN: SECRET }, audience: 'a' }), irsa('', { becomes: '', doubt: 'AWS_ROLE_ARN of the container app comes from elsewhere' })],
  ['a file from elsewhere', () => said({ env: { ...WEB, AWS_WEB_IDENTITY_TOKEN_FILE: SECRET }, audience: 'a' }), irsa('', { doubt: 'AWS_WEB_IDENTITY_TOKEN_FILE of the container app comes from elsewhere' })],
  ['a file that is not there', () => said({ env: { ...WEB, AWS_WEB_IDENTITY_TOKEN_FILE: '/t/x' }, audience: 'a' }), irsa('', { fault: 'the volume t has no file x' })],
  ['a file that is no token', () => said({ env: { ...WEB, AWS_WEB_IDENTITY_TOKEN_FILE: '/t/k' }, audience: 'a' }), irsa('', { fault: '/t/k is no token' })],
  ['a path of Windows', () => said({ env: { ...WEB, AWS_WEB_IDENTITY_TOKEN_FILE: 'C:\\t\\token' }, audience: 'a', spec: { nodeSelector: { 'kubernetes.io/os': 'windows' } } }), irsa('a')],
  ['a path of Windows, by the label of before', () => said({ env: { ...WEB, AWS_WEB_IDENTITY_TOKEN_FILE: 'c:/t/token' }, audience: 'a', spec: { nodeSelector: { 'beta.kubernetes.io/os': 'windows' } } }), irsa('a')],
  ['a path of Windows, on Linux', () => said({ env: { ...WEB, AWS_WEB_IDENTITY_TOKEN_FILE: 'C:\\t\\token' }, audience: 'a' }), irsa('', { fault: 'nothing is mounted at C:\\t\\token in the container app' })],
  ['a colon elsewhere in a path of Windows', () => said({ env: { ...WEB, AWS_WEB_IDENTITY_TOKEN_FILE: '/t/C:token' }, audience: 'a', spec: { nodeSelector: { 'kubernetes.io/os': 'windows' } } }), irsa('', { fault: 'the volume t has no file C:token' })],
  ['a key beside it', () => said({ env: { ...WEB, AWS_ACCESS_KEY_ID: 'x' }, audience: 'a' }), irsa('a', { fault: 'the container app has AWS_ACCESS_KEY_ID, which every SDK uses instead' })],
  ['a secret key beside it', () => said({ env: { ...WEB, AWS_SECRET_ACCESS_KEY: SECRET }, audience: 'a' }), irsa('a', { fault: 'the container app has AWS_SECRET_ACCESS_KEY, which every SDK uses instead' })],
  ['an empty key beside it', () => said({ env: { ...WEB, AWS_ACCESS_KEY_ID: '' }, audience: 'a' }), irsa('a')],
  ['a key beside half of it', () => said({ env: { AWS_ROLE_ARN: ROLE, AWS_ACCESS_KEY_ID: 'x' } }), irsa('', { fault: 'the container app has only one of AWS_ROLE_ARN and AWS_WEB_IDENTITY_TOKEN_FILE' })],
  ['a profile beside it', () => said({ env: { ...WEB, AWS_PROFILE: 'p' }, audience: 'a' }), irsa('a', { doubt: 'the container app has AWS_PROFILE: who it is stands in a file that is not among the manifests' })],
  ['variables that nobody can read', () => said({ env: WEB, audience: 'a', envFrom: [{ secretRef: { name: 's' } }] }), irsa('a', { doubt: 'the container app takes variables from Secret s, which may hold keys or another identity' })],
  ['the annotation', () => said({ account: ANNOTATED }), irsa('sts.amazonaws.com')],
  ['the annotation with an audience', () => said({ account: { ...ANNOTATED, 'eks.amazonaws.com/audience': 'a' } }), irsa('a')],
  ['the annotation on another cluster', () => said({ account: ANNOTATED, facts: {} }), irsa('sts.amazonaws.com')],
  ['an association', () => said({ trust: [association()] }), pods('pods.eks.amazonaws.com')],
  ['an association, and the annotation', () => said({ trust: [association()], account: { 'eks.amazonaws.com/role-arn': 'x' } }), pods('pods.eks.amazonaws.com')],
  ['an association with a target', () => said({ trust: [association({ targetRoleArn: TARGET })] }), pods('pods.eks.amazonaws.com', { becomes: TARGET })],
  ['an association without a role', () => said({ trust: [association({ roleArn: undefined })] }), pods('pods.eks.amazonaws.com', { becomes: '' })],
  ['an association, on Fargate', () => said({ trust: [association()], spec: { nodeSelector: { 'eks.amazonaws.com/compute-type': 'fargate' } } }), pods('pods.eks.amazonaws.com', { fault: 'the pod is for Fargate, where there is no agent of Pod Identity' })],
  ['an association, by a profile of Fargate', () => said({ trust: [association()], metadata: { labels: { 'eks.amazonaws.com/fargate-profile': 'x' } } }), pods('pods.eks.amazonaws.com', { fault: 'the pod is for Fargate, where there is no agent of Pod Identity' })],
  ['an association, on Windows', () => said({ trust: [association()], spec: { nodeSelector: { 'kubernetes.io/os': 'windows' } } }), pods('pods.eks.amazonaws.com', { fault: 'the pod is for Windows, where there is no agent of Pod Identity' })],
  ['an association, on Windows, by the label of before', () => said({ trust: [association()], spec: { nodeSelector: { 'beta.kubernetes.io/os': 'windows' } } }), pods('pods.eks.amazonaws.com', { fault: 'the pod is for Windows, where there is no agent of Pod Identity' })],
  ['the agent', () => said({ env: AGENT, audience: 'a', trust: [association()] }), pods('a')],
  ['the agent, by IPv6', () => said({ env: { ...AGENT, AWS_CONTAINER_CREDENTIALS_FULL_URI: 'http://[fd00:ec2::23]/v1/credentials' }, audience: 'a', trust: [association()] }), pods('a')],
  ['the agent, with the API server\'s token', () => said({ env: AGENT, trust: [association()] }), pods('')],
  ['the agent, without an association', () => said({ env: AGENT, audience: 'a' }), pods('a', { becomes: '' })],
  ['the agent, on Fargate', () => said({ env: AGENT, audience: 'a', trust: [association()], metadata: { labels: { 'eks.amazonaws.com/fargate-profile': 'x' } } }), pods('a', { fault: 'the pod is for Fargate, where there is no agent of Pod Identity' })],
  ['another server', () => said({ env: { ...AGENT, AWS_CONTAINER_CREDENTIALS_FULL_URI: 'http://x' }, audience: 'a', trust: [association()] }), pods('', { doubt: 'the container app asks http://x, which is not the agent of Pod Identity' })],
  ['a server whose name begins alike', () => said({ env: { ...AGENT, AWS_CONTAINER_CREDENTIALS_FULL_URI: `${URI}/x` }, audience: 'a', trust: [association()] }), pods('', { doubt: `the container app asks ${URI}/x, which is not the agent of Pod Identity` })],
  ['the agent\'s address alone', () => said({ env: { AWS_CONTAINER_CREDENTIALS_FULL_URI: URI }, trust: [association()] }), pods('', { fault: 'the container app has only one of AWS_CONTAINER_CREDENTIALS_FULL_URI and AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE' })],
  ['the agent\'s file alone', () => said({ env: { AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE: '/t/token' }, trust: [association()] }), pods('', { fault: 'the container app has only one of AWS_CONTAINER_CREDENTIALS_FULL_URI and AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE' })],
  ['an address from elsewhere', () => said({ env: { ...AGENT, AWS_CONTAINER_CREDENTIALS_FULL_URI: SECRET }, audience: 'a', trust: [association()] }), pods('', { doubt: 'AWS_CONTAINER_CREDENTIALS_FULL_URI of the container app comes from elsewhere' })],
  ['the agent\'s file from elsewhere', () => said({ env: { ...AGENT, AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE: SECRET }, audience: 'a', trust: [association()] }), pods('', { doubt: 'AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE of the container app comes from elsewhere' })],
  ['the agent\'s file that is not there', () => said({ env: { ...AGENT, AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE: '/t/x' }, audience: 'a', trust: [association()] }), pods('', { fault: 'the volume t has no file x' })],
  ['the agent\'s file that is no token', () => said({ env: { ...AGENT, AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE: '/t/k' }, audience: 'a', trust: [association()] }), pods('', { fault: '/t/k is no token' })],
  ['the address of ECS beside it', () => said({ env: { ...AGENT, AWS_CONTAINER_CREDENTIALS_RELATIVE_URI: '/x' }, audience: 'a', trust: [association()] }), pods('', { fault: 'the container app has AWS_CONTAINER_CREDENTIALS_RELATIVE_URI, which every SDK uses instead' })],
  ['web identity before the agent', () => said({ env: { ...AGENT, ...WEB }, audience: 'a', trust: [association()] }), irsa('a')],
])('by %s', (_what, got, wanted) => {
  expect(got()).toEqual(wanted);
});

const skipping = (containers: string): readonly Ask[] => asks({ account: ANNOTATED, metadata: { annotations: { 'eks.amazonaws.com/skip-containers': containers } } });
test.each<[string, number]>([
  ['app', 0], ['x,app', 0], ['"app"', 0], ['x,"app"', 0], ['app\nx', 0], ['app\r\nx', 0],
  [' app', 1], ['x, app', 1], ['', 1], ['x\napp', 1], ['"app', 1], ['"a"pp"', 1], ['app,"x', 1], ['app,x"y', 1], ['"app"x', 1], ['x"app"', 1],
])('skip-containers %j leaves %s', (containers, many) => {
  expect(skipping(containers)).toHaveLength(many);
});

test('nobody asks where nothing says so, or the pod opts out', () => {
  expect(asks({})).toEqual([]);
  expect(asks({ account: ANNOTATED, metadata: { labels: { 'eks.amazonaws.com/skip-pod-identity-webhook': '' } } })).toEqual([]);
});

test('who else it is on its way, or by another', () => {
  const key = `${CLUSTER}\nshop\ncheckout`;
  const workload = 'workload\ni\nsystem:serviceaccount:shop:checkout';
  const also = (given: Given): unknown => only(asks(given)).also;
  expect(also({ account: ANNOTATED })).toEqual([{ becomes: ROLE, key }]);
  expect(also({ account: ANNOTATED, facts: {} })).toBeUndefined();
  expect(also({ trust: [association()] })).toEqual([{ becomes: ROLE, key: workload }]);
  expect(also({ trust: [association({ targetRoleArn: TARGET })] })).toEqual([{ becomes: ROLE, key }, { becomes: ROLE, key: workload }]);
  expect(also({ trust: [association()], facts: { clusterArn: CLUSTER } })).toEqual([]);
  expect(also({ env: AGENT, facts: { issuer: 'https://i' } })).toEqual([{ becomes: '', key: workload }]);
  expect(Object.keys(only(asks({ trust: [association()] })))).toEqual(['becomes', 'claims', 'way', 'also']);
  expect(Object.keys(only(asks({ account: ANNOTATED, facts: {} })))).toEqual(['becomes', 'claims', 'way']);
});
