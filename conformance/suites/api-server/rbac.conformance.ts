/** The identity can do what its definition grants, and nothing else in a stated list: asked of the server's own authorizer. */
import fc from 'fast-check';
import { actionsIn, isGranted, type Action } from './support/actions';
import { Cluster } from './support/cluster';
import { relocated } from './support/relocated';
import { identitiesArbOf } from '../../../test/support/arbitraries';
import { count } from '../support/report';
import { defineWorkloadIdentity, planWorkloadIdentities, type WorkloadIdentityDefinition } from 'symbolon';

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
  const granted = actions.filter(action => isGranted(action, rbac, namespace));
  const others = actions.filter(action => !isGranted(action, rbac, namespace));
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

    const namespaces = [...new Set(definition.rbac.flatMap(rule => rule.namespaces ?? [])), elsewhere, 'kube-system'];
    const names = [...new Set(definition.rbac.flatMap(rule => rule.resourceNames ?? [])), 'another'];
    for (const { namespace, serviceAccountName } of planned.injections) {
      const actions = actionsIn([...new Set([namespace, ...namespaces])], names);
      expect(await differences(definition, namespace, serviceAccountName, actions)).toEqual({ tooMuch: [] });
    }
    // Somebody else in the same namespace has none of it.
    const stranger = planned.injections[0]?.namespace ?? elsewhere;
    expect(await Promise.all(actionsIn([stranger], names).map(action => isAllowed(stranger, 'stranger', action)))).not.toContain(true);
  }), { numRuns: 25 });
}, 600_000);
