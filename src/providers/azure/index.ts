import type { Provider } from '../provider';
import type { AzureBindingFields } from './binding';
import { check } from './check';
import { checkShared } from './check-count';
import { checkTrust } from './check-trust';
import { BINDING_AUDIENCE, CLOUDS } from './clouds';
import { podSideOf } from './kubernetes';
import { issuersOf, organizationPolicies } from './organization';
import { settingsOf, type AzureSettings } from './settings';
import { shareOf } from './share';
import { trustOf } from './trust';

/** Azure: a federated credential names issuer, subject and audience itself, and an identity binding its cluster, so there is no anchor. */
export const azure: Provider<AzureBindingFields, AzureSettings> = {
  mechanisms: ['managed-identity', 'application', 'identity-binding'],
  ownKeys: 'azure.workload.identity/',
  usualMechanism: 'managed-identity',
  identityFields: ['tenantId', 'subscriptionId', 'resourceGroup', 'identityName', 'applicationName', 'applicationId', 'existing'],
  shareOf: (fields, cluster) => shareOf(fields, cluster.name),
  settingsOf,
  check,
  checkTrust,
  checkShared,
  audienceOf: edge => edge.settings.audience,
  takes: audience => audience === BINDING_AUDIENCE || Object.values(CLOUDS).some(cloud => cloud.audience === audience),
  handleOf: edge => edge.settings.clientId,
  lifetimeOf: edge => edge.settings.expirationSeconds,
  podSideOf,
  trustOf,
  organization: { issuersOf, policiesOf: organizationPolicies },
};
