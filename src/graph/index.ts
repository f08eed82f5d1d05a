export { dotOf } from './dot';
export { folded, FOLDS } from './fold';
export { htmlOf } from './html/page';
export { countsOf, STATES } from './map';
export { mapOf } from './map-of';
export { mermaidOf, MERMAID_LIMITS } from './mermaid';
export type { Fold } from './fold';
export type { NodeKind, State, TrustEdge, TrustMap, TrustNode } from './map';
