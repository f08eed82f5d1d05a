/** What clouds read before they believe a token: as nobody in particular, at the address that the issuer is. */
import { KubeClient } from '../../kube/client';
import { readKubeconfig } from '../../kube/config';
import { testUnless } from '../support/report';
import { system } from '../support/systems';
import { issuerDocuments, type PublicJwk } from 'symbolon';

const { kubeconfig, issuer, own } = system('apiServer');
const { server, ca } = readKubeconfig(kubeconfig);
const nobody = new KubeClient({ server, ...(ca !== undefined && { ca }) });
afterAll(() => nobody.close());

const theirs = own ? undefined : 'whether somebody\'s cluster shows its documents to everybody is for them to say';
testUnless(theirs, 'api-server', 'the discovery document names the issuer and keys of RSA, and anybody may read both', async () => {
  const discovery = await nobody.get<{ issuer: string; jwks_uri: string }>('/.well-known/openid-configuration');
  expect(discovery).toMatchObject({ status: 200, body: { issuer, jwks_uri: `${server}/openid/v1/jwks` } });
  const keys = await nobody.get<{ keys: unknown[] }>('/openid/v1/jwks');
  expect(keys).toMatchObject({ status: 200, body: { keys: [{ kty: 'RSA', alg: 'RS256' }] } });
});

test('what is published for an issuer of one\'s own is what the API server says of itself, the names of its keys too', async () => {
  const reader = new KubeClient(readKubeconfig(kubeconfig));
  try {
    const { body: discovery } = await reader.get<{ issuer: string; jwks_uri: string }>('/.well-known/openid-configuration');
    const { body: jwks } = await reader.get<{ keys: readonly PublicJwk[] }>('/openid/v1/jwks');
    const keys = jwks.keys.map(({ kid: _kid, ...key }) => key);
    const documents = issuerDocuments({ issuer: discovery.issuer, keys, jwksUri: discovery.jwks_uri });
    expect(documents.discovery).toEqual(discovery);
    expect(documents.jwks).toEqual(jwks);
  } finally {
    reader.close();
  }
});
