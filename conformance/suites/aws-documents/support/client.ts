import { createRequire } from 'node:module';
import { join } from 'node:path';
import { system } from '../../support/systems';

type Command = new (input: object) => object;

interface Client {
  readonly middlewareStack: { add(middleware: (next: Next) => Next, options: { readonly step: 'build' }): void };
  send(command: object): Promise<unknown>;
}

type Next = (args: { readonly request: { readonly headers: { [name: string]: string } } }) => Promise<unknown>;

/** The commands of IAM that are used here. The SDK is no dependency of ours, so that its types are not here either. */
interface Iam {
  readonly IAMClient: new (options: object) => Client;
  readonly CreateOpenIDConnectProviderCommand: Command;
  readonly GetOpenIDConnectProviderCommand: Command;
  readonly CreatePolicyCommand: Command;
  readonly CreateRoleCommand: Command;
  readonly UpdateAssumeRolePolicyCommand: Command;
  readonly GetRoleCommand: Command;
  readonly AttachRolePolicyCommand: Command;
  readonly ListAttachedRolePoliciesCommand: Command;
  readonly PutRolePolicyCommand: Command;
  readonly GetRolePolicyCommand: Command;
}

export type CommandName = { [K in keyof Iam]: K extends `${infer Name}Command` ? Name : never }[keyof Iam];

// It runs here, whatever its makers will run on next year.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';
const sdk = createRequire(join(system('moto').sdk, 'package.json'))('@aws-sdk/client-iam') as Iam;
const REGIONS: { readonly [partition: string]: string } = { 'aws': 'us-east-1', 'aws-cn': 'cn-north-1', 'aws-us-gov': 'us-gov-west-1' };
const clients = new Map<string, Client>();

/** The IAM of an account. moto lets the caller say which one he is in. */
function clientOf(partition: string, account: string): Client {
  const key = `${partition} ${account}`;
  const known = clients.get(key);
  if (known !== undefined) return known;
  const client = new sdk.IAMClient({ endpoint: system('moto').url, region: REGIONS[partition], credentials: { accessKeyId: 'any', secretAccessKey: 'any' }, maxAttempts: 1 });
  client.middlewareStack.add(next => args => {
    args.request.headers['x-moto-account-id'] = account;
    return next(args);
  }, { step: 'build' });
  clients.set(key, client);
  return client;
}

/** Asks the IAM of the account that the ARN names. */
export async function iam<T = unknown>(arn: string, command: CommandName, input: object): Promise<T> {
  const [, partition = '', , , account = ''] = arn.split(':');
  return await clientOf(partition, account).send(new sdk[`${command}Command`](input)) as T;
}

/** Forgets everything. */
export async function reset(): Promise<void> {
  await fetch(`${system('moto').url}/moto-api/reset`, { method: 'POST' });
}
