import { InvalidDefinitionError } from './errors';
import { Findings, complain, joinPath, type Report } from './issues';
import { nearest } from './nearest';

/** What a field can hold, in the words of a finding. `value` is looked at by a rule of its own. */
const FORMS = {
  'text': { expected: 'text', fits: (value: unknown) => typeof value === 'string' },
  'number': { expected: 'a number', fits: (value: unknown) => typeof value === 'number' },
  'yes or no': { expected: 'true or false', fits: (value: unknown) => typeof value === 'boolean' },
  'list': { expected: 'a list', fits: (value: unknown) => Array.isArray(value) },
  'map': { expected: 'a map', fits: isMap },
  'function': { expected: 'a function', fits: (value: unknown) => typeof value === 'function' },
  'value': { expected: 'a value', fits: () => true },
} as const;

type Form = keyof typeof FORMS | 'texts';

/** The form of each field of an argument; with a `?` where it may be left out, or a rule of its own says what is missing. */
export type Shape<T> = { readonly [field in keyof T]-?: undefined extends T[field] ? `${Form}?` : Form | 'value?' };

/**
 * The fields of an argument that have their form, for functions that take a few plain values: what is none of them, what is
 * missing and what nobody knows is a finding. The rules then look at what is there. Definitions have validators that are
 * generated from their types.
 *
 * @param path  where the argument stands, as the user calls it; empty for the only one
 */
export function readShape<T extends object>(value: unknown, shape: Shape<T>, path: string, report: Report): Partial<T> {
  const known = Object.keys(shape);
  if (!isMap(value)) {
    complain(report, 'structure/type', path, { expected: `an object with ${known.join(', ')}`, got: value, fix: 'give it in this form' });
    return {};
  }
  for (const key of Object.keys(value)) if (!known.includes(key) && value[key] !== undefined) complainUnknown(key, known, path, report);
  const whole: { [field: string]: unknown } = {};
  for (const [field, said] of Object.entries<string>(shape)) {
    const at = joinPath(path, field);
    const given = Object.hasOwn(value, field) ? value[field] : undefined;
    if (given !== undefined) {
      if (fits(given, said.replace('?', '') as Form, at, report)) whole[field] = given;
    } else if (!said.endsWith('?')) {
      complain(report, 'structure/required', at, { expected: 'a value', got: undefined, fix: 'this field is required' });
    }
  }
  return whole as Partial<T>;
}

/**
 * The same for an argument of which nothing more has to be known.
 *
 * @param what  what it is for, in the error
 * @throws InvalidDefinitionError with everything that is wrong
 */
export function checkShape<T extends object>(value: unknown, shape: Shape<T>, what: string): void {
  const findings = new Findings();
  readShape(value, shape, '', findings.report);
  if (findings.errors.length > 0) throw new InvalidDefinitionError(what, findings.all);
}

/** Whether the value has the form; what has not is a finding. */
export function fits(value: unknown, form: Form, path: string, report: Report): boolean {
  if (form === 'texts') {
    if (!fits(value, 'list', path, report)) return false;
    return (value as readonly unknown[]).map((item, i) => fits(item, 'text', joinPath(path, i), report)).every(Boolean);
  }
  if (FORMS[form].fits(value)) return true;
  complain(report, 'structure/type', path, { expected: FORMS[form].expected, got: value, fix: 'give it in this form' });
  return false;
}

function complainUnknown(key: string, known: readonly string[], path: string, report: Report): void {
  const close = nearest(key, known);
  complain(report, 'structure/unknown-key', joinPath(path, key), {
    expected: `one of the keys ${known.join(', ')}`, got: key, fix: close === undefined ? 'take it out' : `did you mean ${close}?`,
  });
}

export function isMap(value: unknown): value is { readonly [key: string]: unknown } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
