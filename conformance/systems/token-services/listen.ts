import type { IncomingMessage, RequestListener, Server as HttpServer } from 'node:http';
import type { Server as HttpsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { json, type Reply, type ServiceRequest } from './service';

export interface Listening {
  readonly port: number;
  stop(): Promise<void>;
}

/** Listens on a port of the operating system's choice, on the loopback address. */
export async function listen(server: HttpServer | HttpsServer): Promise<Listening> {
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    stop: () => new Promise(resolve => {
      server.close(() => resolve());
      server.closeAllConnections();
    }),
  };
}

type Answer = (request: ServiceRequest) => Promise<Reply>;

/** Answers requests; what goes wrong in an answer is told to whoever asked, and to `broken`. */
export function listenerOf(answer: Answer, broken: (error: unknown) => void, headers: { readonly [name: string]: string } = {}): RequestListener {
  return (request, response) => {
    void requestOf(request).then(answer).catch((error: unknown) => {
      broken(error);
      return json(500, { error: String(error) });
    }).then(({ status, type, body }) => response.writeHead(status, { 'content-type': type, ...headers }).end(body));
  };
}

async function requestOf(request: IncomingMessage): Promise<ServiceRequest> {
  const { method = 'GET', url = '/', headers } = request;
  return { method, url: new URL(url, `https://${headers.host ?? 'nowhere'}`), headers, body: await text(request) };
}
