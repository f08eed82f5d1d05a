/**
 * Pods in webhook mode, created through an API server with the real webhooks: they come out as the explicit mode of the
 * same definition makes them, with the tokens that the proof minted.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { load } from 'js-yaml';
import { clustersOf, make, type Made } from './support/made';
import { seenIn } from './support/namespaces';
import { placesOf, viewOf, volumesOf } from './support/view';
import { checkout } from '../../../examples/blue-green/identities';
import { blobWriter, s3Reader } from '../../../examples/three-clouds/identities';
import { identitiesArbOf } from '../../../test/support/arbitraries';
import { Cluster } from '../api-server/support/cluster';
import { Kubelet } from '../api-server/support/kubelet';
import { count } from '../support/report';
import {
  prove, readFacts, type AzureCloud, type ClusterInput, type DefinitionFile, type KubernetesObject, type WorkloadIdentityDefinition, type WorkloadIdentityInput,
} from 'symbolon';

const cluster = new Cluster();
const kubelet = new Kubelet(cluster);
const { issuer } = cluster.facts;
afterAll(() => cluster.close());

const ON_EKS: WorkloadIdentityInput = {
  name: 'reader',
  namespace: 'shop',
  trustedBy: { aws: {} },
  clusters: [{ name: 'blue', issuer: 'https://oidc.eks.us-west-2.amazonaws.com/id/EXAMPLED539D4633E53DE1B71EXAMPLE', eks: { accountId: '111122223333', region: 'us-west-2', clusterName: 'blue' } }],
};
const ON_AKS: WorkloadIdentityInput = {
  name: 'reader',
  namespace: 'shop',
  clusters: [{ name: 'aks', issuer: 'https://oidc.prod-aks.azure.com/0a1b2c3d-4e5f-4061-a273-8495a6b7c8d9/', aks: { tenantId: '66666666-2222-4333-8444-555555555555', subscriptionId: '77777777-2222-4333-8444-555555555555' } }],
  trustedBy: { azure: { resourceGroup: 'shop', location: 'westeurope', clientId: '11111111-2222-4333-8444-555555555555' } },
};

/** Another key for an annotation of the ServiceAccount. */
function annotated(from: string, to: string): (object: KubernetesObject) => KubernetesObject {
  return object => {
    const { [from]: value, ...others } = object.metadata.annotations ?? {};
    return value === undefined ? object : { ...object, metadata: { ...object.metadata, annotations: { ...others, [to]: value } } };
  };
}

const drawn = [identitiesArbOf({ modes: ['webhook'], most: 2 }), fc.constantFrom<AzureCloud[]>('public', 'public', 'us-government', 'china')] as const;

test('a pod finds what the explicit mode of its definition gives it, where it gives it', async () => {
  await fc.assert(fc.asyncProperty(...drawn, async (inputs, cloud) => {
    for (const at of clustersOf(inputs)) {
      const hooked = await make(cluster, kubelet, inputs, at, { mode: 'webhook', cloud, labels: seenIn(at, cloud) });
      const explicit = await make(cluster, kubelet, inputs, at, { mode: 'explicit', cloud });
      expect(hooked.pods.map(({ stored }) => viewOf(stored))).toEqual(explicit.pods.map(({ stored }) => viewOf(stored)));
      // The EKS webhook's names are ours. That of Azure has others since 1.6, and a name made of the pod's.
      const ofAws = (made: Made): object => made.pods.map(({ stored }) => volumesOf(stored).filter(({ name }) => name === 'aws-iam-token'));
      expect(ofAws(hooked)).toEqual(ofAws(explicit));
      count('webhooks', 'pods that webhooks mutated, compared with explicit ones', hooked.pods.length);
    }
  }), { numRuns: 60 });
}, 600_000);

const WINDOWS = { 'kubernetes.io/os': 'windows' };

test.each<[string, object, object]>([
  ['as it is', {}, {}],
  ['with a container left out', { skipContainers: ['sidecar'] }, {}],
  ['with all of them left out but the one before', { skipContainers: ['app', 'sidecar'] }, {}],
  ['with a lifetime on the account', { expirationSeconds: 7200 }, {}],
  ['with a lifetime on the pod', { expirationSeconds: 86400, expirationOn: 'pod' }, {}],
  ['on Windows nodes', { skipContainers: ['prepare'] }, { nodeSelector: WINDOWS }],
])('the layout webhook-1.6 is that of the real webhook, path by path, %s', async (_what, fields, spec) => {
  const [at] = ON_AKS.clusters as [ClusterInput];
  const input = { ...ON_AKS, trustedBy: { azure: { ...ON_AKS.trustedBy?.azure, ...fields } } } as WorkloadIdentityInput;
  const change = (object: KubernetesObject): KubernetesObject => (object.kind === 'Pod' ? { ...object, spec: { ...object.spec as object, ...spec } } : object);
  const hooked = await make(cluster, kubelet, [input], at, { mode: 'webhook', labels: seenIn(at), change });
  const explicit = await make(cluster, kubelet, [input], at, { mode: 'explicit', layout: 'webhook-1.6', change });
  const places = [hooked, explicit].map(({ pods }) => pods.map(({ stored }) => placesOf(stored)));
  expect(places[0]).toEqual(places[1]);
  expect(JSON.stringify(places[0])).toContain('/var/run/secrets/azure/wi/token/azure-identity-token');
  const names = [hooked, explicit].flatMap(({ pods }) => pods.flatMap(({ stored }) => volumesOf(stored).map(({ name }) => name).filter(name => name.startsWith('azure-'))));
  expect(names).toHaveLength(2);
  for (const name of names) expect(name).toMatch(/^azure-workload-identity-reserved-[0-9a-f]{30}$/);
  count('webhooks', 'pods in the layout of the Azure webhook from 1.6 on, compared path by path', 1);
});

/** Audiences of the relying parties, by what the proof says of the manifests alone. */
function mintedFor({ objects, plan }: Made, pod: KubernetesObject): readonly object[] {
  const { verdicts } = prove({ clusters: [{ name: 'hooked', issuer, objects: [...objects, pod] }], trust: plan.trust });
  return verdicts.map(({ claims }) => ({ issuer: claims.issuer, subject: claims.subject, audience: claims.audience }));
}

/** By the proof, for the issuer of the definition. */
function admittedIn({ at, objects, plan }: Made, pod: KubernetesObject): readonly boolean[] {
  const own = plan.edges.find(edge => edge.cluster === at)?.claims.issuer as string;
  return prove({ clusters: [{ name: 'hooked', issuer: own, objects: [...objects, pod] }], trust: plan.trust }).verdicts.map(({ admitted }) => admitted);
}

const distinct = (claims: readonly object[]): readonly string[] => [...new Set(claims.map(claim => JSON.stringify(claim)))].sort();

test('the tokens that a mutated pod asks for are those that the proof minted from the manifests', async () => {
  await fc.assert(fc.asyncProperty(...drawn, async (inputs, cloud) => {
    for (const at of clustersOf(inputs)) {
      const made = await make(cluster, kubelet, inputs, at, { mode: 'webhook', cloud, labels: seenIn(at, cloud) });
      for (const { manifest, stored } of made.pods) {
        // What is there before the webhooks came is for relying parties of the user's own, and for the API.
        const own = new Set(sourcesOf(manifest).map(({ audience }) => audience));
        const signed = (await kubelet.tokensOf(stored)).filter(({ source }) => source.audience !== undefined && !own.has(source.audience));
        for (const { source, claims: { iat = 0, exp = 0 } } of signed) expect(exp - iat).toBe(source.expirationSeconds);
        const claims = signed.map(({ claims: { iss, sub, aud } }) => ({ issuer: iss, subject: sub, audience: (aud as readonly string[])[0] }));
        expect(distinct(claims)).toEqual(distinct(mintedFor(made, manifest)));
        count('webhooks', 'tokens of mutated pods, compared with the proof', signed.length);
      }
    }
  }), { numRuns: 40 });
}, 600_000);

function sourcesOf({ spec }: KubernetesObject): readonly { readonly audience?: string }[] {
  return volumesOf({ spec }).flatMap(({ projected }) => (projected?.sources ?? []).flatMap(({ serviceAccountToken }) => serviceAccountToken ?? []));
}

/** The examples as somebody would write them for clusters with the webhooks. A definition is an input again, once it is plain data. */
const plain = (definition: WorkloadIdentityDefinition): WorkloadIdentityInput => JSON.parse(JSON.stringify(definition)) as WorkloadIdentityInput;
const EXAMPLES = join(__dirname, '../../../examples');
const facts = readFacts(JSON.parse(readFileSync(join(EXAMPLES, 'three-clouds/facts.json'), 'utf8')));
const file = load(readFileSync(join(EXAMPLES, 'plain-yaml/identities.yaml'), 'utf8')) as DefinitionFile;

test.each<[string, readonly WorkloadIdentityInput[]]>([
  ['three-clouds', [s3Reader, blobWriter].map(plain)],
  ['blue-green', [plain(checkout('production'))]],
  ['plain-yaml', file.identities.map(identity => ({ ...identity, clusters: file.clusters.filter(({ name }) => identity.clusters.includes(name)) }))],
])('the pods of the example %s, in webhook mode, find what the explicit mode gives them', async (_name, inputs) => {
  for (const at of clustersOf(inputs)) {
    const hooked = await make(cluster, kubelet, inputs, at, { mode: 'webhook', facts, labels: seenIn(at) });
    const explicit = await make(cluster, kubelet, inputs, at, { mode: 'explicit', facts });
    const views = [hooked, explicit].map(({ pods }) => pods.map(({ stored }) => viewOf(stored)));
    expect(views[0]).toEqual(views[1]);
    expect(JSON.stringify(views[0])).toMatch(/AWS_ROLE_ARN|AZURE_CLIENT_ID/);
    for (const { manifest } of hooked.pods) expect(admittedIn(hooked, manifest)).not.toContain(false);
    count('webhooks', 'pods of examples that webhooks mutated', hooked.pods.length);
  }
});

/** One slip in what the webhook reads, and the pod starts without its identity: the comparisons above are able to see it. */
test.each<[string, WorkloadIdentityInput, (object: KubernetesObject) => KubernetesObject]>([
  ['the annotation for AWS is mistyped', ON_EKS, annotated('eks.amazonaws.com/role-arn', 'eks.amazonaws.com/role_arn')],
  ['the annotation for Azure is mistyped', ON_AKS, annotated('azure.workload.identity/client-id', 'azure.workload.identity/clientId')],
  ['the label for Azure is on the account, and not on the pod', ON_AKS, object => (object.kind === 'Pod' ? { ...object, metadata: { ...object.metadata, labels: {} } } : object)],
])('a pod goes without when %s', async (_name, input, change) => {
  const [at] = input.clusters as [ClusterInput];
  const right = await make(cluster, kubelet, [input], at, { mode: 'webhook', labels: seenIn(at) });
  const wrong = await make(cluster, kubelet, [input], at, { mode: 'webhook', labels: seenIn(at), change });
  const views = [right, wrong].map(({ pods }) => JSON.stringify(pods.map(({ stored }) => viewOf(stored))));
  expect(views[0]).toMatch(/AWS_ROLE_ARN|AZURE_CLIENT_ID/);
  expect(views[1]).not.toMatch(/AWS_ROLE_ARN|AZURE_CLIENT_ID/);
  for (const { manifest } of right.pods) expect(admittedIn(right, manifest)).toEqual([true]);
  for (const { manifest } of wrong.pods) expect(admittedIn(wrong, manifest)).not.toContain(true);
});
