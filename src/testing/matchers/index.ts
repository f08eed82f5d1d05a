import { toLetInNobodyElse, type NobodyElseOptions } from './nobody-else';
import { toBecome } from './to-become';
import { toFit } from './to-fit';
import { toHaveTokenFor } from './token-for';

/**
 * For `expect.extend`, of jest and of vitest.
 *
 * A workload, an identity or a cluster that does not exist is an error, and never a `.not` that passes. What cannot be decided fails with `.not` and without.
 */
export const symbolonMatchers = { toBecome, toLetInNobodyElse, toFit, toHaveTokenFor };

/**
 * What `expect(…)` offers then. The package depends on no test runner, so that one declaration of yours tells the compiler, in any file of the tests:
 *
 * ```ts
 * import type { SymbolonMatchers } from 'symbolon/testing';
 *
 * // jest, with @types/jest
 * declare global { namespace jest { interface Matchers<R> extends SymbolonMatchers<R> {} } }
 * // jest, with @jest/globals
 * declare module 'expect' { interface Matchers<R extends void | Promise<void>> extends SymbolonMatchers<R> {} }
 * // vitest; from 3.2 on it was Matchers<T = any> extends SymbolonMatchers<T>
 * declare module 'vitest' { interface Matchers<R, T> extends SymbolonMatchers<R> {} }
 * ```
 */
export interface SymbolonMatchers<R = unknown> {
  /**
   * `expect(workloadIn(artifacts, 'Deployment shop/web')).toBecome('arn:aws:iam::111122223333:role/web')`: this workload becomes that cloud identity, in every cluster
   * that has it. With `.not`: in none, and no other pod of its service account does.
   */
  toBecome(identity: string): R;
  /** `expect(artifacts).toLetInNobodyElse()`: no trust lets in anybody but the workloads of the artifacts. */
  toLetInNobodyElse(options?: NobodyElseOptions): R;
  /** `expect(artifacts).toFit()`: every workload becomes what it asks for and can read its tokens, nobody else is let in, and all of it is decided. */
  toFit(): R;
  /** `expect(workloadIn(artifacts, 'Deployment shop/web')).toHaveTokenFor('https://payments.example.com')`: a container finds this token, and can read it. */
  toHaveTokenFor(audience: string): R;
}
