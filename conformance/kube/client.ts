import { Agent, request } from 'node:https';
import type { Access } from './config';

/** What the API server answers. */
export interface Answer<T = unknown> {
  readonly status: number;
  readonly body: T;
}

/** The `Status` with which it refuses. */
export interface Refusal {
  readonly message: string;
  readonly reason?: string;
}

export interface SendOptions {
  /** The media type of the body. */
  readonly type?: string;
  /** Somebody in whose place it is asked. */
  readonly as?: { readonly user: string; readonly groups: readonly string[] };
}

/** An API server, by plain requests: what is sent and what comes back is exactly what is seen here. */
export class KubeClient {
  private readonly agent: Agent;

  constructor(readonly access: Access) {
    const { ca, cert, key } = access;
    this.agent = new Agent({
      keepAlive: true,
      maxSockets: 16,
      ...(ca !== undefined && { ca }),
      ...(cert !== undefined && { cert }),
      ...(key !== undefined && { key }),
    });
  }

  get<T>(path: string): Promise<Answer<T>> {
    return this.send('GET', path);
  }

  post<T>(path: string, body: object, options: SendOptions = {}): Promise<Answer<T>> {
    return this.send('POST', path, body, options);
  }

  delete<T>(path: string): Promise<Answer<T>> {
    return this.send('DELETE', path, { propagationPolicy: 'Background' });
  }

  send<T>(method: string, path: string, body?: object, { type = 'application/json', as }: SendOptions = {}): Promise<Answer<T>> {
    const { server, token } = this.access;
    const text = body === undefined ? undefined : JSON.stringify(body);
    const headers = {
      accept: 'application/json, */*',
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
      ...(as !== undefined && { 'impersonate-user': as.user, 'impersonate-group': [...as.groups] }),
      ...(text !== undefined && { 'content-type': type, 'content-length': Buffer.byteLength(text) }),
    };
    return new Promise((resolve, reject) => {
      const sent = request(`${server.replace(/\/$/, '')}${path}`, { method, headers, agent: this.agent }, response => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk)).on('error', reject).on('end', () => {
          const answer = Buffer.concat(chunks).toString();
          const isJson = response.headers['content-type']?.includes('json') === true;
          resolve({ status: response.statusCode ?? 0, body: (isJson ? JSON.parse(answer) : answer) as T });
        });
      });
      sent.on('error', reject).end(text);
    });
  }

  /** Closes the connections: a test runner waits for them. */
  close(): void {
    this.agent.destroy();
  }
}
