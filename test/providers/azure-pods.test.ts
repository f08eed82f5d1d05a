/** What pods get for Azure, explicitly and by webhook, and what their templates must not have. */
import { createHash } from 'node:crypto';
import { Findings } from '../../src/core/issues';
import { inject } from '../../src/kubernetes/inject';
import { aks, boundTo, k3s } from '../support/definitions';
import { checkWorkloadIdentity, defineWorkloadIdentity, planWorkloadIdentities, prove, type ClusterInput, type KubernetesObject, type PlannedInjection, type WorkloadIdentityInput } from 'symbolon';

const CLIENT = '00000000-0000-4000-8000-000000000004';
type Fields = { readonly [field: string]: unknown };
const planOf = (fields: Fields, cluster: ClusterInput = aks) => planWorkloadIdentities(defineWorkloadIdentity(boundTo('azure', cluster, fields)));
const injectionOf = (fields: Fields, cluster?: ClusterInput): PlannedInjection => planOf(fields, cluster).clusters[0]?.injections[0] as PlannedInjection;
const warningsOf = (input: WorkloadIdentityInput): readonly string[] => checkWorkloadIdentity(input).map(({ severity, code, path }) => `${severity} ${code} ${path}`);

interface Given { readonly spec?: object; readonly metadata?: object; readonly container?: object }
function injected(fields: Fields, { spec, metadata, container }: Given = {}): { readonly pod: KubernetesObject; readonly found: readonly string[] } {
  const findings = new Findings();
  const manifest = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'web', ...metadata }, spec: { containers: [{ name: 'app', ...container }, { name: 'proxy' }], ...spec } };
  const pod = inject(manifest, injectionOf(fields), findings.report);
  return { pod: pod as KubernetesObject, found: findings.all.map(({ severity, code, path }) => `${severity} ${code} ${path}`) };
}
interface Container { readonly name: string; readonly env?: readonly { readonly name: string; readonly value: string }[] }
const container = ({ spec }: KubernetesObject, name: string) =>
  (spec as { readonly containers: readonly Container[] }).containers.find(each => each.name === name);

describe('explicitly', () => {
  test.each([
    [{}, '/var/run/secrets/azure/tokens', 'azure-identity-token', /^azure-identity-token$/],
    [{ layout: 'webhook-1.5' }, '/var/run/secrets/azure/tokens', 'azure-identity-token', /^azure-identity-token$/],
    [{ layout: 'webhook-1.6' }, '/var/run/secrets/azure/wi', 'token/azure-identity-token', /^azure-workload-identity-reserved-[0-9a-f]{30}$/],
  ])('with %j the token is where that webhook puts it, and the variable says so', (fields, mountPath, path, volume) => {
    const { volumes, mounts, env } = injectionOf({ ...fields, injection: 'explicit' });
    expect(volumes).toEqual([{ name: expect.stringMatching(volume) as string, projected: { sources: [{ serviceAccountToken: { audience: 'api://AzureADTokenExchange', expirationSeconds: 3600, path } }] } }]);
    expect(mounts).toEqual([{ name: volumes[0]?.name, mountPath, readOnly: true }]);
    expect(env).toContainEqual({ name: 'AZURE_FEDERATED_TOKEN_FILE', value: `${mountPath}/${path}` });
  });

  test('the volume\'s reserved name is of the service account, and as long as Kubernetes lets it be', () => {
    const name = injectionOf({ injection: 'explicit', layout: 'webhook-1.6' }).volumes[0]?.name;
    expect(name).toBe(`azure-workload-identity-reserved-${createHash('sha256').update('checkout').digest('hex')}`.slice(0, 63));
  });

  test.each(['webhook-1.5', 'webhook-1.6'])('a skipped container has nothing of it, in the layout %s', layout => {
    const { pod, found } = injected({ injection: 'explicit', layout, skipContainers: ['proxy'] });
    expect(found).toEqual([]);
    expect(container(pod, 'proxy')).toEqual({ name: 'proxy' });
    expect(container(pod, 'app')?.env?.map(({ name }) => name)).toEqual(['AZURE_CLIENT_ID', 'AZURE_TENANT_ID', 'AZURE_FEDERATED_TOKEN_FILE', 'AZURE_AUTHORITY_HOST']);
  });

  test('the container\'s own authority host stays; its own identity is a finding', () => {
    const host = { name: 'AZURE_AUTHORITY_HOST', value: 'https://login.partner.microsoftonline.cn/' };
    const yielding = injected({ injection: 'explicit', cloud: 'china' }, { container: { env: [host] } });
    expect(yielding.found).toEqual([]);
    expect(container(yielding.pod, 'app')?.env?.filter(({ name }) => name === host.name)).toEqual([host]);
    expect(container(yielding.pod, 'proxy')?.env).toContainEqual({ name: host.name, value: 'https://login.chinacloudapi.cn/' });
    for (const name of ['AZURE_CLIENT_ID', 'AZURE_TENANT_ID', 'AZURE_FEDERATED_TOKEN_FILE']) {
      expect(injected({ injection: 'explicit' }, { container: { env: [{ name, value: 'mine' }] } }).found).toEqual(['error workload/collision spec.containers[0].env[0]']);
    }
  });

  test('pods of Windows nodes find the same paths', () => {
    const of = (spec: object) => container(injected({ injection: 'explicit', layout: 'webhook-1.6' }, { spec }).pod, 'app');
    expect(of({ nodeSelector: { 'kubernetes.io/os': 'windows' } })).toEqual(of({}));
  });

  test('the webhook\'s label is an error where it would mount at the same path, else a warning', () => {
    const labelled = { metadata: { labels: { 'azure.workload.identity/use': 'true' } } };
    const at = 'metadata.labels["azure.workload.identity/use"]';
    expect(injected({ injection: 'explicit', layout: 'webhook-1.6' }, labelled).found).toEqual([`error azure/label ${at}`]);
    expect(injected({ injection: 'explicit' }, labelled).found).toEqual([`warning azure/label ${at}`]);
    expect(injected({ injection: 'explicit' }, { metadata: { labels: { 'azure.workload.identity/use': 'false' } } }).found).toEqual([]);
  });
});

describe('by webhook', () => {
  test('containers are skipped by an annotation of the pod, with semicolons', () => {
    expect(injectionOf({ skipContainers: ['proxy', 'log-agent'] }).annotations).toEqual({ 'azure.workload.identity/skip-containers': 'proxy;log-agent' });
    expect(injectionOf({}).annotations).toEqual({});
  });

  test('the lifetime stands on the service account, or on the pod where it is to hold for its pods alone', () => {
    const lifetimes = (fields: Fields) => {
      const { clusters: [cluster] } = planOf(fields);
      return [cluster?.objects[0]?.metadata.annotations, cluster?.injections[0]?.annotations].map(annotations => annotations?.['azure.workload.identity/service-account-token-expiration']);
    };
    expect(lifetimes({})).toEqual([undefined, undefined]);
    expect(lifetimes({ expirationSeconds: 7200 })).toEqual(['7200', undefined]);
    expect(lifetimes({ expirationSeconds: 7200, expirationOn: 'pod' })).toEqual([undefined, '7200']);
    // It beats that of an account that somebody else annotated.
    expect(lifetimes({ expirationOn: 'pod' })).toEqual([undefined, '3600']);
  });

  test('an authority host that the binding says is the pod\'s, where the webhook would set its own cloud\'s', () => {
    expect(injectionOf({ authorityHost: 'https://login.partner.microsoftonline.cn/', skipContainers: ['proxy'] }).env).toEqual([
      { name: 'AZURE_AUTHORITY_HOST', value: 'https://login.partner.microsoftonline.cn/', yieldsTo: ['AZURE_AUTHORITY_HOST'], skipContainers: ['proxy'] },
    ]);
    expect(injectionOf({ cloud: 'china' }).env).toEqual([]);
  });

  const PROXY = 'azure.workload.identity/inject-proxy-sidecar';
  const LIFETIME = 'azure.workload.identity/service-account-token-expiration';
  test.each<[string, Given, readonly string[]]>([
    ['a proxy that is switched off is injected all the same', { metadata: { annotations: { [PROXY]: 'false' } } }, [`error azure/proxy-sidecar metadata.annotations["${PROXY}"]`]],
    ['a proxy does not go with the host\'s network', { metadata: { annotations: { [PROXY]: 'true' } }, spec: { hostNetwork: true } }, [`error azure/proxy-host-network metadata.annotations["${PROXY}"]`]],
    ['an empty annotation asks for the proxy, too', { metadata: { annotations: { [PROXY]: '' } }, spec: { hostNetwork: true } }, [`error azure/proxy-host-network metadata.annotations["${PROXY}"]`]],
    ['a proxy that is wanted is nobody\'s business', { metadata: { annotations: { [PROXY]: 'true' } } }, []],
    ['a lifetime in the template beats that of the definition', { metadata: { annotations: { [LIFETIME]: '4000' } } }, [`warning azure/pod-lifetime metadata.annotations["${LIFETIME}"]`]],
    ['virtual nodes are not supported', { spec: { nodeSelector: { type: 'virtual-kubelet' } } }, ['warning azure/virtual-node spec.nodeSelector.type']],
    ['a mount of one\'s own where no webhook of today mounts is fine', { spec: { volumes: [{ name: 'own', emptyDir: {} }] }, container: { volumeMounts: [{ name: 'own', mountPath: '/var/run/secrets/azure-own' }] } }, []],
  ])('%s', (_what, given, found) => {
    expect(injected({}, given).found).toEqual(found);
  });

  test('a lifetime in the template collides with one that the definition puts there', () => {
    expect(injected({ expirationSeconds: 7200, expirationOn: 'pod' }, { metadata: { annotations: { [LIFETIME]: '4000' } } }).found).toEqual([`error workload/collision metadata.annotations["${LIFETIME}"]`]);
    expect(injected({ expirationSeconds: 7200, expirationOn: 'pod' }, { metadata: { annotations: { [LIFETIME]: '7200' } } }).found).toEqual([]);
  });

  test('AKS keeps webhooks out of kube-system', () => {
    const inSystem = (fields: Fields, cluster = aks) => warningsOf({ ...boundTo('azure', cluster, fields), namespace: 'kube-system' });
    expect(inSystem({})).toEqual(['warning azure/kube-system trustedBy.azure.injection']);
    expect(inSystem({ injection: 'explicit' })).toEqual([]);
    expect(inSystem({ injection: 'webhook' }, k3s)).toEqual([]);
  });
});

test('what skips everything leaves the proof a pod that asks: the container that is not skipped', () => {
  for (const injection of ['webhook', 'explicit']) {
    const plan = planOf({ injection, skipContainers: ['proxy'] });
    const objects = plan.clusters[0]?.objects ?? [];
    const { pod } = injected({ injection, skipContainers: ['proxy'] });
    const { verdicts, holds } = prove({ clusters: [{ name: 'aks', issuer: String(aks.issuer), objects: [...objects, pod] }], trust: plan.trust });
    expect([holds, verdicts.map(({ becomes, admitted }) => [becomes, admitted])]).toEqual([true, [[CLIENT, true]]]);
  }
});

test('by a webhook that somebody installed, a sovereign cloud is a warning until the authority host is said, which pods then have', () => {
  const warned = (cluster: typeof k3s, fields: object): readonly string[] => checkWorkloadIdentity(boundTo('azure', cluster, { injection: 'webhook', ...fields })).filter(({ code }) => code === 'azure/webhook-cloud').map(({ severity, path, message }) => `${severity} ${path} ${message}`);
  expect(warned(k3s, { cloud: 'us-government' })).toEqual([expect.stringMatching(/^warning trustedBy\.azure\.authorityHost .*AzureUSGovernmentCloud.*login\.microsoftonline\.us/)]);
  expect(warned(k3s, { cloud: 'china' })).toEqual([expect.stringContaining('AzureChinaCloud')]);
  for (const fields of [{}, { cloud: 'public' }, { cloud: 'us-government', injection: 'explicit' }, { cloud: 'china', authorityHost: 'https://login.partner.microsoftonline.cn/' }]) expect(warned(k3s, fields)).toEqual([]);
  expect(warned(aks, { cloud: 'us-government' })).toEqual([]);
});
