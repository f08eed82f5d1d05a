/** What is known of clusters by their clouds' own descriptions. */
import { gapsOf as texts, printed } from './support';
import { gather, type ClusterDescription } from '../../src/evidence';
import { AKS_ISSUER, EKS_ISSUER } from '../proof/support';

const read = (value: unknown, about = {}): readonly ClusterDescription[] =>
  gather([printed(value, about)]).clusters.map(({ objects: _objects, ...cluster }) => cluster);
const gapsOf = (value: unknown, about = {}): readonly string[] => texts(gather([printed(value, about)])).map(({ message }) => message);

const EKS = { cluster: { name: 'blue', arn: 'arn:aws:eks:us-west-2:111122223333:cluster/blue', identity: { oidc: { issuer: EKS_ISSUER } } } };
const ID = '/subscriptions/s/resourcegroups/g/providers/Microsoft.ContainerService/managedClusters/aks';
const AKS = { id: ID, name: 'aks', oidcIssuerProfile: { enabled: true, issuerUrl: AKS_ISSUER } };
const link = (where: string): string => `https://container.googleapis.com/v1/projects/demo/${where}/clusters/gke`;
const GKE_ISSUER = 'https://container.googleapis.com/v1/projects/demo/locations/europe-west4-a/clusters/gke';
const POOL = { workloadIdentityConfig: { workloadPool: 'demo.svc.id.goog' } };
const ARN = 'acs:ram::1234567890123456:oidc-provider/ack-rrsa-c1';

test.each<[string, unknown, ClusterDescription]>([
  ['EKS', EKS, { name: 'blue', issuer: EKS_ISSUER, clusterArn: EKS.cluster.arn }],
  ['AKS', AKS, { name: 'aks', issuer: AKS_ISSUER, resourceId: ID }],
  ['a list of AKS', [AKS], { name: 'aks', issuer: AKS_ISSUER, resourceId: ID }],
  ['GKE, of a zone', { name: 'gke', selfLink: link('zones/europe-west4-a'), ...POOL }, { name: 'gke', issuer: GKE_ISSUER, workloadPool: 'demo.svc.id.goog' }],
  ['GKE, of a location', [{ name: 'gke', selfLink: link('locations/europe-west4-a'), ...POOL }], { name: 'gke', issuer: GKE_ISSUER, workloadPool: 'demo.svc.id.goog' }],
  ['GKE without a pool', { name: 'gke', selfLink: link('locations/europe-west4-a') }, { name: 'gke', issuer: GKE_ISSUER, workloadPool: '' }],
  ['ACK', { cluster_id: 'c1', name: 'ack', region_id: 'cn-hangzhou', rrsa_config: { enabled: true, issuer: 'https://a.example.com/c1,https://kubernetes.default.svc', oidc_arn: ARN } }, { name: 'ack', issuer: 'https://a.example.com/c1', ramProvider: ARN }],
])('%s', (_what, value, cluster) => {
  expect(read(value)).toEqual([cluster]);
  expect(gapsOf(value)).toEqual([]);
  expect(read(value, { cluster: 'mine' })).toEqual([{ ...cluster, name: 'mine' }]);
});

test.each<[string, unknown, ClusterDescription, string]>([
  ['EKS', { cluster: { ...EKS.cluster, identity: null } }, { name: 'blue', clusterArn: EKS.cluster.arn }, 'aws eks describe-cluster'],
  ['AKS', { ...AKS, oidcIssuerProfile: { enabled: false, issuerUrl: null } }, { name: 'aks', resourceId: ID }, 'az aks update --enable-oidc-issuer'],
  ['ACK', { cluster_id: 'c1', name: 'ack', region_id: 'cn-hangzhou', rrsa_config: { enabled: false, issuer: 'https://a.example.com/c1', oidc_arn: ARN } }, { name: 'ack' }, 'until RRSA is enabled'],
])('%s without an issuer says what to do', (_what, value, cluster, fix) => {
  expect(read(value)).toEqual([cluster]);
  expect(gapsOf(value)).toEqual([expect.stringContaining(fix)]);
});

test('a discovery document is of the cluster that the user says', () => {
  const document = { issuer: 'https://oidc.prod.example.com', jwks_uri: 'https://10.0.0.1:6443/openid/v1/jwks', response_types_supported: ['id_token'] };
  expect(read(document, { cluster: 'prod' })).toEqual([{ name: 'prod', issuer: document.issuer }]);
  expect(gapsOf(document)).toEqual(['it does not say which cluster it is of; name it in the evidence file: cluster: prod']);
});

test('what its keys sign by is read in the discovery document, and two that differ are told', () => {
  const document = { issuer: 'https://oidc.prod.example.com', jwks_uri: 'https://10.0.0.1:6443/openid/v1/jwks', id_token_signing_alg_values_supported: ['ES384', 'RS256'] };
  expect(read(document, { cluster: 'prod' })).toEqual([{ name: 'prod', issuer: document.issuer, signingAlgorithms: ['ES384', 'RS256'] }]);
  const known = { name: 'prod', issuer: document.issuer, signingAlgorithms: ['ES384', 'RS256'] };
  expect(gather([printed(document, { cluster: 'prod' })], [known]).gaps).toEqual([]);
  expect(gather([printed(document, { cluster: 'prod' })], [{ ...known, signingAlgorithms: ['RS256'] }]).gaps).toEqual([expect.objectContaining({ code: 'evidence/cluster-facts', message: expect.stringContaining('the signingAlgorithms ["ES384","RS256"]') })]);
});

test('two that differ are told, and the user\'s own word stands', () => {
  const gathered = gather([printed(EKS)], [{ name: 'blue', issuer: `${EKS_ISSUER}/` }]);
  expect(gathered.gaps).toEqual([expect.objectContaining({ code: 'evidence/cluster-facts', message: expect.stringContaining('the issuer') })]);
  expect(gathered.clusters).toEqual([expect.objectContaining({ issuer: `${EKS_ISSUER}/`, clusterArn: EKS.cluster.arn })]);
});
