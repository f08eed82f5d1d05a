import * as pulumi from '@pulumi/pulumi';
import type { Pending } from './pending';
import { injectInto } from './pod-template';
import type { ProjectedTokensInput } from '../identity/projected-input';
import { checkProjectedTokens, defineProjectedTokens, type ProjectedTokensDefinition } from '../identity/projected-tokens';
import type { PodParts } from '../kubernetes/injection';

/** Projected tokens, for the pod templates of a program. */
export interface ProjectedTokens {
  /** The tokens, with every default filled in. */
  readonly definition: ProjectedTokensDefinition;
  /**
   * The pod template with the tokens in it: volumes, mounts and environment. What the template says already is never
   * overwritten; whom its pods run as is its own to say.
   *
   * @param template  `metadata` and `spec`; Outputs may stand anywhere in it
   * @returns the template, as plain as it was; an Output where an Output stands in the way, such as in the place of `containers`
   * @throws InvalidDefinitionError when the template uses a name of the tokens for something else
   */
  podTemplate<T extends object>(template: pulumi.Input<T>): pulumi.Input<T>;
}

/**
 * Projected tokens for pods that run as whoever they run as: no resource is made.
 *
 * ```ts
 * const tokens = projectedTokens({ tokens: { payments: { audience: 'https://payments.example.com' } } });
 * new k8s.apps.v1.Deployment('web', { spec: { selector, template: tokens.podTemplate({ metadata, spec }) } });
 * ```
 *
 * @param input  tokens and volumes, or what `defineProjectedTokens` returned
 * @throws InvalidDefinitionError with everything that is wrong, when anything is
 */
export function projectedTokens(input: ProjectedTokensInput | ProjectedTokensDefinition): ProjectedTokens {
  const definition = defineProjectedTokens(input);
  for (const { code, message } of checkProjectedTokens(definition)) void pulumi.log.warn(`projected tokens: ${message} [${code}]`);
  // Nothing in it waits for facts.
  const injection = definition.injection as Pending<PodParts>;
  return { definition, podTemplate: template => injectInto(template, injection, 'pod template with projected tokens') };
}
