/** What is asked, and by whom. */

/** Everything that judges, and everything that says whom a cloud shall trust. */
export const MUTATED: readonly string[] = [
  'src/proof/**/*.ts',
  'src/providers/*/trust*.ts',
];

/** Tests of rules. Those of the doors, and those that start processes, would only take longer to say the same. */
export const TESTS: readonly string[] = [
  'test/proof',
  'test/providers',
  'test/evidence',
  'test/contract',
  'test/testing/matchers.test.ts',
  'test/testing/token.test.ts',
];

/** What is loaded before all tests, although some of it loads late. */
export const LOADED: readonly string[] = ['src/proof', 'src/providers/index.ts'];
