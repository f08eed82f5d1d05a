/** APIs of one's own: what is refused, what the document says, and what Istio makes of it. */
import { blue, boundTo, checkoutWith, errorsOf, k3s, SENTENCE } from '../support/definitions';
import { authenticationConfiguration, checkWorkloadIdentity, defineCluster, defineWorkloadIdentity, istioPolicies, planWorkloadIdentities, tokenVerifier, type TokenVerifier, type WorkloadIdentityInput } from 'symbolon';

const API = 'https://reports.example.com';
const bound = (fields: object = {}, cluster: object = {}) => boundTo('jwt', { ...k3s, ...cluster }, { alsoAudiences: undefined, ...fields });
const found = (input: WorkloadIdentityInput) => checkWorkloadIdentity(input).map(({ severity, code, path }) => `${severity} ${code} ${path}`);
const verifierOf = (...inputs: WorkloadIdentityInput[]): TokenVerifier => tokenVerifier(planWorkloadIdentities(inputs.map(defineWorkloadIdentity)), API);
const JWKS = '{"keys":[{"kty":"EC","crv":"P-256","x":"AA","y":"AA","kid":"1"}]}';

test.each<[string, WorkloadIdentityInput, readonly string[]]>([
  ['no audience', bound({ audience: undefined }), ['error jwt/audience trustedBy.jwt.audience']],
  ['an audience with a wildcard', bound({ audience: 'https://*.example.com' }), ['error jwt/audience trustedBy.jwt.audience']],
  ['two audiences in one', bound({ audience: 'reports billing' }), ['error jwt/audience trustedBy.jwt.audience']],
  ['another audience with a wildcard', bound({ alsoAudiences: ['old', 'https://*'] }), ['error jwt/audience trustedBy.jwt.alsoAudiences[1]']],
  ['an audience twice', bound({ alsoAudiences: [API] }), ['error jwt/audience trustedBy.jwt.alsoAudiences[0]']],
  ['the audience of the API server', bound({ audience: 'https://kubernetes.default.svc' }), ['warning jwt/api-audience trustedBy.jwt.audience']],
  ['the issuer as audience', bound({ audience: k3s.issuer }), ['warning jwt/api-audience trustedBy.jwt.audience']],
  ['an audience that could be anybody\'s', bound({ audience: 'API' }), ['warning jwt/generic-audience trustedBy.jwt.audience']],
  ['a webhook', bound({ injection: 'webhook' }), ['error jwt/injection trustedBy.jwt.injection']],
  ['a place where clients of the Kubernetes API look', bound({ mountPath: '/var/run/secrets/kubernetes.io/serviceaccount' }), ['error token/well-known-path trustedBy.jwt.mountPath']],
  ['a variable that is none', bound({ env: 'a-b' }), ['error jwt/env trustedBy.jwt.env']],
  ['a variable that begins with a digit', bound({ env: '1_TOKEN_FILE' }), ['error jwt/env trustedBy.jwt.env']],
  ['a variable that programs are searched for by', bound({ env: 'PATH' }), ['error jwt/env trustedBy.jwt.env']],
  ['a variable that loads code', bound({ env: 'LD_PRELOAD' }), ['error jwt/env trustedBy.jwt.env']],
  ['a token that lives too short', bound({ expirationSeconds: 300 }), ['error token/lifetime trustedBy.jwt.expirationSeconds']],
  ['keys in two places', bound({}, { jwt: { jwksJson: JWKS, jwksUrl: 'https://keys.example.com' } }), ['error jwt-cluster/keys clusters[0].jwt']],
  ['keys in no place', bound({}, { jwt: {} }), ['error jwt-cluster/keys clusters[0].jwt']],
  ['keys that are none', bound({}, { jwt: { jwksJson: '{}' } }), ['error jwt-cluster/jwks clusters[0].jwt.jwksJson']],
  ['a key that encrypts', bound({}, { jwt: { jwksJson: JWKS.replace('"kid"', '"use":"enc","kid"') } }), ['error jwt-cluster/jwks clusters[0].jwt.jwksJson.keys[0]']],
  ['a private key', bound({}, { jwt: { jwksJson: JWKS.replace('"kid"', '"d":"AA","kid"') } }), ['error jwt-cluster/jwks clusters[0].jwt.jwksJson.keys[0]']],
  ['keys in the clear', bound({}, { jwt: { jwksUrl: 'http://keys.example.com' } }), ['error jwt-cluster/jwks-url clusters[0].jwt.jwksUrl']],
  ['an issuer that only the cluster reaches', bound({}, { issuer: 'https://kubernetes.default.svc.cluster.local' }), ['warning issuer/unreachable clusters.k3s.issuer']],
])('%s is found', (_what, input, expected) => {
  expect(found(input)).toEqual(expected);
  for (const { message } of checkWorkloadIdentity(input)) expect(message).toMatch(SENTENCE);
});

test.each([['jwksJson', JWKS], ['jwksUrl', 'https://keys.example.com']])('an issuer that only the cluster reaches is none of the API\'s business with %s', (field, value) => {
  expect(found(bound({}, { issuer: 'https://kubernetes.default.svc.cluster.local', jwt: { [field]: value } }))).toEqual([]);
});

test('one API has one document for each identity, so that a second binding for it is refused', () => {
  const twice = checkoutWith({ clusters: [k3s], trustedBy: { one: { provider: 'jwt', audience: API }, two: { provider: 'jwt', audience: API } } });
  expect(errorsOf(twice).map(({ code, path }) => `${code} ${path}`)).toContain('identity/owned-twice trustedBy.two');
});

test('keys that name volumes and variables are told apart, whatever they are', () => {
  const keys = ['reports', 'Reports_API', 'r-', 'x'.repeat(63)];
  const trustedBy = Object.fromEntries(keys.map((key, i) => [key, { provider: 'jwt', audience: `${API}/${i}` }]));
  const { clusters: [cluster] } = planWorkloadIdentities(defineWorkloadIdentity(checkoutWith({ clusters: [k3s], trustedBy })));
  const { volumes = [], env = [] } = cluster?.injections[0] ?? {};
  expect(new Set(volumes.map(({ name }) => name)).size).toBe(keys.length);
  for (const { name } of volumes) expect(name).toMatch(/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/);
  expect(env.slice(0, 3)).toEqual([
    { name: 'REPORTS_TOKEN_FILE', value: '/var/run/secrets/symbolon/reports/token' },
    { name: 'REPORTS_API_TOKEN_FILE', value: '/var/run/secrets/symbolon/Reports_API/token' },
    { name: 'R__TOKEN_FILE', value: '/var/run/secrets/symbolon/r-/token' },
  ]);
});

test('the document names the place of the keys, in the only form that the cluster says', () => {
  const placesOf = (jwt?: object) => verifierOf(bound({}, jwt === undefined ? {} : { jwt })).callers
    .map(({ discoveryUrl, jwksUri, jwks }) => ({ discoveryUrl, jwksUri, jwks }));
  // The issuer ends in a slash, and stays as it is; what is below it has one slash.
  expect(placesOf()).toEqual([{ discoveryUrl: 'https://k3s.example.com/.well-known/openid-configuration' }]);
  expect(placesOf({ jwksUrl: 'https://keys.example.com' })).toEqual([{ jwksUri: 'https://keys.example.com' }]);
  expect(placesOf({ jwksJson: JWKS })).toEqual([{ jwks: JSON.parse(JWKS) as object }]);
});

test('algorithms are those that the cluster signs with, and never one by which a public key signs', () => {
  expect(verifierOf(bound()).callers[0]?.algorithms).toEqual(['ES256', 'ES384', 'ES512', 'RS256']);
  expect(verifierOf(bound({}, { signingAlgorithms: ['RS256'] })).callers[0]?.algorithms).toEqual(['RS256']);
});

const second = checkoutWith({ name: 'nightly', namespace: 'batch', clusters: [k3s], trustedBy: { reports: { provider: 'jwt', audience: API } } });
const several = checkoutWith({
  namespace: undefined,
  runsAs: [{ namespace: 'shop' }, { namespace: 'shop', serviceAccount: 'worker', clusters: ['k3s'] }],
  clusters: [k3s, blue],
  trustedBy: { reports: { provider: 'jwt', audience: API, on: { blue: { alsoAudiences: ['old'] } } } },
});

test('all callers of one API are one document, each entry with the audiences that are its own', () => {
  const { callers, requiredClaims, clockSkewSeconds } = verifierOf(several, second);
  expect(callers.map(({ issuer, audiences, subjects }) => [issuer, audiences, subjects])).toEqual([
    [k3s.issuer, [API], ['system:serviceaccount:batch:nightly', 'system:serviceaccount:shop:checkout', 'system:serviceaccount:shop:worker']],
    [blue.issuer, [API, 'old'], ['system:serviceaccount:shop:checkout']],
  ]);
  expect([requiredClaims, clockSkewSeconds]).toEqual([['iss', 'sub', 'aud', 'exp', 'nbf'], 60]);
});

test('an API that nobody is bound to is refused, and those that there are are named', () => {
  const plan = planWorkloadIdentities(defineWorkloadIdentity(bound()));
  expect(() => tokenVerifier(plan, `${API}/`)).toThrow(expect.objectContaining({ code: 'ERR_INPUT', message: expect.stringContaining(`there is "${API}"`) as string }));
  expect(() => tokenVerifier({ trust: [] }, API)).toThrow(/there is none of the provider jwt/);
});

interface Claims { readonly iss: string; readonly sub: string; readonly aud: readonly string[] }

describe('Istio', () => {
  interface Spec {
    readonly selector?: object;
    readonly jwtRules: readonly { readonly issuer: string; readonly audiences?: readonly string[]; readonly jwks?: string; readonly jwksUri?: string }[];
    readonly rules: readonly {
      readonly from: readonly { readonly source: { readonly requestPrincipals: readonly string[] } }[];
      readonly when: readonly { readonly key: string; readonly values: readonly string[] }[];
    }[];
  }
  type Policies = ReturnType<typeof istioPolicies>;

  /** As the proxy decides: every rule of the token's issuer has to take it, and one permission has to be for it. A star at an end of a value would be a wildcard. */
  function letsIn([authentication, authorization]: Policies, token: Claims | undefined): boolean {
    const matches = (pattern: string, value: string): boolean => {
      if (pattern.endsWith('*')) return value.startsWith(pattern.slice(0, -1));
      return pattern.startsWith('*') ? value.endsWith(pattern.slice(1)) : pattern === value;
    };
    const { jwtRules } = authentication.spec as Spec;
    const { rules } = authorization.spec as Spec;
    if (token === undefined) return false;
    const own = jwtRules.filter(({ issuer }) => issuer === token.iss);
    if (own.length === 0 || !own.every(({ audiences }) => audiences === undefined || audiences.some(each => token.aud.includes(each)))) return false;
    const isFrom = (pattern: string): boolean => matches(pattern, `${token.iss}/${token.sub}`);
    return rules.some(({ from, when }) => from.some(({ source }) => source.requestPrincipals.some(isFrom))
      && when.every(({ key, values }) => key === 'request.auth.audiences' && values.some(value => token.aud.some(each => matches(value, each)))));
  }

  const place = { name: 'callers', namespace: 'reports', matchLabels: { app: 'reports' } };
  const policies = istioPolicies(verifierOf(several, second), place);
  const checkout = { iss: blue.issuer as string, sub: 'system:serviceaccount:shop:checkout', aud: [API] };

  test.each<[string, Claims | undefined, boolean]>([
    ['the right token', checkout, true],
    ['the right token with the slash of its issuer', { ...checkout, iss: k3s.issuer as string }, true],
    ['the other name of the API where it still holds', { ...checkout, aud: ['old'] }, true],
    ['the other name of the API where it does not hold', { ...checkout, iss: k3s.issuer as string, aud: ['old'] }, false],
    ['no token', undefined, false],
    ['a token for another API', { ...checkout, aud: ['https://billing.example.com'] }, false],
    ['another issuer', { ...checkout, iss: `${blue.issuer}/` }, false],
    ['another service account', { ...checkout, sub: `${checkout.sub}x` }, false],
    ['a service account of another cluster', { ...checkout, sub: 'system:serviceaccount:shop:worker' }, false],
  ])('%s', (_what, token, expected) => expect(letsIn(policies, token)).toBe(expected));

  test('both are for the pods of the API, and the keys are text where they are said', () => {
    expect(policies.map(({ kind, metadata, spec }) => [kind, metadata, (spec as Spec).selector])).toEqual(['RequestAuthentication', 'AuthorizationPolicy'].map(kind => [kind, { name: 'callers', namespace: 'reports' }, { matchLabels: place.matchLabels }]));
    const rulesWith = (jwt: object) => (istioPolicies(verifierOf(bound({}, { jwt })), { name: 'x', namespace: 'y' })[0].spec as Spec);
    expect(rulesWith({ jwksJson: JWKS })).toEqual({ jwtRules: [{ issuer: k3s.issuer, jwks: JWKS, audiences: [API] }] });
    expect(rulesWith({ jwksUrl: 'https://keys.example.com' }).jwtRules).toEqual([{ issuer: k3s.issuer, jwksUri: 'https://keys.example.com', audiences: [API] }]);
  });

  test('a star in a subject, and a policy for the whole mesh, are refused', () => {
    const verifier = verifierOf(several);
    const [first, ...others] = verifier.callers as [TokenVerifier['callers'][number], ...TokenVerifier['callers']];
    const edited = { ...verifier, callers: [{ ...first, subjects: ['*'] }, ...others] };
    expect(() => istioPolicies(edited, { name: 'callers', namespace: 'istio-system' })).toThrow(expect.objectContaining({
      issues: [expect.objectContaining({ code: 'jwt/istio-subject', path: 'callers[0].subjects[0]' }), expect.objectContaining({ code: 'jwt/istio-mesh', path: 'place.matchLabels' })],
    }) as Error);
    expect(() => istioPolicies(verifier, { ...place, namespace: 'istio-system' })).not.toThrow();
  });

  test('two entries of one issuer are one rule, since a token has to pass every rule of its issuer', () => {
    const other = { ...second, trustedBy: { reports: { provider: 'jwt' as const, audience: API, alsoAudiences: ['old'] } } };
    const both = istioPolicies(verifierOf(bound(), other), place);
    expect((both[0].spec as Spec).jwtRules).toHaveLength(1);
    expect(letsIn(both, { iss: k3s.issuer as string, sub: 'system:serviceaccount:batch:nightly', aud: ['old'] })).toBe(true);
    expect(letsIn(both, { iss: k3s.issuer as string, sub: 'system:serviceaccount:shop:checkout', aud: ['old'] })).toBe(false);
  });
});

describe('the API server of another cluster', () => {
  type Configuration = ReturnType<typeof authenticationConfiguration>;
  const prefixes = { [blue.issuer as string]: 'blue:', [k3s.issuer as string]: 'k3s:' };

  /** As an API server decides: the user, or undefined. The issuer is compared by the letter, then the audience, then every rule. */
  function userOf({ jwt }: Configuration, token: Claims): string | undefined {
    const [authenticator, ...more] = jwt.filter(({ issuer }) => issuer.url === token.iss);
    expect(more).toEqual([]);
    if (authenticator === undefined || !authenticator.issuer.audiences.some(each => token.aud.includes(each))) return undefined;
    const holds = ({ expression }: { readonly expression: string }): boolean => {
      const script = expression.replace(/claims\.sub in (\[[^\]]*\])/g, '$1.includes(claims.sub)').replace(/dyn\(claims\.aud\)\.exists\(audience, audience in (\[[^\]]*\])\)/g, 'claims.aud.some(audience => $1.includes(audience))');
      // eslint-disable-next-line @typescript-eslint/no-implied-eval
      return (new Function('claims', `return ${script};`) as (claims: Claims) => boolean)(token);
    };
    const { username } = authenticator.claimMappings;
    return authenticator.claimValidationRules.every(holds) ? `${username.prefix}${token[username.claim]}` : undefined;
  }

  const configuration = authenticationConfiguration(verifierOf(several, second), { prefixes });
  const checkout = { iss: blue.issuer as string, sub: 'system:serviceaccount:shop:checkout', aud: [API] };

  test.each<[string, Claims, string | undefined]>([
    ['the right token', checkout, 'blue:system:serviceaccount:shop:checkout'],
    ['the right token of the other cluster is another user', { ...checkout, iss: k3s.issuer as string }, 'k3s:system:serviceaccount:shop:checkout'],
    ['the other name of the API where it still holds', { ...checkout, aud: ['old'] }, 'blue:system:serviceaccount:shop:checkout'],
    ['the other name of the API where it does not hold', { ...checkout, iss: k3s.issuer as string, aud: ['old'] }, undefined],
    ['a token for another API', { ...checkout, aud: ['https://billing.example.com'] }, undefined],
    ['another issuer', { ...checkout, iss: `${blue.issuer}/` }, undefined],
    ['another service account', { ...checkout, sub: `${checkout.sub}x` }, undefined],
  ])('%s', (_what, token, expected) => expect(userOf(configuration, token)).toBe(expected));

  test('one authenticator for each issuer, which API servers ask for; entries that differ in their audiences stay apart', () => {
    const other = { ...second, trustedBy: { reports: { provider: 'jwt' as const, audience: API, alsoAudiences: ['old'] } } };
    const both = authenticationConfiguration(verifierOf(bound(), other), { prefixes: { [k3s.issuer as string]: 'k3s:' } });
    expect(both.jwt).toHaveLength(1);
    expect(userOf(both, { iss: k3s.issuer as string, sub: 'system:serviceaccount:batch:nightly', aud: ['old'] })).toBe('k3s:system:serviceaccount:batch:nightly');
    expect(userOf(both, { iss: k3s.issuer as string, sub: 'system:serviceaccount:shop:checkout', aud: ['old'] })).toBeUndefined();
  });

  test.each<[string, () => unknown, readonly RegExp[]]>([
    ['an issuer without a prefix', () => authenticationConfiguration(verifierOf(several, second), { prefixes: { [blue.issuer as string]: 'blue:' } }), [/prefixes\["https:.*\]: expected a text that does not begin with system:.*\[jwt\/user-prefix\]/]],
    ['users of the cluster\'s own', () => authenticationConfiguration(verifierOf(several), { prefixes: Object.fromEntries(Object.keys(prefixes).map(issuer => [issuer, 'system:x:'])) }), [/jwt\/user-prefix/]],
    ['one prefix for two issuers', () => authenticationConfiguration(verifierOf(several), { prefixes: Object.fromEntries(Object.keys(prefixes).map(issuer => [issuer, 'x:'])) }), [/a prefix of its own for every issuer/]],
    ['an issuer that nobody has', () => authenticationConfiguration(verifierOf(several), { prefixes: { ...prefixes, 'https://x.example.com': 'x:' } }), [/x\.example\.com.*expected one of the issuers/]],
    ['keys of the document\'s own', () => authenticationConfiguration(verifierOf(bound({}, { jwt: { jwksJson: JWKS } })), { prefixes: {} }), [/callers\[0\]\.jwks: expected keys that are read by the discovery document.*\[jwt\/api-server-keys\]/]],
  ])('%s is refused', (_what, made, says) => {
    for (const pattern of says) expect(made).toThrow(pattern);
  });
});

test('a cluster with keys of its own is a cluster like any other', () => {
  expect(defineCluster({ ...k3s, jwt: { jwksUrl: 'https://keys.example.com/jwks' } }).jwt).toEqual({ jwksUrl: 'https://keys.example.com/jwks' });
});
