/** The proof over roles of Vault and pods that nobody here generated. */
import { account, only, pod } from './support';
import type { KubernetesObject } from '../../src/kubernetes/manifest';
import type { TrustArtifact } from '../../src/proof/artifacts';
import { prove } from '../../src/proof/prove';

const ISSUER = 'https://k3s.example.com/';
const MOUNT = { kubernetes: 'vault.example.com/auth/kubernetes', jwt: 'vault.example.com/auth/jwt' };
const SUBJECT = 'system:serviceaccount:shop:checkout';
const DOMAIN = 'vault.hashicorp.com';

const named = (mechanism: 'kubernetes' | 'jwt', request: object): TrustArtifact => {
  const name = `${MOUNT[mechanism]}/role/checkout`;
  return { provider: 'vault', kind: `${mechanism}.Role`, name, becomes: name, request };
};
const kubernetes = (request: object = {}) => named('kubernetes', { bound_service_account_names: ['checkout'], bound_service_account_namespaces: ['shop'], audience: 'vault', ...request });
const jwt = (request: object = {}) => named('jwt', { role_type: 'jwt', user_claim: 'sub', bound_audiences: ['vault'], bound_subject: SUBJECT, ...request });
const config = (cluster: string): TrustArtifact => ({ provider: 'vault', kind: 'kubernetes.Config', name: `${MOUNT.kubernetes}/config`, cluster, request: { kubernetes_host: 'https://k3s.example.com:6443' } });
const keys = (bound_issuer: string): TrustArtifact => ({ provider: 'vault', kind: 'jwt.AuthMount', name: MOUNT.jwt, cluster: 'k3s', request: { type: 'jwt', config: { oidc_discovery_url: bound_issuer, bound_issuer } } });

const token = (audience = 'vault') => ({ name: 't', projected: { sources: [{ serviceAccountToken: { path: 'token', audience } }] } });
const byVariables = (mechanism: 'kubernetes' | 'jwt', env: { readonly [name: string]: string } = {}, audience?: string) => pod({
  containers: [{
    name: 'app',
    env: Object.entries({ VAULT_ADDR: 'https://vault.example.com', VAULT_AUTH_PATH: `auth/${mechanism}`, VAULT_ROLE: 'checkout', VAULT_JWT_FILE: '/t/token', ...env }).map(([name, value]) => ({ name, value })),
    volumeMounts: [{ name: 't', mountPath: '/t' }],
  }],
  volumes: [token(audience)],
});
const byAgent = (annotations: object = {}, spec: object = {}) => pod({ volumes: [token()], ...spec }, {
  annotations: { [`${DOMAIN}/agent-inject`]: 'true', [`${DOMAIN}/service`]: 'https://vault.example.com', [`${DOMAIN}/role`]: 'checkout', [`${DOMAIN}/agent-service-account-token-volume-name`]: 't', ...annotations },
});
const ask = (trust: readonly TrustArtifact[], workload: KubernetesObject) => prove({ clusters: [{ name: 'k3s', issuer: ISSUER, objects: [account(), workload] }], trust });

test.each<[string, readonly TrustArtifact[], KubernetesObject]>([
  ['kubernetes, by variables', [kubernetes(), config('k3s')], byVariables('kubernetes')],
  ['kubernetes, by the agent', [kubernetes(), config('k3s')], byAgent()],
  ['jwt, by variables', [jwt(), keys(ISSUER)], byVariables('jwt')],
  ['jwt, by the agent', [jwt(), keys(ISSUER)], byAgent({ [`${DOMAIN}/auth-path`]: 'auth/jwt', [`${DOMAIN}/auth-type`]: 'jwt' })],
])('%s: the right role admits, and nobody else', (_how, trust, workload) => {
  const proof = ask(trust, workload);
  expect(only(proof.verdicts)).toMatchObject({ admitted: true, decided: true, becomes: trust[0]?.name });
  expect(only(proof.verdicts).reason).not.toContain('provided that');
  expect(proof).toMatchObject({ holds: true, strangers: [] });
});

test.each<[string, readonly TrustArtifact[], RegExp]>([
  ['another name', [kubernetes({ bound_service_account_names: ['check-out'] })], /takes the namespaces shop with the names check-out, the pod is shop\/checkout/],
  ['another namespace', [kubernetes({ bound_service_account_namespaces: ['prod'] })], /takes the namespaces prod/],
  ['another audience', [kubernetes({ audience: 'https://vault.example.com' })], /wants the audience/],
  ['no audience', [kubernetes({ audience: undefined })], /only a token for the API server/],
  ['a pattern that is none', [kubernetes({ bound_service_account_names: ['check.ut'] })], /with the names check\.ut/],
  ['a mount that asks another cluster', [kubernetes(), config('blue')], /asks the API server of blue/],
])('kubernetes: %s is refused', (_what, trust, reason) => {
  const proof = ask(trust, byVariables('kubernetes'));
  expect(only(proof.verdicts)).toMatchObject({ admitted: false, decided: true, reason: expect.stringMatching(reason) });
  expect(proof.holds).toBe(false);
});

test.each<[string, readonly TrustArtifact[], RegExp]>([
  ['a role for browsers, which is the default', [jwt({ role_type: undefined })], /role_type/],
  ['no audiences', [jwt({ bound_audiences: undefined })], /no bound_audiences/],
  ['another audience', [jwt({ bound_audiences: ['other'] })], /wants the audience "other"/],
  ['another subject', [jwt({ bound_subject: 'system:serviceaccount:shop:check-out' })], /wants the subject/],
  ['a star that is taken by the letter', [jwt({ bound_subject: undefined, bound_claims: { sub: 'system:serviceaccount:shop:*' } })], /wants the subject "system:serviceaccount:shop:\*"/],
  ['an issuer without its slash in the role', [jwt({ bound_claims: { iss: 'https://k3s.example.com' } })], /lacks the slash/],
  ['an issuer without its slash in the mount', [jwt(), keys('https://k3s.example.com')], /lacks the slash/],
])('jwt: %s is refused', (_what, trust, reason) => {
  expect(only(ask(trust, byVariables('jwt')).verdicts)).toMatchObject({ admitted: false, decided: true, reason: expect.stringMatching(reason) });
});

test('a claim that is not known here is not decided', () => {
  expect(only(ask([jwt({ bound_claims: { '/kubernetes.io/namespace': 'shop' } })], byVariables('jwt')).verdicts)).toMatchObject({ admitted: false, decided: false });
});

test.each<[string, KubernetesObject, RegExp]>([
  ['no token at the path', byVariables('kubernetes', { VAULT_JWT_FILE: '/t/jwt' }), /has no file jwt/],
  ['a token for another audience', byVariables('kubernetes', {}, 'https://vault.example.com'), /wants the audience "vault"/],
  ['a volume that does not exist', byAgent({ [`${DOMAIN}/agent-service-account-token-volume-name`]: 'other' }), /no service account token in other/],
  ['no volume named, and none mounted', byAgent({ [`${DOMAIN}/agent-service-account-token-volume-name`]: undefined }), /no service account token in any volume/],
])('a pod with %s does not get in', (_what, workload, reason) => {
  expect(only(ask([kubernetes()], workload).verdicts)).toMatchObject({ admitted: false, reason: expect.stringMatching(reason) });
});

test('of a volume with several tokens the injector takes the first, and an IRSA mount that no annotation rules out', () => {
  const two = { name: 't', projected: { sources: [{ serviceAccountToken: { path: 'other', audience: 'other' } }, { serviceAccountToken: { path: 'token', audience: 'vault' } }] } };
  expect(only(ask([kubernetes()], byAgent({}, { volumes: [two] })).verdicts).claims.audience).toBe('other');
  const irsa = { volumes: [{ name: 'aws-iam-token', projected: { sources: [{ serviceAccountToken: { path: 'token', audience: 'sts.amazonaws.com' } }] } }], containers: [{ name: 'app', volumeMounts: [{ name: 'aws-iam-token', mountPath: '/var/run/secrets/eks.amazonaws.com/serviceaccount' }] }] };
  expect(ask([kubernetes()], byAgent({ [`${DOMAIN}/agent-service-account-token-volume-name`]: undefined }, irsa)).verdicts).toContainEqual(expect.objectContaining({ provider: 'vault', admitted: false, claims: expect.objectContaining({ audience: 'sts.amazonaws.com' }) }));
});

test.each<[string, TrustArtifact, RegExp]>([
  ['names with a star', kubernetes({ bound_service_account_names: ['checkout', 'check*'] }), /like shop\/check\*/],
  ['every namespace', kubernetes({ bound_service_account_namespaces: ['shop', '*'] }), /like \*\/checkout/],
  ['a selector of namespaces', kubernetes({ bound_service_account_namespace_selector: '{"matchLabels":{"team":"shop"}}' }), /every namespace that .*team/],
  ['a second name', kubernetes({ bound_service_account_names: ['checkout', 'old'] }), /serviceaccount:shop:old for vault/],
])('kubernetes: %s lets strangers in', (_what, role, who) => {
  expect(ask([role], byVariables('kubernetes'))).toMatchObject({ holds: false, verdicts: [{ admitted: true }], strangers: [{ who: expect.stringMatching(who) }] });
});

test.each<[string, TrustArtifact, RegExp]>([
  ['no subject', jwt({ bound_subject: undefined }), /every service account that the mount knows/],
  ['subjects with a star', jwt({ bound_subject: undefined, bound_claims_type: 'glob', bound_claims: { sub: 'system:serviceaccount:shop:*' } }), /like system:serviceaccount:shop:\*/],
  ['a second subject', jwt({ bound_subject: undefined, bound_claims: { sub: [SUBJECT, 'system:serviceaccount:shop:old'] } }), /shop:old for vault/],
  ['a second audience', jwt({ bound_audiences: ['vault', 'other'] }), /for other/],
])('jwt: %s lets strangers in', (_what, role, who) => {
  expect(ask([role], byVariables('jwt'))).toMatchObject({ holds: false, verdicts: [{ admitted: true }], strangers: [{ who: expect.stringMatching(who) }] });
});
