import * as pulumi from '@pulumi/pulumi';
import { InvalidArgsError } from './invalid-args';
import { whenKnown } from './when-known';
import { Findings, complain } from '../core/issues';

type Maybe<T> = T | pulumi.Output<T>;

/** What has to hold of something that is looked up: a field of it is that text, or has all of these in it. */
export type Trait = { readonly field: string } & (
  | { readonly has: Maybe<string | undefined>; readonly is: Maybe<string> }
  | { readonly has: Maybe<readonly string[] | undefined>; readonly includes: Maybe<readonly string[]> }
);

/**
 * What is looked up, beside what is needed of it: done when the two agree.
 *
 * @param what  the component, in the error
 * @param path  the argument that says that it exists
 * @throws InvalidArgsError, as the failure of the Output, with everything that differs
 */
export function agreeing(what: string, path: string, traits: readonly Trait[]): pulumi.Output<void> {
  const pairs = traits.map(trait => pulumi.output({ field: trait.field, has: trait.has, wants: 'is' in trait ? trait.is : trait.includes }));
  return pulumi.all(pairs).apply(known => whenKnown(() => {
    const findings = new Findings();
    for (const { field, has, wants } of known) {
      const at = `${path}.existing.${field}`;
      const fix = 'mend it where it is made, or leave existing out and let it be made here';
      if (typeof wants === 'string') {
        if (has !== wants) complain(findings.report, 'args/existing', at, { expected: JSON.stringify(wants), got: has, fix });
        continue;
      }
      const lacking = wants.filter(each => !(has ?? []).includes(each));
      if (lacking.length > 0) complain(findings.report, 'args/existing', at, { expected: `${lacking.map(each => JSON.stringify(each)).join(' and ')} in the list`, got: has, fix });
    }
    if (findings.errors.length > 0) throw new InvalidArgsError(what, findings.errors);
  }));
}
