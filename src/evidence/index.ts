export { gather, shownPlace } from './gather';
export type { EvidenceDocument, Place } from './document';
export type { Gap, Gathered } from './gather';
export type { ClusterDescription } from './reader';
