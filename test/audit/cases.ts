import { CASES_OF_TOKENS } from './cases-tokens';
import { CASES_OF_WORKLOADS } from './cases-workloads';

/** For one rule, manifests in which it finds something, and others that look alike and are right. */
export interface Case {
  readonly code: string;
  readonly found: { readonly [name: string]: readonly object[] };
  readonly near: { readonly [name: string]: readonly object[] };
}

export const CASES: readonly Case[] = [...CASES_OF_WORKLOADS, ...CASES_OF_TOKENS];
