import type { Provider } from '../provider';
import type { VaultBindingFields } from './binding';
import { check, checkTrust } from './check';
import { podSideOf } from './kubernetes';
import { anchorNeedOf, anchorsOf, checkAnchor } from './mount';
import { roleName } from './names';
import { settingsOf, type VaultSettings } from './settings';
import { trustOf } from './trust';

/** Vault and OpenBao, which has the same API: a role of an auth method that knows the cluster. */
export const vault: Provider<VaultBindingFields, VaultSettings> = {
  mechanisms: ['kubernetes', 'jwt'],
  usualMechanism: 'kubernetes',
  identityFields: ['mechanism', 'address', 'vaultNamespace', 'mount', 'roleName', 'existing'],
  settingsOf,
  check,
  checkTrust,
  audienceOf: edge => edge.settings.audience,
  handleOf: roleName,
  lifetimeOf: edge => edge.settings.expirationSeconds,
  podSideOf,
  trustOf,
  anchorNeedOf,
  anchorsOf,
  checkAnchor,
};
