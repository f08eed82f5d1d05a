import type { Provider } from '../provider';
import { checkIssuerReach } from '../reach';
import { roleArn } from './arn';
import type { AlibabaBindingFields } from './binding';
import { RAM, check, checkTrust } from './check';
import { podSideOf } from './kubernetes';
import { AUDIENCE, settingsOf, type AlibabaSettings } from './settings';
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
  // Switching RRSA on makes the provider in the cluster's own account; whoever names one, or has a role already, has it too.
  anchorNeedOf: ({ cluster, settings }) => (settings.existing || settings.ownProvider || cluster.ack?.accountId === settings.accountId
    ? undefined
    : { home: settings.accountId, audience: AUDIENCE }),
  anchorsOf: request => [anchorOf(request)],
  checkAnchor: ({ issuer }, report) => checkIssuerReach(issuer, 'cluster.issuer', RAM, report),
};
