import { groupBy } from '../providers/group';

const NONE: readonly never[] = [];

/** The items that share a key, by key. */
export function twinsIn<T>(items: readonly T[], keyOf: (item: T) => string | undefined): readonly (readonly [string, readonly T[]])[] {
  if (items.length < 2) return NONE;
  const keyed = items.flatMap(item => {
    const key = keyOf(item);
    return key === undefined ? [] : [{ key, item }];
  });
  return [...groupBy(keyed, ({ key }) => key)].filter(([, twins]) => twins.length > 1).map(([key, twins]) => [key, twins.map(({ item }) => item)]);
}
