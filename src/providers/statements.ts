import { joinPath } from '../core/issues';

/** A policy in the form that IAM and RAM share. */
interface PolicyDocument {
  readonly Statement: readonly object[];
}

/** Files a finding about a part of the policy, by its path in the binding. */
type Wrong = (path: string, expected: string, got: unknown, fix: string) => void;

/**
 * What a policy cannot be without: a statement, and in each one what it is about. The clouds refuse the whole role for it, and only when it is made.
 *
 * @param path   of the policy, in the binding
 * @param pairs  fields of which each statement has one
 */
export function checkStatements({ Statement: statements }: PolicyDocument, path: string, pairs: readonly (readonly [string, string?])[], wrong: Wrong): void {
  const list = joinPath(path, 'Statement');
  if (statements.length === 0) wrong(list, 'at least one statement', statements, 'say what it allows, or take the policy out');
  statements.forEach((statement, i) => {
    const fields = statement as { readonly [field: string]: string | readonly string[] | undefined };
    for (const [field, inverse] of pairs) {
      const names = inverse === undefined ? [field] : [field, inverse];
      const said = names.filter(name => fields[name] !== undefined);
      const [only = field, second] = said;
      const at = joinPath(list, i);
      if (said.length === 0) wrong(joinPath(at, field), names.join(' or '), undefined, `say which ${field} the statement is about`);
      else if (second !== undefined) wrong(joinPath(at, second), `${field} or ${second}, and not both`, fields[second], 'make two statements of it');
      else if ([fields[only]].flat().length === 0 || [fields[only]].flat().includes('')) wrong(joinPath(at, only), 'at least one, and none that is empty', fields[only], 'name it, or take the statement out');
    }
  });
}
