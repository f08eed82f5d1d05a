/** The answers of RAM, Vault and Entra, word by word, and whom their documents let in. */
import type { Admitter, Ask, Judgement, MintedClaims } from '../../../src/proof/admits/admitter';
import { alibaba } from '../../../src/proof/admits/alibaba';
import { azure } from '../../../src/proof/admits/azure';
import { vault } from '../../../src/proof/admits/vault';
import type { TrustArtifact } from '../../../src/proof/artifacts';
import { indexOf } from '../../../src/proof/trust-index';

const ISSUER = 'https://i/';
const SUB = 'system:serviceaccount:shop:checkout';
const claims = (change: object = {}): MintedClaims => ({ cluster: { name: 'blue', objects: [] }, namespace: 'shop', serviceAccount: 'checkout', issuer: ISSUER, subject: SUB, audience: 'a', ...change });
const judgeBy = (row: Admitter, becomes: string) => (trust: readonly TrustArtifact[], change: object = {}, more: Partial<Ask> = {}): Judgement =>
  row.judge({ becomes, claims: claims(change), ...more }, indexOf(trust));
const answer = (admitted: boolean, decided: boolean, reason: string, by?: string): Judgement =>
  ({ admitted, decided, reason, alsoAdmits: [], ...(by !== undefined && { by }) });
const differs = (claim: string, trust: string, token: string, by?: string): Judgement => ({ ...answer(false, true, `the trust wants the ${claim} ${JSON.stringify(trust)}, the token has ${JSON.stringify(token)}`, by), difference: { claim, token, trust } as NonNullable<Judgement['difference']> });

describe('RAM', () => {
  const ROLE = 'acs:ram::1:role/r';
  const OIDC = 'acs:ram::1:oidc-provider/p';
  const ALL = { 'oidc:iss': ISSUER, 'oidc:sub': SUB, 'oidc:aud': 'a' };
  const statement = (keys: object = {}, more: object = {}): object => ({ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Federated: [OIDC] }, Condition: { StringEquals: { ...ALL, ...keys } }, ...more });
  const role = (...Statement: readonly object[]): TrustArtifact => ({ provider: 'alibaba', kind: 'ram.Role', name: ROLE, becomes: ROLE, request: { AssumeRolePolicyDocument: { Statement } } });
  const anchor = (IssuerUrl: string, ...ClientIds: readonly string[]): TrustArtifact => ({ provider: 'alibaba', kind: 'ims.OIDCProvider', name: OIDC, request: { IssuerUrl, ClientIds } });
  const judge = judgeBy(alibaba, ROLE);
  const GOOD = 'issuer, subject and audience are those of one statement of its trust policy';

  test.each<[string, () => Judgement, Judgement]>([
    ['a good statement', () => judge([role(statement())]), answer(true, true, `${GOOD}, provided that ${OIDC} exists`, ROLE)],
    ['a good statement and provider', () => judge([role(statement()), anchor(ISSUER, 'x', 'a')]), answer(true, true, GOOD, ROLE)],
    ['a provider of another issuer', () => judge([role(statement()), anchor('https://j', 'a')]), differs('issuer', 'https://j', ISSUER, OIDC)],
    ['a provider for others', () => judge([role(statement()), anchor(ISSUER, 'x', 'y')]), answer(false, true, 'the OIDC provider takes the audiences x, y, the token has "a"', OIDC)],
    ['no role', () => judge([]), answer(false, false, `the trust policy of ${ROLE} is not among the documents`)],
    ['something else of the name', () => judge([{ ...role(statement()), kind: 'ram.Policy' }]), answer(false, false, `the trust policy of ${ROLE} is not among the documents`)],
    ['no issuer', () => judge([role(statement())], { issuer: undefined }), answer(false, false, 'the issuer of blue is not known')],
    ['through this provider', () => judge([role(statement()), anchor(ISSUER, 'a')], {}, { through: OIDC }), answer(true, true, GOOD, ROLE)],
    ['through another', () => judge([role(statement())], {}, { through: 'x' }), answer(false, true, 'no statement of the trust policy trusts x', ROLE)],
    ['a provider that nobody names', () => judge([role(statement({}, { Principal: {} }))]), answer(false, true, 'no statement of the trust policy trusts the provider', ROLE)],
    ['another action', () => judge([role(statement({}, { Action: 'sts:x' }))]), answer(false, true, 'no statement of the trust policy allows sts:AssumeRole', ROLE)],
    ['a denial', () => judge([role(statement(), statement({}, { Effect: 'Deny' }))]), answer(false, true, 'a statement of the trust policy denies it', ROLE)],
    ['a denial of another', () => judge([role(statement(), statement({ 'oidc:sub': 'x' }, { Effect: 'Deny' }))]), answer(true, true, `${GOOD}, provided that ${OIDC} exists`, ROLE)],
    ['only a denial of another', () => judge([role(statement({ 'oidc:sub': 'x' }, { Effect: 'Deny' }))]), answer(false, true, 'no statement of the trust policy allows sts:AssumeRole', ROLE)],
    ['another issuer', () => judge([role(statement({ 'oidc:iss': 'j' }))]), differs('issuer', 'j', ISSUER, ROLE)],
    ['another subject', () => judge([role(statement({ 'oidc:sub': ['x', 'y'] }))]), differs('subject', 'x" or "y', SUB, ROLE)],
    ['another audience', () => judge([role(statement({ 'oidc:aud': 'b' }))]), differs('audience', 'b', 'a', ROLE)],
    ['a condition on something else', () => judge([role(statement({ 'acs:x': ['b', 'c'] }))]), differs('subject', 'StringEquals acs:x b, c', 'nothing under this key', ROLE)],
  ])('%s', (_what, got, wanted) => {
    expect(got()).toEqual(wanted);
  });

  const admissions = (keys: object, more: object = {}): readonly object[] => alibaba.admissionsOf(role(statement(keys, more)));
  const by = (Condition: object): readonly object[] => admissions({}, { Condition });
  const named = (iss: string, sub: string, aud: string): object => ({ key: `${iss}\n${sub}\n${aud}`, who: `${sub} of ${iss} for ${aud}` });
  test.each<[string, () => readonly object[], readonly object[]]>([
    ['everybody that is named', () => admissions({ 'oidc:iss': ['i', 'j'], 'oidc:sub': ['s', 't'], 'oidc:aud': ['a', 'b'] }), ['i', 'j'].flatMap(i => ['s', 't'].flatMap(s => ['a', 'b'].map(a => named(i, s, a))))],
    ['no subject', () => by({ StringEquals: { 'oidc:iss': ['i', 'j'] } }), [{ who: 'every service account of i, j' }]],
    ['no subject and no issuer', () => by({}), [{ who: `every service account of the issuer of ${OIDC}` }]],
    ['subjects like', () => by({ StringLike: { 'OIDC:sub': ['s*', 't'] } }), [{ who: `every service account of the issuer of ${OIDC} like s*, t` }]],
    ['no issuer', () => by({ StringEquals: { 'oidc:sub': ['s', 't'] } }), [{ who: `s, t of the issuer of ${OIDC}, whichever it is` }]],
    ['no audience', () => by({ StringEquals: { 'oidc:sub': ['s', 't'], 'oidc:iss': ['i', 'j'] } }), [{ who: 's, t of i, j, with every audience that the OIDC provider takes' }]],
    ['other principals', () => admissions({}, { Principal: { RAM: 'x' }, Action: ['a', 'b'] }), [{ who: 'the principals {"RAM":"x"} by a, b' }]],
    ['principals of two kinds', () => admissions({}, { Principal: { Federated: 'x', RAM: 'y' } }), [{ who: 'the principals {"Federated":"x","RAM":"y"} by sts:AssumeRole' }]],
    ['a provider by another action', () => admissions({}, { Action: 'x' }), [{ who: `the principals {"Federated":["${OIDC}"]} by x` }]],
    ['a denial', () => admissions({}, { Effect: 'Deny' }), []],
    ['no role', () => alibaba.admissionsOf({ ...role(statement()), kind: 'x' }), []],
  ])('lets in: %s', (_what, got, wanted) => {
    expect(got()).toEqual(wanted);
  });

  test('permissions, keys and algorithms', () => {
    const attachment = { provider: 'alibaba', kind: 'ram.RolePolicyAttachment', name: 'n', request: { PolicyType: 'System', PolicyName: 'P' } };
    expect([alibaba.permissionsOf?.(attachment), alibaba.permissionsOf?.(role())]).toEqual([['System policy P'], []]);
    expect(alibaba.keyOf(claims(), indexOf([]))).toBe(`${ISSUER}\n${SUB}\na`);
  });
});

describe('Vault', () => {
  const MOUNT = 'v/auth/m';
  const ROLE = `${MOUNT}/role/r`;
  const review = (request: object = {}): TrustArtifact => ({ provider: 'vault', kind: 'kubernetes.Role', name: ROLE, becomes: ROLE, request: { bound_service_account_names: ['checkout'], bound_service_account_namespaces: ['shop'], audience: 'a', ...request } });
  const signed = (request: object = {}): TrustArtifact => ({ provider: 'vault', kind: 'jwt.Role', name: ROLE, becomes: ROLE, request: { role_type: 'jwt', user_claim: 'sub', bound_audiences: ['a'], bound_subject: SUB, ...request } });
  const config = (request: object = {}, cluster = 'blue'): TrustArtifact => ({ provider: 'vault', kind: 'kubernetes.Config', name: `${MOUNT}/config`, cluster, request });
  const mount = (fields: object = {}): TrustArtifact => ({ provider: 'vault', kind: 'jwt.AuthMount', name: MOUNT, request: { config: { bound_issuer: ISSUER, ...fields } } });
  const judge = judgeBy(vault, ROLE);
  const [BY_REVIEW, BY_KEYS] = ['TokenReview: the API server vouches for it, and name, namespace and audience are those of the role', 'issuer, subject and audience are those of the role'];
  const no = (reason: string): Judgement => answer(false, true, reason, ROLE);
  const open = (reason: string): Judgement => answer(false, false, reason, ROLE);
  const inReview = answer(true, true, BY_REVIEW, ROLE);
  const byKeys = answer(true, true, BY_KEYS, ROLE);

  test.each<[string, () => Judgement, Judgement]>([
    ['no role', () => judge([]), answer(false, false, `the role ${ROLE} is not among the documents`)],
    ['something else', () => judge([{ ...review(), kind: 'x' }]), answer(false, false, `the role ${ROLE} is not among the documents`)],
    ['a review', () => judge([review(), config()]), inReview],
    ['a review by a mount of which nothing is known', () => judge([review()]), answer(true, true, `${BY_REVIEW}, provided that ${MOUNT} asks that of blue`, ROLE)],
    ['a review by another cluster', () => judge([review(), config({}, 'green')]), no(`${MOUNT} asks the API server of green, which does not know the tokens of blue`)],
    ['a role without an audience', () => judge([review({ audience: undefined }), config()]), no('the role has no audience, so that only a token for the API server itself would do; the token has "a"')],
    ['a role with an empty one', () => judge([review({ audience: '' }), config()]), no('the role has no audience, so that only a token for the API server itself would do; the token has "a"')],
    ['a role without an audience, and such a token', () => judge([review({ audience: '' }), config()], { audience: '' }), inReview],
    ['another audience', () => judge([review({ audience: 'b' }), config()]), differs('audience', 'b', 'a', ROLE)],
    ['other names', () => judge([review({ bound_service_account_names: ['x', 'y'], bound_service_account_namespaces: ['shop', 's'] }), config()]), no('the role takes the namespaces shop, s with the names x, y, the pod is shop/checkout')],
    ['other namespaces', () => judge([review({ bound_service_account_namespaces: 'x' }), config()]), no('the role takes the namespaces x with the names checkout, the pod is shop/checkout')],
    ['names and namespaces like', () => judge([review({ bound_service_account_names: 'check*', bound_service_account_namespaces: ['*'] }), config()]), inReview],
    ['names that only begin so', () => judge([review({ bound_service_account_names: 'check' }), config()]), no('the role takes the namespaces shop with the names check, the pod is shop/checkout')],
    ['names that only end so', () => judge([review({ bound_service_account_names: 'out' }), config()]), no('the role takes the namespaces shop with the names out, the pod is shop/checkout')],
    ['a dot by the letter', () => judge([review({ bound_service_account_names: 'check.ut' }), config()]), no('the role takes the namespaces shop with the names check.ut, the pod is shop/checkout')],
    ['a selector', () => judge([review({ bound_service_account_namespaces: [], bound_service_account_namespace_selector: 'x' }), config()]), open('whether x selects the namespace shop is not told here')],
    ['a selector beside the namespace', () => judge([review({ bound_service_account_namespace_selector: 'x' }), config()]), inReview],
    ['a selector, and another name', () => judge([review({ bound_service_account_names: 'y', bound_service_account_namespaces: [], bound_service_account_namespace_selector: 'x' }), config()]), no('the role takes the namespaces  with the names y, the pod is shop/checkout')],
    ['an empty selector', () => judge([review({ bound_service_account_namespaces: [], bound_service_account_namespace_selector: '' }), config()]), no('the role takes the namespaces  with the names checkout, the pod is shop/checkout')],
    ['another issuer that is compared', () => judge([review(), config({ disable_iss_validation: false, issuer: 'j' })]), differs('issuer', 'j', ISSUER, ROLE)],
    ['another issuer that is not', () => judge([review(), config({ disable_iss_validation: true, issuer: 'j' })]), inReview],
    ['another issuer, by default', () => judge([review(), config({ issuer: 'j' })]), inReview],
    ['no issuer to compare with', () => judge([review(), config({ disable_iss_validation: false, issuer: '' })]), inReview],
    ['the issuer that is compared', () => judge([review(), config({ disable_iss_validation: false, issuer: ISSUER })]), inReview],
    ['an issuer that nobody knows', () => judge([review(), config({ disable_iss_validation: false, issuer: 'j' })], { issuer: undefined }), inReview],
    ['places', () => judge([review({ token_bound_cidrs: ['10.0.0.0/8', 'x'] }), config()]), open('whether the login comes from 10.0.0.0/8, x is not told here')],
    ['no places', () => judge([review({ token_bound_cidrs: [] }), config()]), inReview],
    ['a config that nobody can read', () => judge([review(), { ...config(), unknown: ['x', 'y'] }]), open(`x, y of ${MOUNT}/config cannot be read`)],

    ['keys', () => judge([signed(), mount()]), byKeys],
    ['keys of which nothing is known', () => judge([signed()]), answer(true, true, `${BY_KEYS}, provided that its mount has the keys of the cluster`, ROLE)],
    ['a mount that says nothing of keys', () => judge([signed(), mount({ bound_issuer: undefined })]), answer(true, true, `${BY_KEYS}, provided that its mount has the keys of the cluster`, ROLE)],
    ['a mount that discovers them', () => judge([signed(), mount({ bound_issuer: undefined, oidc_discovery_url: ISSUER })]), byKeys],
    ['a mount that discovers others', () => judge([signed(), mount({ oidc_discovery_url: 'j' })]), open(`the mount has the keys of j; whether ${ISSUER} signs with them is not known`)],
    ['a role for browsers', () => judge([signed({ role_type: 'oidc' }), mount()]), no('the role has no role_type jwt, and is one for browsers then')],
    ['no audience', () => judge([signed({ bound_audiences: [] }), mount()]), no('the role has no bound_audiences, and a token with an audience is refused then')],
    ['no issuer', () => judge([signed(), mount()], { issuer: undefined }), answer(false, false, 'the issuer of blue is not known')],
    ['a claim that no token has', () => judge([signed({ user_claim: 'email' }), mount()]), no('its user_claim is email, which no token of Kubernetes has')],
    ...['sub', 'iss', 'jti', '/kubernetes.io/namespace', undefined].map((user_claim): [string, () => Judgement, Judgement] => [`the claim ${String(user_claim)}`, () => judge([signed({ user_claim }), mount()]), byKeys]),
    ['places of a login by keys', () => judge([signed({ token_bound_cidrs: '10.0.0.0/8' }), mount()]), open('whether the login comes from 10.0.0.0/8 is not told here')],
    ['another mount\'s issuer', () => judge([signed(), mount({ bound_issuer: 'j' })]), differs('issuer', 'j', ISSUER, ROLE)],
    ['another subject', () => judge([signed({ bound_subject: 'x' }), mount()]), differs('subject', 'x', SUB, ROLE)],
    ['another audience of keys', () => judge([signed({ bound_audiences: ['b', 'c'] }), mount()]), differs('audience', 'b" or "c', 'a', ROLE)],
    ['other claims', () => judge([signed({ bound_claims: { iss: 'j' } }), mount()]), differs('issuer', 'j', ISSUER, ROLE)],
    ['claims like', () => judge([signed({ bound_subject: '', bound_claims_type: 'glob', bound_claims: { sub: ['x', 'system:*:checkout'], iss: 'https://*' } }), mount()]), byKeys],
    ['a pattern by the letter', () => judge([signed({ bound_subject: null, bound_claims: { sub: 'system:*' } }), mount()]), differs('subject', 'system:*', SUB, ROLE)],
    ['a subject is never a pattern', () => judge([signed({ bound_subject: 'system:*', bound_claims_type: 'glob' }), mount()]), differs('subject', 'system:*', SUB, ROLE)],
    ['claims that are not known here', () => judge([signed({ bound_claims: { x: 'y', z: 'w' } }), mount()]), open('the role wants claims that are not known here: x, z')],
  ])('%s', (_what, got, wanted) => {
    expect(got()).toEqual(wanted);
  });

  const lets = (document: TrustArtifact): readonly object[] => vault.admissionsOf(document);
  test.each<[string, () => readonly object[], readonly object[]]>([
    ['names in namespaces', () => lets(review({ bound_service_account_names: ['x', 'y'] })), ['x', 'y'].map(name => ({ key: `system:serviceaccount:shop:${name}\na`, who: `system:serviceaccount:shop:${name} for a` }))],
    ['names without an audience', () => lets(review({ audience: '' })), [{ key: `${SUB}\n`, who: `${SUB} for the API server` }]],
    ['names without any audience', () => lets(review({ audience: undefined })), [{ key: `${SUB}\n`, who: `${SUB} for the API server` }]],
    ['names like', () => lets(review({ bound_service_account_names: 'x*' })), [{ who: 'every service account like shop/x*' }]],
    ['namespaces like', () => lets(review({ bound_service_account_namespaces: '*' })), [{ who: 'every service account like */checkout' }]],
    ['a selector', () => lets(review({ bound_service_account_names: ['x', 'y'], bound_service_account_namespaces: [], bound_service_account_namespace_selector: 's' })), [{ who: 'x, y in every namespace that s selects' }]],
    ['subjects', () => lets(signed({ bound_audiences: ['a', 'b'] })), [{ key: `${SUB}\na`, who: `${SUB} for a` }, { key: `${SUB}\nb`, who: `${SUB} for b` }]],
    ['subjects of claims', () => lets(signed({ bound_subject: undefined, bound_claims: { sub: ['s', 't'] } })), [{ key: 's\na', who: 's for a' }, { key: 't\na', who: 't for a' }]],
    ['subjects like', () => lets(signed({ bound_subject: undefined, bound_claims_type: 'glob', bound_claims: { sub: ['s*', 't'] } })), [{ who: 'every service account like s*' }, { key: 't\na', who: 't for a' }]],
    ['no subject', () => lets(signed({ bound_subject: undefined })), [{ who: 'every service account that the mount knows' }]],
    ['browsers', () => lets(signed({ role_type: 'oidc' })), []],
    ['a config', () => lets(config()), []],
  ])('lets in: %s', (_what, got, wanted) => {
    expect(got()).toEqual(wanted);
  });

  test('permissions and keys', () => {
    expect(vault.permissionsOf?.(review({ token_policies: ['p', 'q'] }))).toEqual(['policy p', 'policy q']);
    expect(vault.permissionsOf?.(review())).toEqual([]);
    expect(vault.keyOf(claims(), indexOf([]))).toBe(`${SUB}\na`);
  });
});

describe('Entra', () => {
  const CLIENT = 'c';
  const credential = (change: object = {}, more: object = {}): TrustArtifact => ({ provider: 'azure', kind: 'managedidentity.FederatedIdentityCredential', name: 'n', becomes: CLIENT, request: { properties: { issuer: ISSUER, subject: SUB, audiences: ['a'], ...change } }, ...more });
  const judge = judgeBy(azure, CLIENT);

  test.each<[string, () => Judgement, Judgement]>([
    ['a good credential', () => judge([credential()]), answer(true, true, 'issuer, subject and audience are those of one of its federated credentials', 'n')],
    ['the second of two', () => judge([credential({ subject: 'x' }, { name: 'm' }), credential()]), answer(true, true, 'issuer, subject and audience are those of one of its federated credentials', 'n')],
    ['none', () => judge([]), answer(false, false, 'no federated credential of c is among the documents')],
    ['only something else', () => judge([credential({}, { kind: 'authorization.RoleAssignment' })]), answer(false, false, 'no federated credential of c is among the documents')],
    ['no issuer', () => judge([credential()], { issuer: undefined }), answer(false, false, 'the issuer of blue is not known')],
    ['another issuer', () => judge([credential({ issuer: 'j' })]), differs('issuer', 'j', ISSUER)],
    ['another subject', () => judge([credential({ subject: 'x' })]), differs('subject', 'x', SUB)],
    ['another audience', () => judge([credential({ audiences: ['b'] })]), differs('audience', 'b', 'a')],
    ['no audience', () => judge([credential({ audiences: [] })]), answer(false, true, 'no credential names an audience')],
    ['fields that are no texts', () => judge([credential({ issuer: 1, subject: 2 })]), { ...differs('issuer', '', ISSUER) }],
    ['an expression', () => judge([credential({ subject: undefined, claimsMatchingExpression: { value: 'e' } })]), answer(false, false, 'whether its claims match e is not understood here', 'n')],
    ['an expression of another form', () => judge([credential({ subject: undefined, claimsMatchingExpression: ['e'] })]), answer(false, false, 'whether its claims match ["e"] is not understood here', 'n')],
    ['an expression of another issuer', () => judge([credential({ issuer: 'j', subject: undefined, claimsMatchingExpression: { value: 'e' } })]), differs('issuer', 'j', ISSUER)],
    ['an expression beside a good one', () => judge([credential({ subject: undefined, claimsMatchingExpression: { value: 'e' } }, { name: 'm' }), credential({ claimsMatchingExpression: null })]), answer(true, true, 'issuer, subject and audience are those of one of its federated credentials', 'n')],
  ])('%s', (_what, got, wanted) => {
    expect(got()).toEqual(wanted);
  });

  test('whom it lets in, and what it lets them do', () => {
    expect(azure.admissionsOf(credential({ audiences: ['a', 'b'] }))).toEqual(['a', 'b'].map(audience => ({ key: `${ISSUER}\n${SUB}\n${audience}`, who: `${SUB} of ${ISSUER} for ${audience}` })));
    expect(azure.admissionsOf(credential({ claimsMatchingExpression: { value: 'e' } }))).toEqual([{ who: `everybody of ${ISSUER} whose claims match e, for a` }]);
    expect(azure.admissionsOf(credential({}, { kind: 'containerservice.IdentityBinding' }))).toEqual([]);
    const assignment = { provider: 'azure', kind: 'authorization.RoleAssignment', name: '/s/PROVIDERS/Microsoft.Authorization/roleAssignments/x', request: { properties: { roleDefinitionId: 'd' } } };
    expect([azure.permissionsOf?.(assignment), azure.permissionsOf?.(credential())]).toEqual([['d on /s'], []]);
    expect(azure.keyOf(claims(), indexOf([]))).toBe(`${ISSUER}\n${SUB}\na`);
    expect(azure.keyOf(claims({ issuer: undefined }), indexOf([]))).toBe(`\n${SUB}\na`);
  });
});
