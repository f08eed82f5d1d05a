import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ApiServerFacts } from './facts';
import { startGuarded, type Guarded } from './guard';
import type { Running, StartContext, System } from './system';
import { makeAuthority } from './tls';
import { freePort, until } from './wait';
import { KubeClient } from '../kube/client';
import { readKubeconfig } from '../kube/config';
import { PARTS } from '../parts';

/** A cluster's API: the one that KUBECONFIG names, or else one of our own. */
export const apiServer: System<'apiServer'> = {
  name: 'apiServer',
  start: async context => {
    const { KUBECONFIG } = process.env;
    return KUBECONFIG === undefined || KUBECONFIG === '' ? startApiServer(context) : borrow(KUBECONFIG);
  },
};

/** Somebody's cluster. When we go, what we made there goes too, even if the suites were stopped in the middle. */
async function borrow(kubeconfig: string): Promise<Running<ApiServerFacts>> {
  const prefix = `symbolon-conformance-${randomBytes(3).toString('hex')}-`;
  const facts = { ...await factsOf(kubeconfig), own: false, prefix };
  return { facts, stop: () => removeAll(kubeconfig, prefix) };
}

async function removeAll(kubeconfig: string, prefix: string): Promise<void> {
  const client = new KubeClient(readKubeconfig(kubeconfig));
  const rbac = '/apis/rbac.authorization.k8s.io/v1';
  for (const path of ['/api/v1/namespaces', `${rbac}/clusterrolebindings`, `${rbac}/clusterroles`]) {
    const { body: { items } } = await client.get<{ items: readonly { readonly metadata: { readonly name: string } }[] }>(path);
    for (const { metadata: { name } } of items) if (name.startsWith(prefix)) await client.delete(`${path}/${encodeURIComponent(name)}`);
  }
  client.close();
}

export interface ApiServerOptions {
  /** What it writes into its tokens. @default its own address, https and loopback */
  readonly issuer?: string;
  /** The file of `--authentication-config`. @default none: it believes its own tokens alone */
  readonly authenticationConfig?: string;
}

/** Starts etcd and kube-apiserver as a cluster has them, reached by the loopback address only. */
export async function startApiServer({ folder, part }: Pick<StartContext, 'folder' | 'part'>, options: ApiServerOptions = {}): Promise<Running<ApiServerFacts>> {
  const { issuer, authenticationConfig } = options;
  const [etcdPath, serverPath] = [await part(PARTS.etcd), await part(PARTS.kubeApiserver)];
  const started: Guarded[] = [];
  const stop = async (): Promise<void> => {
    for (const program of [...started].reverse()) await program.stop();
  };
  try {
    const etcdUrl = await startEtcd(etcdPath, folder, started);
    const port = await freePort();
    const server = `https://127.0.0.1:${port}`;
    const kubeconfig = await startServer(serverPath, folder, { etcdUrl, port, server, issuer: issuer ?? server, authenticationConfig }, started);
    return { facts: { ...await factsOf(kubeconfig), signingKey: signingKeyIn(folder), own: true, prefix: '' }, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function startEtcd(path: string, folder: string, started: Guarded[]): Promise<string> {
  const [clients, peers] = [`http://127.0.0.1:${await freePort()}`, `http://127.0.0.1:${await freePort()}`];
  const etcd = startGuarded(path, [
    '--data-dir', join(folder, 'etcd'),
    '--listen-client-urls', clients, '--advertise-client-urls', clients,
    '--listen-peer-urls', peers, '--initial-advertise-peer-urls', peers, '--initial-cluster', `default=${peers}`,
    // Nothing has to survive the run.
    '--unsafe-no-fsync', '--log-level', 'warn',
  ], { log: join(folder, 'etcd.log') });
  started.push(etcd);
  await until('etcd', etcd, async () => (await fetch(`${clients}/health`)).ok);
  return clients;
}

const signingKeyIn = (folder: string): string => join(folder, 'service-account.key');

interface ServerSettings {
  readonly etcdUrl: string;
  readonly port: number;
  readonly server: string;
  readonly issuer: string;
  readonly authenticationConfig: string | undefined;
}

async function startServer(path: string, folder: string, settings: ServerSettings, started: Guarded[]): Promise<string> {
  const { etcdUrl, port, server, issuer, authenticationConfig } = settings;
  const authority = await makeAuthority(folder);
  const { certFile, keyFile } = await authority.issue('kube-apiserver', ['127.0.0.1', 'localhost', 'kubernetes.default.svc']);
  const signingKey = signingKeyIn(folder);
  // Azure takes RS256 alone, so that is what clusters sign with.
  writeFileSync(signingKey, generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ type: 'pkcs1', format: 'pem' }), { mode: 0o600 });
  const token = randomBytes(24).toString('hex');
  const tokens = join(folder, 'tokens.csv');
  writeFileSync(tokens, `${token},admin,admin,system:masters\n`, { mode: 0o600 });
  const certs = join(folder, 'certs');
  mkdirSync(certs);

  const program = startGuarded(path, [
    `--etcd-servers=${etcdUrl}`,
    '--bind-address=127.0.0.1', '--advertise-address=127.0.0.1', `--secure-port=${port}`, `--cert-dir=${certs}`,
    `--tls-cert-file=${certFile}`, `--tls-private-key-file=${keyFile}`,
    `--token-auth-file=${tokens}`, '--anonymous-auth=true',
    '--authorization-mode=Node,RBAC',
    ...(authenticationConfig === undefined ? [] : [`--authentication-config=${authenticationConfig}`]),
    `--service-account-issuer=${issuer}`, `--service-account-jwks-uri=${server}/openid/v1/jwks`, `--api-audiences=${issuer}`,
    `--service-account-key-file=${signingKey}`, `--service-account-signing-key-file=${signingKey}`,
    '--service-cluster-ip-range=10.96.0.0/16', '--allow-privileged=true',
    // The others of a usual cluster are on by default: ServiceAccount, LimitRanger, both kinds of webhooks and policies.
    '--enable-admission-plugins=NodeRestriction',
    // An Endpoints object cannot name a loopback address.
    '--endpoint-reconciler-type=none',
    // One client asks for everything.
    '--max-requests-inflight=0', '--max-mutating-requests-inflight=0', '--enable-priority-and-fairness=false',
  ], { log: join(folder, 'kube-apiserver.log') });
  started.push(program);

  const kubeconfig = join(folder, 'kubeconfig');
  writeFileSync(kubeconfig, JSON.stringify({
    'apiVersion': 'v1',
    'kind': 'Config',
    'current-context': 'conformance',
    'contexts': [{ name: 'conformance', context: { cluster: 'conformance', user: 'admin' } }],
    'clusters': [{ name: 'conformance', cluster: { server, 'certificate-authority-data': Buffer.from(authority.caPem).toString('base64') } }],
    'users': [{ name: 'admin', user: { token } }],
  }), { mode: 0o600 });
  const client = new KubeClient(readKubeconfig(kubeconfig));
  await until('kube-apiserver', program, async () => (await client.get('/readyz')).status === 200);
  await publishDiscovery(client);
  client.close();
  return kubeconfig;
}

/** Clouds read the discovery documents as nobody in particular. */
async function publishDiscovery(client: KubeClient): Promise<void> {
  const name = 'system:service-account-issuer-discovery';
  await client.post('/apis/rbac.authorization.k8s.io/v1/clusterrolebindings', {
    metadata: { name: `${name}-anonymous` },
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name },
    subjects: [{ apiGroup: 'rbac.authorization.k8s.io', kind: 'Group', name: 'system:unauthenticated' }],
  });
}

async function factsOf(kubeconfig: string): Promise<Pick<ApiServerFacts, 'kubeconfig' | 'issuer' | 'version'>> {
  const client = new KubeClient(readKubeconfig(kubeconfig));
  try {
    const { body: { gitVersion } } = await client.get<{ gitVersion: string }>('/version');
    const { body: { issuer } } = await client.get<{ issuer: string }>('/.well-known/openid-configuration');
    return { kubeconfig, issuer, version: gitVersion };
  } finally {
    client.close();
  }
}
