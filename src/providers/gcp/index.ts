import type { Provider } from '../provider';
import { anchorNeedOf, anchorsOf, checkAnchor } from './anchors';
import type { GcpBindingFields } from './binding';
import { check, checkTrust } from './check';
import { federationOf, handleOf } from './federation';
import { podSideOf } from './kubernetes';
import { issuersOf, organizationPolicies } from './organization';
import { settingsOf, type GcpSettings } from './settings';
import { trustOf } from './trust';

/** Google Cloud: a service account that the pod acts as, or roles for the pod's own principal, known by a pool of Google's or of the user's. */
export const gcp: Provider<GcpBindingFields, GcpSettings> = {
  mechanisms: ['service-account', 'principal', 'workload-identity-pool', 'fleet'],
  usualMechanism: 'workload-identity-pool',
  identityFields: ['projectId', 'accountId', 'existing'],
  settingsOf,
  check,
  checkTrust,
  audienceOf: edge => federationOf(edge).audienceOf(edge),
  // The pool of GKE or of a fleet, a provider of a pool, and what others than us ask for at the token service.
  takes: audience => /\.svc\.id\.goog$|^(https:)?\/\/iam\.googleapis\.com\/|^(https:\/\/)?sts\.googleapis\.com$/.test(audience),
  handleOf,
  lifetimeOf: edge => (edge.injection === 'explicit' || (edge.injection === 'webhook' && edge.mechanism === 'workload-identity-pool') ? edge.settings.expirationSeconds : undefined),
  podSideOf,
  trustOf,
  organization: { issuersOf, policiesOf: organizationPolicies },
  anchorNeedOf,
  anchorsOf,
  checkAnchor,
};
