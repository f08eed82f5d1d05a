/**
 * Valid definitions, of all the shapes that users write: every platform that is built, several clusters and service
 * accounts, bindings of every provider with `on`, `existing` and keys of their own, tokens, RBAC, every injection mode.
 *
 * They are inputs, as a user writes them, complete (planning them needs no facts) and never refused. All shrink: what
 * is drawn is flat, and the definition follows from it.
 */
import fc from 'fast-check';
import { clustersArbOf } from './arbitraries/clusters';
import { identityOf, rawIdentityArb } from './arbitraries/identities';
import type { ClusterInput, InjectionMode, WorkloadIdentityInput } from 'symbolon';

export { clusterArb } from './arbitraries/clusters';
export { projectedArb } from './arbitraries/projected';

/** What is drawn. */
export interface IdentitiesOptions {
  /** The modes of injection that occur. With `none` nobody names the cloud identity in the pod. @default all */
  readonly modes?: readonly InjectionMode[];
  /** Whether cloud identities occur that are made elsewhere, so that their trust is not among the documents (AWS) or not all of it. @default true */
  readonly existing?: boolean;
  /** @default 3 */
  readonly most?: number;
}

/** Identities that are valid together, with the clusters that they share. */
export function identitiesArbOf({ modes = ['webhook', 'explicit', 'none'], existing = true, most = 3 }: IdentitiesOptions = {}): fc.Arbitrary<readonly WorkloadIdentityInput[]> {
  return fc.tuple(clustersArbOf(modes), fc.uniqueArray(rawIdentityArb(modes, existing), { minLength: 1, maxLength: most, selector: raw => raw.name }))
    .map(([clusters, raws]) => raws.map(raw => identityOf(raw, clusters)));
}

/** A few identities that are valid together. */
export const identitiesArb: fc.Arbitrary<readonly WorkloadIdentityInput[]> = identitiesArbOf();

/** One identity. */
export const identityArb: fc.Arbitrary<WorkloadIdentityInput> = identitiesArbOf({ most: 1 }).map(([identity]) => identity as WorkloadIdentityInput);

/** Clusters that are valid together. */
export const clustersArb: fc.Arbitrary<readonly ClusterInput[]> = clustersArbOf(['webhook', 'explicit', 'none']);
