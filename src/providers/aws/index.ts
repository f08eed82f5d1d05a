import type { Provider } from '../provider';
import { roleArn } from './arn';
import type { AwsBindingFields } from './binding';
import { check, checkTrust } from './check';
import { podSideOf } from './kubernetes';
import { settingsOf, type AwsSettings } from './settings';
import { anchorOf, trustOf } from './trust';

/** AWS: an IAM role that trusts the cluster's issuer. */
export const aws: Provider<AwsBindingFields, AwsSettings> = {
  mechanisms: ['irsa'],
  usualMechanism: 'irsa',
  identityFields: ['accountId', 'partition', 'rolePath', 'roleName', 'existing'],
  settingsOf,
  check,
  checkTrust,
  audienceOf: edge => edge.settings.audience,
  handleOf: roleArn,
  lifetimeOf: edge => edge.settings.expirationSeconds,
  podSideOf,
  trustOf,
  // Whoever made the role made it trust something: its anchor is there already.
  anchorNeedOf: ({ settings }) => (settings.existing ? undefined : { home: settings.accountId, realm: settings.partition, audience: settings.audience }),
  anchorsOf: request => [anchorOf(request)],
};
