/** symbolon.lock: everybody who may get in, as somebody reviewed it. */
import fc from 'fast-check';
import { GOOD_YAML, workspace, type Run, type Workspace } from './workspace';
import { readLock } from '../../src/cli/lock/file';
import { alsoLine, clusterLine, edgeLine, parseLine, strangerLine } from '../../src/cli/lock/lines';
import { identitiesArbOf } from '../support/arbitraries';

const LOCK = 'symbolon.lock';
const CHECKOUT = 'admitted shop/checkout in prod-blue becomes arn:aws:iam::111122223333:role/checkout (aws), by a token for sts.amazonaws.com';
const CLUSTER = 'cluster prod-blue signs as https://oidc.eks.us-west-2.amazonaws.com/id/EXAMPLED539D4633E53DE1B71EXAMPLE';
const second = (name: string): string => `${GOOD_YAML}  - name: ${name}\n    namespace: shop\n    clusters: [prod-blue]\n    trustedBy: { aws: {} }\n`;
const SYNTH = ['synth', 'identity.yaml'];
const UPDATE = [...SYNTH, '--update-lock'];

const linesIn = (space: Workspace, file = LOCK): readonly string[] => space.read(file).split(/\r?\n/).filter(line => line !== '' && !line.startsWith('#'));
const codesIn = (run: Run): readonly string[] => [...`${run.out}${run.err}`.matchAll(/\[(lock\/[a-z]+)\]/g)].map(([, code]) => code as string);

async function locked(yaml = GOOD_YAML): Promise<Workspace> {
  const space = workspace({ 'identity.yaml': yaml });
  expect((await space.run(UPDATE)).code).toBe(0);
  return space;
}

describe('symbolon synth', () => {
  test('without a lock there is none, and nothing is said of it', async () => {
    const space = workspace({ 'identity.yaml': GOOD_YAML });
    const run = await space.run(SYNTH);
    expect(run.code).toBe(0);
    expect(run.out).not.toContain('lock');
    expect(space.has(LOCK)).toBe(false);
  });

  test('writes one line for each edge, and for each cluster what signs its tokens; then it holds', async () => {
    const space = await locked();
    expect(linesIn(space)).toEqual([CHECKOUT, CLUSTER]);
    expect(await space.run(SYNTH)).toMatchObject({ code: 0, err: '' });
    const before = space.read(LOCK);
    expect((await space.run(UPDATE)).out).toContain(`${LOCK}: as it was`);
    expect(space.read(LOCK)).toBe(before);
  });

  test('a new edge is refused until somebody reviews it, and nothing is written', async () => {
    const space = await locked();
    const written = space.tree('dist');
    space.write('identity.yaml', second('orders'));
    const run = await space.run(SYNTH);
    expect(run.code).toBe(1);
    expect(codesIn(run)).toEqual(['lock/unreviewed']);
    expect(run.out).toContain('shop/orders in prod-blue becomes arn:aws:iam::111122223333:role/orders (aws), by a token for sts.amazonaws.com');
    expect(space.tree('dist')).toEqual(written);
    const update = await space.run(UPDATE);
    expect(update).toMatchObject({ code: 0 });
    expect(update.out).toContain(`${LOCK}: written, 1 gains access; let somebody review it`);
    expect(linesIn(space)).toEqual([CHECKOUT, CHECKOUT.replaceAll('checkout', 'orders'), CLUSTER]);
  });

  test('a line that holds no more is said with its place, and goes with the next update', async () => {
    const space = await locked(second('orders'));
    space.write('identity.yaml', GOOD_YAML);
    const run = await space.run(SYNTH);
    expect(run.code).toBe(1);
    expect(run.out).toMatch(/symbolon\.lock:4: error: admitted shop\/orders .*\[lock\/stale\]/);
    expect((await space.run(UPDATE)).out).toContain('1 loses access');
    expect(linesIn(space)).toEqual([CHECKOUT, CLUSTER]);
  });

  test('another issuer under the name of a cluster is seen', async () => {
    const space = await locked();
    space.write('identity.yaml', GOOD_YAML.replace('EXAMPLED539', 'EXAMPLED53A'));
    expect(codesIn(await space.run(SYNTH))).toEqual(['lock/unreviewed', 'lock/stale']);
    expect((await space.run(UPDATE)).out).toContain('what signs for clusters changes');
  });

  test('whoever the definition lets in on purpose has a line that is to be seen', async () => {
    const wild = GOOD_YAML.replace('aws: { roleName: checkout }', 'aws: { roleName: checkout, unsafeSubjects: { like: ["system:serviceaccount:shop-*:checkout"], reason: "migration" } }');
    const space = workspace({ 'identity.yaml': wild });
    const run = await space.run(UPDATE);
    expect(run).toMatchObject({ code: 0 });
    expect(linesIn(space)[0]).toMatch(/^STRANGER .*shop.*becomes arn:aws:iam::111122223333:role\/checkout \(aws\)$/);
    space.write('identity.yaml', GOOD_YAML);
    expect((await space.run(SYNTH)).out).toMatch(/STRANGER .*\[lock\/stale\]/);
  });

  test('who asks by no manifest, and is let in, has a line, too', async () => {
    const space = await locked(GOOD_YAML.replace('aws: { roleName: checkout }', 'aws: { roleName: checkout, injection: none }'));
    expect(linesIn(space)).toEqual([CHECKOUT, CLUSTER]);
  });

  test('what does not hold is not written down', async () => {
    const space = workspace({ 'identity.yaml': `${GOOD_YAML}workloads:\n  - { apiVersion: v1, kind: Pod, metadata: { name: p, namespace: shop, annotations: {} }, spec: { serviceAccountName: checkout, containers: [{ name: a, image: a, env: [{ name: AWS_ROLE_ARN, value: "arn:aws:iam::111122223333:role/other" }] }] } }\n` });
    expect((await space.run(UPDATE)).code).not.toBe(0);
    expect(space.has(LOCK)).toBe(false);
  });

  test('says it to machines', async () => {
    const space = await locked();
    space.write('identity.yaml', second('orders'));
    const { code, out } = await space.run([...SYNTH, '--json']);
    expect(code).toBe(1);
    expect(JSON.parse(out)).toMatchObject({ ok: false, files: [], lock: { file: LOCK, findings: [{ code: 'lock/unreviewed', level: 'error', file: LOCK }] } });
    const updated = JSON.parse((await space.run([...UPDATE, '--json'])).out) as object;
    expect(updated).toMatchObject({ ok: true, lock: { file: LOCK, findings: [], update: { gains: [expect.stringContaining('shop/orders')], loses: [] } } });
  });

  test('a lock of another name is for another environment; one that was named has to be there', async () => {
    const space = await locked();
    expect((await space.run([...SYNTH, '--lock', 'prod.lock'])).err).toMatch(/ERR_INPUT: prod\.lock: there is no such file; write it with --update-lock/);
    expect((await space.run([...UPDATE, '--lock', 'prod.lock'])).code).toBe(0);
    expect(linesIn(space, 'prod.lock')).toEqual(linesIn(space));
  });

  test('it lies beside the definition, wherever one stands', async () => {
    const space = workspace({ 'deep/identity.yaml': GOOD_YAML });
    expect((await space.run(['synth', 'deep/identity.yaml', '--update-lock'])).out).toContain('deep/symbolon.lock: written');
    expect(space.has('deep/symbolon.lock')).toBe(true);
  });

  test('behaves the same in CI', async () => {
    const space = await locked();
    space.write('identity.yaml', second('orders'));
    expect(await space.run(SYNTH, { env: { CI: 'true' } })).toEqual(await space.run(SYNTH));
  });
});

describe('symbolon verify', () => {
  const VERIFY = ['verify', 'dist', '--definition', 'identity.yaml'];
  const WORKLOADS = (name: string): string => `  - { apiVersion: v1, kind: Pod, metadata: { name: ${name}, namespace: shop }, spec: { serviceAccountName: ${name}, containers: [{ name: a, image: a }] } }\n`;
  const with2 = `${second('orders')}workloads:\n${WORKLOADS('checkout')}${WORKLOADS('orders')}`;

  test('agrees with synth about one lock, with workloads and without', async () => {
    for (const yaml of [with2, second('orders')]) {
      const space = await locked(yaml);
      const run = await space.run(VERIFY);
      expect(codesIn(run)).toEqual([]);
      expect(run.code).toBe(0);
      const before = space.read(LOCK);
      expect((await space.run([...VERIFY, '--update-lock'])).out).toContain('as it was');
      expect(space.read(LOCK)).toBe(before);
    }
  });

  test('knows by the trust alone who was reviewed, and who does not get in any more', async () => {
    const space = await locked(second('orders'));
    const args = ['verify', 'dist/cloud', '--definition', 'identity.yaml'];
    const run = await space.run(args);
    expect(run.out).toContain('[verify/stranger]');
    expect(codesIn(run)).toEqual([]);
    const file = 'dist/cloud/aws/orders.json';
    space.write(file, space.read(file).replaceAll('shop:orders', 'shop:other'));
    expect(codesIn(await space.run(args))).toEqual(['lock/unreviewed', 'lock/stale']);
    // The same account by another audience is somebody whom nobody reviewed.
    space.write(file, space.read(file).replaceAll('shop:other', 'shop:orders').replace('"sts.amazonaws.com"', '["sts.amazonaws.com", "other"]'));
    expect(codesIn(await space.run(args))).toEqual(['lock/unreviewed']);
  });

  test('whatever is defined, both take the same lock, but for strangers whom verify refuses itself', async () => {
    await fc.assert(fc.asyncProperty(identitiesArbOf({ existing: false, most: 2 }), async inputs => {
      const clusters = new Map(inputs.flatMap(each => each.clusters).map(cluster => [cluster.name, cluster]));
      const identities = inputs.map(each => ({ ...each, clusters: each.clusters.map(({ name }) => name) }));
      const space = workspace({ 'a.json': JSON.stringify({ version: 1, clusters: [...clusters.values()], identities }) });
      const synth = await space.run(['synth', 'a.json', '--update-lock']);
      fc.pre(synth.code === 0);
      expect((await space.run(['synth', 'a.json'])).code).toBe(0);
      expect((await space.run(['synth', 'a.json', '--update-lock'])).out).toContain('as it was');
      for (const line of linesIn(space)) expect(parseLine(line)).toBeDefined();
      const run = await space.run(['verify', 'dist', '--definition', 'a.json', '--json']);
      // Of an identity that nobody trusts, nothing may be written at all.
      if (run.code === 2) return;
      const { findings } = JSON.parse(run.out) as { findings: { code: string; level: string; message: string }[] };
      if (findings.some(({ code }) => code === 'verify/stranger')) return;
      expect(findings.filter(({ code, level }) => code.startsWith('lock/') && level === 'error')).toEqual([]);
    }), { numRuns: 15 });
  }, 60_000);

  test('finds what nobody reviewed and what holds no more, with its code in every format', async () => {
    const space = await locked(with2);
    space.write(LOCK, space.read(LOCK).replace('shop/orders', 'shop/other'));
    const run = await space.run(VERIFY);
    expect(run.code).toBe(1);
    expect(codesIn(run)).toEqual(['lock/unreviewed', 'lock/stale']);
    expect((await space.run([...VERIFY, '--format', 'sarif'])).out).toContain('"ruleId": "lock/stale"');
    expect((await space.run([...VERIFY, '--format', 'junit'])).out).toContain('<testcase classname="lock/unreviewed"');
    expect(JSON.parse((await space.run([...VERIFY, '--json'])).out)).toMatchObject({ ok: false, lock: { file: LOCK }, findings: [{ code: 'lock/unreviewed', file: LOCK }, { code: 'lock/stale', file: LOCK, line: 4 }] });
  });

  test('a part is judged as far as it goes: lines of what was not given are a warning, and stay', async () => {
    const space = await locked(with2);
    const { 'cloud/aws/orders.json': _, ...rest } = space.tree('dist');
    const part = workspace(Object.fromEntries(Object.entries(rest).map(([path, text]) => [`dist/${path}`, path.startsWith('kubernetes/') ? (text as string).split('---\n').filter(each => !each.includes('orders')).join('---\n') : text as string])));
    part.write('identity.yaml', with2);
    part.write(LOCK, space.read(LOCK));
    const run = await part.run(VERIFY);
    expect(run.code).toBe(0);
    expect(codesIn(run)).toEqual(['lock/unasked']);
    expect((await part.run([...VERIFY, '--update-lock'])).code).toBe(0);
    expect(part.read(LOCK)).toBe(space.read(LOCK));
  });

  test('no baseline knows what nobody reviewed', async () => {
    const space = await locked(with2);
    space.write(LOCK, space.read(LOCK).replace(/^admitted shop\/orders.*\n/m, ''));
    await space.run([...VERIFY, '--write-baseline', 'known.json']);
    expect(space.read('known.json')).not.toContain('lock/');
    expect((await space.run([...VERIFY, '--baseline', 'known.json'])).code).toBe(1);
  });

  test('a stranger whom the baseline knows is a line that is to be seen', async () => {
    const space = await locked(with2);
    const file = 'dist/cloud/aws/orders.json';
    space.write(file, space.read(file).replaceAll('"system:serviceaccount:shop:orders"', '["system:serviceaccount:shop:orders", "system:serviceaccount:shop:old"]'));
    expect(codesIn(await space.run(VERIFY))).toEqual(['lock/unreviewed']);
    await space.run([...VERIFY, '--write-baseline', 'known.json']);
    const args = [...VERIFY, '--baseline', 'known.json'];
    expect((await space.run(args)).code).toBe(1);
    expect((await space.run([...args, '--update-lock'])).code).toBe(0);
    expect(linesIn(space)[0]).toMatch(/^STRANGER .*shop:old/);
    expect((await space.run(args)).code).toBe(0);
  });

  test('has to know where the lock lies', async () => {
    const space = await locked(with2);
    const args = ['verify', 'dist', '--cluster', 'prod-blue=https://oidc.eks.us-west-2.amazonaws.com/id/EXAMPLED539D4633E53DE1B71EXAMPLE'];
    expect((await space.run([...args, '--update-lock'])).err).toMatch(/--update-lock: expected the lock to write/);
    expect((await space.run([...args, '--lock', LOCK])).code).toBe(0);
  });
});

describe('the file', () => {
  test('lines that end as on Windows are lines, and stay so', async () => {
    const space = await locked();
    space.write(LOCK, space.read(LOCK).replaceAll('\n', '\r\n'));
    expect((await space.run(SYNTH)).code).toBe(0);
    space.write('identity.yaml', second('orders'));
    await space.run(UPDATE);
    expect(space.read(LOCK)).toMatch(/orders.*\r\n/);
    expect(space.read(LOCK)).not.toMatch(/[^\r]\n/);
  });

  test('comments stay with the line under them, in whatever order the lines stood', async () => {
    const space = await locked(second('orders'));
    const [one, two, cluster] = linesIn(space);
    space.write(LOCK, [cluster, '', '# SEC-7: approved', two, one, '# the end', ''].join('\n'));
    expect((await space.run(SYNTH)).code).toBe(0);
    space.write('identity.yaml', second('orders').replace('EXAMPLED539', 'EXAMPLED53A'));
    await space.run(UPDATE);
    expect(space.read(LOCK)).toMatch(new RegExp('checkout.*\\n# SEC-7: approved\\nadmitted shop/orders.*\\ncluster .*\\n# the end\\n$'));
  });

  test('every line that is none is said with its place, and nothing is written over it', async () => {
    const space = await locked();
    const text = `${space.read(LOCK)}<<<<<<< HEAD\nadmitted somebody\n ${CHECKOUT}\n${CHECKOUT}\n`;
    space.write(LOCK, text);
    for (const args of [SYNTH, UPDATE]) {
      const { code, err } = await space.run(args);
      expect(code).toBe(2);
      expect(err).toMatch(/line 5: .*the mark of a merge: take the marks out.*\[lock\/line\]/);
      expect(err).toMatch(/line 6: expected one of: admitted NAMESPACE.*got "admitted somebody".*\[lock\/line\]/);
      expect(err).toMatch(/line 7: .*\[lock\/line\]/);
      expect(err).toMatch(/line 8: expected every line once.*it is line 3 already.*\[lock\/twice\]/);
    }
    expect(space.read(LOCK)).toBe(text);
  });

  test('whatever names hold, a line is one line, and is read as what it was written', () => {
    const text = fc.string({ minLength: 1, unit: 'grapheme' }).map(each => `x${each}x`);
    fc.assert(fc.property(text, text, text, (who, becomes, audience) => {
      const edge = { who, becomes, provider: 'aws', audience };
      for (const line of [strangerLine(edge), alsoLine(edge)]) {
        expect(line).not.toMatch(/[\r\n\u2028]/);
        expect(parseLine(line)).toMatchObject({ text: line, identity: { provider: 'aws' } });
      }
      const named = { ...edge, who: 'shop/checkout in blue' };
      expect(parseLine(edgeLine(named))).toMatchObject({ text: edgeLine(named), identity: { provider: 'aws' } });
    }));
    expect(parseLine(clusterLine('blue', 'https://a.example.com/'))).toMatchObject({ cluster: { name: 'blue', issuer: 'https://a.example.com/' } });
  });

  test('a lock that is not there is none', () => {
    expect(readLock({ path: '/nowhere/symbolon.lock', shown: 'symbolon.lock' })).toBeUndefined();
  });
});
