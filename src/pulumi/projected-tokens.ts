import * as pulumi from '@pulumi/pulumi';
import type { TransformOptions } from './on-cluster';
import type { Pending } from './pending';
import { injectInto } from './pod-template';
import { transformOfTokens } from './transform';
import { checkShape, type Shape } from '../core/shape';
import type { ProjectedTokensDefinition } from '../identity/definition';
import type { ProjectedTokensInput } from '../identity/projected-input';
import { checkProjectedTokens, defineProjectedTokens } from '../identity/projected-tokens';
import { readChoice } from '../identity/workload-choice';
import type { PodParts } from '../kubernetes/injection';

/** Which workloads a transform of tokens is for. */
export interface TransformTokensOptions {
  /**
   * The one that is meant: `Deployment/web`, or by kind, name, namespace and labels.
   * @default every one
   */
  readonly workload?: TransformOptions['workload'];
}

const TRANSFORM: Shape<TransformTokensOptions> = { workload: 'value?' };

/** Projected tokens, for the pod templates of a program and for workloads that others make. */
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
  /**
   * Gives the tokens to workloads that somebody else makes, as a transform of resources: of a Helm chart, a ConfigGroup or YAML file, of a
   * component, or of one Deployment. All other resources are left alone. Where an identity has a transform too, this one comes after it.
   *
   * ```ts
   * new k8s.helm.v4.Chart('shop', { chart: './shop' }, { transforms: [tokens.transform({ workload: 'Deployment/web' })] });
   * ```
   *
   * With `workload`, one whose name a preview does not know yet is shown as it was.
   *
   * @throws InvalidDefinitionError when the workload is chosen by nothing. What contradicts the tokens fails the resource with the same error
   */
  transform(options?: TransformTokensOptions): pulumi.ResourceTransform;
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
  return {
    definition,
    podTemplate: template => injectInto(template, injection, 'pod template with projected tokens'),
    transform: (options = {}) => {
      checkShape(options, TRANSFORM, 'transform');
      const { workload } = options;
      return transformOfTokens({ whose: 'projected tokens', injection, selector: workload === undefined ? undefined : readChoice(workload) });
    },
  };
}
