/**
 * As much of jest as the tests of rules use, in one process and without a sandbox of its own: each of thousands of mutants is asked by the few
 * tests that reach it, and those shall cost what they do, and not what it costs to start jest.
 */
import { load } from './modules';

type Body = () => unknown;

interface Suite {
  readonly parent: Suite | undefined;
  readonly title: string;
  readonly beforeAll: Body[];
  readonly beforeEach: Body[];
  readonly afterEach: Body[];
  readonly afterAll: Body[];
}

export interface TestCase {
  readonly id: string;
  readonly file: string;
  readonly suite: Suite;
  readonly body: Body;
}

/** What a test came to; without a message where it passed. */
export interface TestOutcome {
  readonly test: TestCase;
  readonly milliseconds: number;
  readonly failure?: string;
}

/** Tests as their files declare them while they are loaded. */
export class Harness {
  #tests: TestCase[] = [];
  #suite = suiteUnder(undefined, '');
  #file = '';

  get tests(): readonly TestCase[] {
    return this.#tests;
  }

  /** Forgets all tests, and takes those that are declared while `loading` runs. */
  declaredBy(loading: (file: (name: string) => void) => void): void {
    this.#tests = [];
    const names = this.#globals();
    Object.assign(globalThis, names);
    loading(name => {
      this.#file = name;
      this.#suite = suiteUnder(undefined, '');
    });
  }

  /** Runs the tests one after the other, up to the first that fails where `bail` says so. */
  async run(tests: readonly TestCase[], bail: boolean, before: (test: TestCase) => void = () => undefined): Promise<readonly TestOutcome[]> {
    const outcomes: TestOutcome[] = [];
    const open: Suite[] = [];
    for (const test of tests) {
      const from = process.hrtime.bigint();
      before(test);
      const failure = await failureOf(test, open);
      const milliseconds = Number(process.hrtime.bigint() - from) / 1e6;
      outcomes.push({ test, milliseconds, ...(failure !== undefined && { failure }) });
      if (failure !== undefined && bail) break;
    }
    for (const suite of open.reverse()) await all(suite.afterAll).catch(() => undefined);
    return outcomes;
  }

  #globals(): object {
    const { bind } = load('jest-each') as { bind(callback: (title: string, body: Body) => void, supportsDone: boolean): unknown };
    const { ModuleMocker } = load('jest-mock') as { ModuleMocker: new (scope: object) => { fn: unknown; spyOn: unknown; restoreAllMocks(): void } };
    const mocker = new ModuleMocker(globalThis);
    const test = (title: string, body: Body): void => this.#declare(title, body);
    const describe = (title: string, body: Body): void => this.#inside(title, body);
    const hook = (name: 'beforeAll' | 'beforeEach' | 'afterEach' | 'afterAll') => (body: Body) => { this.#suite[name].push(body); };
    const each = { each: bind(test, false) };
    return {
      test: Object.assign(test, each),
      it: Object.assign((title: string, body: Body): void => this.#declare(title, body), each),
      describe: Object.assign(describe, { each: bind(describe, false) }),
      expect: (load('expect') as { expect: unknown }).expect,
      jest: {
        fn: mocker.fn,
        spyOn: (mocker.spyOn as (...args: unknown[]) => unknown).bind(mocker),
        restoreAllMocks: () => mocker.restoreAllMocks(),
        setTimeout: () => undefined,
        requireActual: load,
      },
      beforeAll: hook('beforeAll'),
      beforeEach: hook('beforeEach'),
      afterEach: hook('afterEach'),
      afterAll: hook('afterAll'),
    };
  }

  #declare(title: string, body: Body): void {
    const name = `${this.#file}: ${[...lineOf(this.#suite).map(suite => suite.title), title].filter(part => part !== '').join(' ')}`;
    const same = this.#tests.filter(({ id }) => id === name || id.startsWith(`${name} #`)).length;
    this.#tests.push({ id: same === 0 ? name : `${name} #${same + 1}`, file: this.#file, suite: this.#suite, body });
  }

  #inside(title: string, body: Body): void {
    const outer = this.#suite;
    this.#suite = suiteUnder(outer, title);
    body();
    this.#suite = outer;
  }
}

function suiteUnder(parent: Suite | undefined, title: string): Suite {
  return { parent, title, beforeAll: [], beforeEach: [], afterEach: [], afterAll: [] };
}

/** The suites around one, from the outermost. */
function lineOf(suite: Suite): readonly Suite[] {
  return suite.parent === undefined ? [suite] : [...lineOf(suite.parent), suite];
}

async function failureOf({ suite, body }: TestCase, open: Suite[]): Promise<string | undefined> {
  const line = lineOf(suite);
  try {
    for (const each of line.filter(one => !open.includes(one))) {
      open.push(each);
      await all(each.beforeAll);
    }
    for (const each of line) await all(each.beforeEach);
    try {
      await body();
    } finally {
      for (const each of [...line].reverse()) await all(each.afterEach);
    }
    return undefined;
  } catch (error) {
    return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  }
}

async function all(bodies: readonly Body[]): Promise<void> {
  for (const body of bodies) await body();
}
