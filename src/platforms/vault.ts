import type { VaultClusterInput } from './cluster';
import { complain, joinPath, type Report } from '../core/issues';

const PEM = /^-----BEGIN (PUBLIC KEY|CERTIFICATE|RSA PUBLIC KEY)-----\r?\n[\s\S]+-----END \1-----\s*$/;

/** The rules of a cluster's mounts in Vault. https://developer.hashicorp.com/vault/api-docs/auth/kubernetes */
export function checkVault(vault: VaultClusterInput, path: string, report: Report): void {
  const wrong = (code: string, expected: string, got: unknown, fix: string, field: string = code): void => complain(report, `vault-cluster/${code}`, `${path}.${field}`, { expected, got, fix });
  if (vault.host !== undefined && !isHttps(vault.host)) wrong('host', 'the https URL of the API server', vault.host, 'read it from: kubectl cluster-info');
  if (vault.jwksUrl !== undefined && !isHttps(vault.jwksUrl)) wrong('jwksUrl', 'an https URL', vault.jwksUrl, 'serve the keys (kubectl get --raw /openid/v1/jwks) where Vault reaches them');
  if (vault.caCert !== undefined && !PEM.test(vault.caCert)) wrong('caCert', 'certificates in PEM', 'something else', 'take the one of the kubeconfig, decoded');
  vault.publicKeys?.forEach((key, i) => {
    // Never shown: it could be the private one.
    if (!PEM.test(key)) wrong('publicKeys', 'a public key or a certificate in PEM', 'something else', 'take the file of --service-account-key-file, and never the private key', joinPath('publicKeys', i));
  });
  const { keys, jwksUrl, publicKeys } = vault;
  if ((jwksUrl !== undefined) !== (keys === 'jwks')) wrong('jwksUrl', 'a URL where keys says "jwks", and only there', jwksUrl, 'say where the keys are once');
  if ((publicKeys !== undefined && publicKeys.length > 0) !== (keys === 'pem')) wrong('publicKeys', 'keys where keys says "pem", and only there', publicKeys?.length, 'say where the keys are once');
}

function isHttps(url: string): boolean {
  return /^https:\/\/[^\s?#@]+$/.test(url) && URL.canParse(url);
}
