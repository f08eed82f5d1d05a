import { checkTags } from './check-tags';
import { BINDING_AUDIENCE, WITHOUT_CREDENTIALS } from './clouds';
import type { AzureEdge } from './settings';
import { isDeferred } from '../../core/deferred';
import { complain, type Report } from '../../core/issues';

/** What each mechanism needs of the binding and of the cluster. */
export function checkMechanism(edge: AzureEdge, report: Report): void {
  if (edge.mechanism === 'application') return checkApplication(edge, report);
  checkManagedIdentity(edge, report);
  if (edge.mechanism === 'identity-binding') checkIdentityBinding(edge, report);
}

/** https://learn.microsoft.com/en-us/azure/azure-resource-manager/management/resource-name-rules#microsoftresources */
const RESOURCE_GROUP = /^[-\p{L}\p{Mn}\p{Nd}\p{Pc}.()]{0,89}[-\p{L}\p{Mn}\p{Nd}\p{Pc}()]$/u;

function checkManagedIdentity(edge: AzureEdge, report: Report): void {
  const { settings } = edge;
  const wrong = (field: string, code: string, expected: string, got: unknown, fix: string): void => complain(report, `azure/${code}`, edge.at(field), { expected, got, fix });

  if (settings.resourceGroup === undefined || !RESOURCE_GROUP.test(settings.resourceGroup)) {
    wrong('resourceGroup', 'resource-group', '1 to 90 letters and digits of any script, and -_.(), no dot at the end', settings.resourceGroup, 'name the resource group that holds the managed identity');
  }
  if (!settings.existing && (settings.location === undefined || settings.location === '')) {
    wrong('location', 'location', 'the Azure region that the managed identity is made in', settings.location, 'set it (az account list-locations), or say existing: true where the identity is made elsewhere');
  } else if (settings.location !== undefined && WITHOUT_CREDENTIALS.includes(settings.location)) {
    complain(report, 'azure/region', edge.at('location'), {
      expected: 'a region whose managed identities take federated credentials', got: settings.location, severity: 'warning', fix: 'Azure named this one as unsupported: make the identity in another region, which its tokens do not depend on',
    });
  }
  if (!/^[A-Za-z0-9][-\w]{2,127}$/.test(settings.identityName)) {
    wrong('identityName', 'identity-name', '3 to 128 of the characters A-Z, a-z, 0-9, - and _, alphanumeric first', settings.identityName, 'set an identityName (the default is the name of the identity)');
  }
  if (!settings.existing) checkTags(settings.tags, edge.at('tags'), report);
}

/** Entra's tenant is all that an application lies in. */
const OF_IDENTITIES = ['resourceGroup', 'location', 'tags'] as const;

function checkApplication(edge: AzureEdge, report: Report): void {
  const { settings } = edge;
  const { applicationName: name, saidApplicationId: id } = settings;
  if (name === '' || name.length > 120 || name.trim() !== name || /[\u0000-\u001f\u007f]/.test(name)) {
    complain(report, 'azure/application-name', edge.at('applicationName'), { expected: '1 to 120 characters, without control characters and without blanks at the ends', got: name, fix: 'set an applicationName (the default is the name of the identity)' });
  }
  if (id !== undefined && !/^\/applications\/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id)) {
    complain(report, 'azure/application-id', edge.at('applicationId'), { expected: '/applications/<object id>', got: id, fix: 'it is made of the object id, and not of the client id: az ad app show --id <client id> --query id' });
  }
  const applicationId = settings.applicationId();
  if (!isDeferred(applicationId) && applicationId === `/applications/${String(settings.clientId)}`) {
    complain(report, 'azure/application-id', edge.at('applicationId'), { expected: '/applications/<object id>, which is another than the client id', got: applicationId, fix: 'read it from: az ad app show --id <client id> --query id' });
  }
  for (const field of OF_IDENTITIES) {
    const value = settings[field];
    if (value === undefined || Object.keys(value).length === 0) continue;
    complain(report, 'azure/no-use', edge.at(field), { expected: `no ${field} of an application`, got: value, severity: 'warning', fix: 'take it out, or say mechanism: "managed-identity"' });
  }
}

/** https://learn.microsoft.com/en-us/azure/aks/identity-bindings */
function checkIdentityBinding(edge: AzureEdge, report: Report): void {
  const { cluster: { aks, name: cluster }, injection, settings } = edge;
  if (aks === undefined) {
    return complain(report, 'azure/identity-binding', edge.at('mechanism'), { expected: 'a cluster of AKS, which alone has identity bindings', got: cluster, fix: 'give the cluster its aks block, or say mechanism: "managed-identity" for it (on)' });
  }
  for (const field of ['subscriptionId', 'resourceGroup', 'clusterName'] as const) {
    if (aks[field] !== undefined && aks[field] !== '') continue;
    complain(report, 'azure/aks', `clusters.${cluster}.aks.${field}`, { expected: 'a value', got: aks[field], fix: 'an identity binding is a resource of its cluster, which is found by subscription, resource group and name: az aks show' });
  }
  if (injection !== 'webhook') {
    complain(report, 'azure/identity-binding', edge.at('injection'), { expected: '"webhook"', got: injection, fix: 'only AKS knows the proxy that takes the tokens, and tells the pods by its webhook' });
  }
  if (settings.audience !== BINDING_AUDIENCE) {
    complain(report, 'azure/audience', edge.at('audience'), { expected: `${BINDING_AUDIENCE}, which is what AKS asks for`, got: settings.audience, fix: 'leave it out' });
  }
  if (!/^[A-Za-z0-9][-\w]{0,62}$/.test(settings.identityBindingName)) {
    complain(report, 'azure/identity-binding-name', edge.at('identityBindingName'), { expected: '1 to 63 of the characters A-Z, a-z, 0-9, - and _, alphanumeric first', got: settings.identityBindingName, fix: 'set an identityBindingName (the default is the name of the managed identity)' });
  }
  complain(report, 'azure/preview', edge.at('mechanism'), { expected: 'a mechanism that is generally available', got: edge.mechanism, severity: 'warning', fix: 'identity bindings of AKS are a preview, and SDKs have to opt in: leave this until they are not, or know that it is so' });
}
