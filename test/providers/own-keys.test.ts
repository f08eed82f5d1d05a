/** Keys of a container's own beside an identity: SDKs take them first, so that the pod never becomes it. Whoever builds the pod and whoever proves it come to the same. */
import { aks, BINDINGS, blue, boundTo, gke, k3s, SENTENCE } from '../support/definitions';
import { defineWorkloadIdentity, inject, planWorkloadIdentities, prove, type Issue, type KubernetesObject, type Plan, type PlannedInjection } from 'symbolon';

const SECRET = 'hvs.very-secret';

interface Keyed {
  readonly plan: (skipContainers?: readonly string[]) => Plan;
  readonly env: readonly string[];
  readonly code: string;
}

const KEYS: { [what: string]: Keyed } = {};
const add = (what: string, code: string, env: readonly string[], ...[provider, cluster, fields]: Parameters<typeof boundTo>): void => {
  const plan = (skipContainers?: readonly string[]): Plan => {
    const skipping = skipContainers === undefined ? {} : { skipContainers };
    return planWorkloadIdentities(defineWorkloadIdentity(boundTo(provider, cluster, { ...fields, ...skipping })));
  };
  KEYS[what] = { plan, env, code };
};
for (const injection of ['webhook', 'explicit'] as const) {
  add(`AWS, ${injection}`, 'aws/own-identity', ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY'], 'aws', blue, { injection });
  add(`EKS Pod Identity, ${injection}`, 'aws/own-identity', ['AWS_ACCESS_KEY_ID'], 'aws', blue, { injection, mechanism: 'pod-identity' });
  add(`Azure, ${injection}`, 'azure/own-identity', ['AZURE_CLIENT_SECRET'], 'azure', aks, { injection });
  add(`Azure by a certificate, ${injection}`, 'azure/own-identity', ['AZURE_CLIENT_CERTIFICATE_PATH'], 'azure', aks, { injection });
}
add('Alibaba Cloud, explicit', 'alibaba/own-identity', ['ALIBABA_CLOUD_ACCESS_KEY_ID', 'ALIBABA_CLOUD_ACCESS_KEY_SECRET'], 'alibaba', k3s, { injection: 'explicit', region: 'cn-hangzhou' });
add('Vault, explicit', 'vault/own-identity', ['VAULT_TOKEN'], 'vault', k3s, { injection: 'explicit' });
add('OpenBao, explicit', 'vault/own-identity', ['BAO_TOKEN'], 'vault', k3s, { injection: 'explicit' });

const pod = (env: readonly object[], name = 'app'): KubernetesObject => ({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'web', namespace: 'shop' }, spec: { serviceAccountName: 'checkout', containers: [{ name, env }] } });
const injectionOf = ({ clusters: [cluster] }: Plan) => cluster?.injections[0] as PlannedInjection;
const verdictsOf = ({ clusters: [cluster], trust }: Plan, workload: KubernetesObject) => {
  const { objects = [], expected = [], injections: _, ...more } = cluster as Plan['clusters'][number];
  return prove({ clusters: [{ ...more, objects: [...objects, ...expected, workload] }], trust }).verdicts;
};
const issuesOf = (plan: Plan, workload: KubernetesObject): readonly Issue[] => {
  const told: Issue[] = [];
  try {
    inject(workload, injectionOf(plan), issue => told.push(issue));
  } catch (error) {
    told.push(...(error as { readonly issues: readonly Issue[] }).issues);
  }
  return told;
};

describe.each(Object.entries(KEYS))('%s', (_what, { plan, env, code }) => {
  test.each<[string, (name: string) => object]>([['as text', name => ({ name, value: SECRET })], ['from a Secret', name => ({ name, valueFrom: { secretKeyRef: { name: 'keys', key: 'k' } } })]])('%s: refused, without being shown', (_how, variable) => {
    const found = issuesOf(plan(), pod(env.map(variable)));
    expect(found.length).toBeGreaterThan(0);
    for (const issue of found) {
      expect(issue).toMatchObject({ code, severity: 'error', path: expect.stringMatching(/^spec\.containers\[0\]\.env\[\d\]$/) as string, message: expect.stringMatching(SENTENCE) as string });
      expect(issue.message).not.toContain(SECRET);
    }
  });

  test('the proof comes to the same of the pod that is made all the same', () => {
    const bare = inject(pod([]), injectionOf(plan()));
    const { spec } = bare as unknown as { readonly spec: { readonly containers: readonly [{ readonly env?: readonly object[] }] } };
    const [app] = spec.containers;
    const own = env.map(name => ({ name, value: SECRET }));
    const keyed: KubernetesObject = { ...bare, spec: { ...spec, containers: [{ ...app, env: [...app.env ?? [], ...own] }] } };
    expect(verdictsOf(plan(), bare)).toEqual([expect.objectContaining({ admitted: true })]);
    const [verdict, ...more] = verdictsOf(plan(), keyed);
    expect(more).toEqual([]);
    expect(verdict).toMatchObject({ admitted: false, decided: true, reason: expect.stringContaining(env[0] as string) as string });
  });

  test('in a container that is skipped they are its own business', () => {
    expect(issuesOf(plan(['app']), pod(env.map(name => ({ name, value: SECRET })))).filter(issue => issue.code === code)).toEqual([]);
  });
});

test('half a pair of keys is nothing to Alibaba Cloud', () => {
  const plan = KEYS['Alibaba Cloud, explicit']?.plan() as Plan;
  expect(issuesOf(plan, pod([{ name: 'ALIBABA_CLOUD_ACCESS_KEY_ID', value: 'x' }]))).toEqual([]);
});

test('beside Vault\'s agent, which logs in by itself, a token is a warning, and the agent is let in', () => {
  const plan = planWorkloadIdentities(defineWorkloadIdentity(boundTo('vault', k3s, { injection: 'webhook' })));
  const workload = pod([{ name: 'VAULT_TOKEN', value: SECRET }]);
  expect(issuesOf(plan, workload)).toEqual([expect.objectContaining({ code: 'vault/own-identity', severity: 'warning', message: expect.not.stringContaining(SECRET) as string })]);
  expect(verdictsOf(plan, inject(workload, injectionOf(plan)))).toEqual([expect.objectContaining({ provider: 'vault', admitted: true })]);
});

test('a credential file of the container\'s own comes before the metadata server of GKE: a warning', () => {
  const plan = planWorkloadIdentities(defineWorkloadIdentity(boundTo('gcp', gke)));
  expect(issuesOf(plan, pod([{ name: 'GOOGLE_APPLICATION_CREDENTIALS', value: '/keys/key.json' }]))).toEqual([expect.objectContaining({ code: 'gcp/own-identity', severity: 'warning', path: 'spec.containers[0].env[0]' })]);
});

describe('Azure: a container that names another identity than its definition', () => {
  const plan = (injection: string): Plan => planWorkloadIdentities(defineWorkloadIdentity(boundTo('azure', aks, { injection })));
  const own = pod([{ name: 'AZURE_CLIENT_ID', value: '00000000-0000-4000-8000-000000000009' }]);

  test.each([['webhook', 'azure/own-identity'], ['explicit', 'workload/collision']])('%s: one finding, at the variable', (injection, code) => {
    expect(issuesOf(plan(injection), own).map(issue => `${issue.severity} ${issue.code} ${issue.path}`)).toEqual([`error ${code} spec.containers[0].env[0]`]);
  });

  test('its own client id again is the same one explicitly, and stays the container\'s by webhook', () => {
    const same = pod([{ name: 'AZURE_CLIENT_ID', value: BINDINGS.azure.clientId }]);
    expect(issuesOf(plan('explicit'), same)).toEqual([]);
    expect(issuesOf(plan('webhook'), same).map(({ code }) => code)).toEqual(['azure/own-identity']);
  });
});
