import type { AksInput } from './cluster';
import { GUID } from './guid';
import type { Platform } from './platform';
import { complain } from '../core/issues';

/** `https://<region>.oic.prod-aks.azure.com/<tenant>/<uuid>/`, on old clusters `https://oidc.prod-aks.azure.com/<uuid>/`; ends in `.us` and `.cn` in the clouds of the US government and of China. */
const HOST = /^https:\/\/(?:[a-z0-9-]+\.)?oi[d]?c\.prod-aks\.azure\.(com|us|cn)\//;

/** How the host of an issuer of AKS ends: what tells the Azure clouds apart. */
export function aksDomainOf(issuer: string): string | undefined {
  return HOST.exec(issuer)?.[1];
}

/** The resource id of the cluster, where the definition says all of it. */
export function clusterId({ subscriptionId, resourceGroup, clusterName }: AksInput): string | undefined {
  return subscriptionId === undefined || resourceGroup === undefined || clusterName === undefined
    ? undefined
    : `/subscriptions/${subscriptionId}/resourceGroups/${resourceGroup}/providers/Microsoft.ContainerService/managedClusters/${clusterName}`;
}

/** https://learn.microsoft.com/en-us/azure/aks/use-oidc-issuer */
export const aks: Platform = {
  title: 'AKS',
  maxTokenSeconds: 86400,
  usual: { azure: { mechanism: 'managed-identity', injection: 'webhook' } },

  resourceIdOf: ({ aks: block }) => (block === undefined ? undefined : clusterId(block)),

  check(cluster, path, report) {
    const block = cluster.aks;
    if (block === undefined) return;
    for (const field of ['tenantId', 'subscriptionId'] as const) {
      const value = block[field];
      if (value !== undefined && !GUID.test(value)) {
        complain(report, 'aks/guid', `${path}aks.${field}`, { expected: 'a GUID in lower case', got: value, fix: 'copy it from: az account show' });
      }
    }
    const issuer = cluster.issuer;
    if (issuer === undefined || !HOST.test(issuer)) return;
    if (!issuer.endsWith('/')) {
      complain(report, 'issuer/trailing-slash', `${path}issuer`, { expected: 'an AKS issuer, which ends in a slash', got: issuer, fix: 'read it from the cluster (az aks show --query oidcIssuerProfile.issuerUrl)' });
    }
    const tenant = /\.oic\.prod-aks\.azure\.(?:com|us|cn)\/([^/]+)\/[^/]+\/?$/.exec(issuer)?.[1];
    if (tenant !== undefined && tenant !== block.tenantId) {
      complain(report, 'issuer/tenant', `${path}issuer`, { expected: `the issuer of a cluster in the tenant ${block.tenantId}`, got: issuer, fix: 'issuer and aks.tenantId belong to different clusters, so read both from the same one' });
    }
  },
};
