export { audit } from './audit';
export { isAudited } from './relevant';
export { RULES } from './rules';
export type { AuditFinding } from './audit';
export type { AuditCode, AuditLevel, Rule } from './rule';
