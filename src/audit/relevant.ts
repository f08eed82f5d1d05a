import { data } from '../proof/pods';

/** Objects beside those that matter for an identity: what holds tokens, and what lets accounts use the API. */
const KINDS = new Set(['Secret', 'RoleBinding', 'ClusterRoleBinding']);

/** Whether the audit wants to see a document that proofs have no use for. */
export function isAudited(document: unknown): boolean {
  const { kind } = data(document);
  return typeof kind === 'string' && KINDS.has(kind);
}
