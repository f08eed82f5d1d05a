import type { AzureEdge } from './settings';

/** The resource id of the managed identity, from the subscription down where it is known. */
export function identityId({ settings }: AzureEdge): string {
  const group = `resourceGroups/${settings.resourceGroup ?? ''}`;
  const from = settings.subscriptionId === undefined ? group : `/subscriptions/${settings.subscriptionId}/${group}`;
  return `${from}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/${settings.identityName}`;
}

/** Stands for the application in names that must not change when facts arrive: its id where the definition says it, else its name. */
export function applicationKey({ settings }: AzureEdge): string {
  return settings.saidApplicationId ?? `/applications/${settings.applicationName}`;
}

/** The cloud identity of an edge, whatever it is. */
export function principalKey(edge: AzureEdge): string {
  return edge.mechanism === 'application' ? applicationKey(edge) : identityId(edge);
}
