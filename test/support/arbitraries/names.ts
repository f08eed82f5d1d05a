import { createHash } from 'node:crypto';
import fc from 'fast-check';

/** One part of a name. No part holds a hyphen, so `--` and `_` join parts without two joins ever giving one name. */
export const wordArb = fc.stringMatching(/^[a-z][a-z0-9]{0,5}$/);

/** A DNS label of at most 13 characters, without `--`. */
export const labelArb = fc.array(wordArb, { minLength: 1, maxLength: 2 }).map(words => words.join('-'));

/** The name of an identity: a label, or two with a dot between them. */
export const identityNameArb = fc.oneof({ weight: 4, arbitrary: labelArb }, { weight: 1, arbitrary: fc.tuple(wordArb, wordArb).map(words => words.join('.')) });

/** The end of a service account's name: nearly always short, at times as long as it may be. */
export const tailArb = fc.oneof({ weight: 8, arbitrary: wordArb }, { weight: 1, arbitrary: fc.stringMatching(/^[a-z][a-z0-9]{180,199}$/) });

/** A namespace. The pool is small, so that identities meet in one; one is as long as it may be. */
export const namespaceArb = fc.constantFrom('shop', 'billing', 'data-lake', 'n'.repeat(63));

/** A name where dots are not allowed: no two names give one. */
export function slugOf(name: string): string {
  return name.replaceAll('.', '--');
}

/** A GUID that follows from a text. */
export function guidOf(text: string): string {
  const hex = createHash('sha256').update(text).digest('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join('-');
}

/** 32 characters as EKS puts them into its issuers. */
export function eksIdOf(text: string): string {
  return guidOf(text).replaceAll('-', '').toUpperCase();
}

/** The id of an ACK cluster. */
export function ackIdOf(text: string): string {
  return `c${guidOf(text).replaceAll('-', '')}`;
}

/** The items whose bit is set in the mask. */
export function chosen<T>(items: readonly T[], mask: number): readonly T[] {
  return items.filter((_, i) => Math.floor(mask / 2 ** i) % 2 === 1);
}

/** The items whose bit is set in the mask; all of them where none is. */
export function pick<T>(items: readonly T[], mask: number): readonly T[] {
  const some = chosen(items, mask);
  return some.length === 0 ? items : some;
}

/** The fields that are not undefined. */
export function given<T extends object>(fields: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as { [K in keyof T]?: Exclude<T[K], undefined> };
}

/** A value, half of the time. */
export function maybe<T>(arb: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> {
  return fc.option(arb, { nil: undefined, freq: 2 });
}
