/** What the vendors' own tools print of clusters, as far as anybody looks at it, with some of what nobody does. */
import { issuerOf } from '../../src/platforms';
import type { ClusterInput } from 'symbolon';

/** A name as a vendor may have it, and the document. */
export function printed({ name, issuer, eks, aks, gke, ack }: ClusterInput): object {
  if (eks !== undefined) {
    const { partition = 'aws', region, accountId, clusterName } = eks;
    return {
      cluster: {
        name: clusterName,
        arn: `arn:${partition}:eks:${region}:${accountId}:cluster/${clusterName}`,
        createdAt: '2026-01-12T09:21:44.120000+00:00',
        version: '1.34',
        endpoint: 'https://EXAMPLE.gr7.us-west-2.eks.amazonaws.com',
        resourcesVpcConfig: { subnetIds: ['subnet-1'], vpcId: 'vpc-1' },
        identity: { oidc: { issuer } },
        status: 'ACTIVE',
      },
    };
  }
  if (aks !== undefined) {
    const { tenantId, subscriptionId, resourceGroup, clusterName } = aks;
    return {
      aadProfile: { managed: true, tenantID: '99999999-9999-4999-8999-999999999999' },
      id: `/subscriptions/${subscriptionId}/resourcegroups/${resourceGroup}/providers/Microsoft.ContainerService/managedClusters/${clusterName}`,
      identity: { principalId: '77777777-7777-4777-8777-777777777777', tenantId, type: 'SystemAssigned' },
      location: 'westeurope',
      name: clusterName,
      oidcIssuerProfile: { enabled: true, issuerUrl: issuer },
      resourceGroup,
      type: 'Microsoft.ContainerService/ManagedClusters',
    };
  }
  if (gke !== undefined) {
    const { projectId, location, clusterName } = gke;
    return {
      name: clusterName,
      location,
      currentMasterVersion: '1.34.1-gke.1829001',
      selfLink: `https://container.googleapis.com/v1/projects/${projectId}/${/-[a-z]$/.test(location ?? '') ? 'zones' : 'locations'}/${location}/clusters/${clusterName}`,
      workloadIdentityConfig: { workloadPool: `${projectId}.svc.id.goog` },
    };
  }
  if (ack !== undefined) {
    const { accountId, region, clusterId } = ack;
    return {
      cluster_id: clusterId,
      name,
      region_id: region,
      state: 'running',
      rrsa_config: {
        enabled: true,
        audience: 'sts.aliyuncs.com',
        issuer: `${issuer},https://kubernetes.default.svc`,
        oidc_name: `ack-rrsa-${clusterId}`,
        oidc_arn: `acs:ram::${accountId}:oidc-provider/ack-rrsa-${clusterId}`,
      },
    };
  }
  return discoveryOf({ name, ...(issuer !== undefined && { issuer }) });
}

/** What its API server says. */
export function discoveryOf(cluster: ClusterInput): object {
  return {
    issuer: issuerOf(cluster),
    jwks_uri: 'https://10.0.0.1:6443/openid/v1/jwks',
    response_types_supported: ['id_token'],
    subject_types_supported: ['public'],
    id_token_signing_alg_values_supported: ['RS256'],
  };
}

/** What gcloud says of the project. */
export function projectOf(projectId: string, projectNumber: string): object {
  return { createTime: '2024-05-02T09:00:00Z', lifecycleState: 'ACTIVE', name: 'Shop', parent: { id: '1', type: 'organization' }, projectId, projectNumber };
}
