/** What `authenticationConfiguration` renders, given to the API server of another cluster: it lets the callers in, under their names, and nobody else. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Cluster } from './support/cluster';
import { KubeClient } from '../../kube/client';
import { readKubeconfig } from '../../kube/config';
import { startApiServer } from '../../systems/api-server';
import type { ApiServerFacts } from '../../systems/facts';
import type { Running } from '../../systems/system';
import { count, testUnless } from '../support/report';
import { authenticationConfiguration, defineCluster, defineWorkloadIdentity, planWorkloadIdentities, tokenVerifier, type AuthenticationConfiguration } from 'symbolon';

const AUDIENCE = 'https://api.other.example.com';
const callers = new Cluster();
const { issuer, own, kubeconfig } = callers.facts;
const folder = mkdtempSync(join(tmpdir(), 'symbolon-conformance-authentication-'));
let other: Running<ApiServerFacts> | undefined;
afterAll(async () => {
  callers.close();
  await other?.stop();
  rmSync(folder, { recursive: true });
});

/** The other server reads the keys as anybody does, which a cluster has to allow. */
const DISCOVERY = {
  apiVersion: 'rbac.authorization.k8s.io/v1',
  kind: 'ClusterRoleBinding',
  metadata: { name: 'conformance-anonymous-discovery' },
  roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'system:service-account-issuer-discovery' },
  subjects: [{ apiGroup: 'rbac.authorization.k8s.io', kind: 'Group', name: 'system:unauthenticated' }],
};

/** The issuer has a certificate of our own authority: the one thing that a user's would not need. */
function withAuthority({ jwt, ...configuration }: AuthenticationConfiguration, certificateAuthority: string | undefined): object {
  const authority = certificateAuthority === undefined ? {} : { certificateAuthority };
  return { ...configuration, jwt: jwt.map(({ issuer: of, ...rules }) => ({ ...rules, issuer: { ...of, ...authority } })) };
}

async function tokenOf(namespace: string, name: string, audience: string): Promise<string> {
  const path = `/api/v1/namespaces/${namespace}/serviceaccounts`;
  await callers.client.post(path, { metadata: { name } });
  const { body } = await callers.client.post<{ status: { token: string } }>(`${path}/${name}/token`, { spec: { audiences: [audience], expirationSeconds: 600 } });
  return body.status.token;
}

testUnless(own ? undefined : 'the API server is somebody\'s, and nobody may read its keys', 'api-server', 'an authentication configuration', async () => {
  const namespace = await callers.namespace('callers');
  const verifier = tokenVerifier(planWorkloadIdentities(defineWorkloadIdentity({
    name: 'reports', namespace, clusters: [defineCluster({ name: 'prod', issuer })], trustedBy: { other: { provider: 'jwt', audience: AUDIENCE } },
  })), AUDIENCE);
  const { ca } = readKubeconfig(kubeconfig);
  const file = join(folder, 'authentication.json');
  writeFileSync(file, JSON.stringify(withAuthority(authenticationConfiguration(verifier, { prefixes: { [issuer]: 'prod:' } }), ca)));
  await callers.client.post('/apis/rbac.authorization.k8s.io/v1/clusterrolebindings', DISCOVERY);
  const home = join(folder, 'other');
  mkdirSync(home);
  other = await startApiServer({ folder: home, part: part => part.get() }, { authenticationConfig: file });
  const access = readKubeconfig(other.facts.kubeconfig);

  /** Who that server takes the bearer for; undefined for nobody. */
  const seenAs = async (token: string): Promise<string | undefined> => {
    const client = new KubeClient({ server: access.server, token, ...(access.ca !== undefined && { ca: access.ca }) });
    try {
      const { status, body } = await client.post<{ status?: { userInfo: { username: string } } }>('/apis/authentication.k8s.io/v1/selfsubjectreviews', { apiVersion: 'authentication.k8s.io/v1', kind: 'SelfSubjectReview' });
      count('api-server', 'tokens shown to the API server of another cluster', 1);
      return status === 401 ? undefined : body.status?.userInfo.username;
    } finally {
      client.close();
    }
  };

  const right = await tokenOf(namespace, 'reports', AUDIENCE);
  let seen: string | undefined;
  // The server reads the keys in its own time.
  for (let left = 100; left > 0 && seen === undefined; left--) {
    seen = await seenAs(right);
    if (seen === undefined) await new Promise(resolve => setTimeout(resolve, 300));
  }
  expect(seen).toBe(`prod:system:serviceaccount:${namespace}:reports`);
  const strangers = {
    'another service account': await seenAs(await tokenOf(namespace, 'stranger', AUDIENCE)),
    'the same in another namespace': await seenAs(await tokenOf(await callers.namespace('elsewhere'), 'reports', AUDIENCE)),
    'another audience': await seenAs(await tokenOf(namespace, 'reports', 'https://somebody.example.com')),
  };
  expect(strangers).toEqual({ 'another service account': undefined, 'the same in another namespace': undefined, 'another audience': undefined });
}, 300_000);
