import type { BindingCommon, BindingHead, ValueOrFact } from '../binding';

/** How Azure gets to trust a pod. */
export type AzureMechanism =
  /** A federated credential on a user-assigned managed identity. */
  | 'managed-identity'
  /** A federated credential on an Entra application. */
  | 'application'
  /** An AKS identity binding (preview). */
  | 'identity-binding';

/** The Azure clouds: each has its own audience and its own authority host. */
export type AzureCloud = 'public' | 'us-government' | 'china';

/** One role for the managed identity on one scope. */
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
  /** @default the subscription of the AKS cluster */
  readonly subscriptionId?: string;
  /** The resource group that holds the managed identity. */
  readonly resourceGroup?: string;
  /** The Azure region that the managed identity is made in: `westeurope`. Needed unless `existing`. */
  readonly location?: string;
  /** 3 to 128 of `A-Z a-z 0-9 - _`. @default the identity's name */
  readonly identityName?: string;
  /** The client id of the managed identity, a GUID: Azure makes it. @default a fact */
  readonly clientId?: string;
  /** The object id of the managed identity's principal, a GUID: Azure makes it, and role assignments name it. @default a fact */
  readonly principalId?: string;
  /** The managed identity is made elsewhere: only its federated credentials and role assignments are made here. @default false */
  readonly existing?: boolean;
  readonly tags?: { readonly [key: string]: string };
  /** @default 'public' */
  readonly cloud?: AzureCloud;
  /** The audience of the token. @default by webhook `api://AzureADTokenExchange`, which it asks for in every cloud; explicitly that of the cloud */
  readonly audience?: string;
  /** The name of the federated credential, 3 to 120 of `A-Z a-z 0-9 - _`: for one that exists already. It can name only one, so that with several clusters it stands under `on`. @default made of cluster, namespace and service account */
  readonly credentialName?: string;
  readonly roleAssignments?: readonly AzureRoleAssignment[];
  /** Lifetime of the token, seconds, 3600 to 86400. @default 3600, as the Azure webhook has it */
  readonly expirationSeconds?: number;
}

/** A managed identity that trusts the identity. https://learn.microsoft.com/en-us/azure/aks/workload-identity-overview */
export interface AzureBinding extends AzureBindingFields, BindingHead {
  /** @default the key under `trustedBy` */
  readonly provider?: 'azure';
  /** What is different on one cluster, by the cluster's name. */
  readonly on?: { readonly [cluster: string]: AzureBindingFields };
}
