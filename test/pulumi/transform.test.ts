/** Workloads that an identity does not make, against an engine that has the program transform them. */
import { runProgram, UNKNOWN, type Registration, type RunOptions, type RunResult } from './support/engine';
import { AZURE } from './support/mocks';

jest.setTimeout(60_000);

const run = (CASE: string, options: RunOptions = {}): Promise<RunResult> => runProgram('others-workloads', {
  env: { CASE },
  answer: ({ type }) => (type === 'test:index:Cluster' ? { issuer: 'web:2' } : /UserAssignedIdentity/.test(type) ? { ...AZURE } : {}),
  delay: ({ type }) => (/RolePolicyAttachment|rbac/.test(type) ? 25 : 0),
  ...options,
});
const of = ({ resources }: RunResult, kind: string, name: string): Registration => resources.find(resource => resource.type.endsWith(`:${kind}`) && resource.name === name) as Registration;

interface Spec { readonly serviceAccountName?: string; readonly volumes?: readonly object[]; readonly containers: readonly { readonly image?: unknown; readonly env?: readonly { readonly name: string }[] }[] }
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
    for (const registration of [of(result, 'CronJob', 'report')]) {
      expect(specOf(registration)).toMatchObject({ serviceAccountName: 'checkout', volumes: expect.arrayContaining([expect.objectContaining({ name: 'aws-iam-token' })]) as object });
      expect(envOf(registration)).toContain('AWS_ROLE_ARN');
      expect(registration.inputs.metadata).toEqual({ name: 'report', namespace: 'shop' });
    }
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

test.each([
  ['an account that is made twice', 'identity/owned-twice'],
  ['another service account', 'workload/service-account'],
  ['another namespace', 'workload/namespace'],
])('%s fails the program, with a code', async (CASE, code) => {
  const { code: exit, log } = await run(CASE);
  expect(exit).not.toBe(0);
  expect(log).toContain(`[${code}]`);
});
