import { createLocalJWKSet, decodeJwt, jwtVerify, type JSONWebKeySet } from 'jose';
import { Refused } from './service';
import { KubeClient } from '../../kube/client';

/** Where the documents of an issuer are read: the address that its name would lead to. */
export interface Publisher {
  readonly server: string;
  readonly ca: string;
}

/** What clouds read in a token. */
export interface TokenClaims {
  readonly issuer: string;
  readonly subject: string;
  readonly audiences: readonly string[];
}

/** Believes a token when it is signed with a key that its issuer publishes, as every cloud does. */
export class Issuers {
  constructor(private readonly publishers: ReadonlyMap<string, Publisher>) {}

  /** The claims that the token has, whether they are true or not: clouds look them up before they verify. */
  read(token: string): TokenClaims {
    const { iss = '', sub = '', aud = [] } = decodeJwt(token);
    return { issuer: iss, subject: sub, audiences: [aud].flat() };
  }

  /** The API server whose issuer it is. */
  servedBy(issuer: string): string | undefined {
    return this.publishers.get(issuer)?.server;
  }

  async verify(token: string): Promise<void> {
    const { issuer } = this.read(token);
    const keys = createLocalJWKSet(await this.keysOf(issuer));
    await jwtVerify(token, keys, { issuer, algorithms: ['RS256'] }).catch((error: unknown) => {
      throw new Refused('signature', String(error));
    });
  }

  /** What is published by a discovery document that says where it is: below its issuer. */
  async keysAt(discoveryUrl: string): Promise<JSONWebKeySet> {
    const below = discoveryUrl.replace(/\.well-known\/openid-configuration$/, '');
    if (below === discoveryUrl) throw new Error(`${discoveryUrl} is no discovery document`);
    return this.keysOf([below, below.replace(/\/$/, '')].find(issuer => this.publishers.has(issuer)) ?? below);
  }

  private async keysOf(issuer: string): Promise<JSONWebKeySet> {
    const publisher = this.publishers.get(issuer);
    if (publisher === undefined) throw new Refused('issuer', `nothing is published at ${issuer}`);
    const { server, ca } = publisher;
    const client = new KubeClient({ server, ca });
    try {
      const { body: discovery } = await client.get<{ readonly issuer: string; readonly jwks_uri: string }>('/.well-known/openid-configuration');
      if (discovery.issuer !== issuer) throw new Refused('issuer', `${issuer} publishes documents of ${discovery.issuer}`);
      return (await client.get<JSONWebKeySet>(new URL(discovery.jwks_uri).pathname)).body;
    } finally {
      client.close();
    }
  }
}
