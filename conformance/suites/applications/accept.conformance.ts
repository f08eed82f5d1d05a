/** The API's side of a custom audience, with tokens and answers of a real API server. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadAll } from 'js-yaml';
import { review, type Post } from '../../../examples/applications/node/accept-by-review';
import { KubeClient } from '../../kube/client';
import { readKubeconfig } from '../../kube/config';
import { Cluster } from '../api-server/support/cluster';
import { count, testUnless } from '../support/report';
import { systemIfHad } from '../support/systems';
import type { KubernetesObject } from 'symbolon';

const ROOT = join(__dirname, '../../..');
const AUDIENCE = 'https://payments.example.com';
const facts = systemIfHad('apiServer');
const cluster = facts === undefined ? undefined : new Cluster(facts);
const none = cluster === undefined ? 'there is no API server here' : undefined;
afterAll(() => cluster?.close());

interface Caller {
  readonly subject: string;
  readonly token: (audiences: readonly string[]) => Promise<string>;
  readonly remove: () => Promise<unknown>;
}

/** A service account of its own, and a way to tokens of it. */
async function caller(name: string): Promise<Caller> {
  const { client } = cluster as Cluster;
  const namespace = await (cluster as Cluster).namespace('shop');
  const path = `/api/v1/namespaces/${namespace}/serviceaccounts`;
  await client.post(path, { metadata: { name } });
  return {
    subject: `system:serviceaccount:${namespace}:${name}`,
    token: async audiences => (await client.post<{ status: { token: string } }>(`${path}/${name}/token`, { spec: { audiences, expirationSeconds: 600 } })).body.status.token,
    remove: () => client.delete(`${path}/${name}`),
  };
}

/** The API server, asked as the API's own service account, which has what the guide gives it and nothing else. */
async function asTheApi(): Promise<{ readonly post: Post; readonly client: KubeClient }> {
  const own = cluster as Cluster;
  for (const object of loadAll(readFileSync(join(ROOT, 'examples/applications/kubernetes/token-reviewer.yaml'), 'utf8')) as KubernetesObject[]) {
    expect((await own.apply(object)).body.message).toBeUndefined();
  }
  const path = `/api/v1/namespaces/${own.nameOf('payments')}/serviceaccounts/payments-api/token`;
  const { body } = await own.client.post<{ status: { token: string } }>(path, { spec: {} });
  const { server, ca } = readKubeconfig(own.facts.kubeconfig);
  const client = new KubeClient({ server, token: body.status.token, ...(ca !== undefined && { ca }) });
  const post: Post = async (at, object) => {
    const answer = await client.post<{ message?: string }>(at, object);
    if (answer.status >= 300) throw new Error(`${answer.status} ${answer.body.message ?? ''}`);
    return answer.body;
  };
  return { post, client };
}

testUnless(none, 'applications', 'by TokenReview: our audience is let in, others are not, and a deleted account no more', async () => {
  const own = cluster as Cluster;
  const { post, client } = await asTheApi();
  try {
    const checkout = await caller(own.fresh('checkout'));
    const allowed = { audience: AUDIENCE, subjects: [checkout.subject] };
    const token = await checkout.token([AUDIENCE]);
    // The authorizer hears of the new role a moment later.
    let answer: unknown;
    for (let left = 50; left > 0 && answer !== checkout.subject; left--) {
      answer = await review(post, token, allowed).catch(async (error: unknown) => new Promise(resolve => setTimeout(resolve, 100, error)));
    }
    expect(answer).toBe(checkout.subject);
    await expect(review(post, await checkout.token([]), allowed)).rejects.toThrow(/not a valid token/);
    await expect(review(post, await checkout.token(['https://other.example.com']), allowed)).rejects.toThrow(/not a valid token/);
    await expect(review(post, `${token}x`, allowed)).rejects.toThrow(/not a valid token/);
    await expect(review(post, token, { ...allowed, subjects: [] })).rejects.toThrow(/may not call/);
    // Asked without an audience, the server speaks of its own: a token for the Kubernetes API would be let in by who does not look.
    const careless = await post('/apis/authentication.k8s.io/v1/tokenreviews', { spec: { token: await checkout.token([]) } });
    expect(careless).toMatchObject({ status: { authenticated: true, audiences: [own.facts.issuer] } });
    // It may ask, and nothing else.
    expect((await client.get('/api/v1/namespaces')).status).toBe(403);
    expect((await client.post('/apis/authorization.k8s.io/v1/subjectaccessreviews', { spec: {} })).status).toBe(403);
    // Of a deletion the server hears a moment later, and its answers it remembers for some seconds: so each of these is shown once.
    const late: string[] = [];
    for (let i = 0; i < 20; i++) late.push(await checkout.token([AUDIENCE]));
    await checkout.remove();
    let refused: unknown;
    for (const each of late) {
      refused = await review(post, each, allowed).then(() => undefined, (error: unknown) => error);
      if (refused !== undefined) break;
      await new Promise(resolve => setTimeout(resolve, 500));
    }
    expect(String(refused)).toMatch(/not a valid token/);
    count('applications', 'reviews of real tokens', 8);
  } finally {
    client.close();
  }
});

const theirs = none ?? (facts?.own === true ? undefined : 'whether somebody\'s cluster shows its keys to everybody is for them to say');
testUnless(theirs, 'applications', 'by JWKS: the same, but for the account that was deleted, which nobody notices', async () => {
  const own = cluster as Cluster;
  const folder = mkdtempSync(join(tmpdir(), 'symbolon-conformance-accept-'));
  try {
    writeFileSync(join(folder, 'ca.pem'), readKubeconfig(own.facts.kubeconfig).ca ?? '');
    const checkout = await caller(own.fresh('checkout'));
    const tokens = [
      await checkout.token([AUDIENCE]), await checkout.token([]), await checkout.token(['https://other.example.com']), await checkout.token([AUDIENCE, 'https://other.example.com']),
    ];
    await checkout.remove();
    const { stdout, stderr } = spawnSync(process.execPath, ['-r', 'ts-node/register/transpile-only', join(__dirname, 'programs/accept.ts')], {
      cwd: ROOT,
      encoding: 'utf8',
      input: JSON.stringify({ accepting: { issuer: own.facts.issuer, audience: AUDIENCE, subjects: [checkout.subject] }, tokens }),
      env: { ...process.env, TS_NODE_PROJECT: 'tsconfig.dev.json', NODE_EXTRA_CA_CERTS: join(folder, 'ca.pem') },
    });
    const said = { stderr, answers: stdout === '' ? [] : JSON.parse(stdout) as readonly string[] };
    expect(said).toEqual({ stderr: '', answers: [checkout.subject, expect.stringMatching(/"aud"/), expect.stringMatching(/"aud"/), expect.stringMatching(/for others/)] });
    count('applications', 'real tokens verified by the published keys', tokens.length);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

testUnless(none, 'applications', 'the example of ACK\'s page, as the guide has it, is accepted', async () => {
  for (const object of loadAll(readFileSync(join(ROOT, 'examples/applications/kubernetes/build-robot.yaml'), 'utf8')) as KubernetesObject[]) {
    const placed = { ...object, metadata: { ...object.metadata, namespace: await (cluster as Cluster).namespace('ack') } };
    expect((await (cluster as Cluster).apply(placed)).body.message).toBeUndefined();
  }
});
