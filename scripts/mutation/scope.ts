/** What is asked, and by whom. */

/** Everything that judges, and everything that says whom a cloud shall trust. */
export const MUTATED: readonly string[] = [
  'src/proof/**/*.ts',
  'src/providers/*/trust*.ts',
];

/** Tests of rules. Those of the doors, those that start processes, and those that only look for crashes, would take longer and say no more. */
export const TESTS: readonly string[] = [
  'test/proof',
  'test/providers',
  ...['aws', 'azure', 'gcp', 'alibaba', 'vault', 'witness', 'diff', 'round-trip'].map(name => `test/evidence/${name}.test.ts`),
  ...['google', 'matrix'].map(name => `test/contract/${name}.test.ts`),
  'test/testing/matchers.test.ts',
  'test/testing/token.test.ts',
];

/** For properties: that one fails is enough, and nobody reads the smallest case. */
export const PROPERTIES = { endOnFailure: true };

/** What is loaded before all tests, although some of it loads late. */
export const LOADED: readonly string[] = ['src/proof', 'src/providers/index.ts'];
