import { InvariantError, type MissingFact } from './errors';

const BRAND = Symbol.for('symbolon.Deferred');

/** Gives the value of a fact. */
export type FactLookup = (fact: MissingFact) => string;

/**
 * A leaf whose value waits for facts. Which objects exist never waits: only what stands in them does.
 *
 * It is no token and has no text of its own: a leaf that is still deferred where plain data is wanted is an error,
 * and the Pulumi door turns it into an Output over the same pure function.
 */
export class Deferred<T> {
  constructor(readonly needs: readonly MissingFact[], readonly settle: (fact: FactLookup) => T) {}

  toJSON(): never {
    throw new InvariantError(`a value that waits for ${this.needs.map(need => need.name).join(', ')} was written out before it was known`);
  }
}
Object.defineProperty(Deferred.prototype, BRAND, { value: true });

/** A value that is known now, or as soon as its facts are. */
export type Deferrable<T> = T | Deferred<T>;

export function isDeferred(value: unknown): value is Deferred<unknown> {
  return typeof value === 'object' && value !== null && (value as Record<symbol, unknown>)[BRAND] === true;
}

/** A fact that nobody has given yet, as a leaf. */
export function awaitFact(need: MissingFact): Deferred<string> {
  return new Deferred([need], fact => fact(need));
}

type Values<D extends readonly unknown[]> = { [I in keyof D]: D[I] extends Deferrable<infer T> ? Settled<T> : never };

/** `f` of the values: at once where all are known, deferred where one is not. */
export function derive<const D extends readonly unknown[], T>(inputs: D, f: (...values: Values<D>) => T): Deferrable<T> {
  if (!inputs.some(isDeferred)) return f(...(inputs as unknown as Values<D>));
  const needs = uniqueNeeds(inputs.filter(isDeferred).flatMap(input => input.needs));
  return new Deferred(needs, fact => f(...(inputs.map(input => (isDeferred(input) ? input.settle(fact) : input)) as unknown as Values<D>)));
}

/** The type of a tree once its leaves are known. */
export type Settled<T> =
  T extends Deferred<infer U> ? U
    : T extends string | number | boolean | null | undefined ? T
      : T extends object ? { [K in keyof T]: Settled<T[K]> }
        : T;

/** The tree with every deferred leaf replaced by what `change` makes of it; parts without one are shared, not copied. */
export function mapDeferred(tree: unknown, change: (leaf: Deferred<unknown>) => unknown): unknown {
  if (typeof tree !== 'object' || tree === null) return tree;
  if (isDeferred(tree)) return change(tree);
  if (Array.isArray(tree)) {
    const copy = tree.map(item => mapDeferred(item, change));
    return copy.some((item, i) => item !== tree[i]) ? copy : tree;
  }
  let copy: Record<string, unknown> | undefined;
  for (const [key, value] of Object.entries(tree)) {
    const changed = mapDeferred(value, change);
    if (changed !== value) (copy ??= { ...tree })[key] = changed;
  }
  return copy ?? tree;
}

/** The tree, once it is known that nothing in it waits any more. */
export function settled<T>(tree: T): Settled<T> {
  return mapDeferred(tree, leaf => {
    throw new InvariantError(`${leaf.needs.map(need => need.name).join(', ')} was taken for known`);
  }) as Settled<T>;
}

/** Everything that the tree still waits for. */
export function needsOf(tree: unknown): readonly MissingFact[] {
  const needs: MissingFact[] = [];
  mapDeferred(tree, leaf => {
    needs.push(...leaf.needs);
    return leaf;
  });
  return uniqueNeeds(needs);
}

function uniqueNeeds(needs: readonly MissingFact[]): readonly MissingFact[] {
  return [...new Map(needs.map(need => [need.at.join('\n'), need])).values()];
}
