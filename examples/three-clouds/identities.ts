/**
 * The one definition: three clusters, three workloads, three clouds.
 *
 * The cdk8s app beside this file makes the Kubernetes half of it, the Pulumi program the cloud half. They cannot
 * disagree, since neither writes an issuer, a subject or an audience of its own.
 */
import { defineCluster, defineWorkloadIdentity } from 'symbolon';

export const aks = defineCluster({
  name: 'aks-demo',
  // az aks show --query oidcIssuerProfile.issuerUrl -o tsv: the slash at the end belongs to it.
  issuer: 'https://westeurope.oic.prod-aks.azure.com/9b1c2d3e-4f50-4a61-8b72-93c4d5e6f708/0a1b2c3d-4e5f-4061-a273-8495a6b7c8d9/',
  aks: { tenantId: '9b1c2d3e-4f50-4a61-8b72-93c4d5e6f708', subscriptionId: '5d6e7f80-91a2-43b4-95c6-d7e8f9a0b1c2' },
});

export const eks = defineCluster({
  name: 'eks-demo',
  // aws eks describe-cluster --name my-cluster --query cluster.identity.oidc.issuer --output text
  issuer: 'https://oidc.eks.us-west-2.amazonaws.com/id/EXAMPLED539D4633E53DE1B71EXAMPLE',
  eks: { accountId: '111122223333', region: 'us-west-2', clusterName: 'my-cluster' },
});

export const gke = defineCluster({
  name: 'gke-demo',
  gke: { projectId: 'demo-project', location: 'us-central1', clusterName: 'my-cluster' },
});

/** A managed identity instead of a service principal: nothing here has a secret. Its client id is made by Azure, so it is a fact. */
export const blobWriter = defineWorkloadIdentity({
  name: 'myapp-workload-identity',
  namespace: 'default',
  serviceAccount: 'workload-identity-sa',
  clusters: [aks],
  trustedBy: {
    azure: {
      resourceGroup: 'myapp',
      location: 'westeurope',
      roleAssignments: [{
        role: 'Storage Blob Data Contributor',
        scope: '/subscriptions/5d6e7f80-91a2-43b4-95c6-d7e8f9a0b1c2/resourceGroups/myapp/providers/Microsoft.Storage/storageAccounts/myappdata',
      }],
    },
  },
});

/** The list and the objects are different resources, so each has a statement of its own. */
export const s3Reader = defineWorkloadIdentity({
  name: 's3-access-role',
  namespace: 'default',
  serviceAccount: 's3-access-sa',
  clusters: [eks],
  trustedBy: {
    aws: {
      inlinePolicies: {
        'read-my-bucket': {
          Statement: [
            { Effect: 'Allow', Action: 's3:ListBucket', Resource: 'arn:aws:s3:::my-bucket' },
            { Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::my-bucket/*' },
          ],
        },
      },
    },
  },
});

/** One name for the Google service account, on both sides. */
export const gcsReader = defineWorkloadIdentity({
  name: 'gcs-access-sa',
  namespace: 'default',
  serviceAccount: 'gke-workload-identity-sa',
  clusters: [gke],
  trustedBy: { gcp: { grants: [{ role: 'roles/storage.objectViewer' }] } },
});
