import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, isAbsolute, join } from 'node:path';
import { load } from 'js-yaml';

/** Where an API server is, and how to be somebody there. */
export interface Access {
  readonly server: string;
  readonly ca?: string;
  readonly cert?: string;
  readonly key?: string;
  readonly token?: string;
}

interface Cluster {
  readonly 'server': string;
  readonly 'certificate-authority'?: string;
  readonly 'certificate-authority-data'?: string;
}
interface Exec {
  readonly apiVersion: string;
  readonly command: string;
  readonly args?: readonly string[];
  readonly env?: readonly { readonly name: string; readonly value: string }[];
}
interface User {
  readonly 'token'?: string;
  readonly 'tokenFile'?: string;
  readonly 'client-certificate'?: string;
  readonly 'client-certificate-data'?: string;
  readonly 'client-key'?: string;
  readonly 'client-key-data'?: string;
  readonly 'exec'?: Exec;
}
interface Kubeconfig {
  readonly 'current-context': string;
  readonly 'contexts': readonly { readonly name: string; readonly context: { readonly cluster: string; readonly user: string } }[];
  readonly 'clusters': readonly { readonly name: string; readonly cluster: Cluster }[];
  readonly 'users': readonly { readonly name: string; readonly user: User }[];
}

type Given<T> = { [K in keyof T]?: T[K] | undefined };

/** The access that the current context of a kubeconfig gives. */
export function readKubeconfig(path: string): Access {
  const config = load(readFileSync(path, 'utf8')) as Kubeconfig;
  const { context } = named(config.contexts, config['current-context'], path);
  const { cluster } = named(config.clusters, context.cluster, path);
  const { user } = named(config.users, context.user, path);
  const file = (name: string | undefined, data: string | undefined): string | undefined =>
    data !== undefined ? Buffer.from(data, 'base64').toString() : name !== undefined ? readFileSync(isAbsolute(name) ? name : join(dirname(path), name), 'utf8') : undefined;
  return given<Access>({
    server: cluster.server,
    ca: file(cluster['certificate-authority'], cluster['certificate-authority-data']),
    cert: file(user['client-certificate'], user['client-certificate-data']),
    key: file(user['client-key'], user['client-key-data']),
    token: user.token ?? file(user.tokenFile, undefined)?.trim(),
    ...(user.exec !== undefined && fromPlugin(user.exec)),
  });
}

function named<T extends { readonly name: string }>(list: readonly T[], name: string, path: string): T {
  const found = list.find(each => each.name === name);
  if (found === undefined) throw new Error(`${path} names ${JSON.stringify(name)}, and has no such entry`);
  return found;
}

/** Clouds' clusters give credentials by a program. */
function fromPlugin({ command, args = [], env = [], apiVersion }: Exec): Given<Access> {
  const info = JSON.stringify({ apiVersion, kind: 'ExecCredential', spec: { interactive: false } });
  const more = Object.fromEntries(env.map(({ name, value }) => [name, value]));
  const out = execFileSync(command, args, { encoding: 'utf8', env: { ...process.env, ...more, KUBERNETES_EXEC_INFO: info } });
  const { status } = JSON.parse(out) as { readonly status: { readonly [field in 'token' | 'clientCertificateData' | 'clientKeyData']?: string } };
  return { token: status.token, cert: status.clientCertificateData, key: status.clientKeyData };
}

function given<T>(fields: Given<T>): T {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as T;
}
