/** What a program's own workloads get. */
import { Deployment } from '@pulumi/kubernetes/apps/v1/deployment';
import * as pulumi from '@pulumi/pulumi';
import { aks, blue, onAks, onEks } from './support/definitions';
import { AZURE, valueOf, withMocks } from './support/mocks';
import { defineWorkloadIdentity, inject, planWorkloadIdentities, type WorkloadIdentityInput } from 'symbolon';
import { WorkloadIdentity } from 'symbolon/pulumi';

const explicit: WorkloadIdentityInput = {
  name: 'checkout',
  namespace: 'shop',
  clusters: [aks],
  injection: 'explicit',
  trustedBy: { azure: { resourceGroup: 'identities', location: 'westeurope' } },
  tokens: { payments: { audience: 'https://payments.example.com', containers: ['web'] } },
};
const labels = { app: 'web' };
const container = { name: 'web', image: 'shop/checkout:1.4', env: [{ name: 'MODE', value: 'live' }] };
const later = <T>(value: T): pulumi.Output<T> => pulumi.output(Promise.resolve(value)) as pulumi.Output<T>;

/** The template that the pure function makes of the plan. */
function planned(definition: WorkloadIdentityInput, template: object): unknown {
  const facts = { identities: { checkout: { azure: { clientId: AZURE.clientId, principalId: AZURE.principalId } } } };
  const plan = planWorkloadIdentities(defineWorkloadIdentity(definition), facts);
  const [injection] = plan.clusters[0]?.injections ?? [];
  const deployment = { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'web' }, spec: { template } };
  return (inject(deployment, injection as NonNullable<typeof injection>) as { spec: { template: unknown } }).spec.template;
}

const templateOf = async (definition: WorkloadIdentityInput, template: pulumi.Input<object>) => {
  const { result } = await withMocks(() => new WorkloadIdentity('checkout', { definition }).on('prod-aks').podTemplate(template));
  return { result, value: await valueOf(result) };
};

test.each<[string, (template: { metadata: object; spec: { containers: object[] } }) => pulumi.Input<object>]>([
  ['plain', template => template],
  ['with an Output for an image and a label', ({ spec }) => ({ metadata: { labels: { app: later('web') } }, spec: { containers: [{ ...container, image: later(container.image) }, ...spec.containers.slice(1)] } })],
  ['with an Output for the environment', ({ metadata, spec }) => ({ metadata, spec: { containers: [{ ...container, env: later(container.env) }, ...spec.containers.slice(1)] } })],
  ['with an Output for the name of a container', ({ metadata, spec }) => ({ metadata, spec: { containers: [{ ...container, name: later('web') }, ...spec.containers.slice(1)] } })],
  ['with an Output for the containers', ({ metadata, spec }) => ({ metadata, spec: { containers: later(spec.containers) } })],
  ['with a Promise for the spec', ({ metadata, spec }) => ({ metadata, spec: Promise.resolve(spec) })],
  ['that is an Output', template => later(template)],
])('a template %s gets what the plan says', async (_how, shape) => {
  const template = { metadata: { labels }, spec: { containers: [container, { name: 'sidecar', image: 'proxy:2' }] } };
  const { value } = await templateOf(explicit, shape(template));
  expect(value).toEqual(planned(explicit, template));
});

test('a template stays as plain as it was, so that a preview shows it', async () => {
  const image = later(container.image);
  const { result } = await templateOf(explicit, { metadata: { labels }, spec: { containers: [{ ...container, image }] } });
  interface Pod {
    readonly serviceAccountName: unknown;
    readonly containers: readonly { readonly image: unknown; readonly env: readonly { readonly name: string; readonly value: unknown }[] }[];
  }
  const { metadata, spec } = result as unknown as { metadata: unknown; spec: Pod };
  expect(metadata).toEqual({ labels });
  expect(spec.serviceAccountName).toBe('checkout');
  expect(spec.containers[0]?.image).toBe(image);
  expect(spec.containers[0]?.env.filter(({ value }) => pulumi.Output.isInstance(value)).map(({ name }) => name)).toEqual(['AZURE_CLIENT_ID']);
});

test('the webhook finds its label', async () => {
  const { value } = await templateOf(onAks, { spec: { containers: [container] } });
  expect(value).toMatchObject({ metadata: { labels: { 'azure.workload.identity/use': 'true' } }, spec: { serviceAccountName: 'checkout' } });
});

test('a template that has it all already stays as it is', async () => {
  const { result } = await withMocks(() => {
    const onCluster = new WorkloadIdentity('checkout', { definition: explicit }).on('prod-aks');
    const once = onCluster.podTemplate({ spec: { containers: [container] } });
    return { once, twice: onCluster.podTemplate(once as object) };
  });
  expect(result.twice).toEqual(result.once);
});

test('an Output under one of our names is taken where it turns out to be the same', async () => {
  const { value } = await templateOf(explicit, { spec: { containers: [{ ...container, env: [{ name: 'AZURE_CLIENT_ID', value: later(AZURE.clientId) }] }] } });
  expect(value).toMatchObject({ spec: { containers: [{ env: expect.arrayContaining([{ name: 'AZURE_CLIENT_ID', value: AZURE.clientId }]) }] } });
});

test.each([
  ['runs as another service account', { spec: { serviceAccountName: 'default', containers: [container] } }, 'workload/service-account'],
  ['is none', undefined, 'workload/structure'],
  ['has text for containers', { spec: { containers: 'web' } }, 'workload/structure'],
  ['uses a name of ours', { spec: { containers: [{ ...container, env: [{ name: 'PAYMENTS_TOKEN_FILE', value: '/elsewhere' }] }] } }, 'workload/collision'],
])('a template that %s is refused at once', async (_how, template, code) => {
  const definition: WorkloadIdentityInput = { ...onEks, tokens: explicit.tokens ?? {} };
  await withMocks(() => {
    const onCluster = new WorkloadIdentity('checkout', { definition }).on('prod-blue');
    expect(() => onCluster.podTemplate(template as object)).toThrow(expect.objectContaining({ code: 'ERR_INVALID_DEFINITION', issues: [expect.objectContaining({ code })] }));
  });
});

test('of several service accounts one has to be named', async () => {
  const definition: WorkloadIdentityInput = { name: 'checkout', clusters: [blue], runsAs: [{ namespace: 'shop' }, { namespace: 'shop', serviceAccount: 'worker' }], trustedBy: { aws: {} } };
  await withMocks(() => {
    const onCluster = new WorkloadIdentity('checkout', { definition }).on('prod-blue');
    const template = { spec: { containers: [container] } };
    expect(onCluster.podTemplate(template, 'shop/worker')).toMatchObject({ spec: { serviceAccountName: 'worker' } });
    expect(onCluster.podTemplate(template, 'worker')).toEqual(onCluster.podTemplate(template, 'shop/worker'));
    for (const as of [undefined, 'shop/other']) {
      expect(() => onCluster.podTemplate(template, as)).toThrow(expect.objectContaining({
        issues: [expect.objectContaining({ code: 'workload/choice', message: expect.stringContaining('shop/checkout, shop/worker') })],
      }));
    }
  });
});

test('it fits where the SDK takes a template', async () => {
  const { resources } = await withMocks(() => {
    const identity = new WorkloadIdentity('checkout', { definition: onAks });
    const template = identity.on('prod-aks').podTemplate({ metadata: { labels }, spec: { restartPolicy: 'Always', containers: [{ name: 'web', image: later('shop/checkout:1.4') }] } });
    new Deployment('web', { metadata: { namespace: 'shop' }, spec: { selector: { matchLabels: labels }, template } }, { dependsOn: identity });
  });
  expect(resources.find(({ name }) => name === 'web')?.inputs).toMatchObject({ spec: { template: { spec: { serviceAccountName: 'checkout', containers: [{ image: 'shop/checkout:1.4' }] } } } });
});

test('what pods must not have is found in the template; where an Output stands in its place, the template waits for it', async () => {
  const byPods: WorkloadIdentityInput = { ...onEks, trustedBy: { aws: { mechanism: 'pod-identity' } } };
  const of = (template: object) => withMocks(() => new WorkloadIdentity('checkout', { definition: byPods }).on('prod-blue').podTemplate(template));
  const optedOut = { metadata: { labels: { 'eks.amazonaws.com/skip-pod-identity-webhook': 'true' } }, spec: { containers: [container] } };
  await expect(of(optedOut)).rejects.toThrow(/template\.metadata\.labels\["eks\.amazonaws\.com\/skip-pod-identity-webhook"\].*\[aws\/webhook-opt-out\]/);
  const { result } = await of({ metadata: { labels }, spec: { nodeSelector: { 'kubernetes.io/os': later('linux') }, containers: [container] } });
  expect(pulumi.Output.isInstance(result)).toBe(true);
  expect(await valueOf(result)).toMatchObject({ spec: { serviceAccountName: 'checkout', nodeSelector: { 'kubernetes.io/os': 'linux' } } });
});
