/** The alerts: each metric and label that they ask for is one of a real API server, and moves when what they speak of happens. */
import { chosen, samplesOf, selectorsIn, type Sample, type Selector } from './support/metrics';
import { TokenMaker } from './support/tokens';
import { KubeClient } from '../../kube/client';
import { readKubeconfig } from '../../kube/config';
import { Cluster } from '../api-server/support/cluster';
import { AS_NODE, Kubelet } from '../api-server/support/kubelet';
import { count, testUnless } from '../support/report';
import { systemIfHad } from '../support/systems';
import { alertRules } from 'symbolon';

const facts = systemIfHad('apiServer');
const cluster = facts === undefined ? undefined : new Cluster(facts);
afterAll(() => cluster?.close());

const none = cluster === undefined ? 'there is no API server here'
  : facts?.signingKey === undefined ? 'the events are made with the key that signs tokens, and that of somebody\'s cluster is theirs' : undefined;

async function scrape(): Promise<readonly Sample[]> {
  return samplesOf((await (cluster as Cluster).client.get<string>('/metrics')).body);
}

/** Shows the token to the server, once. */
async function show(token: string): Promise<number> {
  const { server, ca } = readKubeconfig((cluster as Cluster).facts.kubeconfig);
  const client = new KubeClient({ server, token, ...(ca !== undefined && { ca }) });
  try {
    return (await client.post('/apis/authentication.k8s.io/v1/selfsubjectreviews', { apiVersion: 'authentication.k8s.io/v1', kind: 'SelfSubjectReview' })).status;
  } finally {
    client.close();
  }
}

/** What happens, the answer of the server, and what it counts. */
type Use = readonly [string, () => Promise<string>, number, readonly string[]];

function valueOf(samples: readonly Sample[], metric: string): number {
  return samples.filter(sample => sample.metric === metric).reduce((sum, { value }) => sum + value, 0);
}

testUnless(none, 'applications', 'each counter of token uses grows with what its alert speaks of, and with nothing else', async () => {
  const maker = await TokenMaker.of(cluster as Cluster, (cluster as Cluster).fresh('on-call'));
  const uses: readonly Use[] = [
    ['a token of a Secret', () => maker.legacy(), 201, ['serviceaccount_legacy_tokens_total', 'serviceaccount_legacy_manual_token_uses_total']],
    ['one that Kubernetes made', () => maker.legacy({}, { auto: true }), 201, ['serviceaccount_legacy_tokens_total', 'serviceaccount_legacy_auto_token_uses_total']],
    ['one that was marked invalid', () => maker.legacy({ 'kubernetes.io/legacy-token-invalid-since': '2026-01-01' }), 401, ['serviceaccount_invalid_legacy_auto_token_uses_total', 'serviceaccount_legacy_tokens_total']],
    ['an extended one that was replaced long ago', () => maker.extended(-60), 201, ['serviceaccount_stale_tokens_total']],
    ['an extended one in its first hour', () => maker.extended(60), 201, ['serviceaccount_valid_tokens_total']],
  ];
  for (const [what, make, status, counters] of uses) {
    const [token, before] = [await make(), await scrape()];
    expect({ what, status: await show(token) }).toEqual({ what, status });
    const after = await scrape();
    const grown = [...new Set(after.map(({ metric }) => metric))].filter(metric => metric.startsWith('serviceaccount_') && valueOf(after, metric) > valueOf(before, metric));
    expect({ what, grown: grown.sort() }).toEqual({ what, grown: [...counters].sort() });
    count('applications', 'uses of tokens that a counter noticed', 1);
  }
});

const is = (label: string, value: string): Selector['matchers'][number] => ({ label, operator: '=', value });
const REQUESTS: Selector = { metric: 'apiserver_request_total', matchers: [is('resource', 'serviceaccounts'), is('subresource', 'token')] };
function codesIn(samples: readonly Sample[]): { readonly [code: string]: number } {
  return Object.fromEntries(chosen(samples, REQUESTS).map(({ labels, value }) => [labels.code, value]));
}

/** Asks as a node for a token of one of its pods, for an audience that the pod does not name, until it is admission that refuses it. */
async function askAsNode(): Promise<void> {
  const own = cluster as Cluster;
  const namespace = await own.namespace('on-call');
  await own.client.post(`/api/v1/namespaces/${namespace}/serviceaccounts`, { metadata: { name: 'default' } });
  const metadata = { name: own.fresh('pod'), namespace };
  const pod = await new Kubelet(own).run({ apiVersion: 'v1', kind: 'Pod', metadata, spec: { containers: [{ name: 'app', image: 'app' }] } });
  const path = `/api/v1/namespaces/${namespace}/serviceaccounts/default/token`;
  const boundObjectRef = { apiVersion: 'v1', kind: 'Pod', name: pod.metadata.name, uid: pod.metadata.uid };
  for (let left = 100; left > 0; left--) {
    const { body } = await own.client.post<{ message?: string }>(path, { spec: { audiences: ['https://payments.example.com'], boundObjectRef } }, AS_NODE);
    if (body.message?.includes('audience') === true) return;
    await new Promise(resolve => setTimeout(resolve, 100));
  }
  throw new Error('admission never refused the audience');
}

testUnless(none, 'applications', 'every series that an alert asks for is there, with its labels', async () => {
  const own = cluster as Cluster;
  const namespace = await own.namespace('on-call');
  const name = own.fresh('asked');
  await own.client.post(`/api/v1/namespaces/${namespace}/serviceaccounts`, { metadata: { name } });
  const path = `/api/v1/namespaces/${namespace}/serviceaccounts/${name}/token`;
  expect((await own.client.post(path, { spec: { audiences: ['https://payments.example.com'] } })).status).toBe(201);
  expect((await own.client.post(path, { spec: { expirationSeconds: 300 } })).status).toBe(422);
  await askAsNode();

  const samples = await scrape();
  for (const { alert, expr } of alertRules().groups.flatMap(({ rules }) => rules)) {
    for (const { metric, matchers } of selectorsIn(expr)) {
      // That the server fails is nothing that we can bring about: it has the label all the same.
      const failing = matchers.some(({ value }) => value.startsWith('5..'));
      const found = chosen(samples, { metric, matchers: failing ? matchers.filter(({ label }) => label !== 'code') : matchers });
      expect({ alert, metric, matchers, series: found.length > 0 }).toEqual({ alert, metric, matchers, series: true });
      for (const { label } of matchers) expect({ alert, label, there: found.every(({ labels }) => label in labels) }).toEqual({ alert, label, there: true });
      count('applications', 'selectors of alerts that chose series of a real server', 1);
    }
  }
  expect(Object.keys(codesIn(samples))).toEqual(expect.arrayContaining(['201', '403', '422']));
  expect([...new Set(chosen(samples, REQUESTS).map(({ labels }) => labels.verb))]).toEqual(['POST']);
  expect(samples.filter(({ metric }) => metric === 'serviceaccount_token_requests_total')).toEqual([]);
});

testUnless(none, 'applications', 'who is not allowed to ask is not counted, as the runbook says', async () => {
  const own = cluster as Cluster;
  const path = `/api/v1/namespaces/${await own.namespace('on-call')}/serviceaccounts/default/token`;
  const before = codesIn(await scrape());
  expect((await own.client.post(path, { spec: {} }, { as: { user: 'nobody', groups: ['system:authenticated'] } })).status).toBe(403);
  expect(codesIn(await scrape())).toEqual(before);
});
