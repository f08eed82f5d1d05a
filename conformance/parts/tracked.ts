import { NotToBeHad, type Part } from './part';

/** What became of a part in this run. */
export interface PartOutcome {
  readonly name: string;
  readonly version: string;
  /** Why it could not be had. */
  readonly missing?: string;
}

/** Gets each part once, however many ask for it, and remembers what became of it. */
export class TrackedParts {
  private readonly paths = new Map<string, Promise<string>>();
  private readonly outcomes = new Map<string, PartOutcome>();

  readonly get = (part: Part): Promise<string> => {
    const path = this.paths.get(part.name) ?? this.ask(part);
    this.paths.set(part.name, path);
    return path;
  };

  get all(): readonly PartOutcome[] {
    return [...this.outcomes.values()];
  }

  private async ask(part: Part): Promise<string> {
    const { name, version } = part;
    this.outcomes.set(name, { name, version });
    try {
      return await part.get();
    } catch (error) {
      if (error instanceof NotToBeHad) this.outcomes.set(name, { name, version, missing: error.message });
      throw error instanceof NotToBeHad ? new NotToBeHad(`${name} ${version} cannot be had: ${error.message}`) : error;
    }
  }
}
