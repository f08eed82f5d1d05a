import type { BindingCommon, BindingHead, ValueOrFact } from '../binding';

/** How Azure gets to trust a pod. */
export type AzureMechanism =
  /** A federated credential on a user-assigned managed identity. */
  | 'managed-identity'
  /** A federated credential on an Entra application. */
  | 'application'
  /** An AKS identity binding (preview): AKS vouches for the pods of a cluster whom RBAC lets use a managed identity. */
  | 'identity-binding';

/** The Azure clouds: each has its own audience and its own authority host. That of USNat and USSec is published nowhere: say it (`authorityHost`). */
export type AzureCloud = 'public' | 'us-government' | 'china' | 'us-nat' | 'us-sec';

/** Where an explicit pod finds its token: as the webhook of a version lays it out. */
export type AzureLayout =
  /** As the webhook up to 1.5 has it: `/var/run/secrets/azure/tokens/azure-identity-token`. */
  | 'webhook-1.5'
  /** As the webhook from 1.6 on has it: `/var/run/secrets/azure/wi/token/azure-identity-token`, in a volume of its reserved names. */
  | 'webhook-1.6';

/** Which object tells the webhook how long a token lives. */
export type AzureExpirationOn = 'service-account' | 'pod';

/** One role for the managed identity, or for the application's service principal, on one scope. */
export interface AzureRoleAssignment {
  /** The name of a well-known built-in role (`Storage Blob Data Contributor`), or the GUID of any role definition. */
  readonly role: string;
  /** `/subscriptions/…`, as far down as it goes: subscription, resource group or resource. */
  readonly scope: ValueOrFact;
}

/** The fields of an Azure binding that may differ from cluster to cluster. */
export interface AzureBindingFields extends BindingCommon {
  /** @default 'managed-identity' */
  readonly mechanism?: AzureMechanism;
  /** The Entra tenant of the identity, a GUID. @default the tenant of the AKS cluster, else a fact */
  readonly tenantId?: string;
  /** The subscription of the managed identity. @default the subscription of the AKS cluster */
  readonly subscriptionId?: string;
  /** The resource group that holds the managed identity. */
  readonly resourceGroup?: string;
  /** The Azure region that the managed identity is made in: `westeurope`. Needed unless `existing`. */
  readonly location?: string;
  /** The managed identity: 3 to 128 of `A-Z a-z 0-9 - _`. @default the identity's name */
  readonly identityName?: string;
  /** `application`: its display name, 1 to 120 characters. @default the identity's name */
  readonly applicationName?: string;
  /** `application`: its resource id, `/applications/<object id>`: Entra makes it, and it is not the client id. @default a fact */
  readonly applicationId?: string;
  /** `identity-binding`: its name in the AKS cluster, 1 to 63 of `A-Z a-z 0-9 - _`. @default the name of the managed identity */
  readonly identityBindingName?: string;
  /** The client id of the managed identity or application, a GUID: Azure makes it. @default a fact */
  readonly clientId?: string;
  /** The object id of the managed identity's principal, or of the application's service principal, a GUID: Azure makes it, and role assignments name it. @default a fact */
  readonly principalId?: string;
  /** The managed identity, or the application with its service principal, is made elsewhere: only credentials and role assignments are made here. @default false */
  readonly existing?: boolean;
  /** Tags of the managed identity. */
  readonly tags?: { readonly [key: string]: string };
  /** @default 'public' */
  readonly cloud?: AzureCloud;
  /** The audience of the token. @default by webhook `api://AzureADTokenExchange`, which it asks for in every cloud; explicitly that of the cloud */
  readonly audience?: string;
  /** The name of the federated credential, 3 to 120 of `A-Z a-z 0-9 - _`: for one that exists already. It can name only one, so that with several clusters it stands under `on`. @default made of cluster, namespace and service account */
  readonly credentialName?: string;
  readonly roleAssignments?: readonly AzureRoleAssignment[];
  /** How many federated credentials Azure takes on one identity or application. https://learn.microsoft.com/en-us/entra/workload-id/workload-identity-federation-considerations @default 20 */
  readonly credentialQuota?: number;
  /**
   * Spreads the clusters over so many identities or applications, 1 to 100, where one cannot hold all credentials. The first has the
   * name itself, the others end in `-2`, `-3` and so on. Which one a cluster gets follows from its name and this number alone: adding
   * a cluster moves no other, raising the number moves clusters to the new ones only. Role assignments are made for each. @default 1
   */
  readonly spreadOver?: number;
  /** Lifetime of the token, seconds, 3600 to 86400. @default 3600, as the Azure webhook has it */
  readonly expirationSeconds?: number;
  /** By webhook: the object that carries the lifetime. On the pod it holds for these pods alone, and beats what the service account says. @default 'service-account' */
  readonly expirationOn?: AzureExpirationOn;
  /**
   * Explicitly: where the token is. Applications that read `AZURE_FEDERATED_TOKEN_FILE` see no difference. Neither needs a
   * webhook, and beside a running one the pod goes without its label. https://github.com/Azure/azure-workload-identity @default 'webhook-1.5'
   */
  readonly layout?: AzureLayout;
  /** Where Entra is asked, an https URL that ends in a slash: `https://login.partner.microsoftonline.cn/`. By webhook it is left to the webhook unless it is set. @default that of the cloud */
  readonly authorityHost?: string;
}

/** A managed identity or an Entra application that trusts the identity. https://learn.microsoft.com/en-us/azure/aks/workload-identity-overview */
export interface AzureBinding extends AzureBindingFields, BindingHead {
  /** @default the key under `trustedBy` */
  readonly provider?: 'azure';
  /** What is different on one cluster, by the cluster's name. */
  readonly on?: { readonly [cluster: string]: AzureBindingFields };
}
