import { associationOf, roleOf, targetOf } from './aws-associations';
import { PODS_AUDIENCE } from './aws-keys';
import { comparisonOf } from './aws-operators';
import { actsOn, conditionsOf, holds, outcomeOf, statementsOf, valuesOf, type RequestContext, type Unmet } from './aws-policy';
import type { TrustArtifact } from '../artifacts';
import { data, type Data } from '../pods';
import type { Admission, Ask, Judgement, MintedClaims, TrustIndex } from './admitter';

const TAG = 'aws:requesttag/';
/** What STS is asked for, with the session tags. https://docs.aws.amazon.com/eks/latest/userguide/pod-id-role.html */
const ACTIONS = ['sts:AssumeRole', 'sts:TagSession'];

/** The agent shows the token to EKS, which looks up the association and assumes its role. https://docs.aws.amazon.com/eks/latest/userguide/pod-id-how-it-works.html */
export function judgePod({ claims }: Ask, trust: TrustIndex): Judgement {
  const { cluster, audience, namespace, serviceAccount } = claims;
  if (audience !== PODS_AUDIENCE) return refused(`the agent of Pod Identity wants the audience "${PODS_AUDIENCE}", the token has ${JSON.stringify(audience)}`);
  if (cluster.clusterArn === undefined) return undecided(`whether ${cluster.name} is a cluster of EKS is not known`);
  const association = associationOf(claims, trust);
  if (association === undefined) {
    const reason = `no association of ${namespace}/${serviceAccount} in ${cluster.clusterArn} is among the documents`;
    const others = trust.filed('aws', cluster.clusterArn);
    return others.length > 0 && others.every(({ unknown = [] }) => unknown.length === 0) ? refused(reason) : undecided(reason);
  }
  if (roleOf(association) === '') return undecided(`which role the association of ${namespace}/${serviceAccount} gives is not among the documents`);
  const role = trust.byHandle(roleOf(association)).find(document => document.kind === 'iam.Role') ?? trust.named(roleOf(association));
  if (role?.kind !== 'iam.Role') return undecided(`the trust policy of ${roleOf(association)} is not among the documents`);
  const context = contextOf(claims, data(association.request).disableSessionTags === true);
  const actions = data(association.request).disableSessionTags === true ? ACTIONS.slice(0, 1) : ACTIONS;
  for (const action of actions) {
    const answer = permits(role, action, context);
    if (answer !== undefined) return { ...answer, by: role.name };
  }
  const target = targetOf(association);
  if (target !== undefined) return undecided(`as ${roleOf(association)} it is let in; whether ${target} trusts that role is not told here`);
  return { admitted: true, decided: true, by: role.name, reason: 'an association names the role, whose trust policy names cluster, namespace and service account', alsoAdmits: [] };
}

/** Undefined where the policy permits it; else the answer. */
function permits(role: TrustArtifact, action: string, context: RequestContext): Judgement | undefined {
  let permitted = false;
  const doubts: Unmet[] = [];
  const refusals: Unmet[] = [];
  let acting = false;
  for (const statement of statementsOf(data(role.request).AssumeRolePolicyDocument)) {
    if (!actsOn(statement, action) || !isForPods(statement)) continue;
    const { unmet, undecided: open } = outcomeOf(statement, context);
    const deny = statement.Effect === 'Deny';
    if (deny && unmet.length === 0 && open.length === 0) return refused(`a statement of the trust policy denies ${action}`);
    if (deny) {
      // What may deny it cannot be ruled out.
      if (unmet.length === 0) return undecided(dependsOn(open[0] as Unmet));
      continue;
    }
    acting = true;
    if (unmet.length > 0) refusals.push(...unmet);
    else if (open.length > 0) doubts.push(...open);
    else permitted = true;
  }
  if (permitted) return undefined;
  const [doubt] = doubts;
  if (doubt !== undefined) return undecided(dependsOn(doubt));
  const [first] = refusals;
  if (!acting || first === undefined) return refused(`no statement of the trust policy allows ${action} to ${PODS_AUDIENCE}`);
  return refused(`the trust wants ${first.operator} ${first.key} "${first.wanted.join('" or "')}", the request has ${first.got === undefined ? 'nothing under this key' : JSON.stringify(first.got)}`);
}

export function dependsOn({ operator, key }: Unmet): string {
  return `the trust depends on ${operator} ${key}, of which manifests say nothing`;
}

function isForPods(statement: Data): boolean {
  const principal = statement.Principal;
  if (principal === '*' || valuesOf(data(principal).AWS).includes('*')) return true;
  if (statement.NotPrincipal !== undefined) return statement.Effect === 'Deny';
  return valuesOf(data(principal).Service).includes(PODS_AUDIENCE);
}

/** What EKS says of the pod. With session tags disabled it says nothing but which cluster it is. https://docs.aws.amazon.com/eks/latest/userguide/pod-id-abac.html */
function contextOf({ cluster: { clusterArn = '' }, namespace, serviceAccount }: MintedClaims, untagged: boolean): RequestContext {
  const [, , , , account = '', resource = ''] = clusterArn.split(':');
  const source = { 'aws:sourceaccount': account, 'aws:sourcearn': clusterArn };
  const tags = {
    [`${TAG}eks-cluster-arn`]: clusterArn,
    [`${TAG}eks-cluster-name`]: resource.replace(/^cluster\//, ''),
    [`${TAG}kubernetes-namespace`]: namespace,
    [`${TAG}kubernetes-service-account`]: serviceAccount,
    'aws:tagkeys': SET,
  };
  return {
    known: untagged ? source : { ...source, ...tags },
    // Pod name and uid are there, and nobody knows them yet; no other tag is. A service has no token and gives no external id.
    lacks: key => {
      const name = key.toLowerCase();
      if (name.startsWith(TAG)) return untagged || !/\/kubernetes-pod-(name|uid)$/.test(name);
      return /:(sub|aud)$/.test(name) || name === 'sts:externalid' || (untagged && name === 'aws:tagkeys');
    },
  };
}

/** Why a statement for Pod Identity lets nobody in: it wants a tag that EKS does not set. */
export function whyNobodyByPod(statement: Data): string | undefined {
  const found = conditionsOf(statement).find(condition => {
    const key = condition.key.toLowerCase();
    return key.startsWith(TAG) && !SET.includes(key.slice(TAG.length)) && holds(condition, { known: {}, lacks: () => true }) === false;
  });
  return found && `it wants ${found.operator} ${found.key}, and EKS sets the tags ${SET.join(', ')}`;
}

/** The tags of a session, as EKS sets them. https://docs.aws.amazon.com/eks/latest/userguide/pod-id-abac.html */
const SET = ['eks-cluster-arn', 'eks-cluster-name', 'kubernetes-namespace', 'kubernetes-service-account', 'kubernetes-pod-name', 'kubernetes-pod-uid'];

/** Whom a statement for Pod Identity lets in: an association is made in a moment, so that whatever it leaves open is open. */
export function podAdmissions(statement: Data): readonly Admission[] {
  if (whyNobodyByPod(statement) !== undefined) return [];
  const pinned = (tag: string): readonly string[] | undefined => conditionsOf(statement).find(({ operator, key, wanted }) => {
    const { pins, readsWildcards } = comparisonOf(operator);
    return key.toLowerCase() === `${TAG}${tag}` && pins && !wanted.some(value => value.includes('${') || (readsWildcards && /[*?]/.test(value)));
  })?.wanted;
  const [clusters, namespaces, accounts] = [pinned('eks-cluster-arn'), pinned('kubernetes-namespace'), pinned('kubernetes-service-account')];
  if (clusters === undefined || namespaces === undefined || accounts === undefined) {
    const within = (what: string, values: readonly string[] | undefined): string => (values === undefined ? '' : ` of the ${what} ${values.join(', ')}`);
    const who = `${accounts === undefined ? 'every service account' : `the service account ${accounts.join(', ')}`}${within('namespace', namespaces)}`;
    return [{ who: `${who} in ${clusters === undefined ? 'every EKS cluster' : clusters.join(', ')} that is associated with the role` }];
  }
  return clusters.flatMap(cluster => namespaces.flatMap(namespace => accounts.map(account => (
    { key: [cluster, namespace, account].join('\n'), who: `${namespace}/${account} in ${cluster} by Pod Identity` }))));
}

function refused(reason: string): Judgement {
  return { admitted: false, decided: true, reason, alsoAdmits: [] };
}

function undecided(reason: string): Judgement {
  return { admitted: false, decided: false, reason, alsoAdmits: [] };
}
