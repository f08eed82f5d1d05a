import { complain, type Report } from '../../core/issues';
import { dataOf, type Data } from '../../kubernetes/data';

/** Text that says something: tools print `""` and `null` for what nobody has set. */
export function said(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** The text at a path, if there is some. */
export function saidAt(document: Data, ...path: readonly string[]): string | undefined {
  const last = path.at(-1) ?? '';
  return said(path.slice(0, -1).reduce<Data>((data, key) => dataOf(data[key]), document)[last]);
}

/** What a field has to look like, in words too. */
export interface Form {
  readonly form: RegExp;
  readonly expected: string;
  readonly fix: string;
}

/** The groups of a text that has to have a form; undefined where it has not, which is a finding. */
export function parsed(value: unknown, path: string, { form, expected, fix }: Form, report: Report): readonly string[] | undefined {
  const match = form.exec(said(value) ?? '');
  if (match !== null) return match.slice(1);
  complain(report, 'facts/form', path, { expected, got: value, fix });
  return undefined;
}

/** A cluster whose tokens no cloud can check yet. */
export function withoutIssuer(path: string, got: unknown, fix: string, report: Report): void {
  complain(report, 'facts/no-issuer', path, { expected: 'the issuer of the cluster\'s tokens', got, fix });
}
