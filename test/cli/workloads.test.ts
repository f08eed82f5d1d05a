/** Manifests that a file lists as its workloads: Lists of them, and those that are not what they should be. */
import { GOOD_YAML, workspace } from './workspace';

const DEPLOYMENT = `
  - apiVersion: apps/v1
    kind: Deployment
    metadata: { name: web, namespace: shop }
    spec: { template: { spec: { serviceAccountName: checkout, containers: [{ name: app, image: nginx }] } } }
`;
/** As kubectl get -o yaml writes several. */
const LIST = (items: string): string => `
  - apiVersion: v1
    kind: List
    metadata: { resourceVersion: "" }
    items:${items.replace(/^/gm, '    ')}
`;

test('a List is taken for its items', async () => {
  const space = workspace({ 'identity.yaml': `${GOOD_YAML}workloads:${DEPLOYMENT}`, 'list.yaml': `${GOOD_YAML}workloads:${LIST(DEPLOYMENT)}` });
  expect((await space.run(['synth', 'identity.yaml', '--out=a'])).code).toBe(0);
  expect((await space.run(['synth', 'list.yaml', '--out=b'])).code).toBe(0);
  expect(space.tree('b/kubernetes')).toEqual(space.tree('a/kubernetes'));
});

test.each([
  ['without pods, in a List', LIST(`${DEPLOYMENT}  - { apiVersion: v1, kind: Service, metadata: { name: web } }`), 'workload/kind', /workloads\[0\]\.items\[1\]\.kind: expected one of Pod, /],
  ['in a List whose items are text', '\n  - { apiVersion: v1, kind: List, items: [web] }\n', 'workload/kind', /workloads\[0\]\.items\[0\]\.kind: /],
  ['with text for its containers', DEPLOYMENT.replace('[{ name: app, image: nginx }]', 'app'), 'workload/structure', /workloads\[0\]\.spec\.template\.spec\.containers: expected a list, .*got "app"/],
  ['without a pod template', DEPLOYMENT.replace(/spec: .*/, 'spec: oops'), 'workload/structure', /workloads\[0\]\.spec: expected a map with the pod template in it, got "oops"/],
])('a manifest %s is refused, and nothing is written', async (_what, workloads, finding, message) => {
  const space = workspace({ 'identity.yaml': `${GOOD_YAML}workloads:${workloads}` });
  const { code, err } = await space.run(['synth', 'identity.yaml']);
  expect({ code, written: space.has('dist') }).toEqual({ code: 1, written: false });
  expect(err).toContain(`[${finding}]`);
  expect(err).toMatch(message);
});
