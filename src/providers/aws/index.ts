import type { Provider } from '../provider';
import { checkIssuerReach } from '../reach';
import { anchorNeedOf, anchorOf } from './anchor';
import { handleOf } from './arn';
import type { AwsBindingFields } from './binding';
import { IAM, check } from './check';
import { checkTrust } from './check-trust';
import { podSideOf } from './kubernetes';
import { issuersOf, organizationPolicies } from './organization';
import { DEFAULT_AUDIENCE, PODS_AUDIENCE, settingsOf, type AwsSettings } from './settings';
import { trustOf } from './trust';

/** AWS: an IAM role that trusts the cluster's issuer, or EKS Pod Identity, or both. */
export const aws: Provider<AwsBindingFields, AwsSettings> = {
  mechanisms: ['irsa', 'pod-identity'],
  ownKeys: 'eks.amazonaws.com/',
  usualMechanism: 'irsa',
  identityFields: ['accountId', 'partition', 'rolePath', 'roleName', 'existing'],
  placed: ({ clustersPerRole: size, roleName }, position, identity) => {
    const group = size === undefined || !Number.isInteger(size) || size < 1 ? 0 : Math.floor(position / size);
    return group === 0 ? undefined : { roleName: `${roleName ?? identity}-${group + 1}` };
  },
  settingsOf,
  check,
  checkTrust,
  audienceOf: edge => (edge.mechanism === 'pod-identity' ? PODS_AUDIENCE : edge.settings.audience),
  otherAudiencesOf: ({ settings }) => settings.alsoTrusts.map(mechanism => (mechanism === 'pod-identity' ? PODS_AUDIENCE : settings.audience)),
  takes: audience => audience === PODS_AUDIENCE || audience === DEFAULT_AUDIENCE,
  handleOf,
  lifetimeOf: edge => edge.settings.expirationSeconds,
  podSideOf,
  trustOf,
  organization: { issuersOf, policiesOf: organizationPolicies },
  anchorNeedOf,
  anchorsOf: request => [anchorOf(request)],
  // https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateOpenIDConnectProvider.html
  mostAudiences: 100,
  checkAnchor: ({ issuer }, report) => checkIssuerReach(issuer, 'cluster.issuer', IAM, report),
};
