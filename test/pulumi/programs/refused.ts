/** Programs that fail, one for each name in CASE. Their issuers and images are made by a resource. */
import { late, lateBlue, onEks } from '../support/definitions';
import { Cluster } from '../support/resources';
import { defineCluster } from 'symbolon';
import { WorkloadIdentity } from 'symbolon/pulumi';

const made = (name: string) => new Cluster(name).issuer;

const CASES: { readonly [name: string]: () => unknown } = {
  'nobody gives the issuer': () => new WorkloadIdentity('checkout', { definition: late }),

  'the issuer that arrives breaks a rule': () => new WorkloadIdentity('checkout', { definition: { ...onEks, clusters: [lateBlue] }, on: { 'prod-blue': { facts: { issuer: made('blue') } } } }),

  'the issuer that arrives is not the one of the definition': () => new WorkloadIdentity('checkout', { definition: onEks, on: { 'prod-blue': { facts: { issuer: made('blue') } } } }),

  'with the issuers that arrive the trust policy is too long': () => {
    const clusters = Array.from({ length: 12 }, (_, i) => defineCluster({ name: `prod-${i}`, eks: { accountId: '111122223333', region: 'us-west-2', clusterName: `prod-${i}` } }));
    new WorkloadIdentity('checkout', { definition: { ...onEks, clusters }, on: Object.fromEntries(clusters.map(({ name }) => [name, { facts: { issuer: made(name) } }])) });
  },

  'the environment that arrives is not ours': () => {
    const identity = new WorkloadIdentity('checkout', { definition: { ...onEks, injection: 'explicit' } });
    return identity.on('prod-blue').podTemplate({ spec: { containers: [{ name: 'web', env: [{ name: 'AWS_ROLE_ARN', value: made('role') }] }] } });
  },
};

CASES[process.env.CASE ?? '']?.();
