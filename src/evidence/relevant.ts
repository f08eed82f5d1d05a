import { dataOf, isData } from '../kubernetes/data';

/** Objects beside pods that say something about who a pod is, and who is let in. */
const KINDS = new Set(['ServiceAccount', 'Namespace', 'ConfigMap', 'ClusterRole', 'ClusterRoleBinding']);

/** Whether a document can matter for an identity: everything but manifests of other kinds, which need not be kept in memory. */
export function isRelevant(document: unknown): boolean {
  if (!isData(document) || typeof document.apiVersion !== 'string' || typeof document.kind !== 'string') return true;
  if (KINDS.has(document.kind) || document.kind.endsWith('List')) return true;
  const spec = dataOf(document.spec);
  return [document, dataOf(document.template), dataOf(spec.template), dataOf(dataOf(dataOf(spec.jobTemplate).spec).template)]
    .some(template => Array.isArray(dataOf(template.spec).containers));
}
