/** The groups that {@link groupBy} makes. A single item is one by itself: nearly every identity has one edge. */
export function groupsOf<T>(items: readonly T[], keyOf: (item: T) => string): Iterable<readonly T[]> {
  return items.length === 1 ? [items] : groupBy(items, keyOf).values();
}

/** The items by key, in the order in which the keys first appear. */
export function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return groups;
}
