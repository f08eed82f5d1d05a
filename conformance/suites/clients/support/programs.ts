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

async function alibaba(load: Load): Promise<string> {
  const { default: Credential, Config } = load('@alicloud/credentials') as {
    readonly default: new (config: object) => { getCredential(): Promise<{ securityToken: string }> };
    readonly Config: new (fields: object) => object;
  };
  const stsEndpoint = (process.env.CONFORMANCE_FRONT ?? '').replace('https://', '');
  return (await new Credential(new Config({ type: 'oidc_role_arn', stsEndpoint })).getCredential()).securityToken;
}

/** What `examples/vault/login.ts` does, to where our token services are. */
async function vault(load: Load): Promise<string> {
  const { readFileSync } = load('node:fs') as typeof import('node:fs');
  const { request } = load('node:https') as typeof import('node:https');
  const { VAULT_ADDR = '', VAULT_AUTH_PATH = '', VAULT_ROLE: role, VAULT_JWT_FILE = '', CONFORMANCE_FRONT } = process.env;
  const { hostname } = new URL(VAULT_ADDR);
  const body = JSON.stringify({ role, jwt: readFileSync(VAULT_JWT_FILE, 'utf8') });
  return new Promise((resolve, reject) => {
    const asked = request(`${CONFORMANCE_FRONT}/v1/${VAULT_AUTH_PATH}/login`, { method: 'POST', servername: hostname, headers: { host: hostname } }, response => {
      let text = '';
      response.on('data', chunk => (text += chunk));
      response.on('end', () => (response.statusCode === 200 ? resolve(JSON.parse(text).auth.client_token as string) : reject(new Error(text))));
    });
    asked.on('error', reject).end(body);
  });
}

/** A call to an API of one's own, with the token of the moment. */
async function jwt(load: Load): Promise<string> {
  const { readFileSync } = load('node:fs') as typeof import('node:fs');
  const { request } = load('node:https') as typeof import('node:https');
  const { JWT_TOKEN_FILE = '', CONFORMANCE_FRONT } = process.env;
  const host = 'reports.example.com';
  const headers = { host, authorization: `Bearer ${readFileSync(JWT_TOKEN_FILE, 'utf8')}` };
  return new Promise((resolve, reject) => {
    const asked = request(`${CONFORMANCE_FRONT}/whoami`, { servername: host, headers }, response => {
      let text = '';
      response.on('data', chunk => (text += chunk));
      response.on('end', () => (response.statusCode === 200 ? resolve(JSON.parse(text).api as string) : reject(new Error(text))));
    });
    asked.on('error', reject).end();
  });
}

const PROGRAMS = { alibaba, aws, azure, gcp, jwt, vault };

/** The program of a provider, as text. It prints what it got, or why it got nothing. */
export function programOf(provider: keyof typeof PROGRAMS): string {
  return `(${PROGRAMS[provider].toString()})(require).then(
    got => ({ got }),
    error => ({ error: error.name + ': ' + error.message }),
  ).then(outcome => process.stdout.write(JSON.stringify(outcome)))`;
}
