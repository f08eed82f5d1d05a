/** gRPC calls with a projected token: each carries the token of its time, over TLS alone. */
import 'reflect-metadata';
// It comes with @pulumi/pulumi.
import { Server, ServerCredentials, credentials, makeClientConstructor, type Metadata, type ServiceError } from '@grpc/grpc-js';
import { SubjectAlternativeNameExtension, X509CertificateGenerator } from '@peculiar/x509';
import { tokenChannel } from '../../examples/applications/grpc/credentials';
import { TokenVolume } from '../../examples/applications/node/token-volume';

const text = { serialize: (value: string) => Buffer.from(value), deserialize: (bytes: Buffer) => bytes.toString() };
const SERVICE = {
  whoAmI: {
    path: '/test.Payments/WhoAmI',
    requestStream: false,
    responseStream: false,
    requestSerialize: text.serialize,
    requestDeserialize: text.deserialize,
    responseSerialize: text.serialize,
    responseDeserialize: text.deserialize,
  },
} as const;

async function certificate(): Promise<{ readonly cert: Buffer; readonly key: Buffer }> {
  const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
  const keys = await crypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
  const cert = await X509CertificateGenerator.createSelfSigned({
    name: 'CN=localhost', keys, signingAlgorithm: algorithm, extensions: [new SubjectAlternativeNameExtension([{ type: 'dns', value: 'localhost' }])],
  });
  const der = Buffer.from(await crypto.subtle.exportKey('pkcs8', keys.privateKey)).toString('base64');
  return { cert: Buffer.from(cert.toString('pem')), key: Buffer.from(`-----BEGIN PRIVATE KEY-----\n${der}\n-----END PRIVATE KEY-----\n`) };
}

test('each call carries the token of its time', async () => {
  const { cert, key } = await certificate();
  const volume = new TokenVolume('first');
  const server = new Server();
  server.addService(SERVICE, { whoAmI: (call: { metadata: Metadata }, reply: (error: null, value: string) => void) => reply(null, String(call.metadata.get('authorization'))) });
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync('localhost:0', ServerCredentials.createSsl(null, [{ cert_chain: cert, private_key: key }]), (error, bound) => (error === null ? resolve(bound) : reject(error)));
  });
  const client = new (makeClientConstructor(SERVICE, 'Payments'))(`localhost:${port}`, tokenChannel(volume.file, credentials.createSsl(cert)));
  const whoAmI = (): Promise<string> => new Promise((resolve, reject) => {
    (client.whoAmI as (request: string, done: (error: ServiceError | null, value?: string) => void) => void)('?', (error, value = '') => (error === null ? resolve(value) : reject(error)));
  });
  try {
    expect(await whoAmI()).toBe('Bearer first');
    volume.rotate('second');
    expect(await whoAmI()).toBe('Bearer second');
    volume.remove();
    await expect(whoAmI()).rejects.toThrow('ENOENT');
  } finally {
    client.close();
    server.forceShutdown();
  }
});

test('there is no channel without TLS', () => {
  expect(() => tokenChannel('token', credentials.createInsecure())).toThrow();
});
