export { FINDINGS } from './finding';
export { gather, shownPlace } from './gather';
export { isRelevant } from './relevant';
export { verify, verifyGathered } from './verify';
export type { EvidenceDocument, Place } from './document';
export type { Finding, FindingCode, FindingLevel } from './finding';
export type { Gap, Gathered } from './gather';
export type { ClusterDescription } from './reader';
export type { Verification, WitnessedStranger } from './verify';
