import type { Renaming } from './declared';
import type { Names } from './names';

/**
 * What would surprise somebody who upgrades: everything that has another name than it is pinned with, unless that is
 * declared; everything that is not pinned; and everything that is declared and not so.
 */
export function surprises(pinned: Names, now: Names, declared: readonly Renaming[]): readonly string[] {
  const renamed = new Map(declared.map(({ from, to }) => [from, to]));
  const examples = [...new Set([...Object.keys(pinned), ...Object.keys(now)])];
  return [
    ...examples.flatMap(example => {
      const [before, after] = [pinned[example] ?? [], now[example] ?? []];
      const expected = before.flatMap(line => (renamed.has(line) ? renamed.get(line) ?? [] : [line]));
      return [
        ...expected.filter(line => !after.includes(line)).map(line => `${example}: gone, or called otherwise, and not declared: ${line}`),
        ...after.filter(line => !expected.includes(line)).map(line => `${example}: not pinned: ${line}`),
      ];
    }),
    ...declared.filter(({ from }) => !Object.values(pinned).flat().includes(from)).map(({ from }) => `declared, but nothing is pinned with this name: ${from}`),
  ];
}

/** The pins with all names that are new. None is taken away: what is gone has to be declared first. */
export function withNew(pinned: Names, now: Names, declared: readonly Renaming[]): Names {
  const known = new Set(declared.map(({ to }) => to));
  return Object.fromEntries(Object.entries(now).map(([example, lines]) => {
    const added = lines.filter(line => !known.has(line));
    return [example, [...new Set([...pinned[example] ?? [], ...added])].sort()];
  }));
}
