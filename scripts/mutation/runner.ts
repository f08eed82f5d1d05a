/**
 * A test runner for Stryker. https://stryker-mutator.io/docs/stryker-js/guides/create-a-plugin
 *
 * Modules are loaded once, and again for mutants that count while they are loaded: tables, patterns.
 */
import { Harness, type TestCase } from './harness';
import { filesIn, forgetModules, load, loadTypeScript, requireHere } from './modules';
import { AREA, AREAS, PROPERTIES, type Area } from './scope';

/** What code that Stryker has changed reads and writes. */
interface Namespace {
  activeMutant?: string;
  currentTestId?: string;
  hitCount?: number;
  hitLimit?: number;
  mutantCoverage?: object;
}

interface MutantRun {
  readonly activeMutant: { readonly id: string };
  readonly testFilter?: readonly string[];
  readonly hitLimit?: number;
  readonly mutantActivation: 'static' | 'runtime';
  readonly reloadEnvironment: boolean;
  readonly disableBail: boolean;
}

const SUCCESS = 0;
const FAILED = 1;

class Runner {
  readonly #space: Namespace = (globalThis as { __stryker__?: Namespace }).__stryker__ ??= {};
  readonly #harness = new Harness();
  #loaded = false;

  capabilities(): object {
    return { reloadEnvironment: true };
  }

  /** Loading takes longer than most tests, and shall count for no mutant. */
  init(): void {
    loadTypeScript();
    this.#load();
  }

  async dryRun(): Promise<object> {
    const outcomes = await this.#harness.run(this.#harness.tests, false, ({ id }) => { this.#space.currentTestId = id; });
    delete this.#space.currentTestId;
    return {
      status: 'complete',
      tests: outcomes.map(({ test: { id, file }, milliseconds, failure }) => ({
        id, name: id, fileName: file, timeSpentMs: milliseconds, status: failure === undefined ? SUCCESS : FAILED,
        ...(failure !== undefined && { failureMessage: failure }),
      })),
      mutantCoverage: this.#space.mutantCoverage,
    };
  }

  async mutantRun({ activeMutant, testFilter, hitLimit, mutantActivation, reloadEnvironment, disableBail }: MutantRun): Promise<object> {
    if (hitLimit === undefined) {
      delete this.#space.hitLimit;
      delete this.#space.hitCount;
    } else {
      Object.assign(this.#space, { hitLimit, hitCount: 0 });
    }
    try {
      delete this.#space.activeMutant;
      if (mutantActivation === 'static') this.#space.activeMutant = activeMutant.id;
      if (!this.#loaded || reloadEnvironment) this.#load();
      this.#space.activeMutant = activeMutant.id;
      return await this.#asked(testFilter, !disableBail);
    } catch (error) {
      // What cannot even be loaded is not taken by anybody.
      return { status: 'killed', killedBy: [this.#harness.tests[0]?.id ?? 'loading'], failureMessage: `while loading: ${String(error)}`, nrOfTests: 1 };
    } finally {
      delete this.#space.activeMutant;
    }
  }

  async #asked(filter: readonly string[] | undefined, bail: boolean): Promise<object> {
    const wanted = filter === undefined ? undefined : new Set(filter);
    const tests = this.#harness.tests.filter(({ id }) => wanted?.has(id) ?? true);
    const outcomes = await this.#harness.run(tests, bail);
    const { hitCount, hitLimit } = this.#space;
    if (hitCount !== undefined && hitLimit !== undefined && hitCount > hitLimit) return { status: 'timeout', reason: `Hit limit reached (${hitCount}/${hitLimit})` };
    const failed = outcomes.filter(({ failure }) => failure !== undefined);
    if (failed.length === 0) return { status: 'survived', nrOfTests: outcomes.length };
    return { status: 'killed', killedBy: failed.map(({ test }) => test.id), failureMessage: failed[0]?.failure ?? '', nrOfTests: outcomes.length };
  }

  /** All tests, and what they load late as well: what counts while it is loaded shall be seen to. */
  #load(): void {
    forgetModules();
    this.#loaded = false;
    const { loaded, tests: files } = AREAS[process.env[AREA] ?? ''] as Area;
    let tests: readonly TestCase[] = [];
    this.#harness.declaredBy(file => {
      requireHere('test/setup.ts');
      const properties = load('fast-check') as { configureGlobal(config: object): void; readConfigureGlobal(): object };
      properties.configureGlobal({ ...properties.readConfigureGlobal(), ...PROPERTIES });
      for (const path of loaded) for (const name of filesIn(path, /\.ts$/)) requireHere(name);
      for (const path of files) {
        for (const name of filesIn(path, /\.test\.ts$/)) {
          file(name);
          requireHere(name);
        }
      }
      tests = this.#harness.tests;
    });
    this.#loaded = tests.length > 0;
  }
}

export const strykerPlugins = [{ kind: 'TestRunner', name: 'symbolon', injectableClass: Runner }];
