import { isDeferred } from '../../core/deferred';
import { complain, type Report } from '../../core/issues';
import { clusterArnOf } from '../../platforms/eks';
import { checkAgreement, type Shared } from '../agree';
import { groupBy } from '../group';
import { checkProviderCount } from '../provider-count';
import { checkMadeElsewhere } from '../unused';
import { anchorNeedOf } from './anchor';
import { checkPodFields } from './check-pod-fields';
import { MAX_QUOTA } from './check-role';
import type { AwsEdge, AwsSettings } from './settings';
import { policySize, trustPolicyOf } from './trust-policy';

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

/** What is said of a role that is made here. */
const MADE: { readonly [field: string]: (settings: AwsSettings) => boolean } = {
  managedPolicies: settings => settings.managedPolicies.length > 0,
  inlinePolicies: settings => Object.keys(settings.inlinePolicies).length > 0,
  permissionsBoundary: settings => settings.permissionsBoundary !== undefined,
  maxSessionDuration: settings => settings.maxSessionDuration !== undefined,
  description: settings => settings.description !== undefined,
  tags: settings => Object.keys(settings.tags).length > 0,
  conditions: settings => settings.conditions !== undefined,
  unsafeSubjects: settings => settings.unsafeSubjects !== undefined,
};

/** The rules of a role as a whole: one account, and a trust policy that IAM will store. */
export function checkTrust(edges: readonly AwsEdge[], report: Report): void {
  checkAgreement(edges, 'role', 'roleName', SHARED, report);
  // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
  checkProviderCount(edges, { code: 'aws/provider-count', what: 'OIDC providers of an account of AWS', home: edge => anchorNeedOf(edge)?.home }, report);
  checkPodFields(edges, report);
  checkMadeElsewhere(edges, 'aws/existing', MADE, report);
  if (edges.some(edge => edge.mechanism === 'pod-identity')) checkAssociations(edges, report);
  for (const group of groupBy(edges, edge => edge.variant).values()) {
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

/** EKS has one association for a service account: two names of one cluster would make two. */
function checkAssociations(edges: readonly AwsEdge[], report: Report): void {
  const owners = new Map<string, AwsEdge>();
  for (const edge of edges) {
    if (edge.mechanism !== 'pod-identity' || edge.cluster.eks === undefined) continue;
    const key = `${clusterArnOf(edge.cluster.eks)} ${edge.subject.namespace}/${edge.subject.serviceAccount}`;
    const first = owners.get(key);
    if (first !== undefined) {
      complain(report, 'aws/one-cluster', `clusters.${edge.cluster.name}.eks`, {
        expected: 'another cluster than the others', got: [first.cluster.name, edge.cluster.name], fix: 'both name one cluster of EKS, so define it once',
      });
    }
    owners.set(key, edge);
  }
}

function checkSize(group: readonly AwsEdge[], first: AwsEdge, report: Report): void {
  const quota = first.settings.trustPolicyQuota;
  // Nearly every policy is far from any quota, and need not be written out to be measured.
  if (atMost(group) <= quota) return;
  const size = sizeOf(group, quota);
  if (size === undefined || size.characters <= quota) return;
  const clusters = [...new Set(group.map(edge => edge.cluster))];
  const fit = clusters.findIndex((_, i) => (sizeOf(group.filter(edge => clusters.indexOf(edge.cluster) <= i), quota)?.characters ?? 0) > quota);
  complain(report, 'aws/trust-policy-size', first.at('trustPolicyQuota'), {
    expected: `a trust policy of at most ${quota} characters, blanks not counted`,
    got: `${size.characters} characters in ${size.statements} statements`,
    fix: `${remedy(fit, clusters.length)}; or raise the quota of the account (up to ${MAX_QUOTA}) and say so here`,
  });
}

/** @param fit  how many clusters, from the first on, fit into one policy */
function remedy(fit: number, all: number): string {
  if (fit > 0) return `${fit} of the ${all} clusters fit, so say clustersPerRole: ${fit}, or give some clusters a role of their own under on`;
  return 'the service accounts of one cluster alone are too many: spread them over several identities';
}

function sizeOf(edges: readonly AwsEdge[], quota: number): { readonly characters: number; readonly statements: number } | undefined {
  const policy = trustPolicyOf(edges);
  return isDeferred(policy) ? undefined : { characters: policySize(policy, quota), statements: policy.Statement.length };
}

/** Characters that the policy cannot exceed: a statement for each edge and mechanism, and the issuer three times in each. */
function atMost(group: readonly AwsEdge[]): number {
  const around = 300;
  return group.reduce((sum, { facts, settings, subject }) => {
    const issuer = facts.issuer();
    const named = 2 * settings.audience.length + subject.namespace.length + subject.serviceAccount.length;
    const web = around + named + 3 * (isDeferred(issuer) ? 255 : issuer.length);
    const extra = settings.conditions === undefined && settings.unsafeSubjects === undefined && settings.podIdentity === undefined
      ? 0
      : web * (settings.unsafeSubjects?.like.length ?? 0) + 800 + 2 * JSON.stringify([settings.conditions, settings.unsafeSubjects]).length;
    return sum + web + extra;
  }, 0);
}
