/** Google Cloud's mechanisms on every platform: each is refused with the way out, or its halves fit, whichever way the pods get theirs. */
import { aks, blue, checkoutWith, gke, k3s, SENTENCE } from '../support/definitions';
import { checkWorkloadIdentity, defineCluster, defineWorkloadIdentity, inject, planWorkloadIdentities, prove, type ClusterInput, type GcpMechanism, type InjectionMode, type Plan, type WorkloadIdentityInput } from 'symbolon';

const known = (cluster: ClusterInput, fields: Partial<ClusterInput> = { gcpPool: { projectNumber: '123456789012' } }): ClusterInput => defineCluster({ ...cluster, ...fields });
const fleet = { hostProjectId: 'shop-fleet', hostProjectNumber: '345678901234', membership: 'one' };
const ack = { name: 'ack', issuer: 'https://oidc-ack-cn-hangzhou.oss-cn-hangzhou.aliyuncs.com/c0', ack: { accountId: '1234567890123456', region: 'cn-hangzhou', clusterId: `c${'0a'.repeat(16)}` } };
const google = known(gke, { gke: { projectId: 'shop-prod', projectNumber: '123456789012', location: 'europe-west4', clusterName: 'gke' } });
const member = known(k3s, { name: 'edge', issuer: 'https://edge.example.com', fleet, gcpPool: { projectNumber: '123456789012' } });

const PLATFORMS: { readonly [platform: string]: ClusterInput } = {
  'EKS': known(blue), 'AKS': known(aks), 'GKE': google, 'ACK': known(ack), 'k3s': known(k3s), 'k3s in a fleet': member, 'GKE in a fleet': known(google, { fleet }),
};
const MECHANISMS: readonly GcpMechanism[] = ['service-account', 'principal', 'workload-identity-pool', 'fleet'];
const MODES: readonly InjectionMode[] = ['webhook', 'explicit', 'none'];

/** What is possible, as Google has it. */
function isPossible(platform: string, mechanism: GcpMechanism, impersonate: boolean, injection: InjectionMode): boolean {
  const onGke = platform.startsWith('GKE');
  switch (mechanism) {
    case 'service-account': return onGke && impersonate;
    case 'principal': return onGke && !impersonate;
    case 'workload-identity-pool': return !onGke && (impersonate || injection !== 'webhook');
    case 'fleet': return platform.endsWith('fleet') && injection !== 'webhook';
  }
}

const CELLS = Object.keys(PLATFORMS).flatMap(platform => MECHANISMS.flatMap(mechanism =>
  [true, false].flatMap(impersonate => MODES.map(injection => [platform, mechanism, impersonate, injection] as const))));

const identityOn = (cluster: ClusterInput, fields: object): WorkloadIdentityInput =>
  checkoutWith({ clusters: [cluster], trustedBy: { gcp: { projectId: 'shop-prod', grants: [{ role: 'roles/storage.objectViewer', bucket: 'orders' }], ...fields } } });
const deployment = { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'web' }, spec: { template: { spec: { containers: [{ name: 'app', image: 'app:1' }] } } } };

function proofOf(plan: Plan, change: (text: string) => string = same => same) {
  const clusters = plan.clusters.map(({ injections, objects, ...cluster }) => {
    const pods = injections.map(injection => inject(deployment, injection));
    return { ...cluster, objects: [...objects, ...pods] };
  });
  return prove({ clusters: JSON.parse(change(JSON.stringify(clusters))) as typeof clusters, trust: plan.trust });
}

test.each(CELLS)('%s, %s, impersonating: %s, %s', (platform, mechanism, impersonate, injection) => {
  const input = identityOn(PLATFORMS[platform] as ClusterInput, { mechanism, impersonate, injection });
  const errors = checkWorkloadIdentity(input).filter(issue => issue.severity === 'error');
  if (!isPossible(platform, mechanism, impersonate, injection)) {
    expect(errors.length).toBeGreaterThan(0);
    for (const { message } of errors) expect(message).toMatch(SENTENCE);
    return;
  }
  expect(errors).toEqual([]);
  const plan = planWorkloadIdentities(defineWorkloadIdentity(input));
  const [edge] = plan.edges;
  expect(edge?.handle).toMatch(impersonate ? /^checkout@shop-prod\.iam\.gserviceaccount\.com$/ : /^principal:\/\/iam\.googleapis\.com\/projects\/\d+\/locations\/global\/workloadIdentityPools\//);
  expect(plan.trust.map(({ becomes }) => becomes)).toContain(edge?.handle);
  expect(plan.trust.some(({ kind }) => kind === 'iam.ServiceAccount')).toBe(impersonate);
  expect(plan.trust.some(({ kind }) => kind === 'iam.WorkloadIdentityPoolProvider')).toBe(mechanism === 'workload-identity-pool');

  // Only the metadata server lets pods in that carry nothing: elsewhere the application has to do it.
  const silent = injection === 'none' && !(mechanism === 'principal');
  const proof = proofOf(plan);
  if (!silent) {
    expect(proof).toMatchObject({ holds: true, strangers: [] });
    expect(proof.verdicts).toEqual([expect.objectContaining({ admitted: true, becomes: edge?.handle })]);
  }
  const namesake = proofOf(plan, text => text.replaceAll('"namespace":"shop"', '"namespace":"other"'));
  expect(namesake.verdicts.filter(({ admitted }) => admitted)).toEqual([]);
});

test('a binding is one for clusters of every platform: each is known in its own way, and all act as one service account', () => {
  const clusters = [known(blue), known(aks), google, member];
  const plan = planWorkloadIdentities(defineWorkloadIdentity(checkoutWith({ clusters, trustedBy: { gcp: { projectId: 'shop-prod', on: { edge: { mechanism: 'fleet' } } } } })));
  expect(plan.edges.map(({ mechanism, handle }) => `${mechanism} ${handle}`)).toEqual(['workload-identity-pool', 'workload-identity-pool', 'service-account', 'fleet'].map(mechanism => `${mechanism} checkout@shop-prod.iam.gserviceaccount.com`));
  const members = plan.trust.filter(({ kind }) => kind === 'iam.ServiceAccountMember').map(({ request }) => (request as { member: string }).member);
  expect(members).toEqual([
    'principal://iam.googleapis.com/projects/123456789012/locations/global/workloadIdentityPools/blue/subject/system:serviceaccount:shop:checkout',
    expect.stringMatching(/workloadIdentityPools\/k8s-aks-[0-9a-f]{8}\/subject\/system:serviceaccount:shop:checkout$/),
    'serviceAccount:shop-prod.svc.id.goog[shop/checkout]',
    'serviceAccount:shop-fleet.svc.id.goog[shop/checkout]',
  ]);
  expect(proofOf(plan)).toMatchObject({ holds: true, strangers: [] });
});

test('adding a cluster changes no document that was there', () => {
  const documents = (clusters: readonly ClusterInput[]) => planWorkloadIdentities(defineWorkloadIdentity(checkoutWith({ clusters, trustedBy: { gcp: { projectId: 'shop-prod' } } }))).trust.map(document => JSON.stringify(document));
  expect(documents([known(blue), known(aks), google])).toEqual(expect.arrayContaining([...documents([known(blue)])]));
});

test.each([['namespace', 'namespace/shop'], ['cluster', 'kubernetes.cluster/https://container.googleapis.com/v1/projects/shop-prod/locations/europe-west4/clusters/gke']])('roles for every pod of the %s let the pod in, and the proof says that it is not alone', (everyPodOf, set) => {
  const plan = planWorkloadIdentities(defineWorkloadIdentity(identityOn(google, { mechanism: 'principal', unsafeMembers: { everyPodOf, reason: 'a shared cache' } })));
  expect(plan.trust.map(({ becomes }) => becomes)).toEqual([`principalSet://iam.googleapis.com/projects/123456789012/locations/global/workloadIdentityPools/shop-prod.svc.id.goog/${set}`]);
  const proof = proofOf(plan);
  expect(proof.verdicts).toEqual([expect.objectContaining({ admitted: true, becomes: plan.edges[0]?.handle })]);
  expect(proof).toMatchObject({ holds: false, strangers: [{ who: expect.stringContaining('every service account of the') }] });
});

test('pods in the host\'s network are refused where the metadata server would answer for the node, and nowhere else', () => {
  const hostNetwork = { ...deployment, spec: { template: { spec: { hostNetwork: true, containers: [{ name: 'app', image: 'app:1' }] } } } };
  const injectionOf = (fields: object): Parameters<typeof inject>[1] => {
    const [planned] = planWorkloadIdentities(defineWorkloadIdentity(identityOn(google, fields))).clusters;
    return planned?.injections[0] as Parameters<typeof inject>[1];
  };
  for (const mechanism of ['service-account', 'principal']) {
    expect(() => inject(hostNetwork, injectionOf({ mechanism }))).toThrow(expect.objectContaining({ issues: [expect.objectContaining({ code: 'gcp/host-network', path: 'spec.template.spec.hostNetwork' })] }));
    expect(() => inject(hostNetwork, injectionOf({ mechanism, injection: 'explicit' }))).not.toThrow();
  }
});
