import { dataOf, isData, type Data } from '../../kubernetes/data';
import type { TrustArtifact } from '../../proof/artifacts';
import type { Knowledge } from '../knowledge';
import type { MapDocument, Reader, Reading } from '../reader';
import { pick, said } from '../said';

/** What the CLI of Azure prints of managed identities and of applications. https://learn.microsoft.com/en-us/cli/azure/identity https://learn.microsoft.com/en-us/cli/azure/ad/app */
export const azure: Reader = {
  prints: [
    'az identity show|list', 'az identity federated-credential show|list', 'az ad app show|list', 'az ad app federated-credential show|list',
    'az aks identity-binding show|list',
  ],
  learn: ({ value }, knowledge) => {
    if (isIdentity(value)) knowledge.learn(CLIENT, value.id.toLowerCase(), value.clientId);
    if (!isApplication(value)) return;
    // `--id` takes all of them.
    const uris = Array.isArray(value.identifierUris) ? value.identifierUris.filter(uri => typeof uri === 'string') : [];
    for (const id of new Set([value.id, value.appId, ...uris])) knowledge.learn(CLIENT, id.toLowerCase(), value.appId);
  },
  read: (document, knowledge) => identity(document.value) ?? application(document.value) ?? binding(document, knowledge) ?? credential(document, knowledge),
};

/** By the id of an identity or an application; ARM and Entra compare ids without regard to case. */
const CLIENT = 'azure client id of';
const IDENTITY_ID = /^\/subscriptions\/.+\/providers\/Microsoft\.ManagedIdentity\/userAssignedIdentities\/[^/]+$/i;
const CREDENTIAL_ID = /^(.+\/providers\/Microsoft\.ManagedIdentity\/userAssignedIdentities\/[^/]+)\/federatedIdentityCredentials\/[^/]+$/i;
const BINDING_ID = /\/providers\/Microsoft\.ContainerService\/managedClusters\/[^/]+\/identityBindings\/[^/]+$/i;
const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const EXAMPLE = 'c3d4e5f6-0718-4293-a4b5-c6d7e8f90a1b';

type Identity = Data & { readonly id: string; readonly clientId: string };
type Application = Data & { readonly id: string; readonly appId: string };

/** The CLI writes on one level what ARM and its templates have under `properties`. */
function flat(value: Data): Data {
  return isData(value.properties) ? { ...value, ...value.properties } : value;
}

function isIdentity(value: Data): value is Identity {
  return IDENTITY_ID.test(said(value.id) ?? '') && said(value.clientId) !== undefined;
}

/** https://learn.microsoft.com/en-us/cli/azure/identity#az-identity-show */
function identity(value: Data): Reading | undefined {
  if (!isIdentity(value)) return undefined;
  return { trust: [{ path: '', value: artifact('managedidentity.UserAssignedIdentity', value.id, pick(value, ['location', 'tags', 'tenantId'])) }] };
}

/** A service principal has an `appId` as well, and no credentials of this kind. */
function isApplication(value: Data): value is Application {
  return said(value.appId) !== undefined && said(value.id) !== undefined && 'signInAudience' in value && !('servicePrincipalType' in value);
}

/** https://learn.microsoft.com/en-us/cli/azure/ad/app#az-ad-app-show */
function application(value: Data): Reading | undefined {
  if (!isApplication(value)) return undefined;
  return { trust: [{ path: '', value: artifact('graph.Application', `/applications/${value.id}`, pick(value, ['displayName'])) }] };
}

/** Of an identity, which its id says, or of an application, which it does not. https://learn.microsoft.com/en-us/cli/azure/identity/federated-credential https://learn.microsoft.com/en-us/cli/azure/ad/app/federated-credential */
function credential(document: MapDocument, knowledge: Knowledge): Reading | undefined {
  const value = flat(document.value);
  const id = said(value.id);
  const isOne = id !== undefined && said(value.issuer) !== undefined && Array.isArray(value.audiences);
  if (!isOne) return undefined;
  const request = pick(value, ['issuer', 'subject', 'audiences', 'claimsMatchingExpression']);
  const [, owner] = CREDENTIAL_ID.exec(id) ?? [];
  if (owner !== undefined) {
    const client = knowledge.known(CLIENT, owner.toLowerCase()) ?? clientIn(document.of, knowledge);
    if (client === undefined) return { unsaid: [{ path: '', what: `the client id of ${owner}`, fix: `give what az identity show --ids ${owner} prints, or write its client id in the evidence file: of: ${EXAMPLE}` }] };
    return { trust: [{ path: '', value: artifact('managedidentity.FederatedIdentityCredential', id, { properties: request }, client) }] };
  }
  const holder = document.of ?? holderIn(value);
  const client = clientIn(holder, knowledge);
  if (client === undefined) return { unsaid: [{ path: '', what: holder === undefined ? 'which application it belongs to' : `the client id of the application ${holder}`, example: EXAMPLE }] };
  const name = said(value.name) ?? id;
  return { trust: [{ path: '', value: artifact('graph.FederatedIdentityCredential', `/applications/${holder}/federatedIdentityCredentials/${name}`, { name, ...request }, client) }] };
}

/** Of one that is printed alone, Graph says the object id: `…#applications('<id>')/federatedIdentityCredentials/$entity`. */
function holderIn(value: Data): string | undefined {
  return /#applications\('([^']+)'\)/.exec(said(value['@odata.context']) ?? '')?.[1];
}

/** A client id, by itself or by another id of the same application or identity. */
function clientIn(id: string | undefined, knowledge: Knowledge): string | undefined {
  if (id === undefined) return undefined;
  return knowledge.known(CLIENT, id.toLowerCase()) ?? (GUID.test(id) ? id : undefined);
}

/**
 * A preview, whose output the extension `aks-preview` may still change: read as ARM has it, with `properties` or without.
 * https://learn.microsoft.com/en-us/azure/aks/identity-bindings
 */
function binding(document: MapDocument, knowledge: Knowledge): Reading | undefined {
  const value = flat(document.value);
  const id = said(value.id);
  if (id === undefined || !BINDING_ID.test(id) || !isData(value.managedIdentity)) return undefined;
  const { clientId, resourceId } = dataOf(value.managedIdentity);
  const client = said(clientId) ?? knowledge.known(CLIENT, (said(resourceId) ?? '').toLowerCase()) ?? clientIn(document.of, knowledge);
  if (client === undefined) return { unsaid: [{ path: '', what: `the client id of ${said(resourceId) ?? 'its identity'}`, example: EXAMPLE }] };
  return { trust: [{ path: '', value: artifact('containerservice.IdentityBinding', id, { properties: { managedIdentity: pick(value.managedIdentity, ['resourceId']) } }, client) }] };
}

function artifact(kind: string, name: string, request: Data, becomes?: string): TrustArtifact {
  return { provider: 'azure', kind, name, ...(becomes !== undefined && { becomes }), request };
}
