import { dataOf, type Data } from './data';
import type { PodCondition, PodRule } from './injection';
import { complain, joinPath, type Report } from '../core/issues';

/**
 * What would keep the identity from the pod although everything is in it.
 *
 * @param inside  where the template stands, ending in a dot, or empty
 */
export function checkRules(template: Data, rules: readonly PodRule[], inside: string, report: Report): void {
  for (const rule of rules) {
    const { of = 'spec', field, code, expected, fix, severity = 'error' } = rule;
    if (!meets(template, rule) || (rule.also !== undefined && !meets(template, rule.also))) continue;
    const path = of === 'spec' ? `${inside}spec.${field}` : joinPath(`${inside}metadata.${of}`, field);
    complain(report, code, path, { expected, got: found(template, rule), fix, severity });
  }
}

function meets(template: Data, condition: PodCondition): boolean {
  const value = found(template, condition);
  // An annotation without a value is there all the same.
  return condition.value === undefined ? value !== undefined && value !== null : value === condition.value;
}

function found(template: Data, { of = 'spec', field }: PodCondition): unknown {
  if (of !== 'spec') return dataOf(dataOf(template.metadata)[of])[field];
  return field.split('.').reduce<unknown>((part, key) => dataOf(part)[key], template.spec);
}
