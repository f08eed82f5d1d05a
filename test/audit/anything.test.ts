/** Manifests come from anybody: nothing in them may make the audit fail, and what is right in an example is right for the audit. */
import * as fc from 'fast-check';
import { CASES } from './cases';
import { auditOf } from './support';
import { audit, isAudited } from '../../src/audit';
import { gather } from '../../src/evidence';

/** Words that the audit looks for, so that arbitrary data gets far into it. */
const WORDS = [
  'metadata', 'spec', 'template', 'containers', 'initContainers', 'volumes', 'projected', 'sources', 'serviceAccountToken', 'path', 'audience', 'expirationSeconds', 'secret', 'secretName', 'configMap', 'items',
  'name', 'namespace', 'labels', 'annotations', 'env', 'envFrom', 'secretRef', 'value', 'valueFrom', 'secretKeyRef', 'volumeMounts', 'mountPath', 'subPath', 'subjects', 'secrets', 'data', 'stringData', 'type',
  'command', 'args', 'image', 'hostNetwork', 'eks.amazonaws.com/role-arn', 'azure.workload.identity/use', 'toString', '__proto__', 'constructor', 'serviceAccountName', 'default', 'affinity', 'nodeSelector',
];
const word = fc.constantFrom(...WORDS);
const anything = fc.letrec(tie => ({
  value: fc.oneof({ maxDepth: 6 }, fc.constantFrom(null, true, false, 0, 3607, -1.5, '', '/', '/var/run/secrets/kubernetes.io/serviceaccount/token'), word, fc.array(tie('value'), { maxLength: 3 }), fc.dictionary(word, tie('value'), { maxKeys: 5 })),
})).value;
const manifest = fc.record({
  apiVersion: fc.constantFrom('v1', 'apps/v1', 'rbac.authorization.k8s.io/v1'),
  kind: fc.constantFrom('Pod', 'Deployment', 'Secret', 'ServiceAccount', 'Namespace', 'ConfigMap', 'RoleBinding', 'ClusterRoleBinding', 'PodTemplate', 'List', 'toString'),
  metadata: fc.oneof(anything, fc.record({ name: anything, namespace: anything, labels: anything, annotations: anything })),
  spec: anything,
  template: anything,
  data: anything,
  secrets: anything,
  subjects: anything,
  items: anything,
}, { requiredKeys: ['apiVersion', 'kind', 'metadata'] });

function auditOfDocuments(documents: readonly unknown[]): void {
  const { clusters } = gather(documents.map((value, document) => ({ value, at: { file: 'a.yaml', document, path: '' }, cluster: 'unnamed' })), [{ name: 'unnamed' }]);
  for (const cluster of clusters) for (const { message, about, plan } of audit(cluster)) for (const text of [message, about, ...plan]) expect(typeof text).toBe('string');
  for (const document of documents) isAudited(document);
}

test('arbitrary manifests', () => {
  fc.assert(fc.property(fc.array(manifest, { maxLength: 4 }), auditOfDocuments), { numRuns: 2000 });
});

/** Puts a value in the place of one that is there, somewhere. */
function changed(value: unknown, at: number, other: unknown): unknown {
  let count = 0;
  const walk = (node: unknown): unknown => {
    if (count++ === at) return other;
    if (Array.isArray(node)) return node.map(walk);
    return typeof node === 'object' && node !== null ? Object.fromEntries(Object.entries(node).map(([key, inner]) => [key, walk(inner)])) : node;
  };
  return walk(value);
}

test('right and wrong manifests in which one value is something else', () => {
  const all = CASES.flatMap(({ found, near }) => [...Object.values(found), ...Object.values(near)]);
  const somewhere = fc.integer({ min: 1, max: 60 });
  const property = fc.property(fc.constantFrom(...all), somewhere, anything, (objects, at, other) => {
    auditOfDocuments(changed(objects, at, other) as unknown[]);
  });
  fc.assert(property, { numRuns: 2000 });
});

test('the order of manifests changes nothing', () => {
  const codes = (objects: readonly object[]): readonly string[] => auditOf(...objects).map(({ code, about, message }) => `${code} ${about} ${message}`).sort();
  for (const { found } of CASES) for (const objects of Object.values(found)) expect(codes([...objects].reverse())).toEqual(codes(objects));
});
