import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import { connect } from 'node:net';
import type { Duplex } from 'node:stream';
import { alibabaSts } from './alibaba-sts';
import { awsSts } from './aws-sts';
import { answerOfAgent, type AgentContext } from './eks-pod-identity';
import { entra, type MadeIdentity } from './entra';
import { answerOfMetadataServer, type MetadataContext } from './gke-metadata-server';
import { googleIamCredentials, googleStorage, googleSts } from './google';
import { Issuers, type Publisher } from './issuers';
import { listen, listenerOf, type Listening } from './listen';
import { reportsApi } from './reports-api';
import { json, type Decision, type Reply, type ServiceRequest } from './service';
import { RenderedTrust, type RenderedDocument } from './trust';
import { vaultServer } from './vault';
import type { Access } from '../../kube/config';
import { makeAuthority } from '../tls';

/** Everything that the token services decide by. */
export interface Told {
  /** The cloud half, as it was rendered. */
  readonly trust: readonly RenderedDocument[];
  /** What Azure made, with ids of its own. */
  readonly identities: readonly MadeIdentity[];
}

/** The clouds' token services, on the loopback address. */
export interface Clouds {
  /** The file of the certificate that vouches for all of them. */
  readonly caFile: string;
  /** AWS STS. */
  readonly stsUrl: string;
  /** A proxy that leads to them under the names that they have in the world, and to nothing else. */
  readonly proxyUrl: string;
  tell(told: Told): void;
  /** What was decided since this was last asked. */
  decisions(): readonly Decision[];
  /** A metadata server as one pod sees it, by host and port. */
  metadataServer(context: Omit<MetadataContext, 'google'>): Promise<{ readonly host: string; stop(): Promise<void> }>;
  /** The agent of EKS Pod Identity on a node, by its address. */
  podIdentityAgent(context: AgentContext): Promise<{ readonly url: string; stop(): Promise<void> }>;
  /** Done when everything has stopped; throws what went wrong in them, which is nobody's refusal. */
  stop(): Promise<void>;
}

/** Starts them in this process. `publishers` says where the documents of each issuer are, `reviewers` who may ask API servers for reviews. */
export async function startClouds(folder: string, publishers: ReadonlyMap<string, Publisher>, reviewers: readonly Access[]): Promise<Clouds> {
  let told: Told = { trust: [], identities: [] };
  let decided: Decision[] = [];
  const broken: unknown[] = [];
  const issuers = new Issuers(publishers);
  const decide = (decision: Decision): void => void decided.push(decision);
  const trust = (): RenderedTrust => new RenderedTrust(told.trust);
  const sts = awsSts(issuers, trust, decide);
  const google = [googleSts(issuers, trust, decide), googleIamCredentials(trust, decide), googleStorage(trust, decide)];
  const ram = alibabaSts(issuers, trust, decide);
  const others = [vaultServer(issuers, trust, decide, reviewers), reportsApi(issuers, trust, decide)];
  const every = [sts, entra(issuers, trust, () => told.identities, decide), ...google, ram, ...others];
  const services = new Map(every.flatMap(service => service.hosts.map(host => [host, service] as const)));

  const answer = async (request: ServiceRequest): Promise<Reply> => (services.get(request.url.hostname) ?? (request.url.searchParams.get('Action') === 'AssumeRoleWithOIDC' ? ram : sts)).answer(request);
  const authority = await makeAuthority(folder);
  const { certFile, keyFile } = await authority.issue('token-services', ['127.0.0.1', ...services.keys()]);
  const front = await listen(createSecureServer({ cert: readFileSync(certFile), key: readFileSync(keyFile) }, listenerOf(answer, error => broken.push(error))));
  const proxy = await startProxy(new Set(services.keys()), front.port);
  const servers: Listening[] = [front, proxy];

  return {
    caFile: authority.caFile,
    stsUrl: `https://127.0.0.1:${front.port}`,
    proxyUrl: `http://127.0.0.1:${proxy.port}`,
    tell: now => void (told = now),
    decisions: () => {
      const all = decided;
      decided = [];
      return all;
    },
    metadataServer: async context => {
      const asGoogle = (url: string, headers: ServiceRequest['headers'], body: string): Promise<Reply> => answer({ method: 'POST', url: new URL(url), headers, body });
      const server = await listen(createServer(listenerOf(request => answerOfMetadataServer(request, { ...context, google: asGoogle }), error => broken.push(error), { 'metadata-flavor': 'Google' })));
      return { host: `127.0.0.1:${server.port}`, stop: server.stop };
    },
    podIdentityAgent: async context => {
      const server = await listen(createServer(listenerOf(request => answerOfAgent(request, context, issuers, trust(), decide), error => broken.push(error))));
      return { url: `http://127.0.0.1:${server.port}/v1/credentials`, stop: server.stop };
    },
    stop: async () => {
      for (const server of servers) await server.stop();
      if (broken.length > 0) throw new AggregateError(broken, `the token services broke: ${broken.map(String).join('; ')}`);
    },
  };
}

/** Tunnels go to these hosts alone, and all to that port: whatever else a client would like to reach is not there. */
async function startProxy(hosts: ReadonlySet<string>, port: number): Promise<Listening> {
  const server = createServer((_request, response) => response.writeHead(403, { 'content-type': 'application/json' }).end(json(403, { error: 'only tunnels' }).body));
  const sockets = new Set<Duplex>();
  server.on('connect', ({ url = '' }, socket, head: Buffer) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    if (!hosts.has(url.replace(/:443$/, ''))) {
      socket.end('HTTP/1.1 403 Forbidden\r\n\r\n');
      return;
    }
    const tunnel = connect(port, '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection Established\r\n\r\n');
      tunnel.write(head);
      tunnel.pipe(socket).pipe(tunnel);
    });
    const end = (): void => void (tunnel.destroy(), socket.destroy());
    tunnel.on('error', end);
    socket.on('error', end).on('close', end);
  });
  const { port: own, stop } = await listen(server);
  // A server forgets the connections that it has turned into tunnels.
  return { port: own, stop: () => (sockets.forEach(socket => socket.destroy()), stop()) };
}
