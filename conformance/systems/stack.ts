import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Systems } from './facts';
import type { Running, System } from './system';
import { NotToBeHad } from '../parts/part';
import type { TrackedParts } from '../parts/tracked';

/** The systems that run, which are stopped in the reverse order, however the run ends. */
export class SystemStack {
  readonly facts: { -readonly [K in keyof Systems]: Systems[K] } = {};
  /** Why a system does not run, by name. */
  readonly missing = new Map<keyof Systems, string>();
  private readonly running: Running<unknown>[] = [];
  private stopping: Promise<void> | undefined;

  constructor(private readonly folder: string, private readonly parts: TrackedParts) {}

  /** Starts it, unless it cannot be had. Whatever else goes wrong is an error. */
  async start(system: System): Promise<void> {
    const { name, after = [] } = system;
    const without = after.find(other => this.missing.has(other));
    if (without !== undefined) {
      this.missing.set(name, this.missing.get(without) as string);
      return;
    }
    const folder = join(this.folder, name);
    mkdirSync(folder, { recursive: true });
    try {
      const running = await system.start({ folder, systems: this.facts, part: this.parts.get });
      this.running.push(running);
      Object.assign(this.facts, { [name]: running.facts });
    } catch (error) {
      if (!(error instanceof NotToBeHad)) throw error;
      this.missing.set(name, error.message);
    }
  }

  /** Done when everything has stopped. */
  stop(): Promise<void> {
    this.stopping ??= (async () => {
      for (const running of this.running.reverse()) await running.stop();
    })();
    return this.stopping;
  }
}
