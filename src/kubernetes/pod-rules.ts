import { nodeWishes } from './affinity';
import { dataOf, listOf, type Data } from './data';
import { reaches, type PodCondition, type PodRule, type Reach } from './injection';
import { complain, joinPath, type Report } from '../core/issues';

/**
 * What would keep the identity from the pod although everything is in it.
 *
 * @param inside  where the template stands, ending in a dot, or empty
 */
export function checkRules(template: Data, rules: readonly PodRule[], inside: string, report: Report): void {
  for (const rule of rules) {
    const { code, expected, fix, severity = 'error', also, secret = false } = rule;
    if (also !== undefined && foundBy(also, {}, template).length === 0) continue;
    for (const { path, value } of foundBy(rule, rule, template)) complain(report, code, `${inside}${path}`, { expected, ...(!secret && { got: value }), fix, severity });
  }
}

interface Found {
  readonly path: string;
  readonly value: unknown;
}

/** Every place where the condition is met. */
function foundBy(condition: PodCondition, reach: Reach, template: Data): readonly Found[] {
  const { value: wanted } = condition;
  // A label without a value is there all the same.
  return placesOf(condition, reach, template).filter(({ value }) => value !== undefined && value !== null && (wanted === undefined || value === wanted));
}

function placesOf({ of = 'spec', field }: PodCondition, reach: Reach, template: Data): readonly Found[] {
  const spec = dataOf(template.spec);
  switch (of) {
    case 'spec': return [{ path: `spec.${field}`, value: field.split('.').reduce<unknown>((part, key) => dataOf(part)[key], spec) }];
    case 'nodeSelector': return [
      { path: joinPath('spec.nodeSelector', field), value: dataOf(spec.nodeSelector)[field] },
      ...nodeWishes(spec).filter(({ key }) => key === field).map(({ path, value }) => ({ path: `spec.${path}`, value })),
    ];
    case 'env': return variablesIn(spec, field, reach);
    default: return [{ path: joinPath(`metadata.${of}`, field), value: dataOf(dataOf(template.metadata)[of])[field] }];
  }
}

/** A variable may have its value from elsewhere: there the whole of it is what was found. Nearly always there is none, and then no path is put together. */
function variablesIn(spec: Data, field: string, reach: Reach): readonly Found[] {
  const found: Found[] = [];
  for (const kind of ['initContainers', 'containers']) {
    listOf(spec[kind]).forEach((container, i) => {
      if (!reaches(reach, String(container.name))) return;
      listOf(container.env).forEach((variable, j) => {
        if (variable.name === field) found.push({ path: joinPath(`${joinPath(`spec.${kind}`, i)}.env`, j), value: variable.value ?? variable });
      });
    });
  }
  return found;
}
