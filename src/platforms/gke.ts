import type { GkeInput } from './cluster';
import { PROJECT_NUMBER } from './gcp-pool';
import type { Platform } from './platform';
import { complain } from '../core/issues';

/** A Google Cloud project id. https://cloud.google.com/resource-manager/docs/creating-managing-projects */
export const PROJECT_ID = /^(?:[a-z][a-z0-9.-]*:)?[a-z][-a-z0-9]{4,28}[a-z0-9]$/;

/** A region or a zone: `europe-west4`, `us-central1-a`. https://cloud.google.com/compute/docs/regions-zones */
const LOCATION = /^[a-z]+(-[a-z]+)+\d+(-[a-z0-9]+)?$/;

/** https://cloud.google.com/kubernetes-engine/docs/reference/rest/v1/projects.locations.clusters#Cluster */
const CLUSTER_NAME = /^[a-z]([-a-z0-9]{0,38}[a-z0-9])?$/;

/** The workload pool of every cluster of a project. https://cloud.google.com/kubernetes-engine/docs/concepts/workload-identity */
export function workloadPoolOf(gke: Pick<GkeInput, 'projectId'>): string {
  return `${gke.projectId}.svc.id.goog`;
}

/** https://cloud.google.com/kubernetes-engine/docs/how-to/workload-identity */
export const gke: Platform = {
  title: 'GKE',
  usual: { gcp: { mechanism: 'service-account', injection: 'webhook' } },

  issuerOf({ gke: block }) {
    return block?.location === undefined || block.clusterName === undefined
      ? undefined
      : `https://container.googleapis.com/v1/projects/${block.projectId}/locations/${block.location}/clusters/${block.clusterName}`;
  },

  workloadPoolOf: ({ gke: block }) => (block === undefined ? undefined : workloadPoolOf(block)),

  check(cluster, path, report) {
    const block = cluster.gke;
    if (block === undefined) return;
    if (!PROJECT_ID.test(block.projectId)) {
      complain(report, 'gke/project', `${path}gke.projectId`, { expected: 'a project id: 6 to 30 of the characters a-z, 0-9 and -, a letter first', got: block.projectId, fix: 'give the id, not the number or the display name' });
    }
    if (block.projectNumber !== undefined && !PROJECT_NUMBER.test(block.projectNumber)) {
      complain(report, 'gke/project-number', `${path}gke.projectNumber`, { expected: 'the digits of a project number', got: block.projectNumber, fix: 'read it from: gcloud projects describe' });
    }
    if (block.location !== undefined && !LOCATION.test(block.location)) {
      complain(report, 'gke/location', `${path}gke.location`, { expected: 'a region or a zone, such as europe-west4 or us-central1-a', got: block.location, fix: 'read it from: gcloud container clusters list' });
    }
    if (block.clusterName !== undefined && !CLUSTER_NAME.test(block.clusterName)) {
      complain(report, 'gke/cluster-name', `${path}gke.clusterName`, { expected: 'at most 40 of the characters a-z, 0-9 and -, a letter first, no - at the end', got: block.clusterName, fix: 'use the name of the cluster in GKE: gcloud container clusters list' });
    }
    if (cluster.gcpPool !== undefined) {
      complain(report, 'gke/pool', `${path}gcpPool`, { expected: 'no pool of its own for a cluster of GKE', got: cluster.gcpPool, fix: 'take it out: every project has a pool for its clusters of GKE' });
    }
    const derived = gke.issuerOf?.(cluster);
    if (derived !== undefined && cluster.issuer !== undefined && cluster.issuer !== derived) {
      complain(report, 'issuer/shape', `${path}issuer`, { expected: derived, got: cluster.issuer, fix: 'leave the issuer out: on GKE it follows from project, location and name' });
    }
  },
};
