import { isDeferred } from '../../core/deferred';
import { complain, joinPath, type Report } from '../../core/issues';
import { checkLifetime } from '../../kubernetes/projected-token';
import { checkAgreement, type Shared } from '../agree';
import { groupsOf } from '../group';
import type { AwsEdge, AwsSettings } from './settings';
import { policyId, policySize, trustPolicyOf } from './trust';

const POLICY_ARN = /^arn:aws[a-z-]*:iam::(aws|\d{12}):policy\/[\u0021-\u007e]+$/;
const NAME = /^[\w+=,.@-]+$/;
const PARTITIONS = ['aws', 'aws-cn', 'aws-us-gov', 'aws-iso', 'aws-iso-b', 'aws-iso-e', 'aws-iso-f', 'aws-eusc'];
const LIFETIME = { min: 600, max: 86400, whose: 'EKS grants no longer tokens' };
const MAX_QUOTA = 8192;
/** Of all inline policies of a role together: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html */
const MAX_INLINE = 10240;

/** The rules of IAM: https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html */
export function check(edge: AwsEdge, report: Report): void {
  const { settings } = edge;
  const wrong = (field: string, code: string, expected: string, got: unknown, fix: string): void => complain(report, `aws/${code}`, edge.at(field), { expected, got, fix });

  if (!isDeferred(settings.accountId) && !/^\d{12}$/.test(settings.accountId)) wrong('accountId', 'account', '12 digits', settings.accountId, 'use the account that owns the role');
  if (!PARTITIONS.includes(settings.partition)) wrong('partition', 'partition', `one of ${PARTITIONS.join(', ')}`, settings.partition, 'use the partition of the account');
  if (!NAME.test(settings.roleName) || settings.roleName.length > 64) {
    wrong('roleName', 'role-name', '1 to 64 of the characters A-Z, a-z, 0-9 and +=,.@_-', settings.roleName, 'set a roleName (the default is the name of the identity)');
  }
  if (!/^\/([\u0021-\u007e]{1,510}\/)?$/.test(settings.rolePath)) wrong('rolePath', 'role-path', 'a path that begins and ends with a slash, at most 512 characters', settings.rolePath, 'write it as /teams/shop/');
  if (settings.audience === '' || settings.audience.length > 255 || /[*?\s]/.test(settings.audience)) {
    wrong('audience', 'audience', 'one audience of at most 255 characters, without wildcards and blanks', settings.audience, 'leave it out for sts.amazonaws.com');
  }
  const issuer = edge.facts.issuer();
  if (!settings.existing && !isDeferred(issuer) && (issuer.length > 255 || /^https:\/\/[^/]*:\d+(\/|$)/.test(issuer))) {
    complain(report, 'aws/issuer', `clusters.${edge.cluster.name}.issuer`, {
      expected: 'an issuer of at most 255 characters and without a port, as IAM takes them', got: issuer, fix: 'serve the discovery documents of the cluster at the usual port',
    });
  }
  checkLifetime(settings.expirationSeconds, edge.at('expirationSeconds'), report, LIFETIME);
  checkRole(edge, wrong);
  checkPolicies(edge, wrong);
  checkInlineSize(edge, wrong);
}

type Wrong = (field: string, code: string, expected: string, got: unknown, fix: string) => void;

function checkRole({ settings }: AwsEdge, wrong: Wrong): void {
  const { maxSessionDuration: seconds, description, tags, trustPolicyQuota: quota } = settings;
  if (seconds !== undefined && (!Number.isInteger(seconds) || seconds < 3600 || seconds > 43200)) {
    wrong('maxSessionDuration', 'session-duration', 'a whole number of seconds from 3600 to 43200', seconds, 'a session of IAM lasts between one and twelve hours');
  }
  if (description !== undefined && !/^[\t\n\r\u0020-\u007e\u00a1-\u00ff]{0,1000}$/.test(description)) {
    wrong('description', 'description', 'at most 1000 characters of Latin-1', description, 'shorten it, or take out what is not Latin-1');
  }
  const keys = Object.keys(tags);
  if (keys.length > 50) wrong('tags', 'tags', 'at most 50 tags', keys.length, 'take some out');
  for (const key of keys) {
    const value = tags[key] as string;
    if (key === '' || key.length > 128 || key.toLowerCase().startsWith('aws:') || value.length > 256) {
      wrong(joinPath('tags', key), 'tags', 'a key of 1 to 128 characters that does not begin with aws:, and a value of at most 256', value, 'rename or shorten the tag');
    }
  }
  if (!Number.isInteger(quota) || quota < 2048 || quota > MAX_QUOTA) wrong('trustPolicyQuota', 'trust-quota', `a whole number from 2048 to ${MAX_QUOTA}`, quota, 'give the quota of the account');
}

function checkPolicies({ settings }: AwsEdge, wrong: Wrong): void {
  settings.managedPolicies.forEach(({ arn }, i) => {
    if (!isDeferred(arn) && !POLICY_ARN.test(arn)) wrong(joinPath('managedPolicies', i), 'policy-arn', 'the ARN of a managed policy', arn, 'copy it from: aws iam list-policies');
  });
  if (settings.managedPolicies.length > 1) {
    const ids = settings.managedPolicies.map(policyId);
    const twice = ids.find((id, i) => ids.indexOf(id) !== i);
    if (twice !== undefined) wrong('managedPolicies', 'policy-twice', 'every policy once', twice, 'take the second one out');
  }
  const boundary = settings.permissionsBoundary;
  if (boundary !== undefined && !isDeferred(boundary) && !POLICY_ARN.test(boundary)) wrong('permissionsBoundary', 'policy-arn', 'the ARN of a managed policy', boundary, 'copy it from: aws iam list-policies');
  for (const name of Object.keys(settings.inlinePolicies)) {
    if (!NAME.test(name) || name.length > 128) wrong(joinPath('inlinePolicies', name), 'policy-name', '1 to 128 of the characters A-Z, a-z, 0-9 and +=,.@_-', name, 'rename the policy');
  }
}

function checkInlineSize({ settings }: AwsEdge, wrong: Wrong): void {
  const policies = Object.values(settings.inlinePolicies);
  const size = policies.reduce((sum, policy) => sum + JSON.stringify({ Version: '2012-10-17', ...policy }).replace(/\s/g, '').length, 0);
  if (size > MAX_INLINE) wrong('inlinePolicies', 'inline-policy-size', `at most ${MAX_INLINE} characters in all, blanks not counted`, size, 'move some of them into managed policies');
}

/** What a role has, whichever cluster its pods run in. */
const SHARED: Shared<AwsSettings> = {
  partition: settings => settings.partition,
  managedPolicies: settings => settings.managedPolicies.map(policy => policy.arn),
  inlinePolicies: settings => settings.inlinePolicies,
  permissionsBoundary: settings => settings.permissionsBoundary,
  maxSessionDuration: settings => settings.maxSessionDuration,
  description: settings => settings.description,
  tags: settings => settings.tags,
};

/** The rules of a role as a whole: one account, and a trust policy that IAM will store. */
export function checkTrust(edges: readonly AwsEdge[], report: Report): void {
  checkAgreement(edges, 'role', 'roleName', SHARED, report);
  for (const group of groupsOf(edges, edge => edge.variant)) {
    const [first] = group;
    if (first === undefined || first.settings.existing) continue;
    const stranger = group.find(edge => edge.settings.accountId !== first.settings.accountId && !isDeferred(edge.settings.accountId));
    if (stranger !== undefined) {
      complain(report, 'aws/account', stranger.at('accountId'), {
        expected: 'one account for one role',
        got: [first.settings.accountId, stranger.settings.accountId],
        fix: `the clusters live in different accounts, so say which account owns the role, or give each cluster a role under on (on: { "${stranger.cluster.name}": { accountId } })`,
      });
      continue;
    }
    checkSize(group, first, report);
  }
}

function checkSize(group: readonly AwsEdge[], first: AwsEdge, report: Report): void {
  const quota = first.settings.trustPolicyQuota;
  // Nearly every policy is far from any quota, and need not be written out to be measured.
  if (atMost(group) <= quota) return;
  const policy = trustPolicyOf(group);
  if (isDeferred(policy) || policySize(policy, quota) <= quota) return;
  complain(report, 'aws/trust-policy-size', first.at('trustPolicyQuota'), {
    expected: `a trust policy of at most ${quota} characters, blanks not counted`,
    got: `${policySize(policy, quota)} characters in ${policy.Statement.length} statements`,
    fix: `raise the quota of the account (up to ${MAX_QUOTA}) and say so here, or give some clusters a role of their own under on`,
  });
}

/** Characters that the policy cannot exceed: a statement for each edge, and the issuer three times in each. */
function atMost(group: readonly AwsEdge[]): number {
  const around = 300;
  return group.reduce((sum, { facts, settings, subject }) => {
    const issuer = facts.issuer();
    const named = 2 * settings.audience.length + subject.namespace.length + subject.serviceAccount.length;
    return sum + around + named + 3 * (isDeferred(issuer) ? 255 : issuer.length);
  }, 0);
}
