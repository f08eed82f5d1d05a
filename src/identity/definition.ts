import type { BindingInput, TokenInput, VolumeInput } from './input';
import type { PodParts } from '../kubernetes/injection';
import type { RbacInput } from '../kubernetes/rbac-input';
import type { VolumeSourceInput } from '../kubernetes/volume-input';
import type { ClusterDefinition, InjectionMode } from '../platforms/cluster';

/** One service account that an identity runs as, with its defaults filled in. */
export interface ServiceAccountDefinition {
  readonly namespace: string;
  readonly serviceAccount: string;
  readonly create: boolean;
  readonly clusters?: readonly string[];
}

/** A projected token, with its defaults filled in. */
export interface TokenDefinition extends TokenInput {
  readonly expirationSeconds: number;
  readonly path: string;
  readonly mountPath: string;
  readonly env: string;
}

/** A projected volume, with its defaults filled in. */
export interface VolumeDefinition extends VolumeInput {
  readonly mountPath: string;
  readonly sources: readonly VolumeSourceInput[];
  /** In decimal: 288 is `0440`. */
  readonly defaultMode?: number;
}

/** A binding whose provider is said. */
export type BindingDefinition = BindingInput & { readonly provider: string };

/**
 * A workload identity, checked and frozen: what {@link defineWorkloadIdentity} returns. It is plain data, and giving it
 * to {@link defineWorkloadIdentity} again, from JSON even, returns the same.
 */
export interface WorkloadIdentityDefinition {
  readonly name: string;
  readonly runsAs: readonly ServiceAccountDefinition[];
  readonly clusters: readonly ClusterDefinition[];
  readonly trustedBy: { readonly [binding: string]: BindingDefinition };
  readonly tokens: { readonly [name: string]: TokenDefinition };
  readonly volumes?: { readonly [name: string]: VolumeDefinition };
  readonly fsGroup?: number;
  readonly rbac: readonly RbacInput[];
  readonly apiToken: boolean;
  readonly injection?: InjectionMode;
  readonly labels: { readonly [key: string]: string };
  readonly annotations: { readonly [key: string]: string };
}

/** Projected tokens, checked and frozen: what {@link defineProjectedTokens} returns. Plain data, with what pods carry. */
export interface ProjectedTokensDefinition {
  readonly tokens: { readonly [name: string]: TokenDefinition };
  readonly volumes?: { readonly [name: string]: VolumeDefinition };
  readonly fsGroup?: number;
  /** What pods carry: volumes, mounts and variables, for `inject`. Whom they run as is theirs to say. */
  readonly injection: PodParts;
}

const BRANDS = { cluster: Symbol.for('symbolon.ClusterDefinition'), identity: Symbol.for('symbolon.WorkloadIdentityDefinition'), tokens: Symbol.for('symbolon.ProjectedTokensDefinition') };

/** Marks a checked definition. The mark is seen by other copies of the package, and by no serialisation. */
export function brand<T extends object>(kind: keyof typeof BRANDS, value: T): T {
  return Object.freeze(Object.defineProperty(value, BRANDS[kind], { value: true }));
}

/** True for what {@link brand} marked, in this copy of the package or another. */
export function isBranded(kind: keyof typeof BRANDS, value: unknown): boolean {
  return typeof value === 'object' && value !== null && (value as Record<symbol, unknown>)[BRANDS[kind]] === true;
}

/** True for what {@link defineCluster} returned, in this copy of the package or another. */
export function isClusterDefinition(value: unknown): value is ClusterDefinition {
  return isBranded('cluster', value);
}

/** True for what {@link defineWorkloadIdentity} returned, in this copy of the package or another. */
export function isWorkloadIdentityDefinition(value: unknown): value is WorkloadIdentityDefinition {
  return isBranded('identity', value);
}

/** True for what {@link defineProjectedTokens} returned, in this copy of the package or another. */
export function isProjectedTokensDefinition(value: unknown): value is ProjectedTokensDefinition {
  return isBranded('tokens', value);
}
