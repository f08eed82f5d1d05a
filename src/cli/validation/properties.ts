import { InvalidDefinitionError } from '../../core/errors';
import { Findings, complain, joinPath } from '../../core/issues';
import { fits, readShape, type Shape } from '../../core/shape';
import type { ValidationProperties } from '../../validation';

const SHAPE: Shape<ValidationProperties> = {
  trust: 'texts?', definition: 'text?', env: 'text?', facts: 'text?', clusters: 'map?', evidence: 'text?', audit: 'yes or no?', undecided: 'text?',
};

/**
 * What cdk8s.yaml says, if it is all of it known.
 *
 * @throws InvalidDefinitionError with everything that is wrong
 */
export function readProperties(given: unknown): Partial<ValidationProperties> {
  const findings = new Findings();
  const { report } = findings;
  const properties = readShape<ValidationProperties>(given, SHAPE, '', report);
  const { clusters = {}, undecided, definition, env, facts, trust, audit } = properties;
  for (const [name, issuer] of Object.entries(clusters)) fits(issuer, 'text', joinPath('clusters', name), report);
  if (undecided !== undefined && !['fail', 'pass'].includes(undecided)) complain(report, 'validation/undecided', 'undecided', { expected: 'fail or pass', got: undecided, fix: 'leave it out for fail' });
  for (const [field, value] of Object.entries({ env, facts })) {
    if (value !== undefined && definition === undefined) complain(report, 'validation/definition', field, { expected: 'a definition that it is for', got: value, fix: 'name the file by definition, or take it out' });
  }
  if (audit === false && definition === undefined && trust === undefined) {
    complain(report, 'validation/nothing', 'audit', { expected: 'trust or a definition, where nothing is audited', got: audit, fix: 'name what is to be proved, or take the plugin out' });
  }
  if (findings.errors.length > 0) throw new InvalidDefinitionError('properties of SymbolonValidation in cdk8s.yaml', findings.all);
  return properties;
}
