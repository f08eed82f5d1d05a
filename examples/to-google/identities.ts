/**
 * Pods that Google Cloud trusts without a key: from EKS by a workload identity pool, from GKE by what is there already.
 *   npx symbolon synth examples/to-google/identities.ts
 */
import { defineCluster, defineWorkloadIdentity } from 'symbolon';

/** Outside GKE, a pool and a provider know the cluster. Google names them by the project's number. */
// region: eks
export const eks = defineCluster({
  name: 'eks-prod',
  issuer: 'https://oidc.eks.us-west-2.amazonaws.com/id/EXAMPLED539D4633E53DE1B71EXAMPLE',
  eks: { accountId: '111122223333', region: 'us-west-2', clusterName: 'prod' },
  // gcloud projects describe shop-identities --format='value(projectNumber)'
  gcpPool: { projectNumber: '123456789012' },
});
// endregion

/** The pool of a GKE cluster is its project's own: nothing is made for it. */
export const gke = defineCluster({
  name: 'gke-prod',
  gke: { projectId: 'shop-prod', projectNumber: '210987654321', location: 'europe-west4', clusterName: 'prod' },
});

// region: reports
/** On EKS and on GKE the pods act as one Google service account, which every service of Google's takes. */
export const reports = defineWorkloadIdentity({
  name: 'reports',
  namespace: 'shop',
  clusters: [eks, gke],
  trustedBy: { gcp: { projectId: 'shop-prod', grants: [{ role: 'roles/bigquery.jobUser' }] } },
});
// endregion

/** Without a service account: the role is granted to the pod's own principal. */
export const thumbnails = defineWorkloadIdentity({
  name: 'thumbnails',
  namespace: 'shop',
  clusters: [eks, gke],
  trustedBy: {
    gcp: {
      grants: [{ role: 'roles/storage.objectUser', bucket: 'shop-images' }],
      on: { 'eks-prod': { impersonate: false }, 'gke-prod': { mechanism: 'principal' } },
    },
  },
});
