import { createPrivateKey } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { SignJWT, type JWTPayload } from 'jose';
import type { Cluster } from '../../api-server/support/cluster';

interface Account {
  readonly namespace: string;
  readonly name: string;
  readonly uid: string;
}

/** Makes a service account and tokens of it as controllers of a whole cluster would: there are none here. */
export class TokenMaker {
  private constructor(private readonly cluster: Cluster, private readonly account: Account) {}

  static async of(cluster: Cluster, name: string): Promise<TokenMaker> {
    const namespace = await cluster.namespace('on-call');
    const { body } = await cluster.client.post<{ metadata: { uid: string } }>(`/api/v1/namespaces/${namespace}/serviceaccounts`, { metadata: { name } });
    return new TokenMaker(cluster, { namespace, name, uid: body.metadata.uid });
  }

  /** A token of a Secret, as clusters made one for every account before 1.24. */
  async legacy(labels: object = {}, { auto = false } = {}): Promise<string> {
    const { namespace, name, uid } = this.account;
    const secret = this.cluster.fresh('token');
    const key = 'kubernetes.io/serviceaccount';
    const token = await this.sign({
      [`${key}/namespace`]: namespace, [`${key}/secret.name`]: secret, [`${key}/service-account.name`]: name, [`${key}/service-account.uid`]: uid, iss: 'kubernetes/serviceaccount',
    });
    await this.cluster.client.post(`/api/v1/namespaces/${namespace}/secrets`, {
      metadata: { name: secret, labels, annotations: { 'kubernetes.io/service-account.name': name } }, type: 'kubernetes.io/service-account-token', stringData: { token },
    });
    if (auto) await this.cluster.client.send('PATCH', `/api/v1/namespaces/${namespace}/serviceaccounts/${name}`, { secrets: [{ name: secret }] }, { type: 'application/merge-patch+json' });
    return token;
  }

  /** An automounted token that the server extended, and that the kubelet replaces after so many seconds from now. */
  extended(warnAfter: number): Promise<string> {
    const [{ namespace, name, uid }, now] = [this.account, Math.floor(Date.now() / 1000)];
    const { issuer } = this.cluster.facts;
    return this.sign({
      'iss': issuer,
      'aud': [issuer],
      'iat': now - 7200,
      'nbf': now - 7200,
      'exp': now + 3600,
      'kubernetes.io': { namespace, serviceaccount: { name, uid }, warnafter: now + warnAfter },
    });
  }

  private sign(claims: JWTPayload): Promise<string> {
    const { namespace, name } = this.account;
    const key = createPrivateKey(readFileSync(this.cluster.facts.signingKey as string));
    return new SignJWT({ ...claims, sub: `system:serviceaccount:${namespace}:${name}` }).setProtectedHeader({ alg: 'RS256' }).sign(key);
  }
}
