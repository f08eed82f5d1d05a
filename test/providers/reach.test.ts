/** An issuer that nobody outside reaches, and those who read keys at the issuer: an error for each cloud that does, and for nobody else. */
import { aks, blue, boundTo, k3s, SENTENCE } from '../support/definitions';
import { checkWorkloadIdentity, defineWorkloadIdentity, planWorkloadIdentities, type ClusterInput } from 'symbolon';

const INTERNAL = 'https://kubernetes.default.svc.cluster.local';
const inside: ClusterInput = { ...k3s, issuer: INTERNAL };
const JWKS = '{"keys":[{"kty":"EC","crv":"P-256","x":"AA","y":"AA","kid":"1"}]}';
const PEM = '-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----';
const bound: ClusterInput = { ...aks, issuer: INTERNAL, aks: { tenantId: '', ...aks.aks, resourceGroup: 'clusters', clusterName: 'aks' } };

const of = (provider: Parameters<typeof boundTo>[0], cluster: ClusterInput, fields: object = {}) =>
  checkWorkloadIdentity(boundTo(provider, cluster, { ...fields })).filter(({ code }) => code === 'issuer/unreachable');

test.each<[string, Parameters<typeof boundTo>[0], ClusterInput, object]>([
  ['IAM', 'aws', inside, {}],
  ['IAM, where the role is made elsewhere', 'aws', inside, { existing: true }],
  ['IAM, on the way to Pod Identity', 'aws', { ...blue, issuer: INTERNAL, name: k3s.name }, { mechanism: 'pod-identity', alsoTrusts: ['irsa'] }],
  ['Entra', 'azure', inside, {}],
  ['Entra, of an application', 'azure', inside, { mechanism: 'application', resourceGroup: undefined, location: undefined }],
  ['RAM', 'alibaba', inside, {}],
  ['Google', 'gcp', inside, {}],
  ['Google, of a pool that exists', 'gcp', { ...inside, gcpPool: { existing: 'pool' } }, {}],
])('%s cannot read its keys', (_who, provider, cluster, fields) => {
  const [finding, ...more] = of(provider, cluster, fields);
  expect(finding).toMatchObject({ severity: 'error', path: 'clusters.k3s.issuer', message: expect.stringContaining(INTERNAL) as string });
  expect(finding?.message).toMatch(SENTENCE);
  expect(more).toEqual([]);
});

test.each<[string, Parameters<typeof boundTo>[0], ClusterInput, object]>([
  ['Vault', 'vault', { ...inside, vault: { keys: 'discovery' } }, { mechanism: 'jwt' }],
  ['an API', 'jwt', inside, {}],
])('%s may be where the issuer is reached: a warning', (_who, provider, cluster, fields) => {
  expect(of(provider, cluster, fields)).toMatchObject([{ severity: 'warning' }]);
});

test.each<[string, Parameters<typeof boundTo>[0], ClusterInput, object]>([
  ['EKS Pod Identity', 'aws', { ...blue, issuer: INTERNAL }, { mechanism: 'pod-identity' }],
  ['an identity binding', 'azure', bound, { mechanism: 'identity-binding' }],
  ['keys that Google is given', 'gcp', { ...inside, gcpPool: { jwksJson: JWKS } }, {}],
  ['a provider that Google has already', 'gcp', { ...inside, gcpPool: { existing: 'provider' } }, {}],
  ['a fleet', 'gcp', { ...inside, fleet: { hostProjectId: 'shop-fleet', membership: 'edge' } }, { mechanism: 'fleet' }],
  ['Vault that asks the API server', 'vault', { ...inside, vault: { host: 'https://10.0.0.1:6443' } }, {}],
  ['Vault with the keys', 'vault', { ...inside, vault: { keys: 'pem', publicKeys: [PEM] } }, { mechanism: 'jwt' }],
  ['Vault with keys of another place', 'vault', { ...inside, vault: { keys: 'jwks', jwksUrl: 'https://keys.example.com' } }, { mechanism: 'jwt' }],
  ['Vault whose mount somebody else configures', 'vault', inside, { mechanism: 'jwt' }],
  ['an API with the keys', 'jwt', { ...inside, jwt: { jwksJson: JWKS } }, {}],
])('%s reads nothing at the issuer', (_who, provider, cluster, fields) => expect(of(provider, cluster, fields)).toEqual([]));

test('an issuer that comes as a fact is looked at when it is there', () => {
  const { issuer: _issuer, ...late } = inside;
  const definition = defineWorkloadIdentity(boundTo('aws', late));
  expect(() => planWorkloadIdentities(definition, { clusters: { k3s: { issuer: INTERNAL } } })).toThrow(expect.objectContaining({
    code: 'ERR_INVALID_DEFINITION', message: expect.stringContaining('issuer/unreachable') as string,
  }));
});
