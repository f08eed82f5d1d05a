/**
 * The Kubernetes half, and a workload of the program's own, in the cluster of IN_CLUSTER, a kubeconfig. NAMESPACE is
 * there already: nobody would clear away what the provider waits for when it deletes one. GROWN adds a second service
 * account to the identity.
 */
import { readFileSync } from 'node:fs';
import * as kubernetes from '@pulumi/kubernetes';
import { halfDefinition } from './definitions';
import { WorkloadIdentity } from 'symbolon/pulumi';

const { IN_CLUSTER = '', NAMESPACE = '', GROWN } = process.env;

const provider = new kubernetes.Provider('cluster', { kubeconfig: readFileSync(IN_CLUSTER, 'utf8') });

const definition = halfDefinition(NAMESPACE, GROWN !== undefined);
const identity = new WorkloadIdentity('checkout', { definition, halves: 'kubernetes', on: { blue: { kubernetes: provider } } });

const labels = { app: 'web' };
new kubernetes.apps.v1.Deployment('web', {
  // No controller runs that would make it ready.
  metadata: { name: 'web', namespace: NAMESPACE, annotations: { 'pulumi.com/skipAwait': 'true' } },
  spec: {
    selector: { matchLabels: labels },
    template: identity.on('blue').podTemplate({ metadata: { labels }, spec: { containers: [{ name: 'app', image: 'shop/checkout:1.4' }] } }, 'checkout'),
  },
}, { provider, dependsOn: identity });
