import { GOOD_YAML, workspace } from './workspace';
import type { Proof } from '../../src/proof/verdict';

/** A trust that admits more than it should is not what the generator makes, so the proof is told of one here. */
const STRANGER = { provider: 'aws', becomes: 'arn:aws:iam::111122223333:role/checkout', by: 'arn:aws:iam::111122223333:role/checkout', who: 'every service account of https://x' };

jest.mock('../../src/proof/prove', () => ({
  prove: (artifacts: never): Proof => {
    const { prove } = jest.requireActual<{ prove(artifacts: never): Proof }>('../../src/proof/prove');
    const proof = prove(artifacts);
    return { ...proof, holds: false, strangers: [...proof.strangers, STRANGER] };
  },
}));

test('somebody who gets in though nobody asked is shown, and nothing is written', async () => {
  const space = workspace({ 'identity.yaml': GOOD_YAML });
  const { code, out, err } = await space.run(['synth', 'identity.yaml']);
  expect(code).toBe(1);
  expect(out).toMatch(/^checkout .* admitted, but not alone: /m);
  expect(out).not.toContain('nobody else');
  expect(out).toContain('STRANGER: every service account of https://x becomes arn:aws:iam::111122223333:role/checkout (aws), by arn:aws:iam::111122223333:role/checkout\n');
  expect(err).toContain('nothing was written');
  expect(space.has('dist')).toBe(false);
  const { out: json } = await space.run(['synth', 'identity.yaml', '--json']);
  expect(JSON.parse(json)).toMatchObject({ ok: false, strangers: [STRANGER], files: [] });
});

test('one that is declared does not excuse one that is not', async () => {
  const others = `  - name: preview
    namespace: shop
    clusters: [prod-blue]
    trustedBy: { aws: { unsafeSubjects: { like: ["system:serviceaccount:preview-*:preview"], reason: one for each pull request } } }
`;
  const space = workspace({ 'identity.yaml': GOOD_YAML + others });
  const { code, out, err } = await space.run(['synth', 'identity.yaml']);
  expect(code).toBe(1);
  expect(out).toMatch(/^accepted: .*preview-\*:preview.* becomes arn:aws:iam::111122223333:role\/preview /m);
  expect(out).toContain('STRANGER: every service account of https://x becomes arn:aws:iam::111122223333:role/checkout');
  expect(err).toContain('nothing was written');
  expect(space.has('dist')).toBe(false);
  const { out: json } = await space.run(['synth', 'identity.yaml', '--json']);
  expect(JSON.parse(json)).toMatchObject({ ok: false, strangers: [STRANGER], accepted: [{ becomes: 'arn:aws:iam::111122223333:role/preview' }], files: [] });
});
