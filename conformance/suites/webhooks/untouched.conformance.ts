/** Pods that carry everything themselves, or want nothing: running webhooks change nothing that matters in them. */
import fc from 'fast-check';
import { clustersOf, make, type Made } from './support/made';
import { inSetting } from './support/modes';
import { seenIn } from './support/namespaces';
import type { PodSpec } from './support/view';
import { identitiesArbOf } from '../../../test/support/arbitraries';
import { Cluster } from '../api-server/support/cluster';
import { Kubelet } from '../api-server/support/kubelet';
import { count } from '../support/report';
import { defineWorkloadIdentity, planWorkloadIdentities, type InjectionMode, type KubernetesObject, type WorkloadIdentityInput } from 'symbolon';

const cluster = new Cluster();
const kubelet = new Kubelet(cluster);
afterAll(() => cluster.close());

/** The specifications that the server keeps, which differ in nothing but the namespace. */
const specsOf = ({ pods }: Made): readonly object[] => pods.map(({ stored: { spec } }) => spec);

test.each<InjectionMode>(['explicit', 'none'])('%s: the pods are the same with webhooks as without', async mode => {
  await fc.assert(fc.asyncProperty(identitiesArbOf({ modes: [mode], most: 2 }), async inputs => {
    for (const at of clustersOf(inputs)) {
      const beside = await make(cluster, kubelet, inputs, at, { mode, labels: seenIn(at) });
      const without = await make(cluster, kubelet, inputs, at, { mode });
      expect(specsOf(beside)).toEqual(specsOf(without));
      count('webhooks', `${mode} pods beside webhooks`, beside.pods.length);
    }
  }), { numRuns: 30 });
}, 600_000);

/** Beside what the pod carries itself, what webhooks want to see: somebody annotated the account, and labelled the pod, as well. */
function asIfForWebhooks(inputs: readonly WorkloadIdentityInput[], at: string): (object: KubernetesObject) => KubernetesObject {
  const plan = planWorkloadIdentities(inputs.map(input => defineWorkloadIdentity(inSetting({ mode: 'webhook', cloud: 'public' }, input))));
  const objects = plan.clusters.filter(({ name }) => name === at).flatMap(({ objects: own, expected }) => [...own, ...expected]);
  const here = plan.clusters.filter(({ name }) => name === at);
  const ofPods = new Map(here.flatMap(({ injections }) => injections.map(injection => [injection.serviceAccountName, injection.annotations])));
  const annotations = new Map(objects.map(({ kind, metadata }) => [`${kind} ${metadata.name}`, metadata.annotations]));
  return object => {
    const { kind, metadata, spec } = object;
    if (kind !== 'Pod') return { ...object, metadata: { ...metadata, annotations: { ...metadata.annotations, ...annotations.get(`${kind} ${metadata.name}`) } } };
    const forAzure = JSON.stringify(spec).includes('AZURE_CLIENT_ID');
    const { serviceAccountName } = spec as PodSpec;
    return {
      ...object,
      metadata: {
        ...metadata,
        labels: { ...metadata.labels, ...(forAzure && { 'azure.workload.identity/use': 'true' }) },
        // Whom it skips.
        annotations: { ...metadata.annotations, ...ofPods.get(serviceAccountName ?? '') },
      },
    };
  };
}

/** Without the volume that the Azure webhook adds in any case: a token at a path of its own, which no variable names. */
function withoutSpare({ spec }: { readonly spec: unknown }): object {
  const { initContainers = [], containers, volumes = [], ...rest } = spec as PodSpec;
  const kept = ({ name }: { readonly name: string }): boolean => !name.startsWith('azure-workload-identity-reserved-');
  const each = (container: (typeof containers)[number]): object => ({ ...container, volumeMounts: (container.volumeMounts ?? []).filter(kept) });
  return { ...rest, initContainers: initContainers.map(each), containers: containers.map(each), volumes: volumes.filter(kept) };
}

test('explicit as the webhook up to 1.5 has it, and annotated and labelled for webhooks all the same: nothing is doubled, nothing is overwritten', async () => {
  await fc.assert(fc.asyncProperty(identitiesArbOf({ modes: ['explicit'], most: 2 }), async inputs => {
    for (const at of clustersOf(inputs)) {
      const beside = await make(cluster, kubelet, inputs, at, { mode: 'explicit', layout: 'webhook-1.5', labels: seenIn(at), change: asIfForWebhooks(inputs, at.name) });
      const without = await make(cluster, kubelet, inputs, at, { mode: 'explicit', layout: 'webhook-1.5' });
      expect(beside.pods.map(({ stored }) => withoutSpare(stored))).toEqual(without.pods.map(({ stored }) => withoutSpare(stored)));
      count('webhooks', 'explicit pods that webhooks took for theirs', beside.pods.filter(({ manifest }) => JSON.stringify(manifest.spec).includes('AWS_ROLE_ARN') || JSON.stringify(manifest.spec).includes('AZURE_CLIENT_ID')).length);
    }
  }), { numRuns: 30 });
}, 600_000);

test('explicit as the webhook from 1.6 on has it, and labelled: the server refuses the pod, which is why the label is a finding there', async () => {
  const at = { name: 'aks', issuer: 'https://oidc.prod-aks.azure.com/0a1b2c3d-4e5f-4061-a273-8495a6b7c8d9/', aks: { tenantId: '66666666-2222-4333-8444-555555555555' } };
  const azure = { subscriptionId: '77777777-2222-4333-8444-555555555555', resourceGroup: 'shop', location: 'westeurope', clientId: '11111111-2222-4333-8444-555555555555' };
  const input = { name: 'reader', namespace: 'shop', clusters: [at], trustedBy: { azure } };
  const made = make(cluster, kubelet, [input], at, { mode: 'explicit', layout: 'webhook-1.6', labels: seenIn({}), change: asIfForWebhooks([input], at.name) });
  await expect(made).rejects.toThrow(/mountPath: Invalid value: "\/var\/run\/secrets\/azure\/wi": must be unique/);
});
