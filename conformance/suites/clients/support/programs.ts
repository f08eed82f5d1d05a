/**
 * What containers run: the SDK finds its credentials by itself, as the documentation of each shows it. They run by
 * themselves, as `node -e` in the folder of the SDK, so that they may use nothing from outside.
 */
/* eslint-disable @typescript-eslint/no-require-imports */
type Load = (name: string) => unknown;

async function aws(load: Load): Promise<string> {
  const { fromNodeProviderChain } = load('@aws-sdk/credential-providers') as { fromNodeProviderChain(): () => Promise<{ sessionToken: string }> };
  return (await fromNodeProviderChain()()).sessionToken;
}

async function azure(load: Load): Promise<string> {
  const { DefaultAzureCredential } = load('@azure/identity') as { DefaultAzureCredential: new () => { getToken(scope: string): Promise<{ token: string }> } };
  return (await new DefaultAzureCredential().getToken('https://vault.azure.net/.default')).token;
}

/** Whoever is no service account shows his token where something is granted to him: to him alone it says nothing. */
async function gcp(load: Load): Promise<string> {
  interface Auth { getAccessToken(): Promise<string>; request(options: { url: string }): Promise<{ data: { readBy: string } }> }
  const { GoogleAuth } = load('google-auth-library') as { GoogleAuth: new (options: { scopes: string }) => Auth };
  const auth = new GoogleAuth({ scopes: 'https://www.googleapis.com/auth/cloud-platform' });
  const token = await auth.getAccessToken();
  if (!token.startsWith('federated ')) return token;
  return (await auth.request({ url: 'https://storage.googleapis.com/storage/v1/b/orders' })).data.readBy;
}

const PROGRAMS = { aws, azure, gcp };

/** The program of a provider, as text. It prints what it got, or why it got nothing. */
export function programOf(provider: keyof typeof PROGRAMS): string {
  return `(${PROGRAMS[provider].toString()})(require).then(
    got => ({ got }),
    error => ({ error: error.name + ': ' + error.message }),
  ).then(outcome => process.stdout.write(JSON.stringify(outcome)))`;
}
