import type { GcpMechanism } from './binding';
import type { GcpEdge } from './settings';
import { subjectOf } from '../../core/claims';
import { derive, type Deferrable } from '../../core/deferred';
import { membershipOf } from '../../platforms/fleet';
import { poolIdOf, providerIdOf } from '../../platforms/gcp-pool';
import { workloadPoolOf } from '../../platforms/gke';

/** How Google gets to know a pod by its token, and what it then calls it. https://cloud.google.com/iam/docs/principal-identifiers */
interface Federation {
  /** The audience of the token. */
  audienceOf(edge: GcpEdge): Deferrable<string>;
  /** The `audience` of the credential configuration: who is to take the token. */
  exchangeOf(edge: GcpEdge): Deferrable<string>;
  /** The principal that the pod is. */
  principalOf(edge: GcpEdge): Deferrable<string>;
  /** The member that may act as a service account. */
  memberOf(edge: GcpEdge): Deferrable<string>;
  /** Stands for the principal in the ids of documents: the same for edges that are one principal, and known without facts. */
  idOf(edge: GcpEdge): string;
}

/** The principal of a pool that goes by this subject. */
function principalIn(projectNumber: Deferrable<string>, pool: string, subject: string): Deferrable<string> {
  return derive([projectNumber], number => `principal://iam.googleapis.com/projects/${number}/locations/global/workloadIdentityPools/${pool}/subject/${subject}`);
}

/** A pool that Google makes for a project: its principals are namespaces and names, whichever cluster they are in. `issuerOf` says by what it knows the cluster. */
function googlePool(
  poolOf: (edge: GcpEdge) => string, numberOf: (edge: GcpEdge) => Deferrable<string>, issuerOf: (edge: GcpEdge) => Deferrable<string>,
): Federation {
  const idOf = (edge: GcpEdge): string => `${poolOf(edge)}[${edge.subject.namespace}/${edge.subject.serviceAccount}]`;
  return {
    audienceOf: poolOf,
    exchangeOf: edge => derive([issuerOf(edge)], issuer => `identitynamespace:${poolOf(edge)}:${issuer}`),
    principalOf: edge => principalIn(numberOf(edge), poolOf(edge), `ns/${edge.subject.namespace}/sa/${edge.subject.serviceAccount}`),
    memberOf: edge => `serviceAccount:${idOf(edge)}`,
    idOf,
  };
}

const gke = googlePool(
  ({ cluster }) => (cluster.gke === undefined ? '' : workloadPoolOf(cluster.gke)),
  projectNumberOf,
  ({ facts }) => facts.issuer(),
);

const fleet = googlePool(
  ({ cluster }) => (cluster.fleet === undefined ? '' : workloadPoolOf({ projectId: cluster.fleet.hostProjectId })),
  ({ cluster, facts }) => cluster.fleet?.hostProjectNumber ?? facts.cluster('hostProjectNumber', 'is the number of the fleet host project; set it in the cluster\'s fleet, or give it as a fact'),
  ({ cluster }) => (cluster.fleet === undefined ? '' : membershipOf(cluster.fleet)),
);

/** A pool of the user's: the provider maps the token's subject, which names namespace and name alone, to that of the principal. */
const external: Federation = {
  audienceOf: edge => edge.settings.audience ?? edge.cluster.gcpPool?.allowedAudiences?.[0] ?? derive([providerOf(edge)], provider => `https://iam.googleapis.com/${provider}`),
  exchangeOf: edge => derive([providerOf(edge)], provider => `//iam.googleapis.com/${provider}`),
  principalOf: edge => principalIn(projectNumberOf(edge), poolIdOf(edge.cluster), googleSubjectOf(edge)),
  memberOf: edge => external.principalOf(edge),
  idOf: ({ cluster, subject }) => [poolIdOf(cluster), ...(cluster.gcpPool?.subjectPrefix === undefined ? [] : [cluster.gcpPool.subjectPrefix]), subject.namespace, subject.serviceAccount].join('/'),
};

const FEDERATIONS: { readonly [mechanism in GcpMechanism]: Federation } = { 'service-account': gke, 'principal': gke, 'workload-identity-pool': external, fleet };

export function federationOf(edge: Pick<GcpEdge, 'mechanism'>): Federation {
  return FEDERATIONS[edge.mechanism as GcpMechanism];
}

/** What the pod is called among Google's members: the service account that it acts as, or its own principal. */
export function handleOf(edge: GcpEdge): Deferrable<string> {
  return edge.settings.impersonates ? edge.settings.email : federationOf(edge).principalOf(edge);
}

/** The number of the project that holds the cluster's pool. */
export function projectNumberOf({ cluster, facts }: Pick<GcpEdge, 'cluster' | 'facts'>): Deferrable<string> {
  const where = cluster.gke === undefined ? 'gcpPool' : 'gke';
  return cluster[where]?.projectNumber
    ?? facts.cluster('projectNumber', `is the number of the project that holds the cluster's workload identity pool; set ${where}.projectNumber in defineCluster, or give it as a fact`);
}

/** The full name of the provider that knows the cluster. */
function providerOf(edge: GcpEdge): Deferrable<string> {
  return derive([projectNumberOf(edge)], number => providerName(number, edge));
}

/** The full name of the provider in a project. */
export function providerName(projectNumber: string, { cluster }: Pick<GcpEdge, 'cluster'>): string {
  return `${poolName(projectNumber, { cluster })}/providers/${providerIdOf(cluster)}`;
}

/** The full name of the pool in a project. */
export function poolName(projectNumber: string, { cluster }: Pick<GcpEdge, 'cluster'>): string {
  return `projects/${projectNumber}/locations/global/workloadIdentityPools/${poolIdOf(cluster)}`;
}

/** `google.subject`, as the provider's mapping makes it of the token's subject. */
export function googleSubjectOf({ cluster, subject }: Pick<GcpEdge, 'cluster' | 'subject'>): string {
  const prefix = cluster.gcpPool?.subjectPrefix;
  return prefix === undefined ? subjectOf(subject) : `${prefix}::${subjectOf(subject)}`;
}
