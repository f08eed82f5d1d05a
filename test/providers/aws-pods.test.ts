/** What the pods of an AWS binding carry, by the rules of amazon-eks-pod-identity-webhook, and what keeps a pod from its role. */
import { blue, boundTo, k3s } from '../support/definitions';
import { checkWorkloadIdentity, defineWorkloadIdentity, inject, planWorkloadIdentities, type ClusterInput, type InvalidDefinitionError, type PlannedCluster } from 'symbolon';

interface Container { name: string; env?: { name: string; value?: string }[]; volumeMounts?: { name: string; mountPath: string; readOnly?: boolean }[] }
interface Pod { metadata: { annotations?: { [key: string]: string } }; spec: { containers: Container[]; initContainers?: Container[]; volumes?: unknown[] } }

type Fields = { readonly [field: string]: unknown };
const clusterOf = (fields: Fields, cluster: ClusterInput = blue): PlannedCluster =>
  planWorkloadIdentities(defineWorkloadIdentity(boundTo('aws', cluster, fields))).clusters[0] as PlannedCluster;
const podOf = (fields: Fields, spec: object = {}, metadata: object = {}): Pod => {
  const [injection] = clusterOf(fields).injections;
  const pod = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'web', ...metadata }, spec: { containers: [{ name: 'app' }], ...spec } };
  return inject(pod, injection as never) as unknown as Pod;
};
const envOf = (pod: Pod, container = 'app'): { readonly [name: string]: string | undefined } => {
  const { env = [] } = [...pod.spec.initContainers ?? [], ...pod.spec.containers].find(({ name }) => name === container) as Container;
  return Object.fromEntries(env.map(({ name, value }) => [name, value]));
};
/** Code and path of each finding that keeps the injection out. */
const refusedFor = (fields: Fields, spec: object, metadata: object = {}): readonly string[] => {
  try {
    podOf(fields, spec, metadata);
    return [];
  } catch (error) {
    return (error as InvalidDefinitionError).issues.map(({ code, path }) => `${code} ${path}`);
  }
};
const withEnv = (...names: readonly string[]) => ({ containers: [{ name: 'app', env: names.map(name => ({ name, value: 'own' })) }] });

const ROLE = 'arn:aws:iam::111122223333:role/checkout';
const IRSA = '/var/run/secrets/eks.amazonaws.com/serviceaccount';
const PODS = '/var/run/secrets/pods.eks.amazonaws.com/serviceaccount';

describe('IAM roles for service accounts, explicitly', () => {
  const explicit = { injection: 'explicit' };

  test('a pod has what the webhook would have made', () => {
    const pod = podOf(explicit);
    expect(envOf(pod)).toEqual({ AWS_STS_REGIONAL_ENDPOINTS: 'regional', AWS_DEFAULT_REGION: 'us-west-2', AWS_REGION: 'us-west-2', AWS_ROLE_ARN: ROLE, AWS_WEB_IDENTITY_TOKEN_FILE: `${IRSA}/token` });
    expect(pod.spec.containers[0]?.volumeMounts).toEqual([{ name: 'aws-iam-token', mountPath: IRSA, readOnly: true }]);
    expect(pod.spec.volumes).toEqual([{ name: 'aws-iam-token', projected: { sources: [{ serviceAccountToken: { audience: 'sts.amazonaws.com', expirationSeconds: 86400, path: 'token' } }] } }]);
  });

  test.each(['AWS_REGION', 'AWS_DEFAULT_REGION'])('a container that has %s has neither of ours', name => {
    const env = envOf(podOf(explicit, withEnv(name)));
    expect([env.AWS_REGION, env.AWS_DEFAULT_REGION].filter(value => value !== undefined)).toEqual(['own']);
    expect(env.AWS_ROLE_ARN).toBe(ROLE);
  });

  test('a container\'s own choice of STS endpoints stays', () => {
    expect(envOf(podOf(explicit, withEnv('AWS_STS_REGIONAL_ENDPOINTS'))).AWS_STS_REGIONAL_ENDPOINTS).toBe('own');
  });

  test('on Windows nodes the variable has a path of Windows, and the mount has none', () => {
    const pod = podOf(explicit, { nodeSelector: { 'kubernetes.io/os': 'windows' } });
    expect(envOf(pod).AWS_WEB_IDENTITY_TOKEN_FILE).toBe('C:\\var\\run\\secrets\\eks.amazonaws.com\\serviceaccount\\token');
    expect(pod.spec.containers[0]?.volumeMounts?.[0]?.mountPath).toBe(IRSA);
  });

  test.each(['AWS_ROLE_ARN', 'AWS_WEB_IDENTITY_TOKEN_FILE'])('a container that has another %s is a finding, and the fix names the way out', name => {
    expect(refusedFor(explicit, withEnv(name))).toEqual(['workload/collision spec.containers[0].env[0]']);
    expect(() => podOf(explicit, withEnv(name))).toThrow(/skipContainers/);
    expect(refusedFor({ ...explicit, skipContainers: ['app'] }, withEnv(name))).toEqual([]);
  });

  test('skipped containers have nothing, init containers among them', () => {
    const pod = podOf({ ...explicit, skipContainers: ['proxy', 'prepare'] }, { containers: [{ name: 'app' }, { name: 'proxy' }], initContainers: [{ name: 'prepare' }] });
    expect([pod.spec.containers[1], pod.spec.initContainers?.[0]]).toEqual([{ name: 'proxy' }, { name: 'prepare' }]);
    expect(envOf(pod).AWS_ROLE_ARN).toBe(ROLE);
  });
});

describe('by webhook', () => {
  test('the containers to be skipped stand in the annotation that the webhook reads', () => {
    expect(podOf({ skipContainers: ['proxy', 'prepare'] }).metadata.annotations).toEqual({ 'eks.amazonaws.com/skip-containers': 'proxy,prepare' });
    expect(podOf({}).metadata.annotations).toBeUndefined();
  });

  test('audience and lifetime are annotations of the service account, where they are not the webhook\'s own', () => {
    const annotations = (fields: Fields) => clusterOf(fields).objects[0]?.metadata.annotations;
    expect(annotations({ audience: 'other', expirationSeconds: 3600 })).toEqual({
      'eks.amazonaws.com/role-arn': ROLE, 'eks.amazonaws.com/audience': 'other', 'eks.amazonaws.com/sts-regional-endpoints': 'true', 'eks.amazonaws.com/token-expiration': '3600',
    });
    expect(annotations({ mechanism: 'pod-identity' })).toBeUndefined();
    expect(annotations({ mechanism: 'pod-identity', expirationSeconds: 3600 })).toEqual({ 'eks.amazonaws.com/token-expiration': '3600' });
  });

  test.each(['irsa', 'pod-identity'])('a pod that opts out of the webhook is a finding, whatever its label says: %s', mechanism => {
    for (const value of ['true', 'false', '']) {
      expect(refusedFor({ mechanism }, {}, { labels: { 'eks.amazonaws.com/skip-pod-identity-webhook': value } })).toEqual(['aws/webhook-opt-out metadata.labels["eks.amazonaws.com/skip-pod-identity-webhook"]']);
    }
    expect(refusedFor({ mechanism, injection: 'explicit' }, {}, { labels: { 'eks.amazonaws.com/skip-pod-identity-webhook': 'true' } })).toEqual([]);
  });

  test.each([['irsa', 'webhook'], ['pod-identity', 'webhook'], ['pod-identity', 'explicit']])('a container with an identity of its own is a finding, but where it is skipped: %s, %s', (mechanism, injection) => {
    const own = withEnv('AWS_ROLE_ARN', 'AWS_WEB_IDENTITY_TOKEN_FILE');
    expect(refusedFor({ mechanism, injection }, own)).toEqual(['aws/own-identity spec.containers[0].env[0]', 'aws/own-identity spec.containers[0].env[1]']);
    expect(refusedFor({ mechanism, injection }, { containers: [{ name: 'main' }], initContainers: own.containers })).toHaveLength(2);
    expect(refusedFor({ mechanism, injection, skipContainers: ['app'] }, own)).toEqual([]);
  });

  test('while a role trusts both mechanisms, the annotation stays for pods that start before the association is known', () => {
    expect(clusterOf({ mechanism: 'pod-identity', alsoTrusts: ['irsa'] }).objects).toEqual(clusterOf({ mechanism: 'irsa', alsoTrusts: ['pod-identity'] }).objects);
    expect(clusterOf({ mechanism: 'irsa', alsoTrusts: ['pod-identity'] }).objects).toEqual(clusterOf({}).objects);
  });
});

describe('EKS Pod Identity, explicitly', () => {
  const explicit = { mechanism: 'pod-identity', injection: 'explicit' };

  test('a pod has what the webhook would have made, with a lifetime that does not change from pod to pod', () => {
    const pod = podOf(explicit);
    expect(envOf(pod)).toEqual({
      AWS_STS_REGIONAL_ENDPOINTS: 'regional',
      AWS_DEFAULT_REGION: 'us-west-2',
      AWS_REGION: 'us-west-2',
      AWS_CONTAINER_CREDENTIALS_FULL_URI: 'http://169.254.170.23/v1/credentials',
      AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE: `${PODS}/eks-pod-identity-token`,
    });
    expect(pod.spec.containers[0]?.volumeMounts).toEqual([{ name: 'eks-pod-identity-token', mountPath: PODS, readOnly: true }]);
    expect(pod.spec.volumes).toEqual([{ name: 'eks-pod-identity-token', projected: { sources: [{ serviceAccountToken: { audience: 'pods.eks.amazonaws.com', expirationSeconds: 86400, path: 'eks-pod-identity-token' } }] } }]);
  });

  test('the agent has an address of IPv6, too', () => {
    expect(envOf(podOf({ ...explicit, agentOverIpv6: true })).AWS_CONTAINER_CREDENTIALS_FULL_URI).toBe('http://[fd00:ec2::23]/v1/credentials');
  });

  const nodes = (...expressions: readonly object[]): object => {
    const nodeSelectorTerms = expressions.map(each => ({ matchExpressions: [each] }));
    return { affinity: { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms } } } };
  };

  test.each<[string, object]>([
    ['kept away from', nodes({ key: 'eks.amazonaws.com/compute-type', operator: 'NotIn', values: ['fargate'] })],
    ['of another type', nodes({ key: 'eks.amazonaws.com/compute-type', operator: 'In', values: ['ec2'] })],
    ['only preferred', { affinity: { nodeAffinity: { preferredDuringSchedulingIgnoredDuringExecution: [{ weight: 1, preference: { matchExpressions: [{ key: 'eks.amazonaws.com/compute-type', operator: 'In', values: ['fargate'] }] } }] } } }],
  ])('nodes that are %s are no reason', (_what, spec) => {
    expect(refusedFor({ mechanism: 'pod-identity' }, spec, {})).toEqual([]);
  });

  test.each<[string, object, object]>([
    ['Windows', { nodeSelector: { 'kubernetes.io/os': 'windows' } }, {}],
    ['Windows, by its old name', { nodeSelector: { 'beta.kubernetes.io/os': 'windows' } }, {}],
    ['Fargate', { nodeSelector: { 'eks.amazonaws.com/compute-type': 'fargate' } }, {}],
    ['Fargate, by affinity', nodes({ key: 'eks.amazonaws.com/compute-type', operator: 'In', values: ['fargate'] }), {}],
    ['Fargate, by one of several terms', nodes({ key: 'zone', operator: 'In', values: ['a'] }, { key: 'eks.amazonaws.com/compute-type', operator: 'In', values: ['ec2', 'fargate'] }), {}],
    ['Fargate, by profile', {}, { labels: { 'eks.amazonaws.com/fargate-profile': 'default' } }],
  ])('there is no agent on %s', (_what, spec, metadata) => {
    for (const injection of ['webhook', 'explicit']) expect(refusedFor({ mechanism: 'pod-identity', injection }, spec, metadata)).toEqual([expect.stringMatching(/^aws\/pod-identity-node /)]);
    expect(refusedFor({ injection: 'explicit' }, spec, metadata)).toEqual([]);
  });
});

test('outside EKS a pod without a region is a warning', () => {
  const warned = (fields: Fields): boolean => checkWorkloadIdentity(boundTo('aws', k3s, fields)).some(({ code, severity }) => code === 'aws/no-region' && severity === 'warning');
  expect([warned({}), warned({ injection: 'webhook' }), warned({ region: 'eu-west-1' }), warned({ injection: 'none' })]).toEqual([true, true, false, false]);
  expect(checkWorkloadIdentity(boundTo('aws', blue))).toEqual([]);
});
