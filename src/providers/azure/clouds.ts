import type { AzureCloud } from './binding';

/** What differs between the Azure clouds. https://learn.microsoft.com/en-us/entra/workload-id/workload-identity-federation-config-app-trust-managed-identity */
export const CLOUDS: { readonly [cloud in AzureCloud]: { readonly audience: string; readonly authorityHost: string } } = {
  'public': { audience: 'api://AzureADTokenExchange', authorityHost: 'https://login.microsoftonline.com/' },
  'us-government': { audience: 'api://AzureADTokenExchangeUSGov', authorityHost: 'https://login.microsoftonline.us/' },
  'china': { audience: 'api://AzureADTokenExchangeChina', authorityHost: 'https://login.chinacloudapi.cn/' },
};

/** The webhook asks for this audience in every cloud: no annotation changes it, only a flag of the webhook itself. https://github.com/Azure/azure-workload-identity */
export const WEBHOOK_AUDIENCE = CLOUDS.public.audience;
