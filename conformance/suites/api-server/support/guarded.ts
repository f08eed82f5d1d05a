import type { Cluster } from './cluster';
import { AS_NODE } from './kubelet';
import type { Answer, Refusal } from '../../../kube/client';
import type { KubernetesObject } from 'symbolon';

const POLICIES = '/apis/admissionregistration.k8s.io/v1';

/** Somebody who may do anything and is no kubelet. */
export const AS_SOMEBODY = { as: { user: 'somebody', groups: ['system:masters', 'system:authenticated'] } };

/** What a TokenRequest asks for. */
export interface Asked {
  readonly audiences?: readonly string[];
  readonly expirationSeconds?: number;
}

/** The API server while policies are in force. */
export class Guarded {
  private constructor(private readonly cluster: Cluster, private readonly policies: readonly KubernetesObject[]) {}

  /** Applies the policies, and waits until the server goes by them, which takes it a moment. */
  static async by(cluster: Cluster, policies: readonly KubernetesObject[]): Promise<Guarded> {
    const guarded = new Guarded(cluster, policies);
    for (const policy of policies) {
      const { status, body } = await cluster.apply(policy);
      if (status >= 300) throw new Error(`${policy.kind} ${policy.metadata.name}: ${status} ${body.message}`);
    }
    for (const namespace of guarded.namespaces) await guarded.until(namespace, refusal => refusal !== undefined);
    return guarded;
  }

  /** Takes the policies away, and waits until nobody is refused any more. */
  async lift(): Promise<void> {
    for (const { kind, metadata: { name } } of [...this.policies].reverse()) {
      const { status } = await this.cluster.client.delete(`${POLICIES}/${kind.toLowerCase().replace(/policy$/, 'policies')}${kind.endsWith('Binding') ? 's' : ''}/${name}`);
      if (status >= 300) throw new Error(`${kind} ${name} is still there`);
    }
    for (const namespace of this.namespaces) await this.until(namespace, refusal => refusal === undefined);
  }

  get namespaces(): readonly string[] {
    return [...new Set(this.policies.flatMap(({ spec }) => (spec as { matchConstraints?: { namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': string } } } }).matchConstraints?.namespaceSelector.matchLabels['kubernetes.io/metadata.name'] ?? []))];
  }

  /** Why the object may not be made; undefined where it may. Nothing is kept. */
  async refusalOf(object: KubernetesObject): Promise<string | undefined> {
    return refusalIn(await this.cluster.create(object));
  }

  /** The same for a token. A request for one is no object: nothing of it is ever kept. */
  async refusalOfToken(namespace: string, account: string, spec: Asked, by: typeof AS_SOMEBODY = AS_SOMEBODY): Promise<string | undefined> {
    const asked = { apiVersion: 'authentication.k8s.io/v1', kind: 'TokenRequest', spec };
    return refusalIn(await this.cluster.client.post<Refusal>(`/api/v1/namespaces/${namespace}/serviceaccounts/${account}/token`, asked, by));
  }

  /** Asks with a pod that no policy lets through, until the answer is as wanted. */
  private async until(namespace: string, wanted: (refusal: string | undefined) => boolean): Promise<void> {
    const account = 'nobody-at-all';
    await this.cluster.apply({ apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: account, namespace } });
    const probes: readonly (() => Promise<string | undefined>)[] = [
      () => this.refusalOf({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'probe', namespace }, spec: { serviceAccountName: account, automountServiceAccountToken: false, containers: [{ name: 'app', image: 'app:1' }] } }),
      () => this.refusalOfToken(namespace, account, {}),
      () => this.refusalOf(tokenSecret(namespace, account)),
    ];
    for (const probe of probes) {
      for (let left = 100; !wanted(await probe()); left--) {
        if (left === 0) throw new Error(`the policies of ${namespace} do not do what they should`);
        await new Promise(resolve => setTimeout(resolve, 100));
      }
    }
  }
}

/** A Secret that the controllers would fill with a token that never expires. */
export function tokenSecret(namespace: string, account: string): KubernetesObject {
  return { apiVersion: 'v1', kind: 'Secret', type: 'kubernetes.io/service-account-token', metadata: { name: 'legacy', namespace, annotations: { 'kubernetes.io/service-account.name': account } } };
}

function refusalIn({ status, body }: Answer<Refusal>): string | undefined {
  return status < 300 ? undefined : body.message;
}

export { AS_NODE };
