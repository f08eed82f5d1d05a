/** Admission policies in both directions: what definitions ask for gets in, as examples and generated definitions have it; what they do not name is refused, and the message says why. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { loadAll } from 'js-yaml';
import { Cluster } from './support/cluster';
import type { AS_NODE } from './support/guarded';
import { Guarded, tokenSecret } from './support/guarded';
import { Kubelet } from './support/kubelet';
import { relocated } from './support/relocated';
import { CONTAINERS, hasPods, makeOf, podOf } from './support/workloads';
import { identitiesArbOf } from '../../../test/support/arbitraries';
import { count, testUnless } from '../support/report';
import {
  admissionPolicies, defineCluster, defineWorkloadIdentity, inject, planWorkloadIdentities,
  type KubernetesObject, type PlannedCluster, type WorkloadIdentityDefinition,
} from 'symbolon';

const ROOT = join(__dirname, '../../..');
const cluster = new Cluster();
const kubelet = new Kubelet(cluster);
afterAll(() => cluster.close());

const theirs = cluster.facts.own ? undefined : 'policies in a cluster that is somebody\'s are for them to apply';
const AUDIENCE = 'https://payments.example.com';

interface Source {
  readonly audience?: string;
  readonly expirationSeconds?: number;
}

function podAs(namespace: string, serviceAccountName: string, sources: readonly Source[], spec: object = {}): KubernetesObject {
  const projected = { sources: sources.map((source, i) => ({ serviceAccountToken: { path: `token-${i}`, ...source } })) };
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'planted', namespace },
    spec: { serviceAccountName, automountServiceAccountToken: false, ...CONTAINERS, volumes: [...CONTAINERS.volumes, ...sources.length === 0 ? [] : [{ name: 'planted', projected }]], ...spec },
  };
}

async function accepted(object: KubernetesObject): Promise<void> {
  const { status, body } = await cluster.apply(object);
  if (status >= 300) throw new Error(`${object.kind} ${object.metadata.name}: ${status} ${body.message}`);
}

const account = (namespace: string, name: string): KubernetesObject => ({ apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name, namespace }, automountServiceAccountToken: false });

testUnless(theirs, 'api-server', 'what the definitions do not name is refused, and said: pods, requests for tokens, Secrets', async () => {
  const namespace = await cluster.namespace(cluster.fresh('guarded'));
  const other = await cluster.namespace(cluster.fresh('unguarded'));
  const prod = defineCluster({
    name: 'prod', issuer: 'https://oidc.eks.us-west-2.amazonaws.com/id/EXAMPLED539D4633E53DE1B71EXAMPLE', eks: { accountId: '111122223333', region: 'us-west-2', clusterName: 'prod' },
  });
  const definitions: readonly WorkloadIdentityDefinition[] = [
    defineWorkloadIdentity({ name: 'checkout', namespace, clusters: [prod], trustedBy: { aws: { injection: 'webhook' } }, tokens: { payments: { audience: AUDIENCE, expirationSeconds: 900 } } }),
    defineWorkloadIdentity({ name: 'operator', namespace, clusters: [prod], apiToken: true }),
  ];
  for (const { objects } of planWorkloadIdentities(definitions).clusters) for (const object of objects) await accepted(object);
  for (const name of ['stranger', 'mesh', 'web', 'default']) await accepted(account(namespace, name));
  for (const name of ['stranger', 'default']) await accepted(account(other, name));
  const guarded = await Guarded.by(cluster, admissionPolicies(definitions, {
    apiAudiences: [cluster.facts.issuer],
    also: [{ namespace, serviceAccount: 'web', automount: true }, { namespace, serviceAccount: 'mesh', audiences: { 'istio-ca': 43200 } }],
  }));
  const day = 86400;
  const answers: { [what: string]: string | undefined } = {};
  const pods: readonly (readonly [string, KubernetesObject])[] = [
    ['no token', podAs(namespace, 'checkout', [])],
    ['its own token', podAs(namespace, 'checkout', [{ audience: AUDIENCE, expirationSeconds: 900 }])],
    ['what the webhook of EKS adds', podAs(namespace, 'checkout', [{ audience: 'sts.amazonaws.com', expirationSeconds: day }])],
    ['a shorter life', podAs(namespace, 'checkout', [{ audience: AUDIENCE, expirationSeconds: 600 }])],
    ['the API, explicitly', podAs(namespace, 'operator', [{ expirationSeconds: 3600 }])],
    ['automounted', podAs(namespace, 'web', [], { automountServiceAccountToken: true })],
    ['the mesh', podAs(namespace, 'mesh', [{ audience: 'istio-ca', expirationSeconds: 43200 }])],
    ['another namespace', podAs(other, 'stranger', [{ audience: 'anything', expirationSeconds: day }])],
    ['another account', podAs(namespace, 'stranger', [])],
    ['no account said', podAs(namespace, '', [], { serviceAccountName: undefined })],
    ['another audience', podAs(namespace, 'checkout', [{ audience: 'vault', expirationSeconds: 900 }])],
    ['another audience, in second place', podAs(namespace, 'checkout', [{ audience: AUDIENCE, expirationSeconds: 900 }, { audience: 'vault', expirationSeconds: 900 }])],
    ['a longer life', podAs(namespace, 'checkout', [{ audience: AUDIENCE, expirationSeconds: 901 }])],
    ['a life that nobody says', podAs(namespace, 'checkout', [{ audience: AUDIENCE }])],
    ['the audience of another account', podAs(namespace, 'operator', [{ audience: AUDIENCE, expirationSeconds: 900 }])],
    ['the API', podAs(namespace, 'checkout', [{ expirationSeconds: 3600 }])],
    ['the API, by its name', podAs(namespace, 'checkout', [{ audience: cluster.facts.issuer, expirationSeconds: 3600 }])],
    ['automounted against the account', podAs(namespace, 'checkout', [], { automountServiceAccountToken: true })],
  ];
  const SOMEBODY = undefined;
  const requests: readonly (readonly [string, string, { audiences?: string[]; expirationSeconds?: number }, typeof AS_NODE | undefined])[] = [
    ['its own', 'checkout', { audiences: [AUDIENCE], expirationSeconds: 900 }, SOMEBODY],
    ['two of its own', 'checkout', { audiences: [AUDIENCE, 'sts.amazonaws.com'], expirationSeconds: 900 }, SOMEBODY],
    ['the API for the operator', 'operator', {}, SOMEBODY],
    ['the API for the operator, by its name', 'operator', { audiences: [cluster.facts.issuer] }, SOMEBODY],
    ['another account', 'stranger', { audiences: [AUDIENCE], expirationSeconds: 900 }, SOMEBODY],
    ['another audience', 'checkout', { audiences: ['vault'] }, SOMEBODY],
    ['another audience beside its own', 'checkout', { audiences: [AUDIENCE, 'vault'], expirationSeconds: 900 }, SOMEBODY],
    ['a longer life', 'checkout', { audiences: [AUDIENCE], expirationSeconds: 3600 }, SOMEBODY],
    ['the API', 'checkout', {}, SOMEBODY],
  ];
  try {
    for (const [what, pod] of pods) answers[`pod, ${what}`] = await guarded.refusalOf(pod);
    for (const [what, name, spec] of requests) answers[`request, ${what}`] = await guarded.refusalOfToken(namespace, name, spec);
    answers['secret of a token'] = await guarded.refusalOf(tokenSecret(namespace, 'checkout'));
    answers['secret of something else'] = await guarded.refusalOf({ apiVersion: 'v1', kind: 'Secret', metadata: { name: 'plain', namespace }, stringData: { key: 'value' } });
    answers['secret of a token elsewhere'] = await guarded.refusalOf(tokenSecret(other, 'stranger'));
    count('api-server', 'requests decided by admission policies', Object.keys(answers).length);
  } finally {
    await guarded.lift();
  }
  const shown = Object.fromEntries(Object.entries(answers).map(([what, refusal]) => [what, refusal?.replace(/^.*denied request: /s, '').replaceAll(namespace, 'NS').replaceAll(cluster.facts.issuer, 'ISSUER')]));
  const ALLOWED = undefined;
  const accounts = 'in the namespace NS only these service accounts have pods and tokens: checkout, mesh, operator, web';
  const ofCheckout = `tokens of the service account checkout may be for ${AUDIENCE} (at most 900 s), sts.amazonaws.com (at most 86400 s)`;
  const ofOperator = 'tokens of the service account operator may be for the Kubernetes API (at most 3607 s)';
  expect(shown).toEqual({
    'pod, no token': ALLOWED,
    'pod, its own token': ALLOWED,
    'pod, what the webhook of EKS adds': ALLOWED,
    'pod, a shorter life': ALLOWED,
    'pod, the API, explicitly': ALLOWED,
    'pod, automounted': ALLOWED,
    'pod, the mesh': ALLOWED,
    'pod, another namespace': ALLOWED,
    'pod, another account': `it runs as the service account stranger; ${accounts}`,
    'pod, no account said': `it runs as the service account default; ${accounts}`,
    'pod, another audience': ofCheckout,
    'pod, another audience, in second place': ofCheckout,
    'pod, a longer life': ofCheckout,
    'pod, a life that nobody says': ofCheckout,
    'pod, the audience of another account': ofOperator,
    'pod, the API': ofCheckout,
    'pod, the API, by its name': ofCheckout,
    'pod, automounted against the account': ofCheckout,
    'request, its own': ALLOWED,
    'request, two of its own': ALLOWED,
    'request, the API for the operator': ALLOWED,
    'request, the API for the operator, by its name': ALLOWED,
    'request, another account': `it is for the service account stranger; ${accounts}`,
    'request, another audience': ofCheckout,
    'request, another audience beside its own': ofCheckout,
    'request, a longer life': ofCheckout,
    'request, the API': ofCheckout,
    'secret of a token': 'no Secret of the namespace NS holds the token of a service account, since it would never expire: take a projected token, or kubectl create token',
    'secret of something else': ALLOWED,
    'secret of a token elsewhere': ALLOWED,
  });
}, 120_000);

/** The workloads of a planned cluster, with those that others make. */
function podsOf({ injections }: PlannedCluster): readonly KubernetesObject[] {
  return injections.map(injection => podOf(inject(makeOf('Deployment', cluster.fresh('guarded')), injection), cluster.fresh('pod')));
}

testUnless(theirs, 'api-server', 'pods of whatever is defined pass, and the kubelet gets their tokens', async () => {
  await fc.assert(fc.asyncProperty(identitiesArbOf({ modes: ['explicit'], most: 2 }), async inputs => {
    const definitions = inputs.map(input => defineWorkloadIdentity(relocated(input, namespace => cluster.nameOf(namespace))));
    for (const planned of planWorkloadIdentities(definitions).clusters) {
      for (const object of [...planned.objects, ...planned.expected]) await accepted(object);
      const guarded = await Guarded.by(cluster, admissionPolicies(definitions, { cluster: planned.name }));
      try {
        for (const pod of podsOf(planned)) {
          const signed = await kubelet.tokensOf(await kubelet.run(pod));
          for (const { source } of signed) {
            const { metadata: { namespace = '' } } = pod;
            const { serviceAccountName } = pod.spec as { readonly serviceAccountName: string };
            expect(await guarded.refusalOf(podAs(namespace, serviceAccountName, [{ audience: `${source.audience ?? ''}-other`, expirationSeconds: source.expirationSeconds }]))).toContain('denied request');
          }
          count('api-server', 'pods let through by admission policies', 1);
        }
      } finally {
        await guarded.lift();
      }
    }
  }), { numRuns: 8 });
}, 300_000);

interface Besides {
  readonly namespace: string;
  readonly serviceAccount: string;
  readonly audiences?: { readonly [audience: string]: number };
}

/** The examples, as the command line renders them, and what runs besides in their namespaces. */
const EXAMPLES: readonly (readonly [name: string, file: string, also: readonly Besides[]])[] = [
  ['three-clouds', 'examples/three-clouds/app.ts', []],
  ['plain-yaml', 'examples/plain-yaml/identities.yaml', []],
  ['rbac', 'examples/rbac/identities.ts', []],
  ['attach-anywhere', 'examples/attach-anywhere/app.ts', [{ namespace: 'shop', serviceAccount: 'default' }]],
  ['tokens', 'examples/tokens/app.ts', [{ namespace: 'shop', serviceAccount: 'reporter', audiences: { 'https://reports.example.com': 43200 } }]],
  ['jwt', 'examples/jwt/identities.ts', []],
  ['vault', 'examples/vault/identities.ts', []],
  ['ack', 'examples/ack/identities.ts', []],
  ['to-google', 'examples/to-google/identities.ts', []],
];

function symbolon(...argv: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['lib/cli/bin.js', ...argv], { cwd: ROOT, encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  return stdout;
}

test.each(theirs === undefined ? EXAMPLES : [])('the pods of the example %s pass the policies of its own definitions', async (_name, file, also) => {
  const folder = mkdtempSync(join(tmpdir(), 'symbolon-conformance-guardrails-'));
  try {
    symbolon('synth', file, '--out', folder);
    const besides = join(folder, 'also.json');
    writeFileSync(besides, JSON.stringify(also));
    const clusters = readdirSync(join(folder, 'kubernetes')).filter(name => !/^[._]/.test(name));
    for (const name of clusters) {
      const manifests = readdirSync(join(folder, 'kubernetes', name)).flatMap(each => loadAll(readFileSync(join(folder, 'kubernetes', name, each), 'utf8'))) as KubernetesObject[];
      const policies = loadAll(symbolon('guardrails', file, '--cluster', name, '--also', besides)) as KubernetesObject[];
      for (const manifest of manifests.filter(({ kind }) => kind === 'ServiceAccount')) await accepted(manifest);
      for (const { namespace, serviceAccount } of also) await accepted(account(namespace, serviceAccount));
      const guarded = await Guarded.by(cluster, policies);
      try {
        for (const workload of manifests.filter(hasPods)) {
          const pod = podOf(workload, cluster.fresh('example'));
          const { namespace = 'default' } = pod.metadata;
          if (!guarded.namespaces.includes(namespace)) continue;
          const refusal = await guarded.refusalOf({ ...pod, metadata: { ...pod.metadata, namespace } });
          expect([workload.metadata.name, refusal]).toEqual([workload.metadata.name, undefined]);
          expect(await guarded.refusalOf(podAs(namespace, 'nobody-at-all', []))).toContain('only these service accounts');
          count('api-server', 'pods of examples let through by admission policies', 1);
        }
      } finally {
        await guarded.lift();
      }
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
}, 120_000);
