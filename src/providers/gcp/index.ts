import type { Provider } from '../provider';
import type { GcpBindingFields } from './binding';
import { check, checkTrust } from './check';
import { podSideOf } from './kubernetes';
import { settingsOf, type GcpSettings } from './settings';
import { trustOf } from './trust';

/** Google Cloud: a Google service account that the pod acts as. The pool is the project's own, so there is no anchor. */
export const gcp: Provider<GcpBindingFields, GcpSettings> = {
  mechanisms: ['service-account'],
  usualMechanism: 'workload-identity-pool',
  identityFields: ['projectId', 'accountId', 'existing'],
  settingsOf,
  check,
  checkTrust,
  audienceOf: edge => edge.settings.workloadPool ?? '',
  handleOf: edge => edge.settings.email,
  lifetimeOf: edge => (edge.injection === 'explicit' ? edge.settings.expirationSeconds : undefined),
  podSideOf,
  trustOf,
};
