import * as pulumi from '@pulumi/pulumi';
import type { Issue } from '../core/issues';

/**
 * Arguments that cannot be used: all findings, thrown once, in the form that Pulumi shows property by property.
 * It has a code, as every error of Symbolon has.
 */
export class InvalidArgsError extends pulumi.InputPropertiesError {
  readonly code = 'ERR_INPUT';
  override readonly name = 'InvalidArgsError';

  /**
   * @param what  what was to be made: `workload identity "checkout"`
   * @param issues  everything that was found
   */
  constructor(what: string, readonly issues: readonly Issue[]) {
    super({
      message: [`${what}:`, ...issues.map(issue => `  ${issue.message} [${issue.code}]`)].join('\n'),
      errors: issues.map(issue => ({ propertyPath: issue.path, reason: issue.message })),
    });
  }
}
// Known to isSymbolonError, in every copy of the package.
Object.defineProperty(InvalidArgsError.prototype, Symbol.for('symbolon.Error'), { value: true });
