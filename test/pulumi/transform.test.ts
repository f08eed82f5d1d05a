/** Workloads that an identity does not make, against an engine that has the program transform them. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as pulumi from '@pulumi/pulumi';
import { loadAll } from 'js-yaml';
import { blue } from './support/definitions';
import { runProgram, UNKNOWN, type Registration, type RunOptions, type RunResult } from './support/engine';
import { AZURE, valueOf, withMocks } from './support/mocks';
import { defineWorkloadIdentity, inject, planWorkloadIdentities, type KubernetesObject, type PodInjection, type WorkloadIdentityInput } from 'symbolon';
import { projectedTokens, WorkloadIdentity, type TransformOptions } from 'symbolon/pulumi';

jest.setTimeout(60_000);

const run = (CASE: string, options: RunOptions = {}): Promise<RunResult> => runProgram('others-workloads', {
  env: { CASE },
  answer: ({ type }) => (type === 'test:index:Cluster' ? { issuer: 'web:2' } : /UserAssignedIdentity/.test(type) ? { ...AZURE } : {}),
  delay: ({ type }) => (/RolePolicyAttachment|rbac/.test(type) ? 25 : 0),
  ...options,
});
const of = ({ resources }: RunResult, kind: string, name: string): Registration => resources.find(resource => resource.type.endsWith(`:${kind}`) && resource.name === name) as Registration;

interface Spec {
  readonly serviceAccountName?: string;
  readonly volumes?: readonly object[];
  readonly containers: readonly { readonly env?: readonly { readonly name: string }[] }[];
}

function specOf({ inputs }: Registration): Spec {
  const { spec } = inputs as { spec: Spec & { template?: { spec: Spec }; jobTemplate?: { spec: { template: { spec: Spec } } } } };
  // A secret makes secret all that it is in.
  return spec.template?.spec ?? spec.jobTemplate?.spec.template.spec ?? spec;
}
const envOf = (registration: Registration): readonly string[] => specOf(registration).containers[0]?.env?.map(({ name }) => name) ?? [];

describe('all that run as the service account', () => {
  let result: RunResult;
  beforeAll(async () => {
    result = await run('all that run as it');
  });

  test('have the identity, and keep what they have: values that are computed, and those that are secret', () => {
    expect(result).toMatchObject({ code: 0, log: '' });
    const registration = of(result, 'CronJob', 'report');
    expect(specOf(registration)).toMatchObject({ serviceAccountName: 'checkout', volumes: expect.arrayContaining([expect.objectContaining({ name: 'aws-iam-token' })]) as object });
    expect(envOf(registration)).toContain('AWS_ROLE_ARN');
    expect(registration.inputs.metadata).toEqual({ name: 'report', namespace: 'shop' });
    for (const [kind, name] of [['Deployment', 'web'], ['Pod', 'shell']] as const) expect(of(result, kind, name).inputs.spec).toBe('[secret]');
  });

  test('wait for what the identity makes, and it is there before they are', () => {
    const made = result.resources.filter(({ name, type }) => name.startsWith('checkout/') && !type.startsWith('symbolon:'));
    expect(made.map(({ type }) => type)).toEqual(expect.arrayContaining(['aws:iam/role:Role', 'kubernetes:core/v1:ServiceAccount']));
    for (const registration of [of(result, 'Deployment', 'web'), of(result, 'CronJob', 'report'), of(result, 'Pod', 'shell')]) {
      expect(registration.dependencies).toEqual(expect.arrayContaining(made.map(({ urn }) => urn)));
      for (const { ended } of made) expect(registration.began).toBeGreaterThan(ended);
    }
  });

  test('all other resources are left alone', () => {
    expect(of(result, 'Service', 'web').inputs).toMatchObject({ metadata: { name: 'web' }, spec: { selector: { app: 'web' } } });
    for (const name of ['worker', 'bare']) expect(of(result, 'Deployment', name).dependencies).toEqual([]);
  });

  test('are the same in a preview, but for what is not known', async () => {
    const preview = await run('all that run as it', { preview: true, answer: () => ({}) });
    expect(preview).toMatchObject({ code: 0, log: '' });
    expect(specOf(of(preview, 'CronJob', 'report'))).toEqual(specOf(of(result, 'CronJob', 'report')));
    expect([UNKNOWN, '[secret]']).toContain(of(preview, 'Deployment', 'web').inputs.spec);
  });
});

test('one that is named is given the service account, and no other is touched', async () => {
  const result = await run('one by name');
  expect(result).toMatchObject({ code: 0, log: '' });
  expect(of(result, 'Deployment', 'bare').inputs.metadata).toEqual({ name: 'bare', namespace: 'shop' });
  expect(of(result, 'Deployment', 'bare').dependencies.length).toBeGreaterThan(0);
  expect(envOf(of(result, 'CronJob', 'report'))).toEqual([]);
  expect(of(result, 'Deployment', 'web').dependencies).not.toEqual(expect.arrayContaining(of(result, 'Deployment', 'bare').dependencies as string[]));
});

test('a service account that the chart makes has the client id that Azure made up, and keeps its own', async () => {
  const result = await run('an account of the chart');
  expect(result).toMatchObject({ code: 0, log: '' });
  expect(of(result, 'ServiceAccount', 'checkout').inputs).toMatchObject({
    automountServiceAccountToken: true,
    metadata: { name: 'checkout', namespace: 'shop', annotations: { 'note': 'x', 'azure.workload.identity/client-id': AZURE.clientId } },
  });
});

describe('tokens without an identity', () => {
  test('go to all workloads, whoever they run as, and to nothing else', async () => {
    const result = await run('tokens for all');
    expect({ code: result.code }).toEqual({ code: 0 });
    expect(envOf(of(result, 'CronJob', 'report'))).toEqual(['AUDIT_TOKEN_FILE']);
    expect(specOf(of(result, 'CronJob', 'report'))).toMatchObject({ serviceAccountName: 'checkout', volumes: [{ name: 'token-audit' }] });
    expect(of(result, 'CronJob', 'report').inputs.metadata).toEqual({ name: 'report' });
    for (const [kind, name] of [['Deployment', 'web'], ['Deployment', 'bare'], ['Pod', 'shell']] as const) expect(of(result, kind, name).inputs.spec).toBe('[secret]');
    expect(of(result, 'Service', 'web').inputs).toMatchObject({ spec: { selector: { app: 'web' } } });
    expect(of(result, 'ServiceAccount', 'checkout').inputs).toMatchObject({ metadata: { annotations: { note: 'x' } } });
    // The one that names no service account is warned of.
    expect(result.log).toContain('[workload/default-account]');
  });

  test('go to the one that is named, beside those of an identity', async () => {
    const result = await run('tokens for one, beside an identity');
    expect(result).toMatchObject({ code: 0, log: '' });
    expect(envOf(of(result, 'CronJob', 'report'))).toEqual(expect.arrayContaining(['AWS_ROLE_ARN', 'AUDIT_TOKEN_FILE']));
    expect(of(result, 'Deployment', 'bare').inputs.spec).not.toMatchObject({ template: { spec: { volumes: expect.anything() as unknown } } });
  });

  test('a contradiction fails the program, with a code', async () => {
    const { code, log } = await run('tokens that contradict');
    expect(code).not.toBe(0);
    expect(log).toContain('[workload/collision]');
  });

  test('what they are for is chosen by something', () => {
    const tokens = projectedTokens({ tokens: { audit: { audience: 'https://audit.example.com' } } });
    expect(() => tokens.transform({ workload: 'web' })).toThrow(/\[workload\/selector\]/);
    expect(() => tokens.transform({ workloads: 'Deployment/web' } as never)).toThrow(/did you mean workload\?/);
  });

  const transformed = async (type: string, props: object) => {
    const tokens = projectedTokens({ tokens: { audit: { audience: 'https://audit.example.com' } } });
    const result = await tokens.transform()({ type, name: 'x', props, opts: {}, custom: true } as pulumi.ResourceTransformArgs);
    return result?.props as { readonly spec: { readonly template: { readonly spec: Spec } } } | undefined;
  };

  test('are those of the pure function, in every kind with pods, and a pod is its own template', async () => {
    const spec = { serviceAccountName: 'web', containers: [{ name: 'web', image: 'web:1' }] };
    const { injection } = projectedTokens({ tokens: { audit: { audience: 'https://audit.example.com' } } }).definition;
    const wanted = (inject({ kind: 'Pod', spec }, injection) as unknown as { readonly spec: Spec }).spec;
    for (const kind of ['apps/v1:Deployment', 'apps/v1:StatefulSet', 'apps/v1:DaemonSet', 'batch/v1:Job']) expect((await transformed(`kubernetes:${kind}`, { spec: { template: { spec } } }))?.spec.template.spec).toEqual(wanted);
    expect((await transformed('kubernetes:core/v1:Pod', { metadata: { name: 'x' }, spec }))).toEqual({ metadata: { name: 'x' }, spec: wanted });
    expect(await transformed('kubernetes:core/v1:ServiceAccount', { metadata: { name: 'web' } })).toBeUndefined();
    expect(await transformed('kubernetes:core/v1:Service', { spec: {} })).toBeUndefined();
  });
});

test('a contradiction fails the program, with a code', async () => {
  const { code, log } = await run('another service account');
  expect(code).not.toBe(0);
  expect(log).toContain('[workload/service-account]');
});

test('the example: workloads of a chart that another program renders', async () => {
  const objects = loadAll(readFileSync(join(__dirname, '../../examples/attach-anywhere/release.yaml'), 'utf8')) as readonly KubernetesObject[];
  const GROUPS: { readonly [apiVersion: string]: string } = { 'v1': 'core/v1', 'apps/v1': 'apps/v1', 'batch/v1': 'batch/v1' };
  const children = () => objects.map(object => ({ type: `kubernetes:${GROUPS[object.apiVersion] ?? ''}:${object.kind}`, name: `release:${object.metadata.name}`, inputs: object }));
  const result = await runProgram('../../../examples/attach-anywhere/pulumi/index', { children });
  expect(result).toMatchObject({ code: 0, log: '' });
  expect(of(result, 'ServiceAccount', 'release:release-web').inputs.metadata).toMatchObject({
    annotations: { 'example.com/made-by': 'the chart', 'eks.amazonaws.com/role-arn': 'arn:aws:iam::111122223333:role/web' },
  });
  const roles = result.resources.filter(({ type }) => type === 'aws:iam/role:Role').map(({ urn }) => urn);
  expect(of(result, 'Deployment', 'release:release-web').dependencies).toContain(roles.find(urn => urn.includes('web')));
  expect(specOf(of(result, 'CronJob', 'release:release-report')).serviceAccountName).toBe('report');
  expect(envOf(of(result, 'CronJob', 'release:release-report'))).toEqual(expect.arrayContaining(['AWS_ROLE_ARN', 'LEDGER_TOKEN_FILE']));
  expect(of(result, 'Deployment', 'release:release-cache').inputs).toEqual(objects.find(({ metadata }) => metadata.name === 'release-cache'));
});

describe('called as the engine has it called', () => {
  const definition: WorkloadIdentityInput = { name: 'checkout', namespace: 'shop', clusters: [blue], tokens: { payments: { audience: 'https://payments.example.com' } } };
  const several: WorkloadIdentityInput = { name: 'checkout', runsAs: [{ namespace: 'shop' }, { namespace: 'back', serviceAccount: 'worker' }], clusters: [blue] };
  const later = <T>(value: T): pulumi.Output<T> => pulumi.output(Promise.resolve(value)) as pulumi.Output<T>;
  const call = async (type: string, props: object, options: TransformOptions = {}, input = definition): Promise<unknown> => {
    const { result } = await withMocks(async () => {
      const transformed = await new WorkloadIdentity('checkout', { definition: input }).on('prod-blue').transform(options)({ custom: true, type, name: 'resource', props, opts: {} });
      return transformed && valueOf(transformed.props);
    });
    return result;
  };
  const spec = { serviceAccountName: 'checkout', containers: [{ name: 'web' }] };
  const ARGS: { readonly [type: string]: (pod: object) => object } = {
    'core/v1:Pod': pod => ({ spec: pod }),
    'core/v1:PodTemplate': pod => ({ template: { spec: pod } }),
    'core/v1:ReplicationController': pod => ({ spec: { template: { spec: pod } } }),
    'apps/v1:Deployment': pod => ({ spec: { template: { spec: pod } } }),
    'apps/v1:StatefulSet': pod => ({ spec: { template: { spec: pod } } }),
    'apps/v1:DaemonSet': pod => ({ spec: { template: { spec: pod } } }),
    'apps/v1:ReplicaSet': pod => ({ spec: { template: { spec: pod } } }),
    'batch/v1:Job': pod => ({ spec: { template: { spec: pod } } }),
    'batch/v1:CronJob': pod => ({ spec: { jobTemplate: { spec: { template: { spec: pod } } } } }),
  };

  test.each(Object.entries(ARGS))('%s is what the pure function makes of the manifest', async (type, args) => {
    const plan = planWorkloadIdentities(defineWorkloadIdentity(definition));
    const manifest = { apiVersion: 'v1', kind: type.split(':')[1], metadata: { name: 'web' }, ...args(spec) };
    const expected = inject(manifest, plan.clusters[0]?.injections[0] as PodInjection);
    expect(await call(`kubernetes:${type}`, manifest)).toEqual(expected);
    expect(await call(`kubernetes:${type}`, { ...manifest, ...args(later(spec) as object) })).toEqual(expected);
    expect(await call(`kubernetes:${type}`, { ...manifest, metadata: later(manifest.metadata) })).toEqual(expected);
  });

  test.each(['kubernetes:core/v1:Service', 'kubernetes:argoproj.io/v1alpha1:Rollout', 'kubernetes:apps/v1:DeploymentList', 'kubernetes:example.com/v1:Deployment', 'aws:iam/role:Role', 'kubernetes:apps/v1:DeploymentPatch'])('%s is left alone', async type => {
    expect(await call(type, { metadata: { name: 'web' }, spec: { template: { spec } } })).toBeUndefined();
  });

  const DEPLOYMENT = 'kubernetes:apps/v1:Deployment';
  test.each<[string, object, object, TransformOptions, string]>([
    ['another service account', { name: 'web' }, { ...spec, serviceAccountName: 'other' }, { workload: 'Deployment/web' }, 'workload/service-account'],
    ['a variable of the name', { name: 'web' }, { ...spec, containers: [{ name: 'web', env: [{ name: 'PAYMENTS_TOKEN_FILE', value: 'x' }] }] }, {}, 'workload/collision'],
    ['another namespace', { name: 'web', namespace: 'back' }, spec, { workload: 'Deployment/web' }, 'workload/namespace'],
  ])('%s contradicts it: an error with a code', async (_what, metadata, pod, options, code) => {
    await withMocks(async () => {
      const transform = new WorkloadIdentity('checkout', { definition }).on('prod-blue').transform(options);
      const given = transform({ custom: true, type: DEPLOYMENT, name: 'web', props: { metadata, spec: { template: { spec: pod } } }, opts: {} });
      await expect(given).rejects.toMatchObject({ code: 'ERR_INVALID_DEFINITION', issues: [{ code }] });
    });
  });

  test.each<[string, string, object, string]>([
    ['text for containers', DEPLOYMENT, { spec: { template: { spec: { ...spec, containers: 'oops' } } } }, 'workload/structure spec.template.spec.containers'],
    ['no containers in a job of a CronJob', 'kubernetes:batch/v1:CronJob', { spec: { jobTemplate: { spec: { template: { spec: { ...spec, containers: [] } } } } } }, 'workload/containers spec.jobTemplate.spec.template.spec.containers'],
    ['nothing for a mount of a pod', 'kubernetes:core/v1:Pod', { spec: { ...spec, containers: [{ name: 'web', volumeMounts: [null] }] } }, 'workload/structure spec.containers[0].volumeMounts[0]'],
    ['text for metadata', DEPLOYMENT, { metadata: 'web', spec: { template: { spec } } }, 'workload/structure metadata'],
  ])('%s is found where it stands in the arguments', async (_what, type, props, finding) => {
    await expect(call(type, props)).rejects.toMatchObject({ code: 'ERR_INVALID_DEFINITION', issues: [{ code: finding.split(' ')[0], path: finding.split(' ')[1] }] });
  });

  test('one that is named and has no pod template is refused', async () => {
    await expect(call(DEPLOYMENT, { metadata: { name: 'web' } }, { workload: 'Deployment/web' })).rejects.toMatchObject({ issues: [{ code: 'workload/structure', path: 'spec.template' }] });
  });

  test('a service account that both make is one too many', async () => {
    await expect(call('kubernetes:core/v1:ServiceAccount', { metadata: { name: 'checkout' } })).rejects.toMatchObject({ issues: [{ code: 'identity/owned-twice' }] });
    expect(await call('kubernetes:core/v1:ServiceAccount', { metadata: { name: 'checkout', namespace: 'back' } })).toBeUndefined();
    expect(await call('kubernetes:core/v1:ServiceAccount', { metadata: { name: 'other' } })).toBeUndefined();
  });

  test('a service account that says something else contradicts it', async () => {
    const input: WorkloadIdentityInput = { name: 'checkout', runsAs: [{ namespace: 'shop', create: false }], clusters: [blue], trustedBy: { aws: {} } };
    await withMocks(async () => {
      const transform = new WorkloadIdentity('checkout', { definition: input }).on('prod-blue').transform();
      const metadata = { name: 'checkout', annotations: { 'eks.amazonaws.com/role-arn': 'other' } };
      await expect(transform({ custom: true, type: 'kubernetes:core/v1:ServiceAccount', name: 'x', props: { metadata }, opts: {} })).rejects.toMatchObject({ issues: [{ code: 'account/collision' }] });
    });
  });

  test('of several service accounts, each workload has its own; a workload that is named needs one that is', async () => {
    const deployment = (serviceAccountName: string, namespace?: string) => call(DEPLOYMENT, { metadata: { name: 'web', namespace }, spec: { template: { spec: { ...spec, serviceAccountName } } } }, {}, several);
    expect(await deployment('worker', 'back')).toMatchObject({ metadata: { namespace: 'back' } });
    expect(await deployment('checkout')).toMatchObject({ metadata: { namespace: 'shop' } });
    expect(await deployment('worker', 'shop')).toBeUndefined();
    await withMocks(() => {
      const onCluster = new WorkloadIdentity('checkout', { definition: several }).on('prod-blue');
      expect(() => onCluster.transform({ workload: 'Deployment/web' })).toThrow(expect.objectContaining({ issues: [expect.objectContaining({ code: 'workload/choice' })] }));
      expect(() => onCluster.transform({ workload: 'web', as: 'worker' })).toThrow(expect.objectContaining({ issues: [expect.objectContaining({ code: 'workload/selector' })] }));
    });
  });
});
