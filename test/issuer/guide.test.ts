/** What docs/guides/self-hosted-issuer.md shows. */
import { generateKeyPairSync } from 'node:crypto';
import { apiServerFlags, checkIssuerState, issuerChange, issuerDocuments } from 'symbolon';

const pem = (): string => generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey.export({ type: 'spki', format: 'pem' }) as string;

test('two keys while one takes the place of the other, as PEM and as a JWK', () => {
  const [before, after, issuer] = [pem(), pem(), 'https://oidc.edge.example.com'];
  // region: rotation
  const { jwks } = issuerDocuments({ issuer, keys: [before, after] });
  const { args } = apiServerFlags({
    issuer,
    signingKeyFile: '/etc/kubernetes/pki/sa-2.key',
    keyFiles: ['/etc/kubernetes/pki/sa-2.pub', '/etc/kubernetes/pki/sa.pub'],
  });
  // endregion
  expect(jwks.keys).toHaveLength(2);
  expect(new Set(jwks.keys.map(({ kid }) => kid)).size).toBe(2);
  expect(args).toEqual([
    `--service-account-issuer=${issuer}`, '--service-account-signing-key-file=/etc/kubernetes/pki/sa-2.key',
    '--service-account-key-file=/etc/kubernetes/pki/sa-2.pub', '--service-account-key-file=/etc/kubernetes/pki/sa.pub',
  ]);
  // What `kubectl get --raw /openid/v1/jwks` prints is given as it is: the same keys by the same names.
  expect(issuerDocuments({ issuer, keys: [...jwks.keys] }).jwks).toEqual(jwks);
});

test('a state in between, and what goes wrong in it', () => {
  // region: state
  const now = checkIssuerState({
    signs: 'https://new.example.com',
    accepts: ['https://new.example.com'],
    published: ['https://old.example.com', 'https://new.example.com'],
    trusted: ['https://old.example.com', 'https://new.example.com'],
    held: ['https://old.example.com'],
  });
  // endregion
  expect(now.map(({ code }) => code)).toEqual(['issuer/accepts']);
});

test('the steps of a change, in their order', () => {
  // region: change
  const steps = issuerChange({ from: 'https://old.example.com', to: 'https://new.example.com', longestTokenSeconds: 86400 });
  expect(steps.map(({ step }) => step)).toEqual(['publish', 'trust', 'sign', 'wait', 'stop-accepting', 'stop-trusting', 'stop-publishing']);
  // endregion
});
