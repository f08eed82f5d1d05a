import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { complain, type Report } from '../../core/issues';

/** A key that signs tokens of tests. */
export interface TestKey {
  readonly privateKey: KeyObject;
  /** PEM. */
  readonly publicKey: string;
  /** As kube-apiserver names it. */
  readonly kid: string;
}

let ownKey: TestKey | undefined;

/** The key of this process: made when it is first wanted, written nowhere. */
export function throwAwayKey(): TestKey {
  ownKey ??= withNames(generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey);
  return ownKey;
}

/** The key that a test gives, as PEM; undefined with a finding where it is none that kube-apiserver would sign RS256 with. Nothing of it is ever shown. */
export function givenKey(pem: string, report: Report): TestKey | undefined {
  let key: KeyObject | undefined;
  try {
    key = createPrivateKey(pem);
  } catch {
    key = undefined;
  }
  const bits = key?.asymmetricKeyDetails?.modulusLength ?? 0;
  if (key?.asymmetricKeyType === 'rsa' && bits >= 2048) return withNames(key);
  complain(report, 'testing/key', 'options.key', {
    expected: 'a private RSA key of at least 2048 bits, as PEM, without a passphrase',
    got: key === undefined ? 'what cannot be read as a key' : key.asymmetricKeyType === 'rsa' ? `${bits} bits` : key.asymmetricKeyType,
    fix: 'make one for tests alone (openssl genrsa 2048), or leave it out',
  });
  return undefined;
}

function withNames(privateKey: KeyObject): TestKey {
  const publicKey = createPublicKey(privateKey);
  return {
    privateKey,
    publicKey: publicKey.export({ format: 'pem', type: 'spki' }) as string,
    kid: createHash('sha256').update(publicKey.export({ format: 'der', type: 'spki' })).digest('base64url'),
  };
}
