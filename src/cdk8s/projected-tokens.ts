import { Construct, type IConstruct } from 'constructs';
import { injectWhenRendered } from './inject';
import { located } from './located';
import { warnOnce } from './warn';
import type { AttachOptions } from './workload-identity';
import { everyWorkloadIn, workloadOf } from './workloads';
import { checkShape, type Shape } from '../core/shape';
import type { ProjectedTokensDefinition } from '../identity/definition';
import type { ProjectedTokensInput } from '../identity/projected-input';
import { checkProjectedTokens, defineProjectedTokens } from '../identity/projected-tokens';

/** How a workload is given the tokens. */
export type AttachTokensOptions = Pick<AttachOptions, 'workload'>;

const OPTIONS: Shape<AttachTokensOptions> = { workload: 'value?' };

/** Where the command line finds what a construct was made from; shared by all copies of the package. */
const MADE_FROM = Symbol.for('symbolon.ProjectedTokens');

/**
 * Projected tokens for pods that run as whoever they run as: no ServiceAccount is made, none is demanded, and no object
 * comes of it.
 *
 * ```ts
 * new ProjectedTokens(chart, 'tokens', { tokens: { payments: { audience: 'https://payments.example.com' } } }).attachTo(deployment);
 * ```
 */
export class ProjectedTokens extends Construct {
  /** The tokens, with every default filled in. */
  readonly definition: ProjectedTokensDefinition;

  /**
   * @param props  tokens and volumes, or what `defineProjectedTokens` returned
   * @throws InvalidDefinitionError with everything that is wrong, when anything is
   */
  constructor(scope: Construct, id: string, props: ProjectedTokensInput | ProjectedTokensDefinition) {
    super(scope, id);
    this.definition = located(this, () => defineProjectedTokens(props));
    Object.defineProperty(this, MADE_FROM, { value: this.definition });
    for (const warning of checkProjectedTokens(this.definition)) warnOnce(this, warning);
  }

  /**
   * Gives the tokens to the pods of a workload: volumes, mounts and environment. Containers that are added later get them
   * as well. What the workload says already is never overwritten: a contradiction fails the synthesis, with a code.
   *
   * @param workload  as for `WorkloadIdentity.attachTo`
   * @returns this, so that several can be attached in one go
   * @throws InvalidDefinitionError when there is no workload or more than one
   */
  attachTo(workload: IConstruct, options: AttachTokensOptions = {}): this {
    const object = located(this, () => {
      checkShape(options, OPTIONS, 'attachTo');
      return workloadOf(workload, options.workload);
    });
    injectWhenRendered(object, this.definition.injection, undefined);
    return this;
  }

  /**
   * Gives the tokens to all workloads inside a construct, whoever their pods run as: for a Helm chart or an Include, or for a whole chart.
   *
   * @param scope  what is inside it when this is called
   * @returns this, so that several can be attached in one go
   * @throws InvalidDefinitionError when there is no workload in it, or when one is an item of a List
   */
  attachToAll(scope: IConstruct): this {
    for (const object of located(this, () => everyWorkloadIn(scope))) injectWhenRendered(object, this.definition.injection, undefined);
    return this;
  }
}
