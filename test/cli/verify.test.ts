import { GOOD_YAML, workspace, type Workspace } from './workspace';

const ISSUER = 'https://oidc.eks.us-west-2.amazonaws.com/id/EXAMPLED539D4633E53DE1B71EXAMPLE';
const ROLE = 'arn:aws:iam::111122223333:role/checkout';

const POD = `apiVersion: v1
kind: Pod
metadata:
  name: web
  namespace: shop
spec:
  serviceAccountName: checkout
  containers:
    - name: app
      image: shop/app:1.4
`;

const ACCOUNT = `# the account of the shop
apiVersion: v1
kind: ServiceAccount
metadata:
  name: checkout
  namespace: shop
  annotations:
    eks.amazonaws.com/role-arn: ${ROLE}
`;

interface Statement {
  readonly sub?: string;
  readonly aud?: string;
  readonly operator?: string;
  readonly host?: string;
}

/** One role as `symbolon synth` writes it, and as somebody may have changed it by hand. */
function role(...statements: readonly Statement[]): string {
  const Statement = statements.map(({ sub = 'system:serviceaccount:shop:checkout', aud = 'sts.amazonaws.com', operator = 'StringEquals', host = ISSUER.slice('https://'.length) }) => ({
    Effect: 'Allow',
    Principal: { Federated: `arn:aws:iam::111122223333:oidc-provider/${host}` },
    Action: 'sts:AssumeRoleWithWebIdentity',
    Condition: { [operator]: { [`${host}:sub`]: sub }, StringEquals: { [`${host}:aud`]: aud, ...(operator === 'StringEquals' && { [`${host}:sub`]: sub }) } },
  }));
  const request = { RoleName: 'checkout', Path: '/', AssumeRolePolicyDocument: { Version: '2012-10-17', Statement } };
  return JSON.stringify({ documents: [{ kind: 'iam.Role', name: ROLE, becomes: ROLE, request }] }, null, 2);
}

function shop(trust: string, manifests = `${ACCOUNT}---\n${POD}`): Workspace {
  return workspace({ 'k8s/shop.yaml': manifests, 'cloud/role.json': trust });
}

const ARGS = ['verify', 'k8s', 'cloud', '--cluster', `blue=${ISSUER}`];

interface Found {
  readonly code: string;
  readonly level: string;
  readonly message: string;
  readonly fix: string;
  readonly file?: string;
  readonly line?: number;
}

interface Json {
  readonly ok: boolean;
  readonly holds: boolean;
  readonly decided: boolean;
  readonly findings: readonly Found[];
  readonly known: readonly unknown[];
  readonly gone: readonly unknown[];
  readonly verdicts: readonly { readonly admitted: boolean; readonly difference?: object }[];
  readonly strangers: readonly { readonly who: string; readonly witness?: object }[];
}

async function verified(space: Workspace, args: readonly string[] = ARGS): Promise<{ readonly code: number; readonly json: Json }> {
  const { code, out } = await space.run([...args, '--json']);
  return { code, json: JSON.parse(out) as Json };
}

describe('symbolon verify', () => {
  test('what fits is said to fit, and nothing else is', async () => {
    const { code, out, err } = await shop(role({})).run(ARGS);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toBe([
      `admitted: Pod shop/web in blue becomes ${ROLE} (aws): issuer, subject and audience are those of one statement of its trust policy, provided that arn:aws:iam::111122223333:oidc-provider/${ISSUER.slice(8)} exists`,
      '2 files, 1 verdict: 0 error, 0 undecided, 0 warning',
      '',
    ].join('\n'));
  });

  test.each([
    ['another subject', { sub: 'system:serviceaccount:shop:checkuot' }, { claim: 'subject', token: 'system:serviceaccount:shop:checkout', trust: 'system:serviceaccount:shop:checkuot' }],
    ['another audience', { aud: 'sts.example.com' }, { claim: 'audience', token: 'sts.amazonaws.com', trust: 'sts.example.com' }],
    ['a slash too many', { host: `${ISSUER.slice(8)}/` }, { claim: 'issuer', token: ISSUER.slice(8), trust: `${ISSUER.slice(8)}/` }],
  ])('%s: refused with the first difference, the line of the workload and a fix', async (_what, statement, difference) => {
    const { code, json } = await verified(shop(role(statement)));
    expect(code).toBe(1);
    expect(json.verdicts).toMatchObject([{ admitted: false, difference }]);
    expect(json.findings[0]).toMatchObject({ code: 'verify/refused', level: 'error', file: 'k8s/shop.yaml', line: 10 });
    expect(json.findings[0]?.fix).toContain(JSON.stringify(difference.token));
  });

  test('somebody else in the trust is a stranger, with the claims of one who gets in and the line of the document', async () => {
    const { code, json } = await verified(shop(role({}, { sub: 'system:serviceaccount:shop:other' })));
    expect(code).toBe(1);
    expect(json.strangers).toMatchObject([{ witness: { issuer: ISSUER, subject: 'system:serviceaccount:shop:other', audience: 'sts.amazonaws.com' } }]);
    expect(json.findings).toMatchObject([{ code: 'verify/stranger', file: 'cloud/role.json', line: 3 }]);
  });

  test('a wildcard is over-broad, and its witness is nobody of the manifests', async () => {
    const { json } = await verified(shop(role({ sub: 'system:serviceaccount:shop:*', operator: 'StringLike' })));
    expect(json.findings).toMatchObject([{ code: 'verify/over-broad' }]);
    expect(json.strangers).toMatchObject([{ witness: { subject: 'system:serviceaccount:shop:stranger' } }]);
  });

  test('an account of the manifests as which nothing runs is a warning, and nothing worse', async () => {
    const { code, json } = await verified(shop(role({}), ACCOUNT));
    expect(code).toBe(0);
    expect(json.findings).toMatchObject([{ code: 'verify/unused', level: 'warning', file: 'k8s/shop.yaml', line: 2 }]);
  });

  test('the same account in a cluster that is not among those given is a stranger', async () => {
    const { json } = await verified(shop(role({}, { host: 'oidc.example.com/old' })));
    expect(json.findings).toMatchObject([{ code: 'verify/stranger' }]);
    expect(json.strangers).toMatchObject([{ witness: { issuer: 'https://oidc.example.com/old' } }]);
  });

  test('without an issuer nothing is decided, and it is said what is missing', async () => {
    const { code, json } = await verified(shop(role({})), ['verify', 'k8s', 'cloud']);
    expect(code).toBe(3);
    expect(json).toMatchObject({ ok: false, holds: true, decided: false, findings: [{ code: 'verify/undecided', fix: expect.stringContaining('--cluster') as string }] });
    const { code: alone, json: pods } = await verified(shop(role({})), ['verify', 'k8s']);
    expect(alone).toBe(3);
    expect(pods).toMatchObject({ holds: true, decided: false, findings: [{ code: 'verify/undecided', level: 'undecided' }] });
  });

  test('lists of the API server, with the line of the item', async () => {
    const items = [{ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a', namespace: 'shop' } }, { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'web', namespace: 'shop' }, spec: { serviceAccountName: 'checkout', containers: [{ name: 'app', env: [{ name: 'AWS_ROLE_ARN', value: ROLE }] }] } }];
    const space = workspace({ 'all.json': JSON.stringify({ apiVersion: 'v1', kind: 'List', items }, null, 2), 'role.json': role({}) });
    const { json } = await verified(space, ['verify', 'all.json', 'role.json', '--cluster', `blue=${ISSUER}`]);
    const [refused] = json.findings.filter(({ code }) => code === 'verify/refused');
    expect(refused).toMatchObject({ file: 'all.json' });
    expect(space.read('all.json').split('\n')[(refused?.line ?? 0) - 1]).toBe('    {');
    expect(refused?.line).toBeGreaterThan(10);
  });

  test('what synth writes is verified by the clusters of the same definition', async () => {
    const space = workspace({ 'identity.yaml': GOOD_YAML });
    expect((await space.run(['synth', 'identity.yaml'])).code).toBe(0);
    const { code, json } = await verified(space, ['verify', 'dist', '--definition', 'identity.yaml']);
    expect({ code, levels: json.findings.map(({ level }) => level) }).toEqual({ code: 0, levels: ['warning'] });
  });

  describe('clusters', () => {
    const GREEN = 'https://oidc.eks.us-west-2.amazonaws.com/id/GREEN';

    test('a folder on the path says which cluster it is', async () => {
      const space = workspace({ 'k8s/blue/shop.yaml': `${ACCOUNT}---\n${POD}`, 'k8s/green/shop.yaml': `${ACCOUNT}---\n${POD}`, 'cloud/role.json': role({}) });
      const { json } = await verified(space, [...ARGS, '--cluster', `green=${GREEN}`]);
      expect(json.verdicts).toMatchObject([{ admitted: true }, { admitted: false, difference: { claim: 'issuer' } }]);
    });

    test('where nothing says it, it is asked for, and not guessed', async () => {
      const { code, json } = await verified(shop(role({})), [...ARGS, '--cluster', `green=${GREEN}`]);
      expect(code).toBe(1);
      expect(json.verdicts).toEqual([]);
      expect(json.findings.filter(({ code: of }) => of === 'evidence/no-cluster')).toHaveLength(2);
    });

    test('an evidence file says it', async () => {
      const space = shop(role({}));
      space.write('evidence.yaml', `version: 1\nclusters:\n  - { name: blue, issuer: "${ISSUER}" }\n  - { name: green, issuer: "${GREEN}" }\ndocuments:\n  - { file: k8s, cluster: blue }\n`);
      expect(await space.run(['verify', 'k8s', 'cloud', '--evidence', 'evidence.yaml'])).toMatchObject({ code: 0 });
    });

    test('a discovery document in the place of the issuer', async () => {
      const space = shop(role({}));
      space.write('discovery.json', JSON.stringify({ issuer: ISSUER, jwks_uri: `${ISSUER}/keys` }));
      expect(await space.run(['verify', 'k8s', 'cloud', '--cluster', 'blue=discovery.json'])).toMatchObject({ code: 0 });
    });
  });

  describe('wrong usage and bad input: a coded error that names file and place', () => {
    test.each([
      ['no path', ['verify'], {}, /expected files or folders/],
      ['no such path', ['verify', 'nothing'], {}, /nothing: there is no such file/],
      ['an empty folder', ['verify', 'k8s'], { 'k8s/readme.md': 'x' }, /expected files that end in/],
      ['an issuer by http', ['verify', 'a.yaml', '--cluster', 'blue=http://x.example.com'], { 'a.yaml': POD }, /--cluster blue: .*does not begin with https/],
      ['a cluster without an issuer', ['verify', 'a.yaml', '--cluster', 'blue'], { 'a.yaml': POD }, /NAME=ISSUER/],
      ['a cluster twice', ['verify', 'a.yaml', '--cluster', 'blue=https://a.example.com', '--cluster', 'blue=https://b.example.com'], { 'a.yaml': POD }, /given twice/],
      ['a format that is none', ['verify', 'a.yaml', '--format', 'xml'], { 'a.yaml': POD }, /--format: expected text, json, sarif, junit, got "xml"/],
      ['an option of another command', ['verify', 'a.yaml', '--out', 'x'], { 'a.yaml': POD }, /verify: there is no option --out/],
      ['truncated YAML', ['verify', 'a.yaml'], { 'a.yaml': `${POD}---\nkind: "Po` }, /a\.yaml:13:\d+: it is no YAML/],
      ['a key twice', ['verify', 'a.yaml'], { 'a.yaml': 'apiVersion: v1\nkind: Pod\nkind: Job\n' }, /a\.yaml:3:\d+: .*duplicated mapping key/],
      ['a key twice in JSON', ['verify', 'a.json'], { 'a.json': '{\n  "kind": "A",\n  "kind": "B"\n}' }, /a\.json:3:\d+: the key "kind" stands here twice/],
      ['truncated JSON', ['verify', 'a.json'], { 'a.json': '{ "kind": "A", ' }, /a\.json.*it is no JSON/],
      ['an anchor bomb', ['verify', 'a.yaml'], { 'a.yaml': bomb() }, /its aliases stand for/],
      ['deep nesting', ['verify', 'a.yaml'], { 'a.yaml': `a: ${'['.repeat(20_000)}` }, /nested more deeply|it is no YAML/],
      ['an evidence file that names what is not given', ['verify', 'a.yaml', '--evidence', 'e.yaml'], { 'a.yaml': POD, 'e.yaml': 'version: 1\ndocuments:\n  - { file: b.json, of: x }\n' }, /b\.json: the evidence file names it/],
      ['an unknown key in the evidence file', ['verify', 'a.yaml', '--evidence', 'e.yaml'], { 'a.yaml': POD, 'e.yaml': 'version: 1\ndocument: []\n' }, /document: .*did you mean|documents/],
    ] as [string, string[], { [path: string]: string }, RegExp][])('%s', async (_what, args, files, message) => {
      const { code, err } = await workspace(files).run(args);
      expect([1, 2]).toContain(code);
      expect(err).toMatch(message);
      expect(err).not.toMatch(/\bat .*:\d+:\d+\)/);
    });

    test('all files that cannot be read are said at once', async () => {
      const { err } = await workspace({ 'a.yaml': 'a: "', 'b.yaml': 'b: "' }).run(['verify', 'a.yaml', 'b.yaml']);
      expect(err).toMatch(/a\.yaml[\s\S]*b\.yaml/);
    });

    test('a document that nobody knows is a warning that says what it has', async () => {
      const { code, json } = await verified(workspace({ 'a.json': '{ "hello": 1 }' }), ['verify', 'a.json']);
      expect(code).toBe(0);
      expect(json.findings).toMatchObject([{ code: 'evidence/unknown', level: 'warning', file: 'a.json', line: 1 }]);
    });

    test('one object twice, and not the same: neither counts for sure', async () => {
      const { code, json } = await verified(shop(role({}), `${ACCOUNT}---\n${POD}---\n${POD.replace('shop/app:1.4', 'shop/app:1.5')}`));
      expect(code).toBe(3);
      expect(json.findings).toMatchObject([{ code: 'evidence/twice', file: 'k8s/shop.yaml', line: 21 }]);
    });

    test('labels that the API server would read as a truth value are none', async () => {
      const azure = 'apiVersion: v1\nkind: ServiceAccount\nmetadata:\n  name: checkout\n  namespace: shop\n  annotations:\n    azure.workload.identity/client-id: c3d4e5f6-0718-4293-a4b5-c6d7e8f90a1b\n';
      const pod = POD.replace('namespace: shop\n', 'namespace: shop\n  labels:\n    azure.workload.identity/use: true\n');
      const { json } = await verified(workspace({ 'k8s/shop.yaml': `${azure}---\n${pod}` }), ['verify', 'k8s', '--cluster', `blue=${ISSUER}`]);
      expect(json.findings).toMatchObject([{ code: 'verify/refused' }]);
      expect(json.findings[0]?.message).toMatch(/lacks the label/);
    });
  });

  describe('baseline', () => {
    test('what is known does not count, what is new does, and what is gone is said', async () => {
      const space = shop(role({}, { sub: 'system:serviceaccount:shop:other' }));
      expect(await space.run([...ARGS, '--write-baseline', 'known.json'])).toMatchObject({ code: 1 });
      expect(await space.run([...ARGS, '--baseline', 'known.json'])).toMatchObject({ code: 0 });
      space.write('cloud/role.json', role({}, { sub: 'system:serviceaccount:shop:third' }));
      const { code, json } = await verified(space, [...ARGS, '--baseline', 'known.json']);
      expect(code).toBe(1);
      expect(json.findings).toMatchObject([{ code: 'verify/stranger' }]);
      expect(json.gone).toHaveLength(1);
    });

    test('reasons that people wrote stay when it is written anew', async () => {
      const space = shop(role({}, { sub: 'system:serviceaccount:shop:other' }));
      await space.run([...ARGS, '--write-baseline', 'known.json']);
      const written = JSON.parse(space.read('known.json')) as { known: object[] };
      space.write('known.json', JSON.stringify({ ...written, known: written.known.map(known => ({ ...known, reason: 'retired in May' })) }));
      await space.run([...ARGS, '--write-baseline', 'known.json']);
      expect(JSON.parse(space.read('known.json'))).toMatchObject({ version: 1, known: [{ reason: 'retired in May' }] });
    });
  });

  describe('formats', () => {
    const BAD = role({ sub: 'system:serviceaccount:shop:<other> & "more"' });

    test('SARIF: rules, levels, places, and a fingerprint that does not move with the line', async () => {
      const sarif = async (manifests: string): Promise<Sarif> => JSON.parse((await shop(BAD, manifests).run([...ARGS, '--format', 'sarif'])).out) as Sarif;
      const [{ results, tool } = { results: [], tool: { driver: { rules: [] } } }] = (await sarif(`${ACCOUNT}---\n${POD}`)).runs;
      expect(results[0]).toMatchObject({ ruleId: 'verify/refused', level: 'error', locations: [{ physicalLocation: { artifactLocation: { uri: 'k8s/shop.yaml' }, region: { startLine: 10 } } }] });
      for (const { ruleId, ruleIndex } of results) expect(tool.driver.rules[ruleIndex]?.id).toBe(ruleId);
      const moved = (await sarif(`# moved\n${ACCOUNT}---\n${POD}`)).runs[0]?.results[0];
      expect(moved?.partialFingerprints).toEqual(results[0]?.partialFingerprints);
      expect(moved?.locations[0]?.physicalLocation.region.startLine).toBe(11);
    });

    test('JUnit: as many cases, failures and skips as it says, and well-formed whatever the names are', async () => {
      const { out } = await shop(BAD).run([...ARGS, '--format', 'junit']);
      expect(out).toMatch(/<testsuites tests="2" failures="2" skipped="0" errors="0">/);
      expect(out.match(/<testcase /g)).toHaveLength(2);
      expect(out).toContain('&lt;other&gt; &amp; &quot;more');
      expect(out.replace(/&(amp|lt|gt|quot|#10);/g, '')).not.toContain('&');
    });

    test('the same input gives the same bytes', async () => {
      for (const format of ['text', 'json', 'sarif', 'junit']) {
        const [first, second] = [await shop(BAD).run([...ARGS, '--format', format]), await shop(BAD).run([...ARGS, '--format', format])];
        expect(first).toEqual(second);
      }
    });
  });
});

interface Sarif {
  readonly runs: readonly {
    readonly tool: { readonly driver: { readonly rules: readonly { readonly id: string }[] } };
    readonly results: readonly {
      readonly ruleId: string;
      readonly ruleIndex: number;
      readonly partialFingerprints: object;
      readonly locations: readonly { readonly physicalLocation: { readonly region: { readonly startLine: number } } }[];
    }[];
  }[];
}

function bomb(): string {
  const lines = ['a0: &a0 [x, x, x, x, x, x, x, x, x, x]'];
  for (let i = 1; i < 9; i++) lines.push(`a${i}: &a${i} [${Array<string>(10).fill(`*a${i - 1}`).join(', ')}]`);
  return lines.join('\n');
}
