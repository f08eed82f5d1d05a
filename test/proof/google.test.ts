/** Google's pools as people write them by hand: providers with mappings and conditions, members of every form, sets, fleets. */
import fc from 'fast-check';
import { account, member, only, pod } from './support';
import type { KubernetesObject } from '../../src/kubernetes/manifest';
import { evaluate } from '../../src/proof/admits/gcp-cel';
import type { Artifacts, TrustArtifact } from '../../src/proof/artifacts';
import { prove } from '../../src/proof/prove';

const ISSUER = 'https://oidc.example.com/blue';
const POOL = 'projects/123456789012/locations/global/workloadIdentityPools/shop';
const NAME = `${POOL}/providers/blue`;
const PRINCIPAL = `principal://iam.googleapis.com/${POOL}/subject/system:serviceaccount:shop:checkout`;
const GSA = 'app@demo.iam.gserviceaccount.com';

function provider({ name = NAME, oidc = {}, ...fields }: { name?: string; oidc?: object; [field: string]: unknown } = {}): TrustArtifact {
  return { provider: 'gcp', kind: 'iam.WorkloadIdentityPoolProvider', name, request: { workloadIdentityPoolProvider: { attributeMapping: { 'google.subject': 'assertion.sub' }, oidc: { issuerUri: ISSUER, ...oidc }, ...fields } } };
}

function grant(to = PRINCIPAL): TrustArtifact {
  return { provider: 'gcp', kind: 'storage.BucketMember', name: `b/orders roles/storage.objectViewer ${to}`, becomes: to, request: { resource: 'b/orders', role: 'roles/storage.objectViewer', member: to } };
}

/** A pod with a token and a credential configuration; `account` undefined: without impersonation. */
function carrying({ audience = `https://iam.googleapis.com/${NAME}`, exchange = `//iam.googleapis.com/${NAME}`, account: gsa = undefined as string | undefined, config = {} } = {}): readonly KubernetesObject[] {
  const json = {
    type: 'external_account',
    audience: exchange,
    subject_token_type: 'urn:ietf:params:oauth:token-type:jwt',
    token_url: 'https://sts.googleapis.com/v1/token',
    credential_source: { file: '/gcp/token' },
    ...(gsa !== undefined && { service_account_impersonation_url: `https://iamcredentials.googleapis.com/v1/projects/-/serviceAccounts/${gsa}:generateAccessToken` }),
    ...config,
  };
  return [
    account(),
    { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'gcp', namespace: 'shop' }, data: { 'config.json': JSON.stringify(json) } },
    pod({
      containers: [{ name: 'app', image: 'app:1', env: [{ name: 'GOOGLE_APPLICATION_CREDENTIALS', value: '/gcp/config.json' }], volumeMounts: [{ name: 'gcp', mountPath: '/gcp' }] }],
      volumes: [{ name: 'gcp', projected: { sources: [{ serviceAccountToken: { path: 'token', audience } }, { configMap: { name: 'gcp', items: [{ key: 'config.json', path: 'config.json' }] } }] } }],
    }),
  ];
}

const on = (trust: readonly TrustArtifact[], objects = carrying(), cluster: object = {}): Artifacts => ({ clusters: [{ name: 'blue', issuer: ISSUER, objects, ...cluster }], trust });

describe('a pool', () => {
  test('lets the principal in that its provider makes of the token, and nobody else', () => {
    expect(prove(on([provider(), grant()]))).toMatchObject({ holds: true, strangers: [], verdicts: [{ admitted: true, becomes: PRINCIPAL, alsoAdmits: [] }] });
    const acting = prove(on([provider(), member({ member: PRINCIPAL })], carrying({ account: GSA })));
    expect(acting).toMatchObject({ holds: true, strangers: [], verdicts: [{ admitted: true, becomes: GSA }] });
  });

  test('lets one in that holds a token and names nobody', () => {
    const silent = pod({ containers: [{ name: 'app', image: 'app:1', volumeMounts: [{ name: 'gcp', mountPath: '/gcp' }] }], volumes: [{ name: 'gcp', projected: { sources: [{ serviceAccountToken: { path: 'token', audience: 'sts.example.com' } }] } }] });
    expect(prove(on([provider({ oidc: { allowedAudiences: ['sts.example.com'] } }), grant()], [account(), silent]))).toMatchObject({ holds: true, verdicts: [{ admitted: true, becomes: PRINCIPAL }] });
  });

  test.each<[string, TrustArtifact, Parameters<typeof carrying>[0], RegExp]>([
    ['another issuer', provider({ oidc: { issuerUri: `${ISSUER}/` } }), {}, /slash at the end that the token lacks/],
    ['an audience of somebody else', provider(), { audience: 'sts.googleapis.com' }, /the token has "sts.googleapis.com"/],
    ['its own name, where others are listed', provider({ oidc: { allowedAudiences: ['sts.googleapis.com'] } }), {}, /wants the audience "sts.googleapis.com"/],
    ['a condition that is not true', provider({ attributeCondition: 'assertion.sub == "system:serviceaccount:shop:other"' }), {}, /attribute condition .* is not true/],
    ['a condition on what is mapped', provider({ attributeMapping: { 'google.subject': 'assertion.sub', 'attribute.ns': 'assertion["kubernetes.io"].namespace' }, attributeCondition: 'attribute.ns in ["billing"]' }), {}, /attribute condition .* is not true/],
    ['a subject that is too long', provider({ attributeMapping: { 'google.subject': `"${'x'.repeat(100)}" + assertion.sub` } }), {}, /bytes, and Google takes 127/],
    ['a configuration with the scheme', provider(), { exchange: `https://iam.googleapis.com/${NAME}` }, /and not \/\/iam\.googleapis\.com/],
    ['a configuration with the project\'s id', provider(), { exchange: `//iam.googleapis.com/${NAME.replace('123456789012', 'demo')}` }, /projects\/<number>/],
    ['a token that is not there', provider(), { config: { credential_source: { file: '/gcp/tokn' } } }, /no file tokn/],
  ])('%s keeps the pod out', (_what, door, change, reason) => {
    const { verdicts } = prove(on([door, member({ member: PRINCIPAL })], carrying({ account: GSA, ...change })));
    expect(only(verdicts)).toMatchObject({ admitted: false, decided: true, reason: expect.stringMatching(reason) });
  });

  test.each<[string, readonly TrustArtifact[], RegExp]>([
    ['a provider that is not shown', [grant()], /provider .* is not among the documents/],
    ['a mapping in a language that is not spoken here', [provider({ attributeMapping: { 'google.subject': 'extract(assertion.sub, "x")' } }), grant()], /not understood/],
    ['a condition of the same kind', [provider({ attributeCondition: 'assertion.sub.matches("x")' }), grant()], /not understood/],
    ['a condition that is no text', [provider({ attributeCondition: true }), grant()], /attribute condition .* not understood/],
    ['a condition that names a claim it does not know', [provider({ attributeCondition: 'assertion["kubernetes.io"].node.name == "a"' }), grant()], /attribute condition .* not understood/],
    ['a condition on what is mapped in another language', [provider({ attributeMapping: { 'google.subject': 'assertion.sub', 'attribute.ns': 'assertion.sub.extract("x")' }, attributeCondition: 'attribute.ns == "shop"' }), grant()], /attribute condition .* not understood/],
    ['a condition of ten thousand brackets', [provider({ attributeCondition: `${'('.repeat(1e4)}"a"${')'.repeat(1e4)} == "a"` }), grant()], /attribute condition .* not understood/],
    ['a mapping that is not understood, and nothing granted to whom it usually makes', [provider({ attributeMapping: { 'google.subject': 'assertion.sub.extract("x")' } })], /google\.subject .* not understood/],
    ['nothing that is granted', [provider()], /no grant to/],
  ])('%s decides nothing', (_what, trust, reason) => {
    expect(only(prove(on(trust)).verdicts)).toMatchObject({ admitted: false, decided: false, reason: expect.stringMatching(reason) });
  });

  test('a pod that names nobody is no stranger for a condition that is not understood', () => {
    const silent = pod({ containers: [{ name: 'app', image: 'app:1', volumeMounts: [{ name: 'gcp', mountPath: '/gcp' }] }], volumes: [{ name: 'gcp', projected: { sources: [{ serviceAccountToken: { path: 'token', audience: 'sts.example.com' } }] } }] });
    const proofOf = (attributeCondition: string) => prove(on([provider({ oidc: { allowedAudiences: ['sts.example.com'] }, attributeCondition }), grant()], [account(), silent]));
    expect(proofOf('assertion.sub.matches("x")')).toMatchObject({ holds: true, strangers: [], verdicts: [{ becomes: PRINCIPAL, admitted: false, decided: false, reason: expect.stringMatching(/attribute condition .* not understood/) }] });
    expect(proofOf('assertion.sub == "x"')).toMatchObject({ holds: false, verdicts: [], strangers: [{ who: PRINCIPAL }] });
  });

  describe('a mapping that is not understood makes nobody of the pool a stranger, and is not silent about it', () => {
    const unread = provider({ attributeMapping: { 'google.subject': 'assertion.sub.extract("x")' } });
    const other = PRINCIPAL.replace('checkout', 'other');
    const undecided = { admitted: false, decided: false, reason: expect.stringMatching(/google\.subject to is not understood/) as unknown };

    test('of a pod that asks', () => {
      expect(prove(on([unread, grant(other)]))).toMatchObject({ holds: true, strangers: [], verdicts: [undecided] });
      expect(prove(on([unread, member({ member: other })], carrying({ account: GSA })))).toMatchObject({ holds: true, strangers: [], verdicts: [undecided] });
    });

    test('of a pod that names nobody', () => {
      const silent = pod({ containers: [{ name: 'app', image: 'app:1', volumeMounts: [{ name: 'gcp', mountPath: '/gcp' }] }], volumes: [{ name: 'gcp', projected: { sources: [{ serviceAccountToken: { path: 'token', audience: `https://iam.googleapis.com/${NAME}` } }] } }] });
      const proof = prove(on([unread, grant(other)], [account(), silent]));
      expect(proof).toMatchObject({ holds: true, strangers: [], verdicts: [{ ...undecided, becomes: other }] });
    });

    test('in another pool, where the mapping is understood, for no pod at all, and by another door they are strangers', () => {
      const elsewhere = other.replace('/workloadIdentityPools/', '/workloadIdentityPools/x');
      expect(prove(on([unread, grant(elsewhere)])).strangers).toMatchObject([{ who: elsewhere }]);
      expect(prove(on([provider(), grant(other)])).strangers).toMatchObject([{ who: other }]);
      expect(prove(on([unread, grant(other)], [account()])).strangers).toMatchObject([{ who: other }]);
      const door = { attributeMapping: { 'google.subject': 'assertion.sub.extract("x")' }, oidc: { issuerUri: 'https://oidc.example.com/green' } };
      expect(prove(on([provider(door), grant(other)])).strangers).toMatchObject([{ who: other }]);
    });
  });

  test('whatever a condition is, the pod is in when it is true, out when it is false, and else nothing is decided', () => {
    const piece = fc.constantFrom('assertion.sub', '"shop"', 'assertion["kubernetes.io"].namespace', 'google.subject', ' == ', ' != ', ' && ', ' || ', '!', '(', ')', 'has(', '.matches(', '.startsWith("system:")', ' in ["shop"]', ' ? ', '1');
    const scope = { assertion: { 'sub': 'system:serviceaccount:shop:checkout', 'kubernetes.io': { namespace: 'shop' } }, google: { subject: 'system:serviceaccount:shop:checkout' } };
    const condition = fc.array(piece, { minLength: 1, maxLength: 6 }).map(pieces => pieces.join(''));
    fc.assert(fc.property(condition, attributeCondition => {
      const value = evaluate(attributeCondition, scope);
      const { admitted, decided } = only(prove(on([provider({ attributeCondition }), grant()])).verdicts);
      expect({ admitted, decided }).toEqual({ admitted: value === true, decided: typeof value === 'boolean' });
    }), { numRuns: 300 });
  });

  test('a prefix is part of the principal, whatever else the provider does', () => {
    const prefixed = provider({ attributeMapping: { 'google.subject': '"blue::" + assertion.sub' } });
    const own = PRINCIPAL.replace('system:', 'blue::system:');
    expect(prove(on([prefixed, grant(own)]))).toMatchObject({ holds: true, verdicts: [{ admitted: true, becomes: own }] });
    expect(prove(on([prefixed, grant()]))).toMatchObject({ holds: false, strangers: [{ who: PRINCIPAL }] });
  });

  test('another cluster of the pool with the same subject is named; with a prefix it is nobody', () => {
    const green = (mapping: string) => provider({ name: `${POOL}/providers/green`, oidc: { issuerUri: 'https://oidc.example.com/green' }, attributeMapping: { 'google.subject': mapping } });
    const elsewhere = provider({ name: `${POOL}-2/providers/green`, oidc: { issuerUri: 'https://oidc.example.com/green' } });
    expect(only(prove(on([provider(), green('assertion.sub'), elsewhere, grant()])).verdicts).alsoAdmits).toEqual(['shop/checkout of https://oidc.example.com/green, which is in the same pool']);
    expect(only(prove(on([provider(), green('"green::" + assertion.sub'), grant()])).verdicts).alsoAdmits).toEqual([]);
    expect(only(prove(on([provider(), green('assertion.sub.extract("x")'), grant()])).verdicts).alsoAdmits).toEqual([expect.stringMatching(/^perhaps shop\/checkout of .*green.* is not understood here\)$/)]);
  });

  test.each([
    [`principalSet://iam.googleapis.com/${POOL}/*`, 'everybody in the pool shop'],
    [`principalSet://iam.googleapis.com/${POOL}/attribute.team/red`, 'everybody in the pool shop whose attribute.team is red'],
    [PRINCIPAL.replace('checkout', 'old'), 'system:serviceaccount:shop:old'],
    [PRINCIPAL.replace('123456789012', 'demo'), 'projects/demo'],
    ['allAuthenticatedUsers', 'allAuthenticatedUsers'],
  ])('%s is a stranger', (set, who) => {
    expect(prove(on([provider(), grant(), grant(set)]))).toMatchObject({ holds: false, strangers: [{ who: expect.stringContaining(who) }] });
    expect(prove(on([provider(), member({ member: set })])).strangers).toMatchObject([{ becomes: GSA }]);
  });

  test('a set of the whole pool lets the pod in too; one by attributes is not decided', () => {
    const acting = carrying({ account: GSA });
    expect(only(prove(on([provider(), member({ member: `principalSet://iam.googleapis.com/${POOL}/*` })], acting)).verdicts).admitted).toBe(true);
    expect(only(prove(on([provider(), member({ member: `principalSet://iam.googleapis.com/${POOL}/attribute.a/b` })], acting)).verdicts)).toMatchObject({ decided: false });
    expect(only(prove(on([provider(), grant(`principalSet://iam.googleapis.com/${POOL}/*`)])).verdicts)).toMatchObject({ admitted: true, becomes: PRINCIPAL });
  });
});

describe('the webhook of clusters outside GKE', () => {
  const annotations = { 'cloud.google.com/workload-identity-provider': NAME, 'cloud.google.com/service-account-email': GSA };
  const trust = [provider({ oidc: { allowedAudiences: ['sts.googleapis.com'] } }), member({ member: PRINCIPAL })];

  test('asks for its own audience where none is said, which the provider has to take', () => {
    expect(prove(on(trust, [account(annotations), pod()]))).toMatchObject({ holds: true, verdicts: [{ admitted: true, becomes: GSA, claims: { audience: 'sts.googleapis.com' } }] });
    expect(only(prove(on([provider(), member({ member: PRINCIPAL })], [account(annotations), pod()])).verdicts)).toMatchObject({ admitted: false, reason: expect.stringContaining('"sts.googleapis.com"') });
  });

  test.each<[string, object, RegExp]>([
    ['half of the annotations', { 'cloud.google.com/service-account-email': undefined }, /wants both/],
    ['a name with slashes before it', { 'cloud.google.com/workload-identity-provider': `//iam.googleapis.com/${NAME}` }, /does not take/],
  ])('%s keep the pod out', (_what, change, reason) => {
    const given = Object.fromEntries(Object.entries({ ...annotations, ...change }).filter(([, value]) => value !== undefined)) as { [key: string]: string };
    expect(only(prove(on(trust, [account(given), pod()])).verdicts)).toMatchObject({ admitted: false, decided: true, reason: expect.stringMatching(reason) });
  });

  test('a container that is skipped asks for nothing', () => {
    expect(prove(on(trust, [account(annotations), pod({}, { annotations: { 'cloud.google.com/skip-containers': 'x, app' } })])).verdicts).toEqual([]);
  });
});

describe('pools of Google\'s own', () => {
  const gke = { issuer: 'https://container.googleapis.com/v1/projects/demo/locations/europe-west4/clusters/gke' };
  const own = (pool = 'demo'): string => `principal://iam.googleapis.com/projects/123456789012/locations/global/workloadIdentityPools/${pool}.svc.id.goog/subject/ns/shop/sa/checkout`;

  test('without the annotation a pod is its own principal, where somebody grants it something', () => {
    expect(prove(on([grant(own())], [account(), pod()], gke))).toMatchObject({ holds: true, verdicts: [{ admitted: true, becomes: own(), alsoAdmits: [expect.stringContaining('project demo')] }] });
    expect(prove(on([], [account(), pod()], gke)).verdicts).toEqual([]);
  });

  test('with the annotation it is the account, and the principal a stranger', () => {
    const proof = prove(on([grant(own()), member()], [account({ 'iam.gke.io/gcp-service-account': GSA }), pod()], gke));
    expect(proof).toMatchObject({ holds: false, verdicts: [{ admitted: true, becomes: GSA }], strangers: [{ becomes: own() }] });
  });

  test('the host\'s network is that of the node, for a principal too', () => {
    expect(only(prove(on([grant(own())], [account(), pod({ hostNetwork: true })], gke)).verdicts)).toMatchObject({ admitted: false, reason: expect.stringContaining('identity of the node') });
  });

  test.each([['namespace/shop', true], ['namespace/billing', false], [`kubernetes.cluster/${gke.issuer}`, true], ['kubernetes.cluster/https://container.googleapis.com/v1/projects/demo/locations/europe-west4/clusters/other', false]])('the set %s has the pod in it: %s, and always others', (set, isIn) => {
    const name = `principalSet://iam.googleapis.com/projects/123456789012/locations/global/workloadIdentityPools/demo.svc.id.goog/${set}`;
    const { verdicts, strangers } = prove(on([grant(name)], [account(), pod()], gke));
    expect(verdicts.map(({ becomes, admitted }) => [becomes, admitted])).toEqual(isIn ? [[own(), true]] : []);
    expect(strangers).toHaveLength(1);
  });

  test('a member of a fleet is known by its membership, and says whose fleet it is', () => {
    const exchange = 'identitynamespace:fleet-1.svc.id.goog:https://gkehub.googleapis.com/projects/fleet-1/locations/global/memberships/blue';
    const admitted = prove(on([grant(own('fleet-1'))], carrying({ exchange, audience: 'fleet-1.svc.id.goog' })));
    expect(admitted).toMatchObject({ holds: true, verdicts: [{ admitted: true, alsoAdmits: ['shop/checkout in every other cluster of the fleet of the project fleet-1'] }] });
    expect(only(prove(on([grant(own('fleet-1'))], carrying({ exchange, audience: 'demo.svc.id.goog' }))).verdicts)).toMatchObject({ admitted: false, reason: expect.stringContaining('the token for "demo.svc.id.goog"') });
    const forged = 'identitynamespace:fleet-1.svc.id.goog:https://gkehub.example.com/projects/fleet-1/locations/global/memberships/blue';
    expect(only(prove(on([grant(own('fleet-1'))], carrying({ exchange: forged, audience: 'fleet-1.svc.id.goog' }))).verdicts)).toMatchObject({ admitted: false, reason: expect.stringContaining('names the issuer') });
  });
});

describe('the part of CEL that is spoken here', () => {
  const scope = { assertion: { 'sub': 'system:serviceaccount:shop:checkout', 'aud': ['a', 'b'], 'kubernetes.io': { namespace: 'shop' } }, t: 'x' };

  test.each<[string, string | boolean | undefined]>([
    ['"a" + \'b\' + t', 'abx'],
    ['assertion.sub == "system:serviceaccount:shop:checkout"', true],
    ['assertion["kubernetes.io"]["namespace"] != "shop"', false],
    ['assertion["kubernetes.io"].namespace in ["billing", "shop"]', true],
    ['"c" in assertion.aud', false],
    ['assertion.sub.startsWith("system:") && !(assertion.sub.endsWith("x") || t.contains("y"))', true],
    ['t == "y" || t == "x" && t == "z"', false], ['t == "x" || t == "y"', true], ['t == "y" || t == "x"', true],
    ['"" == "" ', true],
    ['[] == []', undefined], ['t in []', false],
    ['true', undefined], ['t', 'x'], ['', undefined], ['t ==', undefined], ['t "x"', undefined], ['assertion.nope == "x"', undefined], ['t == "x" || nope == "y"', undefined],
    ['t.matches("x")', undefined], ['t.constructor("x")', undefined], ['toString', undefined], ['"a\\"" == "a"', undefined], ['t == 1', undefined], ['!t', undefined], ['(t == "x"', undefined],
  ])('%s', (expression, value) => {
    expect(evaluate(expression, scope)).toBe(value);
  });

  test('whatever is written, it is understood or not: nothing else happens', () => {
    const piece = fc.constantFrom('"a"', 't', 'assertion', '.sub', '.aud', '==', '!=', 'in', '+', '&&', '||', '!', '(', ')', '[', ']', ',', '.startsWith(', ' ', '1', '?');
    fc.assert(fc.property(fc.array(piece, { maxLength: 12 }), pieces => {
      expect(['string', 'boolean', 'undefined']).toContain(typeof evaluate(pieces.join(' '), scope));
    }), { numRuns: 500 });
  });
});
