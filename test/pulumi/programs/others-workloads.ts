/** Workloads that the identity does not make: in a component, as those of Helm charts and ConfigGroups are, and by themselves. */
import { Deployment } from '@pulumi/kubernetes/apps/v1/deployment';
import { CronJob } from '@pulumi/kubernetes/batch/v1/cronJob';
import { Pod } from '@pulumi/kubernetes/core/v1/pod';
import { Service } from '@pulumi/kubernetes/core/v1/service';
import { ServiceAccount } from '@pulumi/kubernetes/core/v1/serviceAccount';
import * as pulumi from '@pulumi/pulumi';
import { onAks, onEks } from '../support/definitions';
import { Cluster } from '../support/resources';
import { projectedTokens, WorkloadIdentity } from 'symbolon/pulumi';

const labels = { app: 'web' };
const template = (serviceAccountName?: pulumi.Input<string>, image: pulumi.Input<string> = 'web:1') => ({ metadata: { labels }, spec: { ...(serviceAccountName !== undefined && { serviceAccountName }), containers: [{ name: 'web', image, env: [{ name: 'KEY', value: pulumi.secret('hidden') }] }] } });
const deployment = (name: string, opts: pulumi.CustomResourceOptions, account?: pulumi.Input<string>, namespace?: string, image?: pulumi.Input<string>) =>
  new Deployment(name, {
    metadata: { name, ...(namespace !== undefined && { namespace }) },
    spec: { selector: { matchLabels: labels }, template: template(account, image) },
  }, opts);

/** What a chart is to Pulumi. */
class Release extends pulumi.ComponentResource {
  constructor(opts: pulumi.ComponentResourceOptions, makeAccount: boolean) {
    super('test:index:Release', 'release', {}, opts);
    const parent = this as pulumi.Resource;
    deployment('web', { parent }, 'checkout', 'shop', new Cluster('image').issuer);
    deployment('worker', { parent }, 'other', 'shop');
    deployment('bare', { parent });
    new CronJob('report', { metadata: { name: 'report' }, spec: { schedule: '@daily', jobTemplate: { spec: { template: { spec: { serviceAccountName: 'checkout', restartPolicy: 'Never', containers: [{ name: 'report' }] } } } } } }, { parent });
    new Pod('shell', { metadata: { name: 'shell', namespace: 'shop' }, spec: { serviceAccountName: 'checkout', containers: [{ name: 'shell', env: [{ name: 'KEY', value: pulumi.secret('hidden') }] }] } }, { parent });
    new Service('web', { metadata: { name: 'web' }, spec: { selector: labels } }, { parent });
    if (makeAccount) new ServiceAccount('checkout', { metadata: { name: 'checkout', namespace: 'shop', annotations: { note: 'x' } }, automountServiceAccountToken: true }, { parent });
  }
}

const CASES: { readonly [name: string]: () => unknown } = {
  'all that run as it': () => {
    const identity = new WorkloadIdentity('checkout', { definition: { ...onEks, injection: 'explicit' }, halves: 'both' });
    new Release({ transforms: [identity.on('prod-blue').transform()] }, false);
  },
  'one by name': () => {
    const identity = new WorkloadIdentity('checkout', { definition: { ...onEks, injection: 'explicit' }, halves: 'both' });
    new Release({ transforms: [identity.on('prod-blue').transform({ workload: 'Deployment/bare' })] }, false);
  },
  'an account of the chart': () => {
    const { namespace = '', ...definition } = onAks;
    const identity = new WorkloadIdentity('checkout', { definition: { ...definition, runsAs: [{ namespace, create: false }] } });
    new Release({ transforms: [identity.on('prod-aks').transform()] }, true);
  },
  'tokens for all': () => {
    const tokens = projectedTokens({ tokens: { audit: { audience: 'https://audit.example.com' } } });
    new Release({ transforms: [tokens.transform()] }, true);
  },
  'tokens for one, beside an identity': () => {
    const identity = new WorkloadIdentity('checkout', { definition: { ...onEks, injection: 'explicit' }, halves: 'both' });
    const tokens = projectedTokens({ tokens: { audit: { audience: 'https://audit.example.com' } } });
    new Release({ transforms: [identity.on('prod-blue').transform(), tokens.transform({ workload: 'CronJob/report' })] }, false);
  },
  'tokens that contradict': () => {
    const tokens = projectedTokens({ tokens: { key: { audience: 'https://audit.example.com', env: 'KEY' } } });
    deployment('web', { transforms: [tokens.transform()] }, 'web', 'shop');
  },
  'another service account': () => {
    const identity = new WorkloadIdentity('checkout', { definition: onEks });
    deployment('web', { transforms: [identity.on('prod-blue').transform({ workload: 'Deployment/web' })] }, 'other', 'shop');
  },
};

CASES[process.env.CASE ?? '']?.();
