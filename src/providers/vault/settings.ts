import type { VaultReviewer } from '../../platforms/cluster';
import type { Edge, EdgeInput } from '../provider';
import type { VaultAlias, VaultBindingFields, VaultMechanism, VaultUnsafeGlobs } from './binding';

/** A Vault binding for one cluster, with every default filled in. */
export interface VaultSettings {
  readonly mechanism: VaultMechanism;
  /** Empty where it is not said, which is a finding. */
  readonly address: string;
  readonly vaultNamespace: string | undefined;
  readonly mount: string;
  readonly roleName: string;
  readonly existing: boolean;
  readonly audience: string;
  readonly alias: VaultAlias;
  readonly tokenPolicies: readonly string[];
  readonly tokenTtl: number | undefined;
  readonly tokenMaxTtl: number | undefined;
  readonly unsafeGlobs: VaultUnsafeGlobs | undefined;
  readonly expirationSeconds: number;
  readonly reviewer: VaultReviewer;
  readonly skipContainers: readonly string[] | undefined;
}

export type VaultEdge = Edge<VaultSettings>;

export const DEFAULT_SECONDS = 3600;

export function settingsOf({ fields, cluster, identity, mechanism }: EdgeInput<VaultBindingFields>): VaultSettings {
  const address = fields.address ?? '';
  return {
    mechanism: mechanism as VaultMechanism,
    address,
    vaultNamespace: fields.vaultNamespace,
    mount: fields.mount ?? mechanism,
    roleName: fields.roleName ?? identity,
    existing: fields.existing ?? false,
    audience: fields.audience ?? address,
    alias: fields.alias ?? 'uid',
    tokenPolicies: fields.tokenPolicies ?? [],
    tokenTtl: fields.tokenTtl,
    tokenMaxTtl: fields.tokenMaxTtl,
    unsafeGlobs: fields.unsafeGlobs,
    expirationSeconds: fields.expirationSeconds ?? DEFAULT_SECONDS,
    reviewer: cluster.vault?.reviewer ?? 'token',
    skipContainers: fields.skipContainers,
  };
}
