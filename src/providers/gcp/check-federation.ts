import type { GcpMechanism } from './binding';
import { googleSubjectOf, projectNumberOf } from './federation';
import type { GcpEdge } from './settings';
import { isDeferred } from '../../core/deferred';
import { complain, type Report } from '../../core/issues';
import type { ClusterDefinition } from '../../platforms/cluster';
import { GOOGLE_VERIFIES, PROJECT_NUMBER, poolIdOf } from '../../platforms/gcp-pool';
import { groupBy } from '../group';
import { checkReach, type KeyFetcher } from '../reach';

/** Longer subjects Google refuses when the token is exchanged. https://cloud.google.com/iam/docs/workload-identity-federation#mapping */
const MAX_SUBJECT_BYTES = 127;

export const GOOGLE: KeyFetcher = { who: 'Google', fix: 'upload the keys (gcpPool: { jwksJson } in defineCluster), or publish its documents under an issuer that is public' };

type Wrong = (field: string, code: string, expected: string, got: unknown, fix: string) => void;

/** What each mechanism asks of the cluster and of the pod side. */
const RULES: { readonly [mechanism in GcpMechanism]: (edge: GcpEdge, wrong: Wrong) => void } = {
  'service-account': (edge, wrong) => {
    onGke(edge, wrong);
    if (edge.settings.impersonate === false) wrong('impersonate', 'impersonate', 'a service account with the mechanism "service-account"', false, 'on GKE, say mechanism: "principal" instead');
  },
  'principal': (edge, wrong) => {
    onGke(edge, wrong);
    if (edge.settings.impersonate === true) wrong('impersonate', 'impersonate', 'no service account with the mechanism "principal"', true, 'on GKE, say mechanism: "service-account" instead');
  },
  'workload-identity-pool': (edge, wrong) => {
    const { cluster, settings, injection } = edge;
    if (cluster.gke !== undefined) wrong('mechanism', 'mechanism', 'a cluster outside GKE', cluster.name, 'GKE\'s clusters are in a pool of their project already: say "service-account" or "principal"');
    const subject = googleSubjectOf(edge);
    if (Buffer.byteLength(subject) > MAX_SUBJECT_BYTES) {
      wrong('mechanism', 'subject', `a subject of at most ${MAX_SUBJECT_BYTES} bytes`, `${subject.slice(0, 40)}… of ${Buffer.byteLength(subject)} bytes`, `namespace and service account can have ${MAX_SUBJECT_BYTES - googleSubjectOf({ cluster, subject: { namespace: '', serviceAccount: '' } }).length} characters together: shorten one of them${cluster.gcpPool?.subjectPrefix === undefined ? '' : ', or the subjectPrefix'}`);
    }
    if (injection === 'webhook' && !settings.impersonates) wrong('impersonate', 'webhook-account', 'a service account where a webhook injects', false, 'the webhook takes no pods without one, so say injection: "explicit"');
    if (settings.audience !== undefined && !(cluster.gcpPool?.allowedAudiences ?? []).includes(settings.audience)) {
      wrong('audience', 'audience', `one of the allowedAudiences of the cluster's gcpPool (${cluster.gcpPool?.allowedAudiences?.join(', ') ?? 'there are none'})`, settings.audience, 'add it there, or leave it out');
    }
  },
  'fleet': ({ cluster, injection }, wrong) => {
    if (cluster.fleet === undefined) wrong('mechanism', 'mechanism', 'a cluster that is a member of a fleet', cluster.name, 'say which one in the cluster\'s fleet');
    if (injection === 'webhook') wrong('injection', 'injection', '"explicit" or "none" with the mechanism "fleet"', injection, 'nothing injects the pool of a fleet, so say injection: "explicit"');
  },
};

function onGke({ mechanism, cluster, injection, settings }: GcpEdge, wrong: Wrong): void {
  if (cluster.gke === undefined) wrong('mechanism', 'mechanism', 'a GKE cluster', cluster.name, `the mechanism "${mechanism}" is GKE's own; describe the cluster's project in a gke block, or bind another cluster`);
  if (injection === 'webhook' && settings.skipContainers !== undefined) {
    wrong('skipContainers', 'skip-containers', 'no containers to skip', settings.skipContainers, 'the metadata server answers every container of a pod, so say injection: "explicit", or leave it out');
  }
}

/** How a pod gets to be known by Google, edge by edge. */
export function checkFederation(edge: GcpEdge, report: Report): void {
  const { settings, mechanism } = edge;
  const wrong: Wrong = (field, code, expected, got, fix) => complain(report, `gcp/${code}`, edge.at(field), { expected, got, fix });
  RULES[mechanism as GcpMechanism](edge, wrong);
  if (mechanism === 'workload-identity-pool') {
    if (readsKeys(edge.cluster)) checkReach(edge, GOOGLE, report);
    checkAlgorithms(edge, report);
  }
  if (settings.audience !== undefined && mechanism !== 'workload-identity-pool') wrong('audience', 'audience', 'no audience but with the mechanism "workload-identity-pool"', settings.audience, 'leave it out: a pool of Google\'s own has one');
  if (settings.unsafeMembers === undefined) return;
  const { everyPodOf, reason } = settings.unsafeMembers;
  if (mechanism !== 'principal') return wrong('unsafeMembers', 'unsafe-members', 'unsafeMembers with the mechanism "principal" alone', mechanism, 'leave it out');
  if (reason.trim() === '') return wrong('unsafeMembers.reason', 'unsafe-members', 'a reason', reason, `say why every pod of the ${everyPodOf} is meant`);
  complain(report, 'gcp/unsafe', edge.at('unsafeMembers'), {
    expected: 'pods by their service accounts', got: everyPodOf, severity: 'warning', fix: `every pod of the ${everyPodOf} is granted the roles; the reason given: ${reason}`,
  });
}

/** Google verifies two of the four, and says so when the first token comes. */
function checkAlgorithms({ cluster: { name, signingAlgorithms } }: GcpEdge, report: Report): void {
  if (signingAlgorithms?.every(algorithm => GOOGLE_VERIFIES.includes(algorithm)) ?? true) return;
  complain(report, 'gcp/signing-algorithm', `clusters.${name}.signingAlgorithms`, {
    expected: `${GOOGLE_VERIFIES.join(' or ')}, which Google verifies`, got: signingAlgorithms, fix: 'give kube-apiserver an RSA key or one on the curve P-256 (--service-account-signing-key-file), or leave this cluster out of the binding',
  });
}

/** A provider of a pool may have been given the keys: by us, or elsewhere. */
export function readsKeys({ gcpPool }: ClusterDefinition): boolean {
  return gcpPool?.jwksJson === undefined && gcpPool?.existing !== 'provider';
}

/** What edges of one binding are to each other in a pool. */
export function checkPools(edges: readonly GcpEdge[], report: Report): void {
  const external = edges.filter(({ mechanism }) => mechanism === 'workload-identity-pool');
  for (const edge of external) {
    const number = projectNumberOf(edge);
    // Of one that the definition says, the cluster's rules speak.
    if (edge.cluster.gcpPool?.projectNumber === undefined && !isDeferred(number) && !PROJECT_NUMBER.test(number)) complain(report, 'gcp-pool/project-number', `clusters.${edge.cluster.name}.projectNumber`, { expected: 'the digits of a project number', got: number, fix: 'it is not the project\'s id: read it from gcloud projects describe' });
  }
  if (external.length < 2) return;
  for (const [pool, group] of groupBy(external, ({ cluster }) => poolIdOf(cluster))) {
    const numbers = [...new Set(group.map(projectNumberOf).filter(number => !isDeferred(number)))];
    if (numbers.length > 1) complain(report, 'gcp/pool-project', (group[1] as GcpEdge).at('mechanism'), { expected: `one project for the pool "${pool}" of ${namesOf(group)}`, got: numbers, fix: 'give one of the pools another poolId' });
  }
  for (const [subject, group] of groupBy(external, edge => `${poolIdOf(edge.cluster)} ${googleSubjectOf(edge)}`)) {
    if (group.length < 2) continue;
    complain(report, 'gcp/same-subject', (group[1] as GcpEdge).at('mechanism'), {
      expected: 'a subject of its own for every cluster of a pool', got: subject.split(' ')[1], severity: 'warning', fix: `${namesOf(group)} share the pool, so that all of them are one principal to Google: give each a subjectPrefix, or a pool of its own`,
    });
  }
}

function namesOf(edges: readonly GcpEdge[]): string {
  return [...new Set(edges.map(({ cluster }) => cluster.name))].join(' and ');
}
