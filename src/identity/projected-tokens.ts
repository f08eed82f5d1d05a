import { checkProjected } from './check-projected';
import { complainOfCollision } from './collision';
import { brand, isProjectedTokensDefinition, type ProjectedTokensDefinition } from './definition';
import { tokensOf, volumesOf } from './normalise-projected';
import type { ProjectedTokensInput } from './projected-input';
import { projectedParts } from './projected-parts';
import { checkStructure } from './structure';
import { InvalidDefinitionError } from '../core/errors';
import { Findings, complain, type Issue, type Report } from '../core/issues';
import { checkPlain, freezeCopy, over } from '../core/plain';
import { joinParts } from '../kubernetes/injection';

/** Behind the function of this name in `late.ts`, which says what it does. */
export function defineProjectedTokens(input: ProjectedTokensInput): ProjectedTokensDefinition {
  if (isProjectedTokensDefinition(input)) return input;
  const findings = new Findings();
  const definition = read(input, findings.report);
  if (definition === undefined || findings.errors.length > 0) throw new InvalidDefinitionError('projected tokens', findings.all);
  return definition;
}

/** Behind the function of this name in `late.ts`, which says what it does. */
export function checkProjectedTokens(input: ProjectedTokensInput): readonly Issue[] {
  const findings = new Findings();
  if (isProjectedTokensDefinition(input)) {
    const { injection: _, ...fields } = input;
    read(fields, findings.report);
  } else {
    read(input, findings.report);
  }
  return findings.all;
}

function read(input: ProjectedTokensInput, report: Report): ProjectedTokensDefinition | undefined {
  const findings = new Findings();
  if (checkPlain(input, '', findings.report)) checkStructure('ProjectedTokensInput', input, '', findings.report);
  findings.all.forEach(report);
  if (findings.errors.length > 0) return undefined;
  const volumes = volumesOf(input);
  const { fsGroup } = input;
  const whole = { tokens: tokensOf(input), ...(volumes !== undefined && { volumes }), ...(fsGroup !== undefined && { fsGroup }) };
  if (Object.keys(whole.tokens).length + Object.keys(volumes ?? {}).length === 0) {
    complain(report, 'token/none', 'tokens', { expected: 'at least one token or volume', got: input.tokens, fix: 'say whom the pods are to have tokens for' });
  }
  checkProjected(whole, [], report);
  const joined = joinParts(projectedParts(whole), collision => complainOfCollision(collision, report));
  const injection = fsGroup === undefined ? joined : over(joined, { fsGroup });
  return brand('tokens', { ...freezeCopy(whole), injection: freezeCopy(injection) });
}
