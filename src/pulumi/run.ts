import * as pulumi from '@pulumi/pulumi';
import { InvalidDefinitionError } from '../core/errors';
import { Findings } from '../core/issues';
import { complainOwnedTwice } from '../identity/together';

/** What the components of one run of a program have to know of each other. */
interface Run {
  /** What is made, and by which component. */
  readonly owners: Map<string, string>;
  /** The resources of every series, in their order. */
  readonly series: Map<string, readonly pulumi.Resource[]>;
}

/** Shared by all copies of the package: they make resources for one and the same stack. */
const shared = globalThis as { [key: symbol]: WeakMap<object, Run> | undefined };
const runs = shared[Symbol.for('symbolon.pulumi.Run')] ??= new WeakMap();

/** This run: one process may deploy several stacks, or one of them again and again, and each run starts afresh. */
function thisRun(): Run {
  // Unit tests with mocks have no stack, but a monitor of their own.
  const key = pulumi.runtime.getStackResource() ?? pulumi.runtime.getMonitor();
  const run = (key && runs.get(key)) ?? { owners: new Map(), series: new Map() };
  if (key !== undefined) runs.set(key, run);
  return run;
}

/**
 * Notes what a component makes. The same component made once more is Pulumi's to refuse, by its URN.
 *
 * @throws InvalidDefinitionError when another component makes one of these things too
 */
export function claim(things: readonly string[], what: string, component: string): void {
  const { owners } = thisRun();
  const findings = new Findings();
  for (const thing of things) {
    const owner = owners.get(thing);
    if (owner !== undefined && owner !== component) complainOwnedTwice(thing, owner, component, findings.report);
  }
  if (findings.errors.length > 0) throw new InvalidDefinitionError(what, findings.all);
  for (const thing of things) owners.set(thing, component);
}

/**
 * Makes a resource after all others of its series, whichever component made them. After all, and not just the last one:
 * where one in the middle stays, nothing else would keep the others from being deleted at the same time.
 */
export function queue<R extends pulumi.Resource>(series: string, make: (earlier: readonly pulumi.Resource[]) => R): R {
  const run = thisRun();
  // The clouds compare the names of what must not be written in parallel without regard to case.
  const key = series.toLowerCase();
  const earlier = run.series.get(key) ?? [];
  const resource = make(earlier);
  run.series.set(key, [...earlier, resource]);
  return resource;
}
