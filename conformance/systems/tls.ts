import { webcrypto } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { isIP } from 'node:net';
import { join } from 'node:path';
import 'reflect-metadata';
import * as x509 from '@peculiar/x509';

const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;
const DAY = 24 * 3600 * 1000;
const { digitalSignature, keyCertSign } = x509.KeyUsageFlags;

/** A certificate and its key, as files in PEM. */
export interface Certificate {
  readonly certFile: string;
  readonly keyFile: string;
}

/** An authority for one run: whoever is to trust what we start is given its certificate. */
export interface Authority {
  readonly caFile: string;
  readonly caPem: string;
  /** A certificate for a server that is reached by these names and addresses. */
  issue(name: string, hosts: readonly string[]): Promise<Certificate>;
}

export async function makeAuthority(folder: string): Promise<Authority> {
  const keys = await generate();
  const ca = await x509.X509CertificateGenerator.createSelfSigned({
    ...validity(),
    name: 'CN=Symbolon conformance',
    keys,
    signingAlgorithm: ALGORITHM,
    extensions: [new x509.BasicConstraintsExtension(true, 1, true), new x509.KeyUsagesExtension(keyCertSign, true)],
  });
  const caPem = `${ca.toString('pem')}\n`;
  const caFile = written(folder, 'ca.crt', caPem);

  const issue = async (name: string, hosts: readonly string[]): Promise<Certificate> => {
    const own = await generate();
    const certificate = await x509.X509CertificateGenerator.create({
      ...validity(),
      subject: `CN=${name}`,
      issuer: ca.subject,
      publicKey: own.publicKey,
      signingKey: keys.privateKey,
      signingAlgorithm: ALGORITHM,
      extensions: [
        new x509.KeyUsagesExtension(digitalSignature, true),
        new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
        new x509.SubjectAlternativeNameExtension(hosts.map(value => ({ type: isIP(value) > 0 ? 'ip' : 'dns', value }))),
      ],
    });
    const key = await webcrypto.subtle.exportKey('pkcs8', own.privateKey);
    return { certFile: written(folder, `${name}.crt`, `${certificate.toString('pem')}\n`), keyFile: written(folder, `${name}.key`, `${x509.PemConverter.encode(key, 'PRIVATE KEY')}\n`) };
  };
  return { caFile, caPem, issue };
}

function generate(): Promise<webcrypto.CryptoKeyPair> {
  return webcrypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify']);
}

function validity(): { readonly notBefore: Date; readonly notAfter: Date } {
  return { notBefore: new Date(Date.now() - DAY), notAfter: new Date(Date.now() + DAY) };
}

function written(folder: string, name: string, content: string): string {
  const file = join(folder, name);
  writeFileSync(file, content, { mode: 0o600 });
  return file;
}
