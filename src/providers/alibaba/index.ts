import type { Provider } from '../provider';
import { checkIssuerReach } from '../reach';
import { roleArn } from './arn';
import type { AlibabaBindingFields } from './binding';
import { RAM, check, checkTrust } from './check';
import { podSideOf } from './kubernetes';
import { AUDIENCE, anchorNeedOf, settingsOf, type AlibabaSettings } from './settings';
import { anchorOf, trustOf } from './trust';

/** Alibaba Cloud: a RAM role that trusts the cluster's issuer. */
export const alibaba: Provider<AlibabaBindingFields, AlibabaSettings> = {
  mechanisms: ['rrsa'],
  ownKeys: 'pod-identity.alibabacloud.com/',
  usualMechanism: 'rrsa',
  identityFields: ['accountId', 'roleName', 'existing'],
  settingsOf,
  check,
  checkTrust,
  audienceOf: () => AUDIENCE,
  takes: audience => audience === AUDIENCE,
  handleOf: roleArn,
  lifetimeOf: edge => edge.settings.expirationSeconds,
  podSideOf,
  trustOf,
  anchorNeedOf,
  anchorsOf: request => [anchorOf(request)],
  checkAnchor: ({ issuer }, report) => checkIssuerReach(issuer, 'cluster.issuer', RAM, report),
};
