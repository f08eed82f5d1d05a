import { readFileSync } from 'node:fs';
import type { ApiServerFacts } from './facts';
import { KubeClient } from '../kube/client';
import { readKubeconfig } from '../kube/config';
import { NotToBeHad } from '../parts/part';

/** The label of a namespace whose pods go through a webhook: nobody else's pods are touched. */
const DOMAIN = 'conformance.symbolon.dev';

/** A mutating webhook for pods, as its makers' own manifests register it, but for the address and the namespaces. */
export interface PodWebhook {
  readonly name: string;
  readonly url: string;
  readonly caFile: string;
  /** The value of its label in the namespaces that it serves. */
  readonly value: string;
  readonly reviewVersion: 'v1' | 'v1beta1';
  /** Which pods it is asked about. */
  readonly objectSelector: object;
}

/** What a namespace has to be labelled with. */
export function labelOf({ name, value }: Pick<PodWebhook, 'name' | 'value'>): { readonly [key: string]: string } {
  return { [`${DOMAIN}/${name}`]: value };
}

/** A webhook at the loopback address is found by an API server on this machine only. */
export function ownServer(facts: ApiServerFacts | undefined): ApiServerFacts {
  if (facts === undefined) throw new Error('a webhook starts after the API server');
  if (!facts.own) throw new NotToBeHad('the cluster of KUBECONFIG does not reach a webhook on this machine');
  return facts;
}

/** Registers the webhook. A pod that it cannot be asked about is refused, so that nothing passes it by unseen. */
export async function register({ kubeconfig }: ApiServerFacts, webhook: PodWebhook): Promise<void> {
  const { name, value, url, caFile, reviewVersion, objectSelector } = webhook;
  const client = new KubeClient(readKubeconfig(kubeconfig));
  try {
    const { status, body } = await client.post('/apis/admissionregistration.k8s.io/v1/mutatingwebhookconfigurations', {
      metadata: { name: `${name}-${value}` },
      webhooks: [{
        name: `${name}.${DOMAIN}`,
        clientConfig: { url, caBundle: readFileSync(caFile).toString('base64') },
        namespaceSelector: { matchLabels: labelOf(webhook) },
        objectSelector,
        rules: [{ apiGroups: [''], apiVersions: ['v1'], operations: ['CREATE'], resources: ['pods'] }],
        failurePolicy: 'Fail',
        sideEffects: 'None',
        admissionReviewVersions: [reviewVersion],
      }],
    });
    if (status !== 201) throw new Error(`${name} cannot be registered: ${JSON.stringify(body)}`);
  } finally {
    client.close();
  }
}
