/** Clusters and facts from what the vendors' own tools print. */
import fc from 'fast-check';
import { discoveryOf, printed, projectOf } from './vendors';
import { describe as described, type Described, type VendorDocument } from '../../src/facts';
import { issuerOf } from '../../src/platforms';
import { clusterArb } from '../support/arbitraries';
import { ack, aks as withoutName, blue, gke, k3s } from '../support/definitions';
import { defineCluster, readFacts, type ClusterInput } from 'symbolon';

const aks: ClusterInput = { ...withoutName, aks: { ...withoutName.aks, tenantId: withoutName.aks?.tenantId ?? '', resourceGroup: 'shop', clusterName: 'prod' } };

const of = (value: unknown, name?: string, shown = 'file.json'): VendorDocument => ({ value, shown, ...(name !== undefined && { name }) });
const ask = (...documents: readonly VendorDocument[]): Described => described(documents);
function codesOf(...documents: readonly VendorDocument[]): readonly string[] {
  try {
    return described(documents).warnings.map(({ code, message }) => `${code} ${message}`);
  } catch (error) {
    return (error as { issues: { code: string; message: string }[] }).issues.map(({ code, message }) => `${code} ${message}`);
  }
}

/** Only what a vendor can know, and all of it. */
function told({ name, issuer, eks, aks: azure, gke: google, ack: ali }: ClusterInput): ClusterInput {
  return {
    name,
    ...(issuer !== undefined && google === undefined && { issuer }),
    ...(eks !== undefined && { eks }),
    ...(azure !== undefined && { aks: { subscriptionId: '00000000-0000-4000-8000-000000000003', resourceGroup: 'shop', clusterName: name, ...azure } }),
    ...(google !== undefined && { gke: { location: 'europe-west4-a', clusterName: name, projectId: google.projectId } }),
    ...(ali !== undefined && { ack: ali }),
  };
}

test('any cluster, printed by its vendor, is described as it was: issuer to the byte, and platform', () => {
  fc.assert(fc.property(clusterArb, input => {
    const cluster = told(input);
    const { clusters: [only, ...more] } = ask(of(printed(cluster), cluster.name));
    const back = defineCluster(only as ClusterInput);
    const { signingAlgorithms: _, ...rest } = back;
    expect(rest).toEqual(defineCluster(cluster));
    expect(issuerOf(back)).toBe(issuerOf(cluster));
    expect(more).toEqual([]);
  }), { numRuns: 300 });
});

test('and so are several, whatever their order, with what their API servers say', () => {
  const all = [blue, aks, gke, ack, k3s];
  const documents = all.flatMap(cluster => [of(printed(cluster), cluster.name), of(discoveryOf(cluster), cluster.name, `${cluster.name}.json`)]);
  const { clusters } = ask(...documents);
  expect(clusters.map(({ name }) => name)).toEqual(['ack', 'aks', 'blue', 'gke', 'k3s']);
  expect(clusters.map(issuerOf)).toEqual([ack, aks, blue, gke, k3s].map(issuerOf));
  expect(JSON.stringify(ask(...[...documents].reverse()).clusters)).toBe(JSON.stringify(clusters));
});

test('the vendor\'s name counts where the user has none, and one cluster is one however often it is given', () => {
  expect(ask(of(printed(blue)), of([printed(blue), [printed(aks)]])).clusters.map(({ name }) => name)).toEqual(['prod', 'prod-blue']);
});

test.each<[string, readonly VendorDocument[], RegExp]>([
  ['EKS without an issuer', [of({ cluster: { ...(printed(blue) as { cluster: object }).cluster, identity: {} } })], /^facts\/no-issuer file\.json: cluster\.identity\.oidc\.issuer: expected .*got nothing; .*aws eks wait cluster-active/],
  ['AKS with the issuer off', [of({ ...printed(aks), oidcIssuerProfile: { enabled: false, issuerUrl: null } })], /^facts\/no-issuer .*az aks update --resource-group shop --name prod --enable-oidc-issuer/],
  ['AKS that has one, and has it off', [of({ ...printed(aks), oidcIssuerProfile: { enabled: false, issuerUrl: aks.issuer } })], /^facts\/no-issuer/],
  ['AKS without a profile', [of([{ ...printed(aks), oidcIssuerProfile: undefined }])], /^facts\/no-issuer file\.json: \[0\]\.oidcIssuerProfile: expected/],
  ['GKE without a workload pool', [of({ ...printed(gke), workloadIdentityConfig: undefined })], /^facts\/no-workload-pool .*gcloud container clusters update gke --location europe-west4 --project shop-prod --workload-pool shop-prod\.svc\.id\.goog/],
  ['ACK without RRSA', [of({ ...printed(ack), rrsa_config: { enabled: false, issuer: ack.issuer } })], /^facts\/no-issuer .*RRSA/],
  ['ACK with a provider of another name', [of(JSON.parse(JSON.stringify(printed(ack)).replace('oidc-provider/ack-rrsa-', 'oidc-provider/mine-')))], /^facts\/ram-provider/],
  ['an ARN that is cut off', [of({ cluster: { name: 'blue', arn: 'arn:aws:eks:us-west-2:1111', identity: { oidc: { issuer: blue.issuer } } } })], /^facts\/form file\.json: cluster\.arn: expected the ARN/],
  ['a link that is cut off', [of({ ...printed(gke), selfLink: null })], /^facts\/form file\.json: selfLink: expected the link/],
  ['an id that is cut off', [of({ ...printed(aks), id: '/subscriptions/1' })], /^facts\/form file\.json: id: expected the resource id/],
  ['a number that is no text', [of(projectOf('shop-prod', 1234567890 as unknown as string))], /^facts\/form file\.json: projectNumber/],
  ['AKS that does not say its tenant', [of({ ...printed(aks), identity: null })], /^facts\/missing file\.json: aks\.tenantId: .*az account show --subscription 00000000-0000-4000-8000-000000000003/],
  ['a discovery document of nobody', [of(discoveryOf(k3s))], /^facts\/no-name file\.json: .*NAME=file\.json/],
  ['a name that is none', [of({ cluster: { name: 'Prod_Blue', arn: 'arn:aws:eks:us-west-2:111122223333:cluster/Prod_Blue', identity: { oidc: { issuer: blue.issuer } } } })], /^facts\/name .*got "Prod_Blue"; .*NAME=file\.json/],
  ['an issuer without its slash', [of({ ...printed(aks), oidcIssuerProfile: { enabled: true, issuerUrl: aks.issuer?.slice(0, -1) } })], /^issuer\/trailing-slash prod\.issuer/],
  ['two clusters of one name', [of(printed(blue)), of(JSON.parse(JSON.stringify(printed(blue)).replaceAll('111122223333', '444455556666')))], /^facts\/two-clusters .*NAME=FILE/],
  ['one cluster with two issuers', [of(printed(blue)), of(discoveryOf({ name: 'x', issuer: `${blue.issuer ?? ''}/` }), 'prod-blue', 'd.json')], /^facts\/two-values prod-blue\.issuer: expected one value, .*file\.json and d\.json differ/],
  ['a managed identity of nobody', [of({ id: '/subscriptions/s/resourcegroups/g/providers/Microsoft.ManagedIdentity/userAssignedIdentities/checkout', name: 'checkout', clientId: '00000000-0000-4000-8000-000000000004', principalId: '00000000-0000-4000-8000-000000000005' })], /^facts\/no-binding .*IDENTITY\.BINDING=FILE/],
  ['something else', [of({ clusters: ['prod'] })], /^facts\/unknown-document file\.json: expected what one of these prints: aws eks describe-cluster, .*got "a map with clusters"/],
  ['no map at all', [of('prod')], /^facts\/unknown-document .*got "prod"/],
])('%s is a finding that says what to do', (_what, documents, message) => {
  expect(codesOf(...documents)).toEqual([expect.stringMatching(message)]);
});

test('everything that is wrong is said at once', () => {
  expect(codesOf(of({ ...printed(gke), workloadIdentityConfig: null }), of({}), of({ ...printed(aks), oidcIssuerProfile: null, identity: null })).map(code => code.split(' ')[0]))
    .toEqual(['facts/no-workload-pool', 'facts/unknown-document', 'facts/no-issuer', 'facts/missing']);
});

test('what one document lacks another says: the tenant of a subscription, the number of a project', () => {
  const account = { environmentName: 'AzureCloud', homeTenantId: 'x', id: aks.aks?.subscriptionId, isDefault: true, name: 'Shop', tenantId: aks.aks?.tenantId };
  expect(ask(of({ ...printed(aks), identity: { type: 'None' } }), of([account])).clusters).toEqual([{ ...aks, name: 'prod' }]);
  expect(ask(of(projectOf('shop-prod', '123456789012')), of(printed(gke))).clusters).toEqual([{ ...gke, gke: { ...gke.gke, projectNumber: '123456789012' } }]);
  expect(codesOf(of(printed(gke)), of(projectOf('other-project', '123456789012')))).toEqual([expect.stringMatching(/^facts\/unused .*the project other-project; .*CLUSTER=FILE/)]);
});

test('facts go where a facts file has them', () => {
  const identity = { id: '/subscriptions/s/resourcegroups/g/providers/Microsoft.ManagedIdentity/userAssignedIdentities/checkout', name: 'checkout', clientId: '00000000-0000-4000-8000-000000000004', principalId: '00000000-0000-4000-8000-000000000005', tenantId: 't' };
  const { facts } = ask(of(identity, 'checkout.azure'), of(projectOf('shop-prod', '123456789012'), 'edge'));
  expect(facts).toEqual({
    clusters: { edge: { projectNumber: '123456789012' } },
    identities: { checkout: { azure: { clientId: identity.clientId, principalId: identity.principalId } } },
  });
  expect(readFacts(JSON.parse(JSON.stringify({ version: 1, ...facts })))).toEqual(facts);
  expect(codesOf(of(identity, 'checkout.azure'), of({ ...identity, clientId: identity.principalId }, 'checkout.azure'))).toEqual([expect.stringMatching(/^facts\/two-values checkout\.azure\.clientId/)]);
});

test('nothing that is printed makes it throw anything else', () => {
  fc.assert(fc.property(fc.constantFrom(blue, aks, gke, ack, k3s), fc.nat(), fc.anything({ maxDepth: 2 }), (cluster, at, odd) => {
    const text = JSON.stringify(printed(cluster));
    const places = [...text.matchAll(/:(?="[^"]*"|\{|true|\[)/g)].map(({ index }) => index + 1);
    const place = places[at % places.length] as number;
    const value: unknown = JSON.parse(text, function (this: object, key, inner: unknown) { return key !== '' && text.indexOf(`"${key}":`) + key.length + 3 === place ? odd : inner; });
    codesOf(of(value));
  }), { numRuns: 300 });
});
