import { isData, type Data } from '../kubernetes/data';

/** Text that says something: tools print `""` and `null` for what nobody has set. */
export function said(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** The fields of these names that are set. */
export function pick(value: Data, fields: readonly string[]): Data {
  return Object.fromEntries(fields.flatMap(field => (Object.hasOwn(value, field) && value[field] !== null && value[field] !== '' ? [[field, value[field]]] : [])));
}

/** A policy as data, which tools print as a map, as JSON, or as the API sends it: JSON with everything but letters as `%22`. Undefined for what is none of these. */
export function policyIn(value: unknown): Data | undefined {
  if (isData(value)) return value;
  if (typeof value !== 'string') return undefined;
  return parsed(value) ?? parsed(decoded(value));
}

function parsed(json: string): Data | undefined {
  try {
    const value: unknown = JSON.parse(json);
    return isData(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function decoded(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}
