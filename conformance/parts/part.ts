/** Something that is had from elsewhere, at a pinned version, and used by path. */
export interface Part {
  readonly name: string;
  readonly version: string;
  /** Has it, from the cache where it is there already. */
  get(): Promise<string>;
}

/** Says that something cannot be had or run on this machine: no failure, but named in the report as not run. */
export class NotToBeHad extends Error {
  override readonly name = 'NotToBeHad';
}
