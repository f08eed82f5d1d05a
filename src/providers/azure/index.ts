import type { Provider } from '../provider';
import type { AzureBindingFields } from './binding';
import { check, checkTrust } from './check';
import { podSideOf } from './kubernetes';
import { settingsOf, type AzureSettings } from './settings';
import { trustOf } from './trust';

/** Azure: a federated credential on a managed identity. The credential names issuer, subject and audience itself, so there is no anchor. */
export const azure: Provider<AzureBindingFields, AzureSettings> = {
  mechanisms: ['managed-identity'],
  usualMechanism: 'managed-identity',
  identityFields: ['tenantId', 'subscriptionId', 'resourceGroup', 'identityName', 'existing'],
  settingsOf,
  check,
  checkTrust,
  audienceOf: edge => edge.settings.audience,
  handleOf: edge => edge.settings.clientId,
  lifetimeOf: edge => edge.settings.expirationSeconds,
  podSideOf,
  trustOf,
};
