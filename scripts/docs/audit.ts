/** The rules of the audit, as its page lists them. */
import { tableOf } from './tables';
import { RULES } from '../../src/audit';

/** Every rule, with what it finds and how bad that is. */
export function auditTable(): string {
  return tableOf(['code', 'level', 'what it finds'], RULES.map(({ code, level, says }) => [`\`${code}\``, level, says.replaceAll('|', '\\|')]));
}
