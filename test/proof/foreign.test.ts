/** The proof over halves that nobody here generated: written by hand, as people write them, mistakes included. */
import { CLIENT, EKS_ISSUER, AKS_ISSUER, ROLE, account, credential, explicitAws, member, only, pod, role, statement } from './support';
import type { Artifacts, TrustArtifact } from '../../src/proof/artifacts';
import { prove } from '../../src/proof/prove';

const aws = (trust: readonly TrustArtifact[], objects = [account({ 'eks.amazonaws.com/role-arn': ROLE }), pod()], issuer = EKS_ISSUER): Artifacts =>
  ({ clusters: [{ name: 'blue', issuer, objects }], trust });

describe('AWS, by webhook', () => {
  test('the right trust admits, and nobody else', () => {
    const proof = prove(aws([role(statement())]));
    expect(only(proof.verdicts)).toMatchObject({ admitted: true, becomes: ROLE, claims: { issuer: EKS_ISSUER, subject: 'system:serviceaccount:shop:checkout', audience: 'sts.amazonaws.com' } });
    expect(proof).toMatchObject({ holds: true, strangers: [] });
  });

  test.each<[string, TrustArtifact, RegExp]>([
    ['another subject', role(statement({ sub: 'system:serviceaccount:shop:check-out' })), /the trust wants the subject "system:serviceaccount:shop:check-out", the token has "system:serviceaccount:shop:checkout"/],
    ['a slash too many', role(statement({ issuer: `${EKS_ISSUER}/` })), /slash at the end that the token lacks/],
    ['the audience of China that does not exist', role(statement({ aud: 'sts.amazonaws.com.cn' })), /wants the audience "sts.amazonaws.com.cn"/],
    ['upper case', role(statement({ sub: 'system:serviceaccount:Shop:checkout' })), /differ in upper and lower case/],
    ['a star that StringEquals takes by the letter', role(statement({ sub: 'system:serviceaccount:shop:*' })), /wants the subject "system:serviceaccount:shop:\*"/],
    ['the whole ARN in the condition key', role(statement({ key: `arn:aws:iam::111122223333:oidc-provider/${EKS_ISSUER.slice(8)}` })), /nothing under this key/],
    ['another action', role({ ...statement(), Action: 'sts:AssumeRole' }), /no statement of the trust policy allows sts:AssumeRoleWithWebIdentity/],
  ])('%s is refused, and the reason names it', (_what, trust, reason) => {
    const proof = prove(aws([trust]));
    expect(only(proof.verdicts)).toMatchObject({ admitted: false, decided: true });
    expect(only(proof.verdicts).reason).toMatch(reason);
    expect(proof.holds).toBe(false);
  });

  test('a Deny beats every Allow', () => {
    expect(only(prove(aws([role(statement(), { ...statement(), Effect: 'Deny' })])).verdicts)).toMatchObject({ admitted: false, reason: expect.stringContaining('denies') });
  });

  test.each<[string, object]>([
    ['everybody', { Principal: '*' }],
    ['every AWS principal', { Principal: { AWS: '*' } }],
    ['everybody but one', { Principal: undefined, NotPrincipal: { AWS: 'arn:aws:iam::111122223333:root' } }],
  ])('a Deny of %s is one of this pod, too', (_what, principal) => {
    const deny = { Effect: 'Deny', Action: 'sts:*', ...principal };
    expect(only(prove(aws([role(statement(), deny)])).verdicts)).toMatchObject({ admitted: false, reason: expect.stringContaining('denies') });
  });

  test('an Allow for everybody but one lets strangers in', () => {
    const proof = prove(aws([role(statement(), { Effect: 'Allow', NotPrincipal: { AWS: 'x' }, Action: 'sts:AssumeRoleWithWebIdentity' })]));
    expect(proof).toMatchObject({ holds: false, strangers: [{ who: expect.stringContaining('not') }] });
  });

  test('keys in the environment beat every token', () => {
    const keyed = pod({ containers: [{ name: 'app', image: 'app:1', env: [{ name: 'AWS_ACCESS_KEY_ID', valueFrom: { secretKeyRef: { name: 'aws', key: 'id' } } }] }] });
    expect(only(prove(aws([role(statement())], [account({ 'eks.amazonaws.com/role-arn': ROLE }), keyed])).verdicts))
      .toMatchObject({ admitted: false, reason: expect.stringContaining('AWS_ACCESS_KEY_ID') });
  });

  test('an OIDC provider that does not know the audience refuses it', () => {
    const anchor = { provider: 'aws', kind: 'iam.OpenIDConnectProvider', name: statement().Principal.Federated, request: { Url: EKS_ISSUER, ClientIDList: ['amazonaws.com'] } };
    expect(only(prove(aws([role(statement()), anchor])).verdicts)).toMatchObject({ admitted: false, reason: expect.stringContaining('takes the audiences amazonaws.com') });
  });

  test.each<[string, ReturnType<typeof statement>, string]>([
    ['no sub', statement({ sub: null }), `every service account of ${EKS_ISSUER}`],
    ['no aud', statement({ aud: null }), 'every audience that the OIDC provider takes'],
    ['a wildcard', statement({ operator: 'StringLike', sub: 'system:serviceaccount:shop:*' }), 'like system:serviceaccount:shop:*'],
    ['a second subject that no manifest has', statement({ sub: ['system:serviceaccount:shop:checkout', 'system:serviceaccount:shop:old'] }), 'system:serviceaccount:shop:old'],
  ])('%s lets strangers in, and the proof names them', (_what, open, who) => {
    const proof = prove(aws([role(open)]));
    expect(only(proof.verdicts).admitted).toBe(true);
    expect(proof.strangers.map(stranger => stranger.who).join()).toContain(who);
    expect(proof.holds).toBe(false);
  });

  test('a pod that opts out, and a container that is skipped, ask for nothing', () => {
    const objects = (template: object) => [account({ 'eks.amazonaws.com/role-arn': ROLE }), pod({}, template)];
    expect(prove(aws([role(statement())], objects({ labels: { 'eks.amazonaws.com/skip-pod-identity-webhook': 'yes' } }))).verdicts).toEqual([]);
    expect(prove(aws([role(statement())], objects({ annotations: { 'eks.amazonaws.com/skip-containers': 'sidecar,app' } }))).verdicts).toEqual([]);
  });

  test('without the role\'s trust, or the issuer, there is no answer', () => {
    expect(only(prove(aws([])).verdicts)).toMatchObject({ admitted: false, decided: false });
    const { clusters, trust } = aws([role(statement())]);
    const nameless = clusters.map(({ issuer: _issuer, ...cluster }) => cluster);
    expect(only(prove({ clusters: nameless, trust }).verdicts)).toMatchObject({ decided: false, reason: expect.stringContaining('issuer of blue') });
  });
});

describe('AWS, explicitly', () => {
  test('the token that the environment points at is the one that counts', () => {
    expect(only(prove(aws([role(statement())], [account(), explicitAws()])).verdicts).admitted).toBe(true);
    expect(only(prove(aws([role(statement())], [account(), explicitAws({ audience: 'vault' })])).verdicts).reason).toMatch(/wants the audience "sts.amazonaws.com", the token has "vault"/);
  });

  test.each<[string, Parameters<typeof explicitAws>[0], RegExp]>([
    ['a path where nothing is mounted', { file: '/elsewhere/token' }, /nothing is mounted at \/elsewhere\/token/],
    ['a file that the volume does not have', { file: '/var/run/secrets/aws/tokn' }, /has no file tokn/],
    ['half of the environment', { env: [{ name: 'AWS_ROLE_ARN', value: ROLE }] }, /only one of AWS_ROLE_ARN and AWS_WEB_IDENTITY_TOKEN_FILE/],
    ['a subPath mount', { mount: { subPath: 'token' } }, /never renewed/],
    ['a volume that does not exist', { mount: { name: 'typo' } }, /volume typo does not exist/],
  ])('%s keeps the pod out', (_what, change, reason) => {
    const proof = prove(aws([role(statement())], [account(), explicitAws(change)]));
    expect(only(proof.verdicts)).toMatchObject({ admitted: false, reason: expect.stringMatching(reason) });
  });
});

describe('Azure', () => {
  const azure = (trust: readonly TrustArtifact[], labels = { 'azure.workload.identity/use': 'true' }): Artifacts =>
    ({ clusters: [{ name: 'aks', issuer: AKS_ISSUER, objects: [account({ 'azure.workload.identity/client-id': CLIENT }), pod({}, { labels })] }], trust });

  test('the right credential admits, and nobody else', () => {
    expect(prove(azure([credential()]))).toMatchObject({ holds: true, verdicts: [{ admitted: true, becomes: CLIENT }], strangers: [] });
  });

  test.each<[string, TrustArtifact, RegExp]>([
    ['an issuer without its slash', credential({ issuer: AKS_ISSUER.slice(0, -1) }), /the trust lacks the slash at the end that the token has/],
    ['another case', credential({ subject: 'system:serviceaccount:shop:Checkout' }), /upper and lower case/],
    ['a star, which Azure takes by the letter', credential({ subject: 'system:serviceaccount:shop:*' }), /wants the subject "system:serviceaccount:shop:\*"/],
    ['the audience of another cloud', credential({ audiences: ['api://AzureADTokenExchangeChina'] }), /wants the audience/],
  ])('%s is refused', (_what, trust, reason) => {
    expect(only(prove(azure([trust])).verdicts)).toMatchObject({ admitted: false, reason: expect.stringMatching(reason) });
  });

  test.each<[string, object, object, RegExp]>([
    ['a client secret', { containers: [{ name: 'app', env: [{ name: 'AZURE_CLIENT_SECRET', value: 'x' }] }] }, {}, /AZURE_CLIENT_SECRET, which the SDK uses instead/],
    ['a lifetime that the webhook rejects', {}, { annotations: { 'azure.workload.identity/service-account-token-expiration': '600' } }, /webhook rejects the pod/],
  ])('%s keeps the pod from its token', (_what, spec, metadata, reason) => {
    const objects = [account({ 'azure.workload.identity/client-id': CLIENT }), pod(spec, { labels: { 'azure.workload.identity/use': 'true' }, ...metadata })];
    const proof = prove({ clusters: [{ name: 'aks', issuer: AKS_ISSUER, objects }], trust: [credential()] });
    expect(only(proof.verdicts)).toMatchObject({ admitted: false, reason: expect.stringMatching(reason) });
  });

  test('an annotation without the label is a pod without credentials', () => {
    expect(only(prove(azure([credential()], {} as never)).verdicts)).toMatchObject({ admitted: false, reason: expect.stringContaining('lacks the label') });
  });
});

describe('Google Cloud', () => {
  const gcp = (trust: readonly TrustArtifact[], template: object = {}, extra: object = {}): Artifacts => ({
    clusters: [{ name: 'gke', workloadPool: 'demo.svc.id.goog', objects: [account({ 'iam.gke.io/gcp-service-account': 'app@demo.iam.gserviceaccount.com' }), pod(extra, template)] }], trust,
  });

  test('the right member admits, and the proof says who else is the same member', () => {
    const proof = prove(gcp([member()]));
    expect(proof).toMatchObject({ holds: true, strangers: [], verdicts: [{ admitted: true, alsoAdmits: ['shop/checkout in every other cluster of the project demo'] }] });
  });

  test('another account on the other side is refused', () => {
    // The mistake of the tutorial: the account that is granted is not the one that the annotation names.
    const granted = member({ resource: 'projects/demo/serviceAccounts/gcs-access-sa@demo.iam.gserviceaccount.com' });
    expect(only(prove(gcp([granted])).verdicts).admitted).toBe(false);
  });

  test.each([
    ['another namespace', member({ member: 'serviceAccount:demo.svc.id.goog[default/checkout]' })],
    ['another project', member({ member: 'serviceAccount:other.svc.id.goog[shop/checkout]' })],
  ])('%s is refused, and a stranger', (_what, trust) => {
    const proof = prove(gcp([trust]));
    expect(only(proof.verdicts).admitted).toBe(false);
    expect(proof.strangers).toHaveLength(1);
  });

  test('everybody is a stranger', () => {
    expect(prove(gcp([member(), member({ member: 'allAuthenticatedUsers' })])).strangers).toMatchObject([{ who: 'allAuthenticatedUsers' }]);
  });

  test('on nodes without the metadata server a pod is the node', () => {
    const selector = { nodeSelector: { 'iam.gke.io/gke-metadata-server-enabled': 'false' } };
    expect(only(prove(gcp([member()], {}, selector)).verdicts)).toMatchObject({ admitted: false, reason: expect.stringContaining('identity of the node') });
  });

  test('on the host\'s network a pod is the node', () => {
    expect(only(prove(gcp([member()], {}, { hostNetwork: true })).verdicts)).toMatchObject({ admitted: false, reason: expect.stringContaining('identity of the node') });
  });
});
