import type { Facts } from './facts';
import { awaitFact, type Deferrable } from '../core/deferred';
import { joinPath } from '../core/issues';
import { issuerOf } from '../platforms';
import type { ClusterDefinition } from '../platforms/cluster';
import type { EdgeFacts } from '../providers/provider';

/** Where facts are read from. */
export interface FactSource {
  readonly facts: Facts;
  /** Hears of every fact that is not known. */
  readonly onWait: () => void;
}

/** The facts of one edge: read where a cluster with a cloud identity of its own has its own, and nowhere else. A class, since there is one for each of thousands of edges. */
export class FactReader implements EdgeFacts {
  constructor(
    private readonly source: FactSource,
    private readonly identity: string,
    private readonly key: string,
    private readonly home: ClusterDefinition,
    private readonly ownIdentity: boolean,
  ) {}

  issuer(): Deferrable<string> {
    return issuerOf(this.home) ?? this.cluster('issuer', 'is made with the cluster; set it in defineCluster, or give it as a fact');
  }

  cluster(name: string, how: string): Deferrable<string> {
    return this.read(['clusters', this.home.name, name], `clusters.${this.home.name}.${name}`, how);
  }

  binding(name: string, how: string): Deferrable<string> {
    const where = this.ownIdentity ? ` on ${this.home.name}` : '';
    return this.read(this.addressOf(name), `${joinPath('trustedBy', this.key)}.${name} of "${this.identity}"${where}`, how);
  }

  addressOf(name: string): readonly string[] {
    return ['identities', this.identity, this.key, ...(this.ownIdentity ? ['on', this.home.name] : []), name];
  }

  private read(at: readonly string[], name: string, how: string): Deferrable<string> {
    const known = valueAt(this.source.facts, at);
    if (known === undefined) this.source.onWait();
    return known ?? awaitFact({ name, at, how });
  }
}

/** The text at an address of the facts. */
export function valueAt(facts: Facts, at: readonly string[]): string | undefined {
  let value: unknown = facts;
  for (const key of at) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined;
    value = (value as { readonly [key: string]: unknown })[key];
  }
  return typeof value === 'string' ? value : undefined;
}
