import type { IncomingHttpHeaders } from 'node:http';

export interface ServiceRequest {
  readonly method: string;
  readonly url: URL;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export interface Reply {
  readonly status: number;
  readonly type: string;
  readonly body: string;
}

/** What a cloud's token service decided about one token. */
export interface Decision {
  readonly service: string;
  /** Whom the token lets its bearer become; left out where it lets him become nobody. */
  readonly becomes?: string;
  /** What the trust takes exception to, in one word: `signature`, `issuer`, `subject`, `audience`, … */
  readonly refusedFor?: string;
}

/** A token service of a cloud, reached under the names that clients know it by. */
export interface TokenService {
  readonly hosts: readonly string[];
  answer(request: ServiceRequest): Promise<Reply>;
}

/** A token that is not believed, or that does not let its bearer become anybody. */
export class Refused extends Error {
  override readonly name = 'Refused';

  constructor(readonly because: string, message: string) {
    super(message);
  }
}

export function json(status: number, body: object): Reply {
  return { status, type: 'application/json', body: JSON.stringify(body) };
}
