import type { Systems } from '../systems/facts';

export interface Suite {
  /** Its folder. */
  readonly name: string;
  /** One line for the report. */
  readonly about: string;
  /** The systems that have to run. */
  readonly needs: readonly (keyof Systems)[];
}

/** Every suite, in the order in which they run. */
export const SUITES: readonly Suite[] = [
  { name: 'api-server', about: 'manifests, tokens and permissions, asked of a real API server', needs: ['apiServer'] },
];
