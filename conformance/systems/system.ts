import type { Systems } from './facts';
import type { Part } from '../parts/part';

/** Something that runs while the suites do. */
export interface System<K extends keyof Systems = keyof Systems> {
  readonly name: K;
  /** Systems that have to run before this one. */
  readonly after?: readonly (keyof Systems)[];
  /** Gets its parts and starts. */
  start(context: StartContext): Promise<Running<NonNullable<Systems[K]>>>;
}

export interface StartContext {
  /** A folder of its own, removed when everything has stopped. */
  readonly folder: string;
  /** The systems that run already. */
  readonly systems: Systems;
  /** The path of a part, which is named in the report. */
  readonly part: (part: Part) => Promise<string>;
}

export interface Running<F> {
  readonly facts: F;
  stop(): Promise<void>;
}
