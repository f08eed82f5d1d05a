import { checkLayout } from './check';
import { checkFacts } from './check-facts';
import { knownLayoutOf } from './define';
import type { WorkloadIdentityDefinition } from './definition';
import type { Facts } from './facts';
import { layoutOf, type Layout } from './layout';
import { InvalidDefinitionError, InvalidFactsError } from '../core/errors';
import { Findings, type Report } from '../core/issues';

/**
 * The layouts of definitions with the facts that were given, checked. Without facts nothing is done twice: a definition
 * was laid out and checked when it was made.
 *
 * @param together  a rule for all of them at once
 * @throws InvalidFactsError when facts and definition contradict each other
 * @throws InvalidDefinitionError when, with the facts, a rule is broken
 */
export function checkedLayouts(
  definitions: readonly WorkloadIdentityDefinition[], facts: Facts, together?: (layouts: readonly Layout[], report: Report) => void,
): readonly Layout[] {
  const findings = new Findings();
  const layouts = Object.keys(facts).length === 0 ? definitions.map(knownLayoutOf) : layoutsWith(facts, definitions, findings.report);
  together?.(layouts, findings.report);
  if (findings.errors.length > 0) throw new InvalidDefinitionError(definitions.map(definition => JSON.stringify(definition.name)).join(', '), findings.all);
  return layouts;
}

function layoutsWith(facts: Facts, definitions: readonly WorkloadIdentityDefinition[], report: Report): readonly Layout[] {
  const findings = new Findings();
  checkFacts(facts, definitions, findings.report);
  if (findings.errors.length > 0) throw new InvalidFactsError(findings.all);
  const layouts = definitions.map(definition => layoutOf(definition, facts));
  for (const layout of layouts) checkLayout(layout, report);
  return layouts;
}
