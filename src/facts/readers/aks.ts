import { parsed, said, saidAt, withoutIssuer, type Form } from './text';
import { dataOf } from '../../kubernetes/data';
import type { Reader } from '../reader';

const ID: Form = {
  form: /^\/subscriptions\/([^/]+)\/resourceGroups\/([^/]+)\/providers\/Microsoft\.ContainerService\/managedClusters\/([^/]+)$/i,
  expected: 'the resource id of an AKS cluster: /subscriptions/ID/resourceGroups/GROUP/providers/Microsoft.ContainerService/managedClusters/NAME',
  fix: 'give all that az aks show prints, without --query',
};

/** The tenant is the one of the cluster's own identity: that of `aadProfile`, for its users, may be another. https://learn.microsoft.com/en-us/cli/azure/aks#az-aks-show */
export const aks: Reader = {
  prints: ['az aks show|list'],
  read(document, report) {
    const { id, name, properties, identity } = document;
    const kind = 'microsoft.containerservice/managedclusters';
    if (said(document.type)?.toLowerCase() !== kind && said(id)?.toLowerCase().includes(`/providers/${kind}/`) !== true) return undefined;
    const [subscriptionId, resourceGroup, clusterName] = parsed(id, 'id', ID, report) ?? [];
    const profile = dataOf(document.oidcIssuerProfile ?? dataOf(properties).oidcIssuerProfile);
    const issuer = profile.enabled === false ? undefined : said(profile.issuerUrl);
    if (issuer === undefined) {
      const where = clusterName === undefined || resourceGroup === undefined ? '--resource-group GROUP --name NAME' : `--resource-group ${resourceGroup} --name ${clusterName}`;
      withoutIssuer('oidcIssuerProfile', document.oidcIssuerProfile ?? dataOf(properties).oidcIssuerProfile, `switch it on, then give what it prints: az aks update ${where} --enable-oidc-issuer --enable-workload-identity`, report);
    }
    if (subscriptionId === undefined || resourceGroup === undefined || clusterName === undefined) return {};
    const tenantId = saidAt(dataOf(identity), 'tenantId');
    return {
      cluster: {
        name: said(name) ?? clusterName,
        id: (id as string).toLowerCase(),
        fields: { issuer, aks: { ...(tenantId !== undefined && { tenantId }), subscriptionId, resourceGroup, clusterName } },
        wants: [{ field: ['aks', 'tenantId'], fix: `the cluster has no identity that would say it: give what this prints, too: az account show --subscription ${subscriptionId}` }],
      },
    };
  },
};

/** Which tenant a subscription belongs to. https://learn.microsoft.com/en-us/cli/azure/account#az-account-show */
export const azureAccount: Reader = {
  prints: ['az account show|list'],
  read(document) {
    const [id, tenantId] = [said(document.id), said(document.tenantId)];
    if (id === undefined || tenantId === undefined || !['environmentName', 'homeTenantId', 'isDefault'].some(key => Object.hasOwn(document, key))) return undefined;
    return {
      about: `the subscription ${id}`,
      completes: fields => (fields.aks?.subscriptionId === id ? { ...fields, aks: { ...fields.aks, tenantId: fields.aks.tenantId ?? tenantId } } : undefined),
    };
  },
};
