/** A map of which nothing is known: a part of the user's manifest. */
export type Data = { readonly [key: string]: unknown };

/** The value as a map; an empty one for everything else. */
export function dataOf(value: unknown): Data {
  return isData(value) ? value : {};
}

export function isData(value: unknown): value is Data {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The maps of a list; none for everything else. */
export function listOf(value: unknown): readonly Data[] {
  return Array.isArray(value) ? value.filter(isData) : [];
}

/** What the API server takes for a name that is not there: YAML gives null for a key without a value. */
export function isUnset(value: unknown): boolean {
  return value === undefined || value === null || value === '';
}
