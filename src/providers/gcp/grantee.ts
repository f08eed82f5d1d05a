import { federationOf, projectNumberOf } from './federation';
import type { GcpEdge } from './settings';
import { derive, type Deferrable } from '../../core/deferred';
import { workloadPoolOf } from '../../platforms/gke';

/** To whom the roles go where there is no service account. */
interface Grantee {
  readonly member: Deferrable<string>;
  /** Stands for it in the ids of documents: known without facts. */
  readonly id: string;
}

/** The pod's own principal; or, where the user says so, a set that it is in. https://cloud.google.com/iam/docs/principal-identifiers */
export function granteeOf(edge: GcpEdge): Grantee {
  const { cluster, subject, settings, facts } = edge;
  const federation = federationOf(edge);
  if (settings.unsafeMembers === undefined || cluster.gke === undefined) return { member: federation.principalOf(edge), id: federation.idOf(edge) };
  const pool = workloadPoolOf(cluster.gke);
  const setOf = (number: string, set: string): string => `principalSet://iam.googleapis.com/projects/${number}/locations/global/workloadIdentityPools/${pool}/${set}`;
  if (settings.unsafeMembers.everyPodOf === 'namespace') {
    return { member: derive([projectNumberOf(edge)], number => setOf(number, `namespace/${subject.namespace}`)), id: `${pool}/namespace/${subject.namespace}` };
  }
  const member = derive([projectNumberOf(edge), facts.issuer()], (number, issuer) => setOf(number, `kubernetes.cluster/${issuer}`));
  return { member, id: `${pool}/cluster/${cluster.name}` };
}
