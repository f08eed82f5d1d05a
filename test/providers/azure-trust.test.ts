/** Applications, identity bindings, quotas, and clusters that are spread over several identities. */
import fc from 'fast-check';
import { knownLayoutOf } from '../../src/identity/define';
import { shareOf } from '../../src/providers/azure/share';
import { aks, boundTo, checkoutWith, errorsOf, k3s, SENTENCE } from '../support/definitions';
import { checkWorkloadIdentity, defineWorkloadIdentity, planWorkloadIdentities, type ClusterInput, type Facts, type WorkloadIdentityInput } from 'symbolon';

const guid = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
const found = (input: WorkloadIdentityInput): readonly string[] => checkWorkloadIdentity(input).map(({ severity, code, path, message }) => {
  expect(message).toMatch(SENTENCE);
  return `${severity} ${code} ${path}`;
});
const wrong = (input: WorkloadIdentityInput): readonly string[] => errorsOf(input).map(({ code, path }) => `${code} ${path}`);

const APPLICATION = `/applications/${guid(8)}`;
const application = (fields: object = {}, clusters: readonly ClusterInput[] = [aks]): WorkloadIdentityInput =>
  checkoutWith({ clusters, trustedBy: { azure: { mechanism: 'application', tenantId: guid(1), applicationId: APPLICATION, clientId: guid(4), ...fields } } });
const full = { ...aks, aks: { tenantId: guid(1), subscriptionId: guid(3), resourceGroup: 'clusters', clusterName: 'prod' } };
const bound = (fields: object = {}, cluster: ClusterInput = full): WorkloadIdentityInput => boundTo('azure', cluster, { mechanism: 'identity-binding', ...fields });

describe('an Entra application', () => {
  test('has a service principal, which roles are assigned to, and a credential that names the application by its object id', () => {
    const plan = planWorkloadIdentities(defineWorkloadIdentity(application({ principalId: guid(6), roleAssignments: [{ role: 'Reader', scope: `/subscriptions/${guid(3)}` }] })));
    expect(plan.trust.map(({ kind, name, request }) => [kind, name, request])).toEqual([
      ['graph.Application', '/applications/checkout', { displayName: 'checkout' }],
      ['graph.ServicePrincipal', '/servicePrincipals/checkout', { appId: guid(4) }],
      ['graph.FederatedIdentityCredential', `${APPLICATION}/federatedIdentityCredentials/aks_shop_checkout`, {
        name: 'aks_shop_checkout', issuer: aks.issuer, subject: 'system:serviceaccount:shop:checkout', audiences: ['api://AzureADTokenExchange'],
      }],
      ['authorization.RoleAssignment', expect.any(String), { properties: expect.objectContaining({ principalId: guid(6), principalType: 'ServicePrincipal' }) as object }],
    ]);
  });

  test('waits for what Entra makes, and for nothing else', () => {
    const layout = knownLayoutOf(defineWorkloadIdentity(application({ applicationId: undefined, clientId: undefined })));
    expect(layout.trust.flatMap(({ provides = [] }) => provides.map(({ field, at }) => `${field} ${at.join('.')}`))).toEqual([
      'id identities.checkout.azure.applicationId', 'clientId identities.checkout.azure.clientId', 'objectId identities.checkout.azure.principalId', 'applicationTenantId identities.checkout.azure.tenantId',
    ]);
    const facts: Facts = { identities: { checkout: { azure: { applicationId: APPLICATION, clientId: guid(4) } } } };
    expect(planWorkloadIdentities(layout.definition, facts).trust).toEqual(planWorkloadIdentities(defineWorkloadIdentity(application())).trust);
  });

  test.each<[string, object, readonly string[]]>([
    ['the client id in the place of the resource id', { applicationId: guid(4) }, ['error azure/application-id trustedBy.azure.applicationId']],
    ['an id in upper case', { applicationId: '/applications/A0000000-0000-4000-8000-000000000004' }, ['error azure/application-id trustedBy.azure.applicationId']],
    ['an id that is made of the client id', { applicationId: `/applications/${guid(4)}` }, ['error azure/application-id trustedBy.azure.applicationId']],
    ['the object of the application for its principal', { principalId: guid(8), roleAssignments: [{ role: 'Reader', scope: `/subscriptions/${guid(3)}` }] }, ['error azure/principal-id trustedBy.azure.principalId']],
    ['what identities are called', { identityName: 'shop', identityBindingName: 'shop' }, ['warning azure/no-use trustedBy.azure.identityName', 'warning azure/no-use trustedBy.azure.identityBindingName']],
    ['no name', { applicationName: '' }, ['error azure/application-name trustedBy.azure.applicationName']],
    ['a name that is too long', { applicationName: 'x'.repeat(121) }, ['error azure/application-name trustedBy.azure.applicationName']],
    ['the longest name', { applicationName: 'x'.repeat(120) }, []],
    ['what only managed identities have', { resourceGroup: 'shop', location: 'westeurope' }, ['warning azure/no-use trustedBy.azure.resourceGroup', 'warning azure/no-use trustedBy.azure.location']],
  ])('%s', (_what, fields, findings) => {
    expect(found(application(fields))).toEqual(findings);
  });

  test('one of several clusters cannot say alone what they share; with a name of its own it can', () => {
    const mixed = (own: object) => wrong(boundTo('azure', aks, { on: { k3s: { mechanism: 'application', ...own } } }));
    const two = (own: object) => wrong({ ...boundTo('azure', aks, { on: { k3s: { mechanism: 'application', ...own } } }), clusters: [aks, k3s] });
    expect(mixed({})).toEqual(['identity/unknown-cluster trustedBy.azure.on.k3s']);
    expect(two({})).toEqual(['azure/mechanism trustedBy.azure.on.k3s.mechanism']);
    expect(two({ applicationName: 'other', applicationId: APPLICATION, clientId: guid(5) })).toEqual([]);
  });

  test('two definitions do not make one application in one tenant, and may in two', () => {
    const two = (tenantId: string) => () => planWorkloadIdentities([application({ applicationName: 'Shop' }), { ...application({ applicationName: 'shop', tenantId, applicationId: `/applications/${guid(9)}`, clientId: guid(5) }, [k3s]), name: 'other' }].map(defineWorkloadIdentity));
    expect(two(guid(1))).toThrow(/owned-twice/);
    expect(two(guid(2))).not.toThrow();
  });
});

test('an id that is made of the client id is refused when facts tell both, too', () => {
  const plan = () => planWorkloadIdentities(defineWorkloadIdentity(application({ applicationId: undefined, clientId: undefined })), { identities: { checkout: { azure: { applicationId: `/applications/${guid(4)}`, clientId: guid(4) } } } });
  expect(plan).toThrow(expect.objectContaining({ issues: [expect.objectContaining({ code: 'azure/application-id' })] }));
});

test.each<[string, object, readonly string[]]>([
  ['what applications are called', { applicationName: 'shop', applicationId: APPLICATION }, ['applicationName', 'applicationId']],
  ['what identity bindings are called', { identityBindingName: 'shop' }, ['identityBindingName']],
  ['tags of an identity that is there', { existing: true, tags: { team: 'shop' } }, ['tags']],
  ['where the webhook reads a lifetime, without one', { injection: 'explicit', expirationOn: 'pod' }, ['expirationOn']],
  ['the same with one', { expirationOn: 'pod', tags: { team: 'shop' }, identityName: 'shop' }, []],
])('%s: what changes nothing is a warning', (_what, fields, idle) => {
  expect(found(boundTo('azure', aks, fields as { readonly [field: string]: unknown }))).toEqual(idle.map(field => `warning azure/no-use trustedBy.azure.${field}`));
});

test('a tag whose name Azure keeps for itself is a warning', () => {
  expect(found(boundTo('azure', aks, { tags: { 'Azure-team': 'a', 'microsoft.x': 'b', 'windows': 'c', 'my-azure': 'd' } }))).toEqual(['.Azure-team', '["microsoft.x"]', '.windows'].map(at => `warning azure/tag-reserved trustedBy.azure.tags${at}`));
});

describe('an issuer of AKS in another cloud', () => {
  const sovereign = (domain: string, fields: object = {}, own = true): WorkloadIdentityInput => {
    const { aks: block, ...cluster } = { ...aks, issuer: `https://usgovvirginia.oic.prod-aks.azure.${domain}/${guid(1)}/${guid(2)}/` };
    return boundTo('azure', own ? { ...cluster, ...(block !== undefined && { aks: block }) } : cluster, fields as { readonly [field: string]: unknown });
  };

  test.each([['us', 'us-government'], ['cn', 'china']])('(%s) asks that the cloud is said where the pod is told of it: the public one is somebody\'s decision', (domain, cloud) => {
    for (const own of [true, false]) {
      const [issue, ...more] = errorsOf(sovereign(domain, { injection: 'explicit' }, own));
      expect(more).toEqual([]);
      expect(issue).toMatchObject({ code: 'azure/cloud', path: 'trustedBy.azure.cloud', message: expect.stringContaining(`cloud: "${cloud}"`) as string });
      for (const said of [cloud, 'public']) expect(wrong(sovereign(domain, { injection: 'explicit', cloud: said }, own))).toEqual([]);
    }
    expect(wrong(sovereign(domain, { injection: 'webhook' }))).toEqual([]);
  });

  test('is looked at like any other of AKS', () => {
    expect(wrong(boundTo('azure', aks, { injection: 'explicit' }))).toEqual([]);
    const { issuer = '' } = sovereign('us').clusters[0] as ClusterInput;
    const at = (own: string) => wrong({ ...boundTo('azure', aks), clusters: [{ ...aks, issuer: own }] } as WorkloadIdentityInput);
    expect(at(issuer.slice(0, -1))).toEqual(['issuer/trailing-slash clusters[0].issuer']);
    expect(at(issuer.replace(guid(1), guid(7)))).toEqual(['issuer/tenant clusters[0].issuer']);
  });
});

describe('an AKS identity binding', () => {
  test('is one resource of the cluster, and a ClusterRole for each service account; the pods are annotated', () => {
    const input = { ...bound(), namespace: undefined, runsAs: [{ namespace: 'shop' }, { namespace: 'batch' }] } as unknown as WorkloadIdentityInput;
    const plan = planWorkloadIdentities(defineWorkloadIdentity(input));
    const identity = `/subscriptions/${guid(3)}/resourceGroups/shop/providers/Microsoft.ManagedIdentity/userAssignedIdentities/checkout`;
    expect(plan.trust.slice(1)).toEqual([{
      identity: 'checkout',
      binding: 'azure',
      provider: 'azure',
      kind: 'containerservice.IdentityBinding',
      name: `/subscriptions/${guid(3)}/resourceGroups/clusters/providers/Microsoft.ContainerService/managedClusters/prod/identityBindings/checkout`,
      becomes: guid(4),
      request: { properties: { managedIdentity: { resourceId: identity } } },
    }]);
    const roles = plan.clusters[0]?.objects.filter(({ kind }) => kind === 'ClusterRole');
    expect(roles).toHaveLength(2);
    for (const { rules } of roles ?? []) expect(rules).toEqual([{ apiGroups: ['cid.wi.aks.azure.com'], resources: [guid(4)], verbs: ['use-managed-identity'] }]);
    for (const { annotations, labels } of plan.clusters[0]?.injections ?? []) {
      expect([annotations, labels]).toEqual([{ 'azure.workload.identity/use-identity-binding': 'true' }, { 'azure.workload.identity/use': 'true' }]);
    }
    expect(plan.edges.map(({ claims }) => claims.audience)).toEqual(['api://AKSIdentityBinding', 'api://AKSIdentityBinding']);
  });

  const preview = 'warning azure/preview trustedBy.azure.mechanism';
  test.each<[string, WorkloadIdentityInput, readonly string[]]>([
    ['it is a preview, and that is said', bound(), [preview]],
    ['there is none outside AKS', bound({ injection: 'webhook' }, k3s), ['error azure/identity-binding trustedBy.azure.mechanism']],
    ['the cluster is found by all of its id', bound({}, aks), ['error azure/aks clusters.aks.aks.resourceGroup', 'error azure/aks clusters.aks.aks.clusterName', preview]],
    ['only the webhook knows the proxy', bound({ injection: 'explicit' }), ['error azure/identity-binding trustedBy.azure.injection', preview]],
    ['nor does an application find it', bound({ injection: 'none' }), ['error azure/identity-binding trustedBy.azure.injection', preview]],
    ['its token has one audience', bound({ audience: 'api://AzureADTokenExchange' }), ['error azure/audience trustedBy.azure.audience', preview]],
  ])('%s', (_what, input, findings) => {
    expect(found(input)).toEqual(findings);
  });
});

test.each(['malaysiasouth', 'newzealandnorth'])('a managed identity in %s takes no credentials: a warning, since the list changes', location => {
  expect(found(boundTo('azure', aks, { location }))).toEqual(['warning azure/region trustedBy.azure.location']);
});

test.each<[string, { readonly [field: string]: unknown }, readonly string[]]>([
  ['of a cloud whose host nobody publishes', { cloud: 'us-nat', injection: 'explicit' }, ['azure/authority-host trustedBy.azure.authorityHost']],
  ['said for it', { cloud: 'us-sec', injection: 'explicit', authorityHost: 'https://login.example.gov/' }, []],
  ['left to the webhook of it', { cloud: 'us-nat' }, []],
  ['without the slash', { authorityHost: 'https://login.microsoftonline.com' }, ['azure/authority-host trustedBy.azure.authorityHost']],
  ['with a tenant', { authorityHost: 'https://login.microsoftonline.com/common/' }, ['azure/authority-host trustedBy.azure.authorityHost']],
  ['by http', { authorityHost: 'http://login.microsoftonline.com/' }, ['azure/authority-host trustedBy.azure.authorityHost']],
])('the authority host %s', (_what, fields, findings) => {
  expect(wrong(boundTo('azure', aks, fields))).toEqual(findings);
});

test('a webhook that nobody told the host of such a cloud is a warning', () => {
  const about = ['warning azure/webhook-authority-host trustedBy.azure.authorityHost'];
  for (const cloud of ['us-nat', 'us-sec']) for (const cluster of [aks, k3s]) expect(found(boundTo('azure', cluster, { cloud, injection: 'webhook' }))).toEqual(about);
  expect(found(boundTo('azure', aks, { cloud: 'us-nat', authorityHost: 'https://login.example.gov/' }))).toEqual([]);
  for (const cloud of ['public', 'us-government', 'china']) expect(found(boundTo('azure', aks, { cloud }))).toEqual([]);
});

test('Entra verifies RS256 only; who relies on others does not mind', () => {
  const signing = (signingAlgorithms: readonly string[]) => ({ ...k3s, signingAlgorithms }) as ClusterInput;
  expect(wrong(boundTo('azure', signing(['RS256'])))).toEqual([]);
  expect(wrong(boundTo('azure', signing(['ES256'])))).toEqual(['azure/signing-algorithm clusters.k3s.signingAlgorithms']);
  expect(wrong(boundTo('azure', signing(['RS256', 'ES384'])))).toEqual(['azure/signing-algorithm clusters.k3s.signingAlgorithms']);
  expect(wrong(boundTo('aws', signing(['ES256'])))).toEqual([]);
  expect(wrong(boundTo('aws', signing([])))).toEqual(['cluster/signing-algorithms clusters[0].signingAlgorithms']);
});

test('skipped containers are names, one in each entry', () => {
  expect(wrong(boundTo('azure', aks, { skipContainers: ['proxy', 'a;b'] }))).toEqual(['azure/skip-containers trustedBy.azure.skipContainers[1]']);
});

const fleet = (names: readonly string[]): readonly ClusterInput[] => names.map(name => ({ name, issuer: `https://oidc.example.com/${name}` }));
const SPREAD = { tenantId: guid(1), subscriptionId: guid(3), resourceGroup: 'shop', location: 'westeurope' };
const spread = (names: readonly string[], fields: object): WorkloadIdentityInput =>
  checkoutWith({ clusters: fleet(names), trustedBy: { azure: { ...SPREAD, ...fields } } });
const numbered = (count: number): readonly string[] => Array.from({ length: count }, (_, i) => `c${i}`);

describe('more credentials than one identity takes', () => {
  test('are refused with their number, and with what would hold them', () => {
    expect(wrong(spread(numbered(20), {}))).toEqual([]);
    const [issue, ...more] = errorsOf(spread(numbered(21), {}));
    expect(more).toEqual([]);
    expect(issue).toMatchObject({ code: 'azure/credential-count', message: expect.stringMatching(/at most 20 .* got "21 service accounts in clusters".*spreadOver: 3/) as string });
    expect(wrong(spread(numbered(21), { credentialQuota: 21 }))).toEqual([]);
    expect(wrong(application({}, fleet(numbered(21))))).toEqual(['azure/credential-count trustedBy.azure.applicationName']);
  });

  test('of one cluster go to several identities by no number: clusters are spread, and not its service accounts', () => {
    const crowded = (fields: object, count = 21) => errorsOf({ ...boundTo('azure', aks, { ...fields }), namespace: undefined, runsAs: Array.from({ length: count }, (_, i) => ({ namespace: `n${i}` })) } as unknown as WorkloadIdentityInput);
    expect(crowded({})).toMatchObject([{ code: 'azure/credential-count', message: expect.stringMatching(/one cluster alone has 21 of them, so make several identities of it/) as string }]);
    for (const credentialQuota of [0, -1]) expect(crowded({ credentialQuota }, 1)).toMatchObject([{ code: 'azure/count', path: 'trustedBy.azure.credentialQuota' }]);
  });

  test.each<[string, (names: readonly string[], name: string, own?: object) => WorkloadIdentityInput]>([
    ['managed identity', (names, name, own) => ({ ...spread(names, { existing: true, identityName: 'shop', ...own }), name, serviceAccount: name })],
    ['application', (names, name, own) => ({ ...application({ existing: true, ...own }, fleet(names)), name, serviceAccount: name })],
  ])('are counted for one %s, whichever definitions and bindings add them', (_what, of) => {
    const factsOf = (inputs: readonly WorkloadIdentityInput[]) =>
      ({ identities: Object.fromEntries(inputs.map(({ name }) => [name, { azure: { clientId: guid(4) } }])) });
    const planned = (...inputs: readonly WorkloadIdentityInput[]) => () => planWorkloadIdentities(inputs.map(defineWorkloadIdentity), factsOf(inputs));
    const two = (count: number, own: object = {}) => planned(of(numbered(11), 'checkout'), of(numbered(count), 'audit', own));
    expect(two(9)).not.toThrow();
    expect(two(10)).toThrow(expect.objectContaining({
      issues: [expect.objectContaining({
        code: 'azure/credential-count', path: expect.stringMatching(/^audit\.trustedBy\.azure\./) as string, message: expect.stringMatching(/at most 20 .*got "21: 11 by checkout trustedBy\.azure, 10 by audit trustedBy\.azure"/) as string,
      })],
    }));
    // What one of them says of the quota, the other does not.
    expect(two(10, { credentialQuota: 30 })).toThrow(/at most 20/);
    expect(planned(of(numbered(11), 'checkout', { credentialQuota: 30 }), of(numbered(10), 'audit', { credentialQuota: 30 }))).not.toThrow();
    expect(two(10, { identityName: 'other', applicationId: `/applications/${guid(9)}`, clientId: undefined })).not.toThrow();
    const both = of(numbered(11), 'checkout');
    const trusted = { ...both, trustedBy: { ...both.trustedBy, second: { ...both.trustedBy?.azure, provider: 'azure', injection: 'none', credentialName: undefined } } } as unknown as WorkloadIdentityInput;
    expect(wrong(trusted)).toContainEqual(expect.stringMatching(/^azure\/credential-count trustedBy\.second\./));
  });

  test('go to several identities on request, each with its share, and the first is the one that there was', () => {
    const trust = knownLayoutOf(defineWorkloadIdentity(spread(numbered(40), { spreadOver: 4 }))).trust;
    const identities = trust.filter(({ kind }) => kind === 'managedidentity.UserAssignedIdentity').map(({ name }) => String(name).split('/').at(-1));
    expect(identities.sort()).toEqual(['checkout', 'checkout-2', 'checkout-3', 'checkout-4']);
    const credentials = trust.filter(({ kind }) => kind === 'managedidentity.FederatedIdentityCredential');
    expect(credentials).toHaveLength(40);
    const alone = knownLayoutOf(defineWorkloadIdentity(spread(numbered(1), {}))).trust[0];
    expect(trust.filter(({ id }) => id === 'azure').map(({ name }) => name)).toEqual([alone?.name]);
  });

  test('a cluster keeps its identity when others come or go, and a new identity takes clusters from the others only', () => {
    fc.assert(fc.property(fc.uniqueArray(fc.stringMatching(/^[a-z][a-z0-9]{0,8}$/), { minLength: 1, maxLength: 12 }), fc.integer({ min: 2, max: 9 }), (names, spreadOver) => {
      const layoutOf = (some: readonly string[]) => knownLayoutOf(defineWorkloadIdentity(spread(some, { spreadOver })));
      const documents = (some: readonly string[]) => new Map(layoutOf(some).trust.map(({ id, name }) => [id, name]));
      const [fewer, all] = [documents(names.slice(0, Math.ceil(names.length / 2))), documents(names)];
      for (const [id, name] of fewer) expect(all.get(id)).toBe(name);
      for (const name of names) {
        const [before, after] = [shareOf({ spreadOver }, name), shareOf({ spreadOver: spreadOver + 1 }, name)];
        if (after !== before) expect(after).toBe(`share=${spreadOver + 1}`);
      }
    }), { numRuns: 60 });
  });

  test('each identity has its own client id, which only its own clusters name', () => {
    const names = numbered(6);
    const definition = defineWorkloadIdentity(spread(names, { spreadOver: 2 }));
    const second = names.filter(name => shareOf({ spreadOver: 2 }, name) !== undefined);
    expect(second.length).toBeGreaterThan(0);
    expect(second.length).toBeLessThan(names.length);
    const on = Object.fromEntries(second.map(name => [name, { clientId: guid(5) }]));
    const facts: Facts = { identities: { checkout: { azure: { clientId: guid(4), on } } } };
    const { edges } = planWorkloadIdentities(definition, facts);
    expect(edges.map(({ cluster, handle }) => [cluster, handle])).toEqual(names.map(name => [name, second.includes(name) ? guid(5) : guid(4)]));
    expect(wrong(spread(names, { spreadOver: 2, clientId: guid(4) }))).toContain('azure/client-id trustedBy.azure.clientId');
  });

  test('a cluster with an identity of its own is left out', () => {
    const input = spread(numbered(6), { spreadOver: 3, on: { c1: { identityName: 'mine' }, c3: { identityName: 'mine' } } });
    const { trust } = knownLayoutOf(defineWorkloadIdentity(input));
    const mine = trust.filter(({ name }) => /userAssignedIdentities\/mine\b/.test(String(name))).map(({ id }) => id);
    expect(mine).toEqual(['azure/identityName=mine', 'azure/identityName=mine/c1/shop/checkout', 'azure/identityName=mine/c3/shop/checkout']);
  });

  test.each([0, -1, 1.5, 101, 1e9, NaN])('spreadOver: %s is refused, and costs no time', spreadOver => {
    expect(wrong(spread(['a'], { spreadOver }))).toContain(Number.isNaN(spreadOver) ? 'data/plain trustedBy.azure.spreadOver' : 'azure/count trustedBy.azure.spreadOver');
  });
});

test('adding a cluster changes nothing that is there, whatever the mechanism', () => {
  for (const make of [(clusters: readonly ClusterInput[]) => application({}, clusters), (clusters: readonly ClusterInput[]) => ({ ...boundTo('azure', aks), clusters })]) {
    const trustOf = (clusters: readonly ClusterInput[]) => knownLayoutOf(defineWorkloadIdentity(make(clusters))).trust;
    const text = (clusters: readonly ClusterInput[]) => trustOf(clusters).map(({ id, name, request, series }) => JSON.stringify([id, name, request, series]));
    expect(text([aks, k3s])).toEqual(expect.arrayContaining(text([aks])));
  }
});
