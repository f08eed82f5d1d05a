import type { AwsPolicyDocument } from './binding';
import type { Wrong } from './check';
import { TARGET_POLICY, homeOfPolicy, policyId, withVersion } from './role-policies';
import type { AwsEdge } from './settings';
import { policySize } from './trust-policy';
import { isDeferred, type Deferrable } from '../../core/deferred';
import { joinPath } from '../../core/issues';
import { checkStatements } from '../statements';

export const NAME = /^[\w+=,.@-]+$/;
/** The most that IAM takes, whatever the account's quota. */
export const MAX_QUOTA = 8192;
/** Of all inline policies of a role together: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html */
const MAX_INLINE = 10240;
/** Managed policies on a role: what every account has, and what its quota can be raised to. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html#reference_iam-quotas-entities */
const MANAGED = { usual: 10, most: 25 } as const;
const POLICY_ARN = /^arn:aws[a-z-]*:iam::(aws|\d{12}):policy\/[\u0021-\u007e]+$/;
const COPY = 'copy it from: aws iam list-policies';

/** What IAM wants of a role besides its name. */
export function checkRole({ settings }: AwsEdge, wrong: Wrong): void {
  const { maxSessionDuration: seconds, description, tags, trustPolicyQuota: quota } = settings;
  if (seconds !== undefined && (!Number.isInteger(seconds) || seconds < 3600 || seconds > 43200)) {
    wrong('maxSessionDuration', 'session-duration', 'a whole number of seconds from 3600 to 43200', seconds, 'a session of IAM lasts between one and twelve hours');
  }
  if (description !== undefined && !/^[\t\n\r\u0020-\u007e\u00a1-\u00ff]{0,1000}$/.test(description)) {
    wrong('description', 'description', 'at most 1000 characters of Latin-1', description, 'shorten it, or take out what is not Latin-1');
  }
  checkTags('tags', tags, wrong);
  const keys = Object.keys(tags).map(key => key.toLowerCase());
  const twice = Object.keys(tags).find((_key, i) => keys.indexOf(keys[i] as string) !== i);
  if (twice !== undefined) wrong(joinPath('tags', twice), 'tags', 'every key once, whatever its capitals', twice, 'take one of them out: to IAM both are one key');
  if (!Number.isInteger(quota) || quota < 2048 || quota > MAX_QUOTA) wrong('trustPolicyQuota', 'trust-quota', `a whole number from 2048 to ${MAX_QUOTA}`, quota, 'give the quota of the account');
}

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_Tag.html */
const TAG = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u;

export function checkTags(field: string, tags: { readonly [key: string]: string }, wrong: Wrong): void {
  if (Object.keys(tags).length > 50) wrong(field, 'tags', 'at most 50 tags', Object.keys(tags).length, 'take some out');
  for (const [key, value] of Object.entries(tags)) {
    if (key === '' || key.length > 128 || key.toLowerCase().startsWith('aws:') || value.length > 256) {
      wrong(joinPath(field, key), 'tags', 'a key of 1 to 128 characters that does not begin with aws:, and a value of at most 256', value, 'rename or shorten the tag');
    } else if (!TAG.test(key) || !TAG.test(value)) {
      wrong(joinPath(field, key), 'tags', 'letters, digits, blanks and _.:/=+-@ in key and value', { [key]: value }, 'AWS takes no other characters: write it without them');
    }
  }
}

export function checkPolicies(edge: AwsEdge, wrong: Wrong): void {
  const { settings } = edge;
  settings.managedPolicies.forEach((policy, i) => checkPolicyArn(edge, joinPath('managedPolicies', i), policy.arn, wrong));
  const ids = settings.managedPolicies.length > 1 ? settings.managedPolicies.map(policyId) : [];
  const twice = ids.find((id, i) => ids.indexOf(id) !== i);
  if (twice !== undefined) wrong('managedPolicies', 'policy-twice', 'every policy once', twice, 'take the second one out');
  checkCount(settings, wrong);
  if (settings.permissionsBoundary !== undefined) checkPolicyArn(edge, 'permissionsBoundary', settings.permissionsBoundary, wrong);
  for (const [name, policy] of Object.entries(settings.inlinePolicies)) {
    checkDocument(joinPath('inlinePolicies', name), policy, wrong);
    if (!NAME.test(name) || name.length > 128) wrong(joinPath('inlinePolicies', name), 'policy-name', '1 to 128 of the characters A-Z, a-z, 0-9 and +=,.@_-', name, 'rename the policy');
    if (name === TARGET_POLICY && settings.podIdentity?.targetRole !== undefined) {
      wrong(joinPath('inlinePolicies', name), 'policy-name', 'another name, since this is that of the policy for targetRole', name, 'rename the policy');
    }
  }
  const size = Object.values(settings.inlinePolicies).reduce((sum, policy) => sum + policySize(withVersion(policy), 0), 0);
  if (size > MAX_INLINE) wrong('inlinePolicies', 'inline-policy-size', `at most ${MAX_INLINE} characters in all, blanks not counted`, size, 'move some of them into managed policies');
}

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html */
export function checkDocument(field: string, policy: AwsPolicyDocument, wrong: Wrong): void {
  checkStatements(policy, field, [['Action', 'NotAction'], ['Resource', 'NotResource']], (path, expected, got, fix) => wrong(path, 'policy-statement', expected, got, fix));
}

function checkCount({ managedPolicies, managedPolicyQuota: quota, existing }: AwsEdge['settings'], wrong: Wrong): void {
  const count = managedPolicies.length;
  if (quota !== undefined && (!Number.isInteger(quota) || quota < MANAGED.usual || quota > MANAGED.most)) {
    return wrong('managedPolicyQuota', 'policy-quota', `a whole number from ${MANAGED.usual} to ${MANAGED.most}`, quota, 'give the quota of the account');
  }
  if (existing || count <= (quota ?? MANAGED.usual)) return;
  if (quota !== undefined) wrong('managedPolicies', 'policy-count', `at most ${quota} managed policies on a role, as managedPolicyQuota says`, count, `put several into one policy, or raise the quota (up to ${MANAGED.most})`);
  else if (count > MANAGED.most) wrong('managedPolicies', 'policy-count', `at most ${MANAGED.most} managed policies on a role, whatever the quota of the account`, count, 'put several into one policy');
  else wrong('managedPolicies', 'policy-count', `at most ${MANAGED.usual} managed policies on a role`, count, `it is the quota of a new account; raise it (up to ${MANAGED.most}) and say so by managedPolicyQuota, or put several into one policy`, 'warning');
}

/** A role takes AWS's own policies and those of its account, in its partition. */
function checkPolicyArn({ settings }: AwsEdge, field: string, arn: Deferrable<string>, wrong: Wrong): void {
  if (isDeferred(arn)) return;
  const home = homeOfPolicy(arn);
  if (!POLICY_ARN.test(arn) || home === undefined) return wrong(field, 'policy-arn', 'the ARN of a managed policy', arn, COPY);
  if (settings.existing) return;
  if (home.partition !== settings.partition) {
    wrong(field, 'policy-home', `a policy of the role's partition, ${settings.partition}`, arn, 'name the policy as it is called there');
  } else if (home.account !== 'aws' && !isDeferred(settings.accountId) && home.account !== settings.accountId) {
    wrong(field, 'policy-home', `a policy of AWS or of the role's account, ${settings.accountId}`, arn, 'make the policy in the account of the role: IAM attaches no others');
  }
}
