import { checkProjected } from './check-projected';
import { complainOfCollision } from './collision';
import { brand, isBranded, type TokenDefinition, type VolumeDefinition } from './definition';
import { tokensOf, volumesOf } from './normalise-projected';
import type { ProjectedTokensInput } from './projected-input';
import { projectedParts } from './projected-parts';
import { checkStructure } from './structure';
import { InvalidDefinitionError } from '../core/errors';
import { Findings, complain, type Issue, type Report } from '../core/issues';
import { checkPlain, freezeCopy, over } from '../core/plain';
import { joinParts, type PodParts } from '../kubernetes/injection';

/** Projected tokens, checked and frozen: what {@link defineProjectedTokens} returns. Plain data, with what pods carry. */
export interface ProjectedTokensDefinition {
  readonly tokens: { readonly [name: string]: TokenDefinition };
  readonly volumes?: { readonly [name: string]: VolumeDefinition };
  readonly fsGroup?: number;
  /** What pods carry: volumes, mounts and variables, for `inject`. Whom they run as is theirs to say. */
  readonly injection: PodParts;
}

/**
 * Projected tokens for pods that run as whoever they run as: no ServiceAccount is made, and none is demanded.
 *
 * ```ts
 * const tokens = defineProjectedTokens({ tokens: { payments: { audience: 'https://payments.example.com' } } });
 * inject(deployment, tokens.injection);
 * ```
 *
 * @returns the tokens, checked and frozen; given again, the same
 * @throws InvalidDefinitionError with everything that is wrong, when anything is
 */
export function defineProjectedTokens(input: ProjectedTokensInput): ProjectedTokensDefinition {
  if (isProjectedTokensDefinition(input)) return input;
  const findings = new Findings();
  const definition = read(input, findings.report);
  if (definition === undefined || findings.errors.length > 0) throw new InvalidDefinitionError('projected tokens', findings.all);
  return definition;
}

/** Everything that {@link defineProjectedTokens} would find, errors and warnings, without throwing. */
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

/** True for what {@link defineProjectedTokens} returned, in this copy of the package or another. */
export function isProjectedTokensDefinition(value: unknown): value is ProjectedTokensDefinition {
  return isBranded('tokens', value);
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
