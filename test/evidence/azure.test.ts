/** What the CLI of Azure prints, beside manifests as people write them. */
import { judged, printed } from './support';
import { AKS_ISSUER, CLIENT, account, only, pod } from '../proof/support';

const GROUP = '/subscriptions/5d6e7f80-91a2-43b4-95c6-d7e8f9a0b1c2/resourceGroups/shop/providers';
const ID = `${GROUP}/Microsoft.ManagedIdentity/userAssignedIdentities/checkout`;
const AKS = `${GROUP}/Microsoft.ContainerService/managedClusters/aks`;
const IDENTITY = {
  clientId: CLIENT,
  id: ID.replace('resourceGroups', 'resourcegroups'),
  location: 'westeurope',
  name: 'checkout',
  principalId: '11111111-2222-4333-8444-555555555555',
  resourceGroup: 'shop',
  systemData: null,
  tags: {},
  tenantId: '9b1c2d3e-4f50-4a61-8b72-93c4d5e6f708',
  type: 'Microsoft.ManagedIdentity/userAssignedIdentities',
};
const OBJECT = '22222222-3333-4444-8555-666666666666';
const APPLICATION = { '@odata.context': 'https://graph.microsoft.com/v1.0/$metadata#applications/$entity', 'appId': CLIENT, 'displayName': 'checkout', 'id': OBJECT, 'identifierUris': ['api://checkout'], 'signInAudience': 'AzureADMyOrg' };
const TRUST = { audiences: ['api://AzureADTokenExchange'], issuer: AKS_ISSUER, subject: 'system:serviceaccount:shop:checkout' };
const credential = (fields: object = {}): object => ({ ...TRUST, id: `${ID}/federatedIdentityCredentials/blue`, name: 'blue', resourceGroup: 'shop', systemData: null, type: 'Microsoft.ManagedIdentity/userAssignedIdentities/federatedIdentityCredentials', ...fields });
const registered = (fields: object = {}): object => ({ ...TRUST, description: '', id: '33333333-4444-4555-8666-777777777777', name: 'blue', ...fields });
const CLUSTER = { id: AKS, name: 'aks', location: 'westeurope', oidcIssuerProfile: { enabled: true, issuerUrl: AKS_ISSUER }, type: 'Microsoft.ContainerService/ManagedClusters' };
const MANIFESTS = [CLUSTER, account({ 'azure.workload.identity/client-id': CLIENT }), pod({}, { labels: { 'azure.workload.identity/use': 'true' } })].map(value => printed(value));
const given = (...values: readonly unknown[]): ReturnType<typeof judged> => judged(...MANIFESTS, ...values.map(value => printed(value)));

test.each<[string, unknown]>([
  ['show', credential()],
  ['list', [credential()]],
  ['what ARM itself gives', { id: `${ID}/federatedIdentityCredentials/blue`, name: 'blue', properties: TRUST }],
])('a credential of a managed identity, by %s, lets the pod in: the identity is found whatever the case of its id', (_command, value) => {
  expect(given([IDENTITY], value)).toMatchObject({ gaps: [], holds: true, strangers: [], verdicts: [{ admitted: true, becomes: CLIENT }] });
});

test('the slash that the issuer of AKS has is missed', () => {
  expect(only(given(IDENTITY, credential({ issuer: AKS_ISSUER.slice(0, -1) })).verdicts)).toMatchObject({ admitted: false, decided: true, reason: expect.stringContaining('lacks the slash at the end') });
});

test('a credential without its identity is of nobody, until it is said', () => {
  expect(given(credential())).toMatchObject({ verdicts: [{ decided: false }], gaps: [{ code: 'evidence/unsaid', message: expect.stringContaining(`give what az identity show --ids ${ID} prints`) }] });
  expect(judged(...MANIFESTS, printed(credential(), { of: CLIENT }))).toMatchObject({ holds: true, gaps: [] });
  expect(judged(...MANIFESTS, printed(credential(), { of: 'checkout' })).gaps).toHaveLength(1);
});

test.each<[string, string | undefined, object]>([
  ['its client id', CLIENT, {}],
  ['its object id', OBJECT, {}],
  ['its URI', 'api://checkout', {}],
  ['Graph\'s own word', undefined, { '@odata.context': `https://graph.microsoft.com/v1.0/$metadata#applications('${OBJECT}')/federatedIdentityCredentials/$entity` }],
])('a credential of an application is found by %s', (_what, of, fields) => {
  const proof = judged(...MANIFESTS, printed(APPLICATION), printed([registered(fields)], of === undefined ? {} : { of }));
  expect(proof).toMatchObject({ gaps: [], holds: true, strangers: [], verdicts: [{ admitted: true }] });
});

test('the list of an application\'s credentials does not say whose they are', () => {
  expect(given(APPLICATION, [registered()])).toMatchObject({ verdicts: [{ decided: false }], gaps: [{ message: expect.stringMatching(/which application it belongs to; say so in the evidence file: of: [0-9a-f-]{36}$/), at: { path: '[0]' } }] });
});

test('an expression in the place of a subject is not guessed, and is open to strangers', () => {
  const flexible = registered({ subject: null, claimsMatchingExpression: { languageVersion: 1, value: 'claims[\'sub\'] matches \'system:serviceaccount:shop:*\'' } });
  const proof = judged(...MANIFESTS, printed(flexible, { of: CLIENT }));
  expect(only(proof.verdicts)).toMatchObject({ admitted: false, decided: false, reason: expect.stringContaining('claims[\'sub\'] matches') });
  expect(only(proof.strangers).who).toContain('everybody of');
});

test('an identity binding, as the preview prints it, binds its cluster', () => {
  const managedIdentity = { clientId: CLIENT, objectId: OBJECT, resourceId: ID, tenantId: IDENTITY.tenantId };
  const binding = { id: `${AKS.toLowerCase()}/identityBindings/checkout`, name: 'checkout', properties: { managedIdentity, oidcIssuer: { oidcIssuerUrl: 'https://ib.oic.prod-aks.azure.com/a/b' }, provisioningState: 'Succeeded' }, type: 'Microsoft.ContainerService/managedClusters/identityBindings' };
  const rbac = [
    { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'ClusterRole', metadata: { name: 'use' }, rules: [{ apiGroups: ['cid.wi.aks.azure.com'], resources: [CLIENT], verbs: ['use-managed-identity'] }] },
    { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'ClusterRoleBinding', metadata: { name: 'use' }, roleRef: { kind: 'ClusterRole', name: 'use' }, subjects: [{ kind: 'ServiceAccount', name: 'checkout', namespace: 'shop' }] },
  ];
  const pods = pod({}, { labels: { 'azure.workload.identity/use': 'true' }, annotations: { 'azure.workload.identity/use-identity-binding': 'true' } });
  const manifests = [CLUSTER, account({ 'azure.workload.identity/client-id': CLIENT }), pods, ...rbac];
  expect(judged(...[...manifests, binding].map(value => printed(value)))).toMatchObject({ gaps: [], verdicts: [{ admitted: true }] });
  const { clientId: _client, ...nameless } = managedIdentity;
  const older = { ...binding, properties: { managedIdentity: nameless } };
  expect(judged(...[...manifests, older].map(value => printed(value)))).toMatchObject({ verdicts: [{ decided: false }], gaps: [{ code: 'evidence/unsaid' }] });
  expect(judged(...[...manifests, older, IDENTITY].map(value => printed(value)))).toMatchObject({ gaps: [], verdicts: [{ admitted: true }] });
});
