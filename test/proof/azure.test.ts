/** What Azure's webhook and AKS's proxy make of manifests that somebody wrote by hand. What the webhook itself says of the same is asked by `npm run conformance`. */
import { AKS_ISSUER, CLIENT, account, pod } from './support';
import { prove, type Artifacts, type KubernetesObject } from 'symbolon';

const TENANT = '9b1c2d3e-4f50-4a61-8b72-93c4d5e6f708';
const DOMAIN = 'azure.workload.identity';
const LIFETIME = `${DOMAIN}/service-account-token-expiration`;
const properties = { issuer: AKS_ISSUER, subject: 'system:serviceaccount:shop:checkout', audiences: ['api://AzureADTokenExchange'] };
const managed = { provider: 'azure', kind: 'managedidentity.FederatedIdentityCredential', name: 'credential', becomes: CLIENT, request: { properties } };
const application = { provider: 'azure', kind: 'graph.FederatedIdentityCredential', name: '/applications/x/federatedIdentityCredentials/c', becomes: CLIENT, request: { name: 'c', ...properties } };

const proofOf = (objects: readonly KubernetesObject[], trust: Artifacts['trust'] = [managed], resourceId?: string) =>
  prove({ clusters: [{ name: 'aks', issuer: AKS_ISSUER, ...(resourceId !== undefined && { resourceId }), objects }], trust });
const verdictsOf = (...of: Parameters<typeof proofOf>): readonly string[] =>
  proofOf(...of).verdicts.map(({ becomes, decided, admitted, reason }) => (decided ? `${admitted ? 'admitted' : `refused: ${reason}`} as ${becomes}` : `undecided: ${reason}`));

const annotated = (annotations: { readonly [key: string]: string } = {}): KubernetesObject => account({ [`${DOMAIN}/client-id`]: CLIENT, [`${DOMAIN}/tenant-id`]: TENANT, ...annotations });
const labelled = (annotations: object = {}, spec: object = {}): KubernetesObject => pod(spec, { labels: { [`${DOMAIN}/use`]: 'true' }, annotations });
const withEnv = (env: { readonly [name: string]: string }, more: object = {}): object => ({ containers: [{ name: 'app', env: Object.entries(env).map(([name, value]) => ({ name, value })), ...more }] });

const ADMITTED = [`admitted as ${CLIENT}`];
const refused = (reason: string): readonly string[] => [expect.stringContaining(`refused: ${reason}`) as string];

test.each([['a managed identity', managed], ['an application', application]])('the credential of %s admits whom it names', (_what, document) => {
  expect(verdictsOf([annotated(), labelled()], [document])).toEqual(ADMITTED);
  const { strangers } = proofOf([annotated()], [document]);
  expect(strangers.map(({ by }) => by)).toEqual([document.name]);
});

test.each<[string, { readonly [annotation: string]: string }, object, readonly string[]]>([
  ['an empty lifetime is the usual one', { [LIFETIME]: '' }, {}, ADMITTED],
  ['an empty lifetime of the pod gives way to that of the account', { [LIFETIME]: '100' }, { [LIFETIME]: '' }, refused('the webhook rejects the pod')],
  ['the pod\'s lifetime beats that of the account', { [LIFETIME]: '100' }, { [LIFETIME]: '3600' }, ADMITTED],
  ['a lifetime may begin with a plus', { [LIFETIME]: '+7200' }, {}, ADMITTED],
  ['a lifetime of minus an hour', { [LIFETIME]: '-3600' }, {}, refused('the webhook rejects the pod')],
  ['a lifetime with a blank', { [LIFETIME]: ' 7200' }, {}, refused('the webhook rejects the pod')],
  ['an empty tenant sets no variable', { [`${DOMAIN}/tenant-id`]: '' }, {}, refused('the container app has AZURE_FEDERATED_TOKEN_FILE, but not both')],
  ['skip-containers with blanks', {}, { [`${DOMAIN}/skip-containers`]: 'proxy ; app ' }, []],
  ['a comma does not separate', {}, { [`${DOMAIN}/skip-containers`]: 'proxy,app' }, ADMITTED],
  ['quotes are part of the name', {}, { [`${DOMAIN}/skip-containers`]: '"app"' }, ADMITTED],
])('%s', (_what, onAccount, onPod, verdicts) => {
  expect(verdictsOf([annotated(onAccount), labelled(onPod)])).toEqual(verdicts);
});

test('a tenant that the account does not say is that of the cluster', () => {
  expect(verdictsOf([account({ [`${DOMAIN}/client-id`]: CLIENT }), labelled()])).toEqual(ADMITTED);
});

test('a lifetime is nothing to the webhook where the pod has no label', () => {
  const own = withEnv({ AZURE_CLIENT_ID: CLIENT, AZURE_TENANT_ID: TENANT, AZURE_FEDERATED_TOKEN_FILE: '/own/token' }, { volumeMounts: [{ name: 'own', mountPath: '/own' }] });
  const volumes = [{ name: 'own', projected: { sources: [{ serviceAccountToken: { audience: 'api://AzureADTokenExchange', path: 'token' } }] } }];
  expect(verdictsOf([account({ [LIFETIME]: '600' }), pod({ ...own, volumes })])).toEqual(ADMITTED);
  // With it, the pod is never made.
  expect(verdictsOf([account({ [LIFETIME]: '600' }), labelled({}, { ...own, volumes })])).toEqual(refused('the webhook rejects the pod'));
});

test('what a container lacks, the webhook adds', () => {
  expect(verdictsOf([annotated(), labelled({}, withEnv({ AZURE_CLIENT_ID: CLIENT }))])).toEqual(ADMITTED);
  expect(verdictsOf([annotated(), labelled({}, withEnv({ AZURE_FEDERATED_TOKEN_FILE: '/nowhere/token' }))])).toEqual(refused('nothing is mounted at /nowhere/token'));
});

test('a pod with the label and without a client id gets a token that opens nothing: most often, an annotation is mistyped', () => {
  expect(verdictsOf([account({ [`${DOMAIN}/clientId`]: CLIENT, [`${DOMAIN}/tenant-id`]: TENANT }), labelled()])).toEqual(refused('neither the service account nor a container names a client id'));
  expect(proofOf([account(), labelled()])).toMatchObject({ holds: false, strangers: [{ becomes: CLIENT }] });
  // One container that names it is enough for all.
  const containers = [{ name: 'app', env: [{ name: 'AZURE_CLIENT_ID', value: CLIENT }] }, { name: 'sidecar' }];
  expect(verdictsOf([account(), labelled({}, { containers })])).toEqual(ADMITTED);
});

test('the webhook\'s own proxy becomes the identity, where no other container does', () => {
  const skipping = { [`${DOMAIN}/skip-containers`]: 'app' };
  expect(verdictsOf([annotated(), labelled(skipping)])).toEqual([]);
  expect(verdictsOf([annotated(), labelled({ ...skipping, [`${DOMAIN}/inject-proxy-sidecar`]: 'false' })])).toEqual(ADMITTED);
  expect(verdictsOf([annotated(), labelled({ [`${DOMAIN}/skip-containers`]: 'app;azwi-proxy;azwi-proxy-init', [`${DOMAIN}/inject-proxy-sidecar`]: '' })])).toEqual([]);
});

test('a client id that another object holds is the one that counts, where that object is here', () => {
  const env = [{ name: 'AZURE_CLIENT_ID', valueFrom: { configMapKeyRef: { name: 'azure', key: 'client' } } }];
  const config = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'azure', namespace: 'shop' }, data: { client: CLIENT } };
  const objects = [annotated(), labelled({}, { containers: [{ name: 'app', env }] })];
  expect(verdictsOf([...objects, config])).toEqual(ADMITTED);
  expect(verdictsOf(objects)).toEqual(['undecided: AZURE_CLIENT_ID of the container app comes from elsewhere']);
});

describe('a container that names somebody else than its service account does', () => {
  const OTHER = 'd4e5f607-1829-4304-a5b6-d7e8f90a1b2c';
  const two = [managed, { ...managed, name: 'other', becomes: OTHER }];

  test.each<[string, readonly KubernetesObject[]]>([
    ['by webhook', [annotated(), labelled({}, withEnv({ AZURE_CLIENT_ID: OTHER }))]],
    ['explicitly, beside an annotation', [annotated(), pod({
      ...withEnv({ AZURE_CLIENT_ID: OTHER, AZURE_TENANT_ID: TENANT, AZURE_FEDERATED_TOKEN_FILE: '/own/token' }, { volumeMounts: [{ name: 'own', mountPath: '/own' }] }),
      volumes: [{ name: 'own', projected: { sources: [{ serviceAccountToken: { audience: 'api://AzureADTokenExchange', path: 'token' } }] } }],
    })]],
  ])('%s: each is judged once, and what it names counts', (_how, objects) => {
    // Both take the token: the one by the variable, the other from a program that names it itself.
    expect(verdictsOf(objects, two)).toEqual([`admitted as ${OTHER}`, `admitted as ${CLIENT}`]);
    expect(verdictsOf(objects, two.slice(1))).toEqual([`admitted as ${OTHER}`]);
    // Where nobody knows what the one takes, nothing is said of the other but that it is nobody's.
    expect(verdictsOf(objects)).toEqual([`undecided: no federated credential of ${OTHER} is among the documents`]);
    expect(proofOf(objects)).toMatchObject({ holds: false, strangers: [{ becomes: CLIENT }] });
    // Where it refuses, that is said once.
    const refusing = { ...managed, name: 'other', becomes: OTHER, request: { properties: { ...properties, subject: 'system:serviceaccount:shop:other' } } };
    expect(verdictsOf(objects, [refusing])).toEqual(refused('the trust wants the subject "system:serviceaccount:shop:other"'));
  });
});

test.each<[string, object, object]>([
  ['two mounts at one path', {}, { containers: [{ name: 'app', volumeMounts: [{ name: 'own', mountPath: '/var/run/secrets/azure/wi' }] }], volumes: [{ name: 'own', emptyDir: {} }] }],
  ['a proxy on the host\'s network', { [`${DOMAIN}/inject-proxy-sidecar`]: 'false' }, { hostNetwork: true }],
  ['a proxy at no port', { [`${DOMAIN}/inject-proxy-sidecar`]: 'true', [`${DOMAIN}/proxy-sidecar-port`]: 'http' }, {}],
])('a pod is never made with %s', (_what, annotations, spec) => {
  const [verdict, ...more] = verdictsOf([annotated(), labelled(annotations, spec)]);
  expect(more).toEqual([]);
  expect(verdict).toMatch(/^refused: the (webhook rejects|API server refuses) the pod/);
});

describe('an identity binding', () => {
  const CLUSTER = '/subscriptions/s/resourceGroups/clusters/providers/Microsoft.ContainerService/managedClusters/prod';
  const binding = { provider: 'azure', kind: 'containerservice.IdentityBinding', name: `${CLUSTER}/identityBindings/checkout`, becomes: CLIENT, request: { properties: { managedIdentity: { resourceId: '/x' } } } };
  const rule = { apiGroups: ['cid.wi.aks.azure.com'], resources: [CLIENT], verbs: ['use-managed-identity'] };
  const rbac = (rules: object = rule, subject: object = { kind: 'ServiceAccount', name: 'checkout', namespace: 'shop' }): readonly KubernetesObject[] => [
    { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'ClusterRole', metadata: { name: 'use' }, rules: [rules] },
    { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'ClusterRoleBinding', metadata: { name: 'use' }, roleRef: { kind: 'ClusterRole', name: 'use' }, subjects: [subject] },
  ];
  const pods = [annotated(), labelled({ [`${DOMAIN}/use-identity-binding`]: 'True' })];
  const of = (objects: readonly KubernetesObject[], trust: Artifacts['trust'] = [binding], id: string | undefined = CLUSTER) => verdictsOf([...pods, ...objects], trust, id);

  test('admits whom RBAC lets use the identity', () => {
    expect(of(rbac())).toEqual(ADMITTED);
    expect(of(rbac({ apiGroups: ['*'], resources: ['*'], verbs: ['*'] }))).toEqual(ADMITTED);
    expect(proofOf([...pods, ...rbac()], [binding], CLUSTER)).toMatchObject({ holds: true, strangers: [], verdicts: [{ claims: { audience: 'api://AKSIdentityBinding' }, alsoAdmits: [] }] });
  });

  test('refuses others, and says who it is that may', () => {
    expect(of(rbac(rule, { kind: 'ServiceAccount', name: 'other', namespace: 'shop' }))).toEqual(refused('RBAC lets ServiceAccount shop/other use-managed-identity'));
    expect(of(rbac(), [{ ...binding, name: binding.name.replace('prod/', 'staging/') }])).toEqual(refused(`no identity binding of ${CLIENT} is one of the cluster`));
  });

  test('says who else RBAC lets use it', () => {
    const both = rbac().map(object => (object.kind === 'ClusterRole' ? object : { ...object, subjects: [{ kind: 'ServiceAccount', name: 'checkout', namespace: 'shop' }, { kind: 'Group', name: 'system:authenticated' }] }));
    expect(proofOf([...pods, ...both], [binding], CLUSTER).verdicts[0]?.alsoAdmits).toEqual(['Group system:authenticated in aks']);
  });

  test('is not decided where RBAC, the binding or the cluster is not among what was given', () => {
    expect(of([])).toEqual([expect.stringMatching(/^undecided: no ClusterRoleBinding/)]);
    expect(of(rbac({ ...rule, resources: ['another'] }))).toEqual([expect.stringMatching(/^undecided: no ClusterRoleBinding/)]);
    expect(of(rbac(), [])).toEqual([expect.stringMatching(/^undecided: no identity binding/)]);
    expect(verdictsOf([...pods, ...rbac()], [binding])).toEqual([expect.stringMatching(/^undecided: it is not known which AKS cluster/)]);
  });

  test('takes nobody whose token is for Entra itself', () => {
    expect(verdictsOf([annotated(), labelled(), ...rbac()], [binding], CLUSTER)).toEqual([expect.stringMatching(/^undecided: no federated credential/)]);
  });
});

describe('which tenant is asked', () => {
  const OTHER = '11111111-2222-4333-8444-555555555555';
  const ID = '/subscriptions/5d6e7f80-91a2-43b4-95c6-d7e8f9a0b1c2/resourceGroups/shop/providers/Microsoft.ManagedIdentity/userAssignedIdentities/checkout';
  const identity = (tenantId: string) => ({ provider: 'azure', kind: 'managedidentity.UserAssignedIdentity', name: ID.replace('resourceGroups', 'resourcegroups'), request: { tenantId } });
  const owned = { ...managed, name: `${ID}/federatedIdentityCredentials/blue` };
  const asked = (tenant: string | undefined, home = OTHER, credential: Artifacts['trust'][number] = owned, env: object = {}) => verdictsOf(
    [account({ [`${DOMAIN}/client-id`]: CLIENT, ...(tenant !== undefined && { [`${DOMAIN}/tenant-id`]: tenant }) }), labelled({}, env)], [credential, identity(home)],
  );

  test.each<[string, () => readonly string[], readonly string[]]>([
    ['the identity\'s own', () => asked(OTHER), ADMITTED],
    ['its own, in capitals', () => asked(TENANT.toUpperCase(), TENANT), ADMITTED],
    ['another', () => asked(TENANT), refused(`the pod asks the tenant ${TENANT}, and the identity lies in ${OTHER}`)],
    ['another, by the variable', () => asked(OTHER, OTHER, owned, withEnv({ AZURE_TENANT_ID: TENANT })), refused(`the pod asks the tenant ${TENANT}`)],
    ['a name, which may be the same tenant\'s', () => asked('contoso.onmicrosoft.com'), [expect.stringContaining('undecided: whether the tenant contoso.onmicrosoft.com') as string]],
    ['the cluster\'s, since nobody says one, and it is another', () => asked(undefined), [expect.stringContaining(`undecided: the identity lies in the tenant ${OTHER}, the cluster in ${TENANT}`) as string]],
    ['the cluster\'s, since nobody says one, and it is the identity\'s', () => asked(undefined, TENANT), ADMITTED],
    ['one that comes from elsewhere', () => asked(undefined, OTHER, owned, { containers: [{ name: 'app', env: [{ name: 'AZURE_TENANT_ID', valueFrom: { secretKeyRef: { name: 's', key: 'k' } } }] }] }), ADMITTED],
    ['any, for an identity of which nothing else is known', () => asked(TENANT, OTHER, managed), ADMITTED],
    ['any, for an application, which can be of several', () => asked(TENANT, OTHER, application), ADMITTED],
  ])('%s', (_what, verdicts, wanted) => {
    expect(verdicts()).toEqual(wanted);
  });
});

describe('the namespace of AKS itself', () => {
  const inSystem = (object: KubernetesObject): KubernetesObject => ({ ...object, metadata: { ...object.metadata, namespace: 'kube-system' } });
  const trust = [{ ...managed, request: { properties: { ...properties, subject: 'system:serviceaccount:kube-system:checkout' } } }];
  const cluster = { name: 'aks', objects: [inSystem(annotated()), inSystem(labelled())] };
  const said = (facts: { readonly issuer: string; readonly resourceId?: string }) => prove({ clusters: [{ ...cluster, ...facts }], trust }).verdicts
    .map(({ admitted, decided, reason }) => ({ admitted, decided, reason }));

  test.each([
    ['by its issuer', { issuer: AKS_ISSUER }],
    ['by an issuer as they were before', { issuer: 'https://oidc.prod-aks.azure.com/0a1b2c3d-4e5f-4061-a273-8495a6b7c8d9/' }],
    ['by its id', { issuer: 'https://k3s.example.com/', resourceId: '/subscriptions/x' }],
  ])('is seen by no webhook (%s)', (_how, facts) => {
    expect(said(facts)).toEqual([{ admitted: false, decided: true, reason: 'the pod is in kube-system, where AKS asks no webhook' }]);
  });

  test('is like any other where somebody else runs the cluster, and for a pod with all it needs', () => {
    expect(prove({ clusters: [{ ...cluster, issuer: 'https://k3s.example.com/' }], trust: [{ ...managed, request: { properties: { ...properties, issuer: 'https://k3s.example.com/', subject: 'system:serviceaccount:kube-system:checkout' } } }] }).verdicts).toMatchObject([{ admitted: true }]);
    const own = withEnv({ AZURE_CLIENT_ID: CLIENT, AZURE_TENANT_ID: TENANT, AZURE_FEDERATED_TOKEN_FILE: '/own/token' }, { volumeMounts: [{ name: 'own', mountPath: '/own' }] });
    const volumes = [{ name: 'own', projected: { sources: [{ serviceAccountToken: { audience: 'api://AzureADTokenExchange', path: 'token' } }] } }];
    expect(verdictsOf([inSystem(account({})), inSystem(pod({ ...own, volumes }))], trust)).toEqual(ADMITTED);
  });
});
