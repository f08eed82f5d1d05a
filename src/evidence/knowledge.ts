/** What documents say that others leave out: by kind and name. What two documents say differently is not known. */
export class Knowledge {
  private readonly facts = new Map<string, string | undefined>();

  /** @param kind  of what: `azure client of identity`; each reader has its own words */
  learn(kind: string, name: string, value: string): void {
    const key = `${kind}\n${name}`;
    this.facts.set(key, this.facts.has(key) && this.facts.get(key) !== value ? undefined : value);
  }

  /** What is known of it. */
  known(kind: string, name: string): string | undefined {
    return this.facts.get(`${kind}\n${name}`);
  }
}
