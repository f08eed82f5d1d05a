/** What is asked, and by whom. */
export interface Area {
  readonly mutated: readonly string[];
  /** Files and folders. Tests of rules: those of the doors, those that start processes, and those that only look for crashes, would take longer and say no more. */
  readonly tests: readonly string[];
  /** What is loaded before the tests, although some of it loads late. */
  readonly loaded: readonly string[];
}

export const AREAS: { readonly [name: string]: Area } = {
  /** Everything that judges. */
  proof: {
    mutated: ['src/proof/**/*.ts'],
    tests: ['test/proof', ...['aws', 'azure', 'gcp', 'alibaba', 'vault', 'witness', 'diff'].map(name => `test/evidence/${name}.test.ts`)],
    loaded: ['src/proof'],
  },
  /** Everything that says whom a cloud shall trust. */
  trust: {
    mutated: ['src/providers/*/trust*.ts'],
    tests: ['test/providers', 'test/contract/matrix.test.ts', 'test/contract/google.test.ts'],
    loaded: ['src/providers/index.ts'],
  },
};

/** By which the runner is told its area. */
export const AREA = 'SYMBOLON_MUTATION_AREA';

/** For properties: that one fails is enough, and nobody reads the smallest case. */
export const PROPERTIES = { endOnFailure: true };
