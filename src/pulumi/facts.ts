import * as pulumi from '@pulumi/pulumi';
import type { Pending } from './pending';
import { whenKnown } from './when-known';
import { mapDeferred, type Deferred } from '../core/deferred';
import { MissingFactError, type MissingFact } from '../core/errors';
import type { Facts } from '../identity/facts';
import { readFacts } from '../identity/read-facts';

/** A fact and its address in a facts file. */
export interface Fact<V = pulumi.Input<string>> {
  readonly at: readonly string[];
  readonly value: V;
}

/** What `identity.facts` holds: `readFacts` reads it back, from what `pulumi stack output --json` prints. */
export interface StackFacts extends Facts {
  readonly version: 1;
}

/**
 * The facts of one component: what its arguments give, and what the resources that it makes will answer.
 *
 * Every leaf waits for its own facts only, so that one cluster that is not known yet leaves the others known. A fact
 * that was given is checked before anything that needs it gets its value; what a cloud answers is taken as it is.
 */
export class FactSources {
  /** What is known at once: the facts that were given as text. */
  readonly known: Facts;
  readonly #text: readonly Fact<string>[];
  readonly #late: ReadonlyMap<string, Fact>;
  readonly #provided = new Map<string, Fact>();
  readonly #settled = new WeakMap<Deferred<unknown>, pulumi.Output<unknown>>();
  readonly #verdicts = new Map<string, () => void>();
  readonly #check: (facts: Facts) => unknown;

  /** @param check  throws when facts that arrive break a rule; each time it gets all those that are known by then */
  constructor(given: readonly Fact[], check: (facts: Facts) => unknown) {
    this.#check = check;
    this.#text = given.filter((fact): fact is Fact<string> => typeof fact.value === 'string');
    this.#late = new Map(given.filter(fact => typeof fact.value !== 'string').map(fact => [keyOf(fact.at), fact]));
    this.known = readFacts(treeOf(this.#text));
  }

  /** A resource answers with a fact. Where the fact was given as well, that one stays. */
  provide(at: readonly string[], value: pulumi.Input<string>): void {
    this.#provided.set(keyOf(at), { at, value });
  }

  /** Those that nobody gives and no resource has answered. */
  missing(needs: readonly MissingFact[]): readonly MissingFact[] {
    return needs.filter(need => this.#find(need.at) === undefined);
  }

  /**
   * The tree with an Output in the place of every leaf that waits for facts.
   *
   * @throws MissingFactError when nobody gives one of them
   */
  settle<T>(tree: T): Pending<T> {
    return mapDeferred(tree, leaf => {
      const output = this.#settled.get(leaf) ?? this.#outputOf(leaf);
      this.#settled.set(leaf, output);
      return output;
    }) as Pending<T>;
  }

  /** Everything that was given, and what resources answer of what is needed. */
  export(needs: readonly Pick<MissingFact, 'at'>[]): pulumi.Output<StackFacts> {
    const provided = needs.flatMap(({ at }) => (this.#late.has(keyOf(at)) ? [] : this.#provided.get(keyOf(at)) ?? []));
    return this.#once([...this.#late.values(), ...provided], late => ({ version: 1, clusters: {}, identities: {}, ...treeOf([...this.#text, ...late]) }));
  }

  #find(at: readonly string[]): Fact | undefined {
    return this.#late.get(keyOf(at)) ?? this.#provided.get(keyOf(at));
  }

  #outputOf({ needs, settle }: Deferred<unknown>): pulumi.Output<unknown> {
    const missing = this.missing(needs);
    if (missing.length > 0) throw new MissingFactError(missing);
    return this.#once(needs.map(need => this.#find(need.at) as Fact), facts => {
      const texts = new Map(facts.map(({ at, value }) => [keyOf(at), value]));
      return settle(need => texts.get(keyOf(need.at)) as string);
    });
  }

  /** `f` of the facts, once they are there and what was given of them is checked. */
  #once<T>(facts: readonly Fact[], f: (facts: readonly Fact<string>[]) => T): pulumi.Output<T> {
    if (facts.length === 0) return pulumi.output(f([])) as pulumi.Output<T>;
    return pulumi.all(facts.map(fact => fact.value)).apply(texts => {
      const there = facts.map(({ at }, i) => ({ at, value: texts[i] as string }));
      this.#checkLate(there.filter(({ at }) => this.#late.has(keyOf(at))));
      return f(there);
    }) as pulumi.Output<T>;
  }

  /** Many leaves wait for the same facts: these are checked once, and fail with one and the same error. */
  #checkLate(late: readonly Fact<string>[]): void {
    if (late.length === 0) return;
    const key = JSON.stringify(late);
    const verdict = this.#verdicts.get(key) ?? verdictOf(() => whenKnown(() => this.#check(readFacts(treeOf([...this.#text, ...late])))));
    this.#verdicts.set(key, verdict);
    verdict();
  }
}

function keyOf(at: readonly string[]): string {
  return at.join('\n');
}

/** Does the work; what is returned repeats its outcome. */
function verdictOf(work: () => void): () => void {
  try {
    work();
    return () => {};
  } catch (error) {
    return () => { throw error; };
  }
}

interface Tree {
  [key: string]: unknown;
}

/** Facts as they stand in a file. */
function treeOf(facts: readonly Fact[]): Facts {
  const tree: Tree = {};
  for (const { at, value } of facts) {
    const parent = at.slice(0, -1).reduce<Tree>((node, key) => (node[key] ??= {}) as Tree, tree);
    parent[at[at.length - 1] as string] = value;
  }
  return tree as Facts;
}
