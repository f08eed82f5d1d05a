import type { VaultClusterInput } from './cluster';
import { complain, joinPath, type Report } from '../core/issues';

/** One block, and nothing behind it: Vault parses PKIX and certificates, and refuses what follows. https://github.com/hashicorp/vault/blob/main/sdk/helper/certutil/helpers.go (ParsePublicKeyPEM) */
const PUBLIC_KEY = /^-----BEGIN (PUBLIC KEY|CERTIFICATE)-----\r?\n[^-]+-----END \1-----\s*$/;
const CERTIFICATES = /^(-----BEGIN CERTIFICATE-----\r?\n[^-]+-----END CERTIFICATE-----\s*)+$/;

/** The rules of a cluster's mounts in Vault. https://developer.hashicorp.com/vault/api-docs/auth/kubernetes */
export function checkVault(vault: VaultClusterInput, path: string, report: Report): void {
  const wrong = (code: string, expected: string, got: unknown, fix: string, field: string = code): void => complain(report, `vault-cluster/${code}`, `${path}.${field}`, { expected, got, fix });
  if (vault.host !== undefined && !isHttps(vault.host)) wrong('host', 'the https URL of the API server', vault.host, 'read it from: kubectl cluster-info');
  if (vault.jwksUrl !== undefined && !isHttps(vault.jwksUrl)) wrong('jwksUrl', 'an https URL', vault.jwksUrl, 'serve the keys (kubectl get --raw /openid/v1/jwks) where Vault reaches them');
  if (vault.caCert !== undefined && !CERTIFICATES.test(vault.caCert)) wrong('caCert', 'certificates in PEM', 'something else', 'take the one of the kubeconfig, decoded');
  vault.publicKeys?.forEach((key, i) => {
    // Never shown: it could be the private one.
    if (PUBLIC_KEY.test(key)) return;
    wrong('publicKeys', 'one public key (BEGIN PUBLIC KEY) or certificate in PEM', blocksOf(key), 'take the file of --service-account-key-file, each key of it by itself, and never the private key; BEGIN RSA PUBLIC KEY becomes what Vault reads by: openssl rsa -RSAPublicKey_in -pubout', joinPath('publicKeys', i));
  });
  const { keys, jwksUrl, publicKeys } = vault;
  if ((jwksUrl !== undefined) !== (keys === 'jwks')) wrong('jwksUrl', 'a URL where keys says "jwks", and only there', jwksUrl, 'say where the keys are once');
  if ((publicKeys !== undefined && publicKeys.length > 0) !== (keys === 'pem')) wrong('publicKeys', 'keys where keys says "pem", and only there', publicKeys?.length, 'say where the keys are once');
}

/** What is there instead, by its labels alone. */
function blocksOf(text: string): string {
  const labels = [...text.matchAll(/-----BEGIN ([A-Z ]+)-----/g)].map(([, label = '']) => label);
  return labels.length === 0 ? 'something else' : labels.join(' and ');
}

function isHttps(url: string): boolean {
  return /^https:\/\/[^\s?#@]+$/.test(url) && URL.canParse(url);
}
