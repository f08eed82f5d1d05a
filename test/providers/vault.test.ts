/** Vault and OpenBao: the rules of roles and mounts, what is written there, and what pods carry. */
import fc from 'fast-check';
import { identityArb } from '../support/arbitraries';
import { BINDINGS, blue, boundTo, checkoutWith, errorsOf, green, k3s, SENTENCE } from '../support/definitions';
import { checkWorkloadIdentity, defineCluster, defineWorkloadIdentity, planWorkloadIdentities, type ClusterInput, type InvalidDefinitionError, type Plan, type WorkloadIdentityInput } from 'symbolon';

const x = (length: number): string => 'x'.repeat(length);
const ADDRESS = BINDINGS.vault.address;
const planOf = (input: WorkloadIdentityInput): Plan => planWorkloadIdentities(defineWorkloadIdentity(input));
const codes = (input: WorkloadIdentityInput): readonly string[] => errorsOf(input).map(({ code, path }) => `${code} ${path}`);
const everything = (input: WorkloadIdentityInput): readonly string[] => checkWorkloadIdentity(input).map(({ code, severity }) => `${severity} ${code}`);
const runsAs = (...names: readonly string[]) => names.map(name => ({ namespace: name.split('/')[0] as string, serviceAccount: name.split('/')[1] as string }));
const PEM = '-----BEGIN PUBLIC KEY-----\nMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE\n-----END PUBLIC KEY-----\n';

test.each<[field: string, right: readonly unknown[], wrong: readonly unknown[], code: string, path?: string]>([
  ['address', ['https://vault.example.com', 'https://10.0.0.1:8200', 'http://vault.vault:8200'], [undefined, '', 'vault.example.com', 'https://vault.example.com/', 'https://vault.example.com/v1', 'https://Vault.example.com', 'https://u@vault.example.com'], 'vault/address'],
  ['vaultNamespace', ['team-a', 'org/team-a'], ['', '/team', 'team/', 'a b'], 'vault/namespace'],
  ['mount', ['kubernetes', 'clusters/blue', 'k8s_1.x', 'tokens'], ['', 'auth/kubernetes', '/kubernetes', 'kubernetes/', 'a b', 'token', 'token/blue'], 'vault/mount'],
  ['roleName', ['a', x(255), 'a_b.c-d', '_a'], ['', x(256), 'A', 'a/b', '-a', 'a-'], 'vault/role-name'],
  ['audience', ['vault', 'https://vault.example.com'], ['', '*', 'a b', 'vault*'], 'vault/audience'],
  ['expirationSeconds', [600, 86400], [599, 3600.5], 'token/lifetime'],
  ['tokenTtl', [1, 3600], [0, -1, 1.5], 'vault/ttl'],
  ['tokenMaxTtl', [1, 3600], [0, 1.5], 'vault/ttl'],
  ['tokenPolicies', [[], ['shop', 'team/shop-read']], [['root']], 'vault/policy', 'tokenPolicies[0]'],
  ['tokenPolicies', [], [['shop', 'Shop'], ['shop', 'shop']], 'vault/policy', 'tokenPolicies[1]'],
  ['unsafeGlobs', [{ namespaces: ['shop-*'], reason: 'one for each pull request' }, { serviceAccounts: ['*'], reason: 'all of the namespace' }], [{ serviceAccounts: ['*'], namespaces: ['*'], reason: 'x' }, { serviceAccounts: ['*'], namespaces: ['**'], reason: 'x' }, { serviceAccounts: ['web', '***'], namespaces: ['shop', '**'], reason: 'x' }], 'vault/everybody'],
  ['unsafeGlobs', [], [{ namespaces: ['shop-*'], reason: ' ' }], 'vault/globs', 'unsafeGlobs.reason'],
  ['unsafeGlobs', [], [{ reason: 'x' }, { namespaces: [], serviceAccounts: [], reason: 'x' }], 'vault/globs'],
  ['unsafeGlobs', [], [{ namespaces: ['Shop'], reason: 'x' }], 'vault/globs', 'unsafeGlobs.namespaces[0]'],
])('%s', (field, right, wrong, code, path = field) => {
  for (const value of right) expect(errorsOf(boundTo('vault', k3s, { [field]: value }))).toEqual([]);
  for (const value of wrong) {
    expect(errorsOf(boundTo('vault', k3s, { [field]: value }))).toContainEqual(expect.objectContaining({ code, path: `trustedBy.vault.${path}`, message: expect.stringMatching(SENTENCE) as string }));
  }
});

test('a mount knows one cluster, so that the second one has a mount of its own', () => {
  const on = (own: object, clusters = [blue, green]) => codes(checkoutWith({ clusters, trustedBy: { vault: { ...BINDINGS.vault, on: { green: own } } } }));
  expect(on({})).toEqual(['vault/one-cluster trustedBy.vault.mount']);
  expect(on({ roleName: 'other' })).toEqual(['vault/one-cluster trustedBy.vault.mount']);
  for (const own of [{ mount: 'green' }, { address: 'https://other.example.com' }, { vaultNamespace: 'team' }, { mechanism: 'jwt' }]) expect(on(own)).toEqual([]);
});

test('names and namespaces are a product: a role of the method kubernetes lets nobody in who is not meant', () => {
  const as = (mechanism: string, ...names: readonly string[]) => {
    const vault = { ...BINDINGS.vault, mechanism };
    return codes(checkoutWith({ namespace: undefined, runsAs: runsAs(...names), clusters: [k3s], trustedBy: { vault } }));
  };
  expect(as('kubernetes', 'shop/web', 'billing/web')).toEqual([]);
  expect(as('kubernetes', 'shop/web', 'shop/worker')).toEqual([]);
  expect(as('kubernetes', 'shop/web', 'billing/worker')).toEqual(['vault/cross-product trustedBy.vault.mechanism']);
  expect(as('jwt', 'shop/web', 'billing/worker')).toEqual([]);
});

test('whoever reviews is said of the cluster; the pod\'s own token reviews itself only as one for the API server, and that is a warning', () => {
  const self = defineCluster({ ...k3s, vault: { host: 'https://k3s.example.com:6443', reviewer: 'client' } });
  expect(everything(boundTo('vault', self))).toEqual(['error vault/self-review-audience']);
  expect(everything(boundTo('vault', self, { mechanism: 'jwt' }))).toEqual([]);
  for (const audience of ['https://kubernetes.default.svc', 'https://kubernetes.default.svc.cluster.local', 'https://k3s.example.com/']) {
    expect(everything(boundTo('vault', self, { audience }))).toEqual(['warning vault/api-audience']);
    expect(everything(boundTo('vault', k3s, { audience }))).toEqual(['warning vault/api-audience']);
  }
  const objects = planOf(boundTo('vault', self, { audience: 'https://kubernetes.default.svc' })).clusters[0]?.objects;
  expect(objects).toContainEqual(expect.objectContaining({
    kind: 'ClusterRoleBinding', roleRef: expect.objectContaining({ name: 'system:auth-delegator' }), subjects: [{ kind: 'ServiceAccount', name: 'checkout', namespace: 'shop' }],
  }));
  expect(planOf(boundTo('vault', k3s)).clusters[0]?.objects.map(({ kind }) => kind)).toEqual(['ServiceAccount']);
});

test.each<[string, object, readonly string[]]>([
  ['a host without TLS', { host: 'http://10.0.0.1:6443' }, ['clusters.vault.host']],
  ['keys at a URL that is not said', { keys: 'jwks' }, ['clusters.vault.jwksUrl']],
  ['a URL beside keys of another place', { keys: 'discovery', jwksUrl: 'https://keys.example.com' }, ['clusters.vault.jwksUrl']],
  ['no keys', { keys: 'pem', publicKeys: [] }, ['clusters.vault.publicKeys']],
  ['something that is no certificate', { host: 'https://k3s.example.com', caCert: 'x' }, ['clusters.vault.caCert']],
  ['a public key for a certificate', { host: 'https://k3s.example.com', caCert: PEM }, ['clusters.vault.caCert']],
  ['two keys in one text, of which Vault takes none', { keys: 'pem', publicKeys: [PEM, `${PEM}${PEM}`] }, ['clusters.vault.publicKeys[1]']],
  ['a key in the form of PKCS#1, which Vault does not read', { keys: 'pem', publicKeys: [PEM.replaceAll('PUBLIC', 'RSA PUBLIC')] }, ['clusters.vault.publicKeys[0]']],
])('a cluster with %s is refused', (_what, vault, paths) => {
  let found: InvalidDefinitionError | undefined;
  try {
    defineCluster({ ...k3s, vault } as ClusterInput);
  } catch (error) {
    found = error as InvalidDefinitionError;
  }
  expect(found?.issues.map(({ path }) => `clusters.${path}`)).toEqual(paths);
});

test('several certificates are one caCert, a certificate is a key, and a pattern that is more than stars is no everybody', () => {
  const certificate = PEM.replaceAll('PUBLIC KEY', 'CERTIFICATE');
  expect(() => defineCluster({ ...k3s, vault: { host: 'https://k3s.example.com', caCert: `${certificate}${certificate}`, keys: 'pem', publicKeys: [certificate, PEM.replaceAll('\n', '\r\n')] } })).not.toThrow();
  expect(errorsOf(boundTo('vault', k3s, { unsafeGlobs: { serviceAccounts: ['**'], namespaces: ['shop-**'], reason: 'x' } }))).toEqual([]);
});

test('a private key is never shown', () => {
  const secret = '-----BEGIN EC PRIVATE KEY-----\nsecretsecret\n-----END EC PRIVATE KEY-----';
  expect(() => defineCluster({ ...k3s, vault: { keys: 'pem', publicKeys: [PEM, secret] } })).toThrow(/publicKeys\[1\]: expected one public key/);
  expect(() => defineCluster({ ...k3s, vault: { keys: 'pem', publicKeys: [secret] } })).not.toThrow(/secretsecret/);
});

describe('the trust', () => {
  type Role = { [field: string]: readonly string[] } & {
    audience: string;
    role_type?: string;
    bound_subject?: string;
    bound_claims: { iss: string; sub?: string[] };
  };

  test('every role pins who may come in, and for which audience', () => {
    fc.assert(fc.property(identityArb, input => {
      const plan = planOf(input);
      const edges = plan.edges.filter(({ provider }) => provider === 'vault');
      const admitted = plan.trust.filter(({ provider, becomes }) => provider === 'vault' && becomes !== undefined).flatMap(({ kind, name, request }) => {
        const role = request as Role;
        expect(JSON.stringify(role)).not.toContain('*');
        if (kind === 'kubernetes.Role') {
          return role.bound_service_account_namespaces?.flatMap(namespace => role.bound_service_account_names?.map(account => `${name} system:serviceaccount:${namespace}:${account} ${role.audience}`));
        }
        expect(role.role_type).toBe('jwt');
        return (role.bound_claims.sub ?? [role.bound_subject]).map(subject => `${name} ${subject} ${role.bound_audiences?.join()} ${role.bound_claims.iss}`);
      });
      const meant = edges.filter(({ handle }) => plan.trust.some(({ name }) => name === handle))
        .map(({ handle, claims, mechanism }) => `${handle} ${claims.subject} ${claims.audience}${mechanism === 'jwt' ? ` ${claims.issuer}` : ''}`);
      expect(admitted.sort()).toEqual(meant.sort());
    }), { numRuns: 150 });
  });

  test('a role has what was said of it, and nothing that was not', () => {
    const requestOf = (fields: object) => planOf(boundTo('vault', k3s, { tokenPolicies: [], ...fields })).trust.map(({ kind, name, request }) => [kind, name, request]);
    expect(requestOf({})).toEqual([['kubernetes.Role', 'vault.example.com:8200/auth/kubernetes/role/checkout', {
      bound_service_account_names: ['checkout'], bound_service_account_namespaces: ['shop'], audience: ADDRESS, alias_name_source: 'serviceaccount_uid',
    }]]);
    expect(requestOf({ vaultNamespace: 'org/team', mount: 'a/b', alias: 'name', audience: 'vault', tokenPolicies: ['shop'], tokenTtl: 60, tokenMaxTtl: 600, unsafeGlobs: { namespaces: ['shop-*'], reason: 'previews' } })).toEqual([
      ['kubernetes.Role', 'vault.example.com:8200/org/team/auth/a/b/role/checkout', {
        bound_service_account_names: ['checkout'], bound_service_account_namespaces: ['shop', 'shop-*'], audience: 'vault', alias_name_source: 'serviceaccount_name', token_policies: ['shop'], token_ttl: 60, token_max_ttl: 600,
      }],
    ]);
    expect(requestOf({ mechanism: 'jwt' })).toEqual([['jwt.Role', 'vault.example.com:8200/auth/jwt/role/checkout', {
      role_type: 'jwt',
      user_claim: '/kubernetes.io/serviceaccount/uid',
      user_claim_json_pointer: true,
      bound_audiences: [ADDRESS],
      bound_subject: 'system:serviceaccount:shop:checkout',
      bound_claims_type: 'string',
      bound_claims: { iss: 'https://k3s.example.com/' },
    }]]);
    expect(requestOf({ mechanism: 'jwt', alias: 'name' })[0]?.[2]).toMatchObject({ user_claim: 'sub' });
  });

  test.each<[string, ClusterInput['vault'], string, readonly object[]]>([
    ['nothing is said of the cluster', undefined, 'kubernetes', []],
    ['another method is configured', { keys: 'discovery' }, 'kubernetes', []],
    ['a reviewer has a token', { host: 'https://k3s.example.com:6443' }, 'kubernetes', [{ type: 'kubernetes' }, { kubernetes_host: 'https://k3s.example.com:6443', disable_local_ca_jwt: true }]],
    ['Vault runs in the cluster', { host: 'https://kubernetes.default.svc', reviewer: 'own-service-account' }, 'kubernetes', [{ type: 'kubernetes' }, { kubernetes_host: 'https://kubernetes.default.svc', disable_local_ca_jwt: false }]],
    ['keys are at the issuer', { keys: 'discovery' }, 'jwt', [{ type: 'jwt', config: { oidc_discovery_url: 'https://k3s.example.com/', bound_issuer: 'https://k3s.example.com/' } }]],
    ['keys are at a URL', { keys: 'jwks', jwksUrl: 'https://keys.example.com' }, 'jwt', [{ type: 'jwt', config: { jwks_url: 'https://keys.example.com', bound_issuer: 'https://k3s.example.com/' } }]],
    ['keys are given', { keys: 'pem', publicKeys: [PEM] }, 'jwt', [{ type: 'jwt', config: { jwt_validation_pubkeys: [PEM], bound_issuer: 'https://k3s.example.com/' } }]],
  ])('the mount, where %s', (_when, vault, mechanism, requests) => {
    const cluster = defineCluster({ ...k3s, ...(vault !== undefined && { vault }) });
    const mounts = planOf(boundTo('vault', cluster, { mechanism })).trust.filter(document => document.cluster === 'k3s');
    expect(mounts.map(({ request }) => request)).toEqual(requests);
  });

  test.each<[readonly ('RS256' | 'ES256')[] | undefined, readonly string[] | undefined]>([[undefined, undefined], [['RS256'], undefined], [['ES256'], ['ES256']], [['RS256', 'ES256'], ['RS256', 'ES256']]])(
    'the mount of a cluster that signs with %j is told what is not Vault\'s own default', (signingAlgorithms, told) => {
      for (const vault of [{ keys: 'discovery' }, { keys: 'jwks', jwksUrl: 'https://keys.example.com' }, { keys: 'pem', publicKeys: [PEM] }] as const) {
        const cluster = defineCluster({ ...k3s, vault, ...(signingAlgorithms !== undefined && { signingAlgorithms }) });
        const mount = planOf(boundTo('vault', cluster, { mechanism: 'jwt' })).trust.find(({ kind }) => kind === 'jwt.AuthMount');
        expect((mount?.request as { config: { jwt_supported_algs?: readonly string[] } }).config.jwt_supported_algs).toEqual(told);
      }
    },
  );
});

describe('the pod', () => {
  const sideOf = (fields: { readonly [field: string]: unknown }) => planOf(boundTo('vault', k3s, fields)).clusters[0]?.injections[0];
  const volumes = [{ name: 'vault-token', projected: { sources: [{ serviceAccountToken: { audience: ADDRESS, expirationSeconds: 3600, path: 'token' } }] } }];

  test('explicitly it has the token, and what an application logs in with', () => {
    const injection = sideOf({ vaultNamespace: 'team', skipContainers: ['sidecar'] });
    const reach = { skipContainers: ['sidecar'] };
    expect(injection?.volumes).toEqual(volumes);
    expect(injection?.mounts).toEqual([{ name: 'vault-token', mountPath: '/var/run/secrets/vault', readOnly: true, ...reach }]);
    expect(injection?.env).toEqual(Object.entries({ VAULT_ADDR: ADDRESS, VAULT_NAMESPACE: 'team', VAULT_AUTH_PATH: 'auth/kubernetes', VAULT_ROLE: 'checkout', VAULT_JWT_FILE: '/var/run/secrets/vault/token' }).map(([name, value]) => ({ name, value, ...reach })));
  });

  test('by the injector it has a volume that no container mounts, and annotations that name it', () => {
    const prefix = 'vault.hashicorp.com';
    const annotations = {
      [`${prefix}/agent-inject`]: 'true', [`${prefix}/service`]: ADDRESS, [`${prefix}/auth-path`]: 'auth/kubernetes', [`${prefix}/role`]: 'checkout', [`${prefix}/agent-service-account-token-volume-name`]: 'vault-token',
    };
    expect(sideOf({ injection: 'webhook' })).toMatchObject({ volumes, mounts: [], env: [] });
    expect(sideOf({ injection: 'webhook' })?.annotations).toEqual(annotations);
    expect(sideOf({ injection: 'webhook', mechanism: 'jwt', vaultNamespace: 'team' })?.annotations).toEqual({
      ...annotations,
      [`${prefix}/namespace`]: 'team',
      [`${prefix}/auth-path`]: 'auth/jwt',
      [`${prefix}/auth-type`]: 'jwt',
      [`${prefix}/auth-config-path`]: '/var/run/secrets/vault.hashicorp.com/serviceaccount/token',
      [`${prefix}/auth-config-remove-jwt-after-reading`]: 'false',
    });
    expect(codes(boundTo('vault', k3s, { injection: 'webhook', skipContainers: ['a'] }))).toEqual(['vault/webhook-containers trustedBy.vault.skipContainers']);
    expect(codes({ ...boundTo('vault', k3s, { injection: 'webhook' }), tokens: { own: { audience: 'https://own.example.com', mountPath: '/vault/secrets/own' } } })).toEqual(['identity/collision tokens.own']);
  });
});
