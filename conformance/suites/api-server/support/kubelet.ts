import { createLocalJWKSet, jwtVerify, type JSONWebKeySet, type JWTPayload } from 'jose';
import type { Cluster } from './cluster';
import type { Answer, SendOptions } from '../../../kube/client';
import type { KubernetesObject } from 'symbolon';

const NODE = 'symbolon-conformance';
/** How the kubelet of that node asks. */
export const AS_NODE: SendOptions = { as: { user: `system:node:${NODE}`, groups: ['system:nodes', 'system:authenticated'] } };

/** A pod as the server keeps it. */
export interface StoredPod {
  readonly metadata: { readonly name: string; readonly namespace: string; readonly uid: string };
  readonly spec: {
    readonly serviceAccountName: string;
    readonly volumes?: readonly { readonly projected?: { readonly sources: readonly { readonly serviceAccountToken?: TokenSource }[] } }[];
  };
}

export interface TokenSource {
  readonly audience?: string;
  readonly expirationSeconds: number;
  readonly path: string;
}

/** A token that the server signed, and the source that asked for it. */
export interface SignedToken {
  readonly source: TokenSource;
  readonly token: string;
  /** The claims, after the signature was checked against the keys that the server publishes. */
  readonly claims: JWTPayload;
}

interface TokenRequest {
  readonly message?: string;
  readonly status: { readonly token: string };
}

/**
 * What the kubelet does for a pod: asks the API server, as the node that the pod is on, for each token that the pod's
 * projected volumes name. In a cluster that is not ours no node is made up: the pod waits, and we ask in our own name.
 */
export class Kubelet {
  private readonly keys: Promise<JSONWebKeySet>;
  private readonly node: Promise<unknown>;

  constructor(private readonly cluster: Cluster) {
    this.keys = cluster.client.get<JSONWebKeySet>('/openid/v1/jwks').then(({ body }) => body);
    this.node = cluster.facts.own ? cluster.client.post('/api/v1/nodes', { metadata: { name: NODE } }) : Promise.resolve();
  }

  /** Creates the pod, so that it never runs, and gives what the server made of it. */
  async run(pod: KubernetesObject): Promise<StoredPod> {
    await this.node;
    const place = this.cluster.facts.own ? { nodeName: NODE } : { schedulingGates: [{ name: 'symbolon.dev/conformance' }] };
    const { status, body } = await this.cluster.apply({ ...pod, spec: { ...pod.spec as object, ...place } });
    if (status >= 300) throw new Error(`${pod.metadata.name}: ${body.message}`);
    return body as unknown as StoredPod;
  }

  async tokensOf(pod: StoredPod): Promise<readonly SignedToken[]> {
    const sources = (pod.spec.volumes ?? []).flatMap(volume => volume.projected?.sources ?? []).flatMap(source => source.serviceAccountToken ?? []);
    const keys = createLocalJWKSet(await this.keys);
    return Promise.all(sources.map(async source => {
      const { status, body } = await this.request(pod, source);
      if (status >= 300) throw new Error(`no token for ${source.audience ?? 'the API'}: ${status} ${body.message}`);
      const { token } = body.status;
      return { source, token, claims: (await jwtVerify(token, keys)).payload };
    }));
  }

  /** Whether the API server itself takes the token. */
  async isKnown(token: string): Promise<boolean> {
    const review = { apiVersion: 'authentication.k8s.io/v1', kind: 'TokenReview', spec: { token } };
    const { body } = await this.cluster.client.post<{ status: { authenticated?: boolean } }>('/apis/authentication.k8s.io/v1/tokenreviews', review);
    return body.status.authenticated === true;
  }

  /** What decides on nodes, an authorizer and an admission plugin, hears of a new pod a moment later than we do. */
  private async request({ metadata, spec }: StoredPod, { audience, expirationSeconds }: TokenSource): Promise<Answer<TokenRequest>> {
    const path = `/api/v1/namespaces/${metadata.namespace}/serviceaccounts/${spec.serviceAccountName}/token`;
    const asked = {
      apiVersion: 'authentication.k8s.io/v1',
      kind: 'TokenRequest',
      spec: {
        audiences: audience === undefined || audience === '' ? [] : [audience],
        expirationSeconds,
        boundObjectRef: { apiVersion: 'v1', kind: 'Pod', name: metadata.name, uid: metadata.uid },
      },
    };
    for (let left = 50; ; left--) {
      const answer = await this.cluster.client.post<TokenRequest>(path, asked, this.cluster.facts.own ? AS_NODE : {});
      if (![403, 404].includes(answer.status) || left === 0) return answer;
      await new Promise(resolve => setTimeout(resolve, 100));
    }
  }
}
