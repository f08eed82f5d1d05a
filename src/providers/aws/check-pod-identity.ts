import { roleArn } from './arn';
import type { Wrong } from './check';
import { checkDocument, checkTags } from './check-role';
import { checkReason } from './check-subjects';
import { withVersion } from './role-policies';
import type { AwsEdge, PodIdentitySettings } from './settings';
import { policySize } from './trust-policy';
import { isDeferred } from '../../core/deferred';
import { partitionOfEks } from '../../platforms/eks';

/** Without `*` and `?`: in the policy that lets the role become its target, IAM would read them as wildcards. */
const ROLE_ARN = /^arn:aws[a-z-]*:iam::\d{12}:role\/(?:[^*?]+\/)?[\w+=,.@-]{1,64}$/;
/** https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html */
const MAX_SESSION_POLICY = 2048;

/** https://docs.aws.amazon.com/eks/latest/userguide/pod-identities.html */
export function checkPodIdentity(edge: AwsEdge, pods: PodIdentitySettings, wrong: Wrong): void {
  const { cluster: { eks }, settings } = edge;
  if (eks === undefined) {
    wrong('mechanism', 'pod-identity-platform', 'a cluster of EKS', 'pod-identity', 'say mechanism: "irsa" for this cluster: Pod Identity is there on EKS alone, and not on EKS Anywhere');
    return;
  }
  const { accountId, partition } = settings;
  if (!isDeferred(accountId) && (accountId !== eks.accountId || partition !== partitionOfEks(eks))) {
    wrong('accountId', 'pod-identity-account', `the account of the cluster, ${eks.accountId}`, accountId, 'keep the role there, and name the role of the other account as targetRole');
  }
  checkTarget(edge, pods, wrong);
  checkSession(edge, pods, wrong);
  checkTags('associationTags', pods.associationTags, wrong);
}

function checkTarget(edge: AwsEdge, { targetRole }: PodIdentitySettings, wrong: Wrong): void {
  if (targetRole === undefined || isDeferred(targetRole)) return;
  const { settings } = edge;
  if (!ROLE_ARN.test(targetRole) || !/^[\u0021-\u007e]+$/.test(targetRole)) wrong('targetRole', 'target-role', 'the ARN of one role, without wildcards', targetRole, 'copy it from: aws iam get-role');
  else if (targetRole === roleArn(edge)) wrong('targetRole', 'target-role', 'another role than that of the binding', targetRole, 'take it out: pods become this role without it');
  else if (targetRole.split(':')[1] !== settings.partition) wrong('targetRole', 'target-role', `a role of the partition ${settings.partition}`, targetRole, 'roles of other partitions cannot be assumed');
}

/** Only session tags say which pod it is: without them, everybody with an association in the cluster would be the same to the role. */
function checkSession({ settings: { existing } }: AwsEdge, pods: PodIdentitySettings, wrong: Wrong): void {
  const { disableSessionTags, unsafeTrustWithoutTags: unsafe, sessionPolicy } = pods;
  if (sessionPolicy !== undefined && !disableSessionTags) {
    wrong('sessionPolicy', 'session-policy', 'disableSessionTags: true beside it, as EKS wants it', 'sessionPolicy alone', 'set disableSessionTags, or limit the role instead');
  }
  if (sessionPolicy !== undefined) checkDocument('sessionPolicy', sessionPolicy, wrong);
  const size = sessionPolicy === undefined ? 0 : policySize(withVersion(sessionPolicy), MAX_SESSION_POLICY);
  if (size > MAX_SESSION_POLICY) wrong('sessionPolicy', 'session-policy', `at most ${MAX_SESSION_POLICY} characters`, size, 'shorten it');
  if (unsafe !== undefined) checkReason('unsafeTrustWithoutTags', unsafe.reason, wrong);
  if (existing) return;
  if (disableSessionTags && unsafe === undefined) {
    wrong('disableSessionTags', 'session-tags', 'session tags, by which the role knows cluster, namespace and service account', true, 'leave it out; or say unsafeTrustWithoutTags with a reason, and the role trusts whatever is associated with it in the cluster');
  } else if (disableSessionTags) {
    wrong('unsafeTrustWithoutTags', 'unsafe', 'a trust for one service account', 'the whole cluster', `whoever may associate service accounts with the role lets them in; the reason given: ${unsafe?.reason ?? ''}`, 'warning');
  } else if (unsafe !== undefined) {
    wrong('unsafeTrustWithoutTags', 'session-tags', 'disableSessionTags: true beside it', 'session tags that are on', 'take it out: the role can be limited to the service account');
  }
}
