import type { AzureCloud } from './binding';

interface Cloud {
  readonly audience: string;
  /** Left out where none is published. */
  readonly authorityHost?: string;
  /** What a webhook that one installs oneself is told (`azureEnvironment`, its `AZURE_ENVIRONMENT`), where that is not its default. */
  readonly environment?: string;
  /** How the hosts of issuers of its AKS end. */
  readonly aksDomain?: string;
}

/** What differs between the Azure clouds. https://azure.github.io/azure-workload-identity/docs/installation/mutating-admission-webhook.html, https://learn.microsoft.com/en-us/entra/workload-id/workload-identity-federation-config-app-trust-managed-identity */
export const CLOUDS: { readonly [cloud in AzureCloud]: Cloud } = {
  'public': { audience: 'api://AzureADTokenExchange', authorityHost: 'https://login.microsoftonline.com/' },
  'us-government': { audience: 'api://AzureADTokenExchangeUSGov', authorityHost: 'https://login.microsoftonline.us/', environment: 'AzureUSGovernmentCloud', aksDomain: 'us' },
  'china': { audience: 'api://AzureADTokenExchangeChina', authorityHost: 'https://login.chinacloudapi.cn/', environment: 'AzureChinaCloud', aksDomain: 'cn' },
  'us-nat': { audience: 'api://AzureADTokenExchangeUSNat' },
  'us-sec': { audience: 'api://AzureADTokenExchangeUSSec' },
};

/** The webhook asks for this audience in every cloud: no annotation changes it, only a flag of the webhook itself. https://github.com/Azure/azure-workload-identity */
export const WEBHOOK_AUDIENCE = 'api://AzureADTokenExchange';

/** What AKS lets its webhook ask for where a pod uses an identity binding: its own proxy takes the token, and Entra never sees it. */
export const BINDING_AUDIENCE = 'api://AKSIdentityBinding';

/** Regions whose managed identities take no federated credentials; the list changes. https://learn.microsoft.com/en-us/entra/workload-id/workload-identity-federation-considerations */
export const WITHOUT_CREDENTIALS: readonly string[] = ['malaysiasouth', 'newzealandnorth'];
