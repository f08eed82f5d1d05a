/** The commands of the troubleshooting guide, as they stand there, against a real API server. */
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { missing } from './support/commands';
import { sourceOf } from '../../../scripts/docs/snippets';
import { Cluster } from '../api-server/support/cluster';
import { Kubelet, type StoredPod } from '../api-server/support/kubelet';
import { count, testUnless } from '../support/report';
import { systemIfHad } from '../support/systems';

const AUDIENCE = 'https://payments.example.com';
const facts = systemIfHad('apiServer');
const cluster = facts === undefined ? undefined : new Cluster(facts);
afterAll(() => cluster?.close());

/** kubectl is run with the kubeconfig of the suites, and in nothing but the namespace that they make. */
const none = cluster === undefined ? 'there is no API server here'
  : facts?.own === false ? 'the commands look at every namespace, and somebody\'s cluster is not ours to look at' : missing(['kubectl', 'version', '--client'], ['jq', '--version'], ['bash', '--version']);

interface Scene {
  readonly namespace: string;
  readonly pod: StoredPod;
  readonly run: (region: string, env?: { readonly TOKEN?: string }) => string;
}
let scene: Scene;

beforeAll(async () => {
  if (none !== undefined) return;
  const own = cluster as Cluster;
  const namespace = await own.namespace('commands');
  const [account, name] = [own.fresh('checkout'), own.fresh('checkout')];
  for (const each of [account, 'default']) await own.client.post(`/api/v1/namespaces/${namespace}/serviceaccounts`, { metadata: { name: each } });
  const pod = await new Kubelet(own).run({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace },
    spec: {
      serviceAccountName: account,
      automountServiceAccountToken: false,
      containers: [{ name: 'app', image: 'app', volumeMounts: [{ name: 'payments', mountPath: '/var/run/secrets/payments', readOnly: true }] }],
      volumes: [{ name: 'payments', projected: { sources: [{ serviceAccountToken: { audience: AUDIENCE, expirationSeconds: 900, path: 'token' } }] } }],
    },
  });
  await new Kubelet(own).run({ apiVersion: 'v1', kind: 'Pod', metadata: { name: `${name}-automounted`, namespace }, spec: { containers: [{ name: 'app', image: 'app' }] } });
  await own.client.post(`/api/v1/namespaces/${namespace}/events`, {
    metadata: { name: own.fresh('event') }, involvedObject: { kind: 'Pod', namespace, name }, type: 'Warning', reason: 'FailedMount', message: 'MountVolume.SetUp failed',
  });
  await own.client.post(`/apis/rbac.authorization.k8s.io/v1/namespaces/${namespace}/rolebindings`, {
    metadata: { name: 'second' },
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'view' },
    subjects: [{ kind: 'ServiceAccount', name: 'another', namespace }, { kind: 'ServiceAccount', name: account, namespace }],
  });
  await own.client.post(`/apis/rbac.authorization.k8s.io/v1/namespaces/${namespace}/rolebindings`, {
    metadata: { name: 'namesake' },
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'edit' },
    subjects: [{ kind: 'ServiceAccount', name: account, namespace: 'elsewhere' }],
  });
  await own.client.post(`/api/v1/namespaces/${namespace}/secrets`, { metadata: { name: 'old', annotations: { 'kubernetes.io/service-account.name': account } }, type: 'kubernetes.io/service-account-token' });
  const env = { ...process.env, KUBECONFIG: own.facts.kubeconfig, NAMESPACE: namespace, POD: name, SERVICE_ACCOUNT: account, AUDIENCE };
  scene = {
    namespace,
    pod,
    run: (region, more = {}) => {
      count('applications', 'commands of the guide that were run', 1);
      return execFileSync('bash', ['--norc', '-euo', 'pipefail', '-c', sourceOf(join(__dirname, '../../..'), `examples/on-call/commands.sh#${region}`)], { encoding: 'utf8', env: { ...env, ...more } }).trim();
    },
  };
});

testUnless(none, 'applications', 'what the pod asked for, and what hinders it', () => {
  expect(JSON.parse(scene.run('asked'))).toEqual({
    serviceAccount: scene.pod.spec.serviceAccountName,
    tokens: [{ volume: 'payments', audience: AUDIENCE, expirationSeconds: 900, path: 'token' }],
    mounts: [{ container: 'app', volume: 'payments', mountPath: '/var/run/secrets/payments', subPath: null }],
  });
  expect(scene.run('events')).toBe('FailedMount\tMountVolume.SetUp failed');
});

testUnless(none, 'applications', 'a token like that of the pod, its claims, its issuer, and what the server says of it', () => {
  const TOKEN = scene.run('create');
  const account = `system:serviceaccount:${scene.namespace}:${scene.pod.spec.serviceAccountName}`;
  const claims = JSON.parse(scene.run('claims', { TOKEN })) as { readonly [name: string]: string };
  expect(claims).toMatchObject({ sub: account, aud: [AUDIENCE], exp: expect.stringMatching(/^\d{4}-.*Z$/) as string });
  expect(scene.run('issuer')).toBe(claims.iss);
  expect(Date.parse(claims.exp as string) - Date.parse(claims.iat as string)).toBe(600_000);
  expect(JSON.parse(scene.run('review', { TOKEN }))).toEqual({ authenticated: true, audiences: [AUDIENCE], user: account, error: null });
  expect(JSON.parse(scene.run('review', { TOKEN: `${TOKEN}x` }))).toMatchObject({ authenticated: null, audiences: null });
});

testUnless(none, 'applications', 'what the account may do, and by which bindings: at any place in the list, and not those of a namesake', () => {
  expect(scene.run('allowed')).toMatch(/selfsubjectreviews\.authentication\.k8s\.io/);
  const bindings = scene.run('bindings').split('\n').map(line => line.split('\t').slice(0, 2).join(' '));
  expect(bindings).toContain('RoleBinding second');
  expect(bindings).toContain('ClusterRoleBinding system:service-account-issuer-discovery');
  expect(bindings).not.toContain('RoleBinding namesake');
});

testUnless(none, 'applications', 'tokens without an end, and pods with the automounted one', () => {
  expect(scene.run('legacy').split('\n')).toContain(`${scene.namespace}\told\t${scene.pod.spec.serviceAccountName}\tnot used`);
  expect(scene.run('counters').split('\n').map(line => line.split(' ')[0])).toEqual([
    'serviceaccount_invalid_legacy_auto_token_uses_total', 'serviceaccount_legacy_auto_token_uses_total', 'serviceaccount_legacy_manual_token_uses_total',
    'serviceaccount_legacy_tokens_total', 'serviceaccount_stale_tokens_total', 'serviceaccount_valid_tokens_total',
  ]);
  const lines = scene.run('automounted').split('\n');
  expect(lines).toContain(`${scene.namespace}\t${scene.pod.metadata.name}-automounted\tdefault`);
  expect(lines.join('\n')).not.toContain(`${scene.pod.metadata.name}\t`);
});
