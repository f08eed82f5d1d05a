import * as pulumi from '@pulumi/pulumi';
import type { Deferred, Settled } from '../core/deferred';

/** A tree with Outputs where values wait for facts. What is known, its structure above all, stays plain. */
export type Pending<T> =
  T extends Deferred<infer U> ? pulumi.Output<Mutable<Settled<U>>>
    : T extends object ? { -readonly [K in keyof T]: Pending<T[K]> }
      : T;

/** Pulumi's inputs are mutable in their types, and changed by nobody. */
export type Mutable<T> = T extends object ? { -readonly [K in keyof T]: Mutable<T[K]> } : T;

/** `f` of the value: at once where it is known, else as soon as it is. */
export function lift<T, U>(value: T | pulumi.Output<T>, f: (value: T) => U): U | pulumi.Output<U> {
  return pulumi.Output.isInstance<T>(value) ? value.apply(f) as pulumi.Output<U> : f(value);
}
