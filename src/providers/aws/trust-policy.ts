import { subjectOf } from '../../core/claims';
import { derive, type Deferrable } from '../../core/deferred';
import { byText } from '../../core/names';
import { clusterArnOf } from '../../platforms/eks';
import { groupBy } from '../group';
import { issuerPath, oidcProviderArn } from './arn';
import type { AwsConditions } from './binding';
import { PODS_AUDIENCE, trusts, type AwsEdge } from './settings';

/** A role's trust policy. https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_update-role-trust-policy.html */
export interface TrustPolicy {
  readonly Version: '2012-10-17';
  readonly Statement: readonly TrustStatement[];
}

export interface TrustStatement {
  readonly Effect: 'Allow';
  readonly Principal: { readonly Federated: string } | { readonly Service: string };
  readonly Action: string | readonly string[];
  readonly Condition: AwsConditions;
}

/**
 * The trust policy of the role that these edges share: it waits for the issuers of all of them. Its statements have an order of
 * their own, so that the order of the clusters in a definition changes nothing.
 */
export function trustPolicyOf(edges: readonly AwsEdge[]): Deferrable<TrustPolicy> {
  const admitted = edges.flatMap(edge => (trusts(edge, 'irsa') ? webIdentitiesOf(edge) : []));
  const pods = edges.some(edge => edge.settings.podIdentity !== undefined) ? podStatements(edges.filter(edge => trusts(edge, 'pod-identity'))) : [];
  return derive(admitted, (...known) => ({ Version: '2012-10-17', Statement: [...webIdentityStatements(known), ...pods] }));
}

interface WebIdentity {
  readonly issuer: string;
  readonly federated: string;
  readonly audience: string;
  readonly subject: string;
  readonly conditions: AwsConditions | undefined;
}

/** The service account itself, and what `unsafeSubjects` adds. */
function webIdentitiesOf({ facts, subject, settings }: AwsEdge): readonly Deferrable<WebIdentity>[] {
  const { accountId, partition, audience, conditions, unsafeSubjects } = settings;
  return [subjectOf(subject), ...unsafeSubjects?.like ?? []].map(who => derive([facts.issuer(), accountId], (issuer, account) => ({
    issuer, federated: oidcProviderArn(partition, account, issuer), audience, subject: who, conditions,
  })));
}

/** One statement for each issuer, audience and set of conditions; subjects with wildcards have their own. `sub` and `aud` are always pinned. */
function webIdentityStatements(admitted: readonly WebIdentity[]): readonly TrustStatement[] {
  const groups = groupBy(admitted, ({ federated, audience, subject, conditions }) => [federated, audience, hasWildcard(subject) ? 'like' : '', textOf(conditions)].join('\n'));
  return [...groups].sort(([a], [b]) => byText(a, b)).map(([, group]) => {
    const { issuer, federated, audience, subject, conditions } = group[0] as WebIdentity;
    const path = issuerPath(issuer);
    const pinned: AwsConditions = hasWildcard(subject)
      ? { StringEquals: { [`${path}:aud`]: audience }, StringLike: { [`${path}:sub`]: oneOrMany(group.map(one => one.subject)) } }
      : { StringEquals: { [`${path}:aud`]: audience, [`${path}:sub`]: oneOrMany(group.map(one => one.subject)) } };
    return { Effect: 'Allow', Principal: { Federated: federated }, Action: 'sts:AssumeRoleWithWebIdentity', Condition: together(pinned, conditions) };
  });
}

/** Whether IAM would read the text as a pattern: only then is it compared by StringLike. */
export function hasWildcard(text: string): boolean {
  return /[*?]/.test(text);
}

const POD_ACTIONS = ['sts:AssumeRole', 'sts:TagSession'];

/** https://docs.aws.amazon.com/eks/latest/userguide/pod-id-role.html */
function podStatements(edges: readonly AwsEdge[]): readonly TrustStatement[] {
  const conditions = edges.map(edge => ({ edge, pinned: pinnedPod(edge) }));
  const groups = groupBy(conditions, ({ pinned }) => textOf(pinned.shared));
  return [...groups].sort(([a], [b]) => byText(a, b)).map(([, group]) => {
    const { shared, key } = (group[0] as (typeof conditions)[number]).pinned;
    const names = oneOrMany(group.map(({ edge }) => edge.subject.serviceAccount));
    const accounts = key === undefined ? {} : { StringEquals: { ...shared.StringEquals, [key]: names } };
    return { Effect: 'Allow', Principal: { Service: PODS_AUDIENCE }, Action: POD_ACTIONS, Condition: { ...shared, ...accounts } };
  });
}

/**
 * What the statement for a pod pins. Service accounts of one namespace in one cluster share a statement; several clusters or namespaces never do, since every
 * combination of the values would be let in.
 */
function pinnedPod({ cluster, subject, settings }: AwsEdge): { readonly shared: AwsConditions; readonly key?: string } {
  const arn = cluster.eks === undefined ? '' : clusterArnOf(cluster.eks);
  if (settings.podIdentity?.disableSessionTags === true) {
    const source = { StringEquals: { 'aws:SourceAccount': cluster.eks?.accountId ?? '' }, ArnEquals: { 'aws:SourceArn': arn } };
    return { shared: together(source, settings.conditions) };
  }
  const tags = { StringEquals: { 'aws:RequestTag/eks-cluster-arn': arn, 'aws:RequestTag/kubernetes-namespace': subject.namespace } };
  return { shared: together(tags, settings.conditions), key: 'aws:RequestTag/kubernetes-service-account' };
}

/** The keys that statements pin themselves. An issuer is known late, so that its keys are told by their ends. */
export function isPinnedKey(key: string): boolean {
  return /:(sub|aud)$|^aws:RequestTag\/(eks-cluster-arn|kubernetes-namespace|kubernetes-service-account)$|^aws:Source(Account|Arn)$/i.test(key);
}

/** Both sets of conditions: all of them have to hold. */
function together(pinned: AwsConditions, more: AwsConditions | undefined): AwsConditions {
  if (more === undefined) return pinned;
  const all: { [operator: string]: AwsConditions[string] } = { ...pinned };
  for (const operator of Object.keys(more).sort(byText)) all[operator] = { ...all[operator], ...more[operator] };
  return all;
}

function textOf(conditions: AwsConditions | undefined): string {
  return conditions === undefined ? '' : JSON.stringify(conditions);
}

/** Sorted, each once; a single one without its list. */
function oneOrMany(values: readonly string[]): string | readonly string[] {
  const each = [...new Set(values)].sort(byText);
  return each.length === 1 ? each[0] as string : each;
}

/** Characters of a policy as IAM counts them: blanks do not count, and are only looked for in one that is longer than `enough`. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html */
export function policySize(policy: object, enough: number): number {
  const text = JSON.stringify(policy);
  return text.length <= enough ? text.length : text.replace(/\s/g, '').length;
}
