/** The identity can do what its definition grants, and nothing else in a stated list: asked of the server's own authorizer. */
import fc from 'fast-check';
import { actionsIn, type Action } from './support/actions';
import { Cluster } from './support/cluster';
import { relocated } from './support/relocated';
import { isClusterScoped } from '../../../src/kubernetes/api-resources';
import { identitiesArbOf } from '../../../test/support/arbitraries';
import { account as asker, can } from '../../../test/support/authorizer';
import { grantArb, isMeant } from '../../../test/support/grants';
import { count } from '../support/report';
import { ApiResource, defineWorkloadIdentity, planWorkloadIdentities, type WorkloadIdentityDefinition } from 'symbolon';

const cluster = new Cluster();
afterAll(() => cluster.close());

async function isAllowed(namespace: string, account: string, { verb, group, resource, subresource, namespace: where, name }: Action): Promise<boolean> {
  const { status, body } = await cluster.client.post<{ status: { allowed: boolean } }>('/apis/authorization.k8s.io/v1/subjectaccessreviews', {
    spec: {
      user: `system:serviceaccount:${namespace}:${account}`,
      groups: ['system:serviceaccounts', `system:serviceaccounts:${namespace}`, 'system:authenticated'],
      resourceAttributes: { verb, group, resource, subresource, namespace: where, name },
    },
  });
  expect(status).toBe(201);
  return body.status.allowed;
}

/** Asks until the authorizer has heard of the new roles. */
async function comesToBeAllowed(namespace: string, account: string, action: Action): Promise<boolean> {
  for (let left = 50; left > 0; left--) {
    if (await isAllowed(namespace, account, action)) return true;
    await new Promise(resolve => setTimeout(resolve, 100));
  }
  return false;
}

/** What the service account may do though nobody granted it, and what it may not do though somebody did. */
async function differences({ rbac }: WorkloadIdentityDefinition, namespace: string, account: string, actions: readonly Action[]): Promise<object> {
  const granted = actions.filter(action => isMeant(action, rbac, namespace));
  const others = actions.filter(action => !isMeant(action, rbac, namespace));
  for (const action of granted) if (!(await comesToBeAllowed(namespace, account, action))) return { missing: action };
  const allowed = await Promise.all(others.map(action => isAllowed(namespace, account, action)));
  count('api-server', 'permissions granted and there', granted.length);
  count('api-server', 'permissions not granted and not there', others.length);
  return { tooMuch: others.filter((_, i) => allowed[i]) };
}

test('every service account may do what the rules say, and nothing else in the list', async () => {
  const withRules = identitiesArbOf({ most: 1 }).map(([identity]) => identity).filter(identity => identity?.rbac !== undefined);
  await fc.assert(fc.asyncProperty(withRules.map(identity => identity as NonNullable<typeof identity>), async input => {
    // Namespaces of its own: what another identity of the same name was granted is not there.
    const [run, places] = [cluster.fresh('rbac'), new Map<string, string>()];
    const place = (namespace: string): string => {
      const real = cluster.nameOf(places.get(namespace) ?? `${run}-${places.size}`);
      places.set(namespace, real);
      return real;
    };
    const definition = defineWorkloadIdentity(relocated(input, place));
    const elsewhere = place('elsewhere');
    for (const name of places.values()) await cluster.namespace(name);
    const planned = planWorkloadIdentities(definition).clusters[0];
    if (planned === undefined) return;
    for (const object of planned.objects) expect((await cluster.apply(object)).body.message).toBeUndefined();

    const namespaces = [...new Set(definition.rbac.flatMap(rule => (rule as { namespaces?: readonly string[] }).namespaces ?? [])), elsewhere, 'kube-system'];
    const names = [...new Set(definition.rbac.flatMap(rule => (rule as { resourceNames?: readonly string[] }).resourceNames ?? [])), 'another'];
    for (const { namespace, serviceAccountName } of planned.injections) {
      const actions = actionsIn([...new Set([namespace, ...namespaces])], names);
      expect(await differences(definition, namespace, serviceAccountName, actions)).toEqual({ tooMuch: [] });
    }
    // Somebody else in the same namespace has none of it.
    const stranger = planned.injections[0]?.namespace ?? elsewhere;
    expect(await Promise.all(actionsIn([stranger], names).map(action => isAllowed(stranger, 'stranger', action)))).not.toContain(true);
  }), { numRuns: 25 });
}, 600_000);

test('what is granted in words may be done, and nothing else in the list: as the tests\' own authorizer says, which stands for the server in quick tests', async () => {
  const NAMES = ['web', 'worker'];
  await fc.assert(fc.asyncProperty(fc.array(grantArb(['shop', 'back'], NAMES), { minLength: 1, maxLength: 4 }), async rbac => {
    const run = cluster.fresh('words');
    const place = (namespace: string): string => cluster.nameOf(`${run}-${namespace}`);
    const definition = defineWorkloadIdentity(relocated({ name: run, namespace: 'shop', clusters: [{ name: 'edge' }], rbac }, place));
    for (const namespace of ['shop', 'back', 'elsewhere']) await cluster.namespace(place(namespace));
    const objects = planWorkloadIdentities(definition).clusters[0]?.objects ?? [];
    for (const object of objects) expect((await cluster.apply(object)).body.message).toBeUndefined();
    const actions = actionsIn(['shop', 'back', 'elsewhere', 'kube-system'].map(place), [...NAMES, 'another']);
    const wrong = actions.filter(action => can(objects, asker(place('shop'), run), action) !== isMeant(action, definition.rbac, place('shop')));
    expect(wrong).toEqual([]);
    expect(await differences(definition, place('shop'), run, actions)).toEqual({ tooMuch: [] });
  }), { numRuns: 5 });
}, 600_000);

test('tokens of one service account, by the identity and by somebody else, and audiences for nodes', async () => {
  const namespace = await cluster.namespace(cluster.fresh('tokens'));
  // `view` itself is empty where nobody aggregates: that is the controller manager's work.
  const definition = defineWorkloadIdentity({
    name: cluster.fresh('issuer'),
    namespace,
    clusters: [{ name: 'edge' }],
    rbac: [{ requestTokensOf: ['web'] }, { tokensRequestedBy: [`${namespace}/controller`] }, { nodesMayRequest: ['https://registry.example.com'] }, { reviewTokens: true }, { clusterRole: 'system:aggregate-to-view' }],
  });
  for (const object of planWorkloadIdentities(definition).clusters[0]?.objects ?? []) expect((await cluster.apply(object)).body.message).toBeUndefined();
  const token = (name: string): Action => ({ verb: 'create', group: '', resource: 'serviceaccounts', subresource: 'token', namespace, name });
  const { name } = definition;
  for (const action of [token('web'), { verb: 'create', group: 'authentication.k8s.io', resource: 'tokenreviews' }, { verb: 'list', group: '', resource: 'pods', namespace }]) {
    expect([action, await comesToBeAllowed(namespace, name, action)]).toEqual([action, true]);
  }
  expect(await comesToBeAllowed(namespace, 'controller', token(name))).toBe(true);
  expect(await Promise.all([token('other'), token(name)].map(action => isAllowed(namespace, name, action)))).toEqual([false, false]);
  expect(await Promise.all([token('other'), token('web')].map(action => isAllowed(namespace, 'controller', action)))).toEqual([false, false]);
  const audience = (resource: string, account: string): Action => ({ verb: 'request-serviceaccounts-token-audience', group: '', resource, namespace, name: account });
  const nodeMay = async ({ verb, group, resource, namespace: where, name: what }: Action) => (await cluster.client.post<{ status: { allowed: boolean } }>('/apis/authorization.k8s.io/v1/subjectaccessreviews', {
    spec: { user: 'system:node:worker', groups: ['system:nodes', 'system:authenticated'], resourceAttributes: { verb, group, resource, namespace: where, name: what } },
  })).body.status.allowed;
  expect(await Promise.all([audience('https://registry.example.com', name), audience('https://other.example.com', name), audience('https://registry.example.com', 'other')].map(nodeMay))).toEqual([true, false, false]);
});

test('every resource that is known by its name alone is in that group on the server, and in a namespace or not, as far as the server has it', async () => {
  const { body: { groups } } = await cluster.client.get<{ groups: { name: string; preferredVersion: { groupVersion: string } }[] }>('/apis');
  const versions = new Map([['', '/api/v1'], ...groups.map(({ name, preferredVersion }) => [name, `/apis/${preferredVersion.groupVersion}`] as const)]);
  const missing: string[] = [];
  for (const { apiGroup, resource } of Object.values(ApiResource)) {
    const path = versions.get(apiGroup);
    const { body } = await cluster.client.get<{ resources?: { name: string; namespaced: boolean }[] }>(path ?? `/apis/${apiGroup}`);
    const found = body.resources?.find(({ name }) => name === resource);
    if (found === undefined) missing.push(resource);
    // Namespaces are the exception: a Role inside one reaches it.
    else if (resource !== 'namespaces') expect([resource, found.namespaced]).toEqual([resource, !isClusterScoped(resource)]);
  }
  // Served under alpha and beta versions alone, which a server leaves off.
  expect(missing.filter(resource => !BETA.includes(resource))).toEqual([]);
});

const BETA = ['mutatingadmissionpolicies', 'mutatingadmissionpolicybindings', 'clustertrustbundles', 'podcertificaterequests', 'leasecandidates', 'volumeattributesclasses', 'deviceclasses', 'resourceclaims', 'resourceclaimtemplates', 'resourceslices'];
