import { generateKeyPairSync } from 'node:crypto';
import * as pulumi from '@pulumi/pulumi';
import { valueOf, withMocks, type Made } from './support/mocks';
import { issuerDocuments } from 'symbolon';
import { PublishedIssuer, type PublishedIssuerArgs } from 'symbolon/pulumi';

const key = generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey.export({ type: 'spki', format: 'pem' }).toString();
const input = { issuer: 'https://oidc.example.com/clusters/prod', keys: [key] };
const documents = issuerDocuments(input).files;

async function published(args: Partial<PublishedIssuerArgs>): Promise<readonly Made[]> {
  return (await withMocks(() => new PublishedIssuer('prod', { ...input, to: {}, ...args }))).resources;
}

test.each<[string, PublishedIssuerArgs['to'], (made: Made) => { readonly text: unknown }]>([
  ['S3', { s3: { bucket: 'documents' } }, ({ inputs }) => ({ in: inputs.bucket, key: inputs.key, text: inputs.content, type: inputs.contentType, cache: inputs.cacheControl })],
  ['Cloud Storage', { gcs: { bucket: 'documents' } }, ({ inputs }) => ({ in: inputs.bucket, key: inputs.name, text: (inputs.source as { readonly text: unknown }).text, type: inputs.contentType, cache: inputs.cacheControl })],
  ['Blob Storage', { blob: { resourceGroupName: 'oidc', accountName: 'oidc', containerName: 'documents' } }, ({ inputs }) => ({
    in: inputs.containerName, key: inputs.blobName, text: (inputs.source as { readonly text: unknown }).text, type: inputs.contentType, cache: 'public, max-age=300',
  })],
])('in %s, both documents lie where the issuer is, as they are', async (_store, to, read) => {
  const made = await published({ to });
  // The text of an asset is a promise.
  const seen = await Promise.all(made.map(async each => {
    const { text, ...rest } = read(each);
    return { ...rest, text: await text };
  }));
  expect(seen).toEqual([...documents].reverse().map(({ path, text, contentType }) => ({
    in: 'documents', key: `clusters/prod/${path}`, text, type: contentType, cache: 'public, max-age=300',
  })));
});

test('a prefix of its own, for a bucket whose name stands in the issuer', async () => {
  const made = await published({ issuer: 'https://storage.googleapis.com/documents/prod', prefix: 'prod', to: { gcs: { bucket: 'documents' } } });
  expect(made.map(({ inputs }) => inputs.name)).toEqual(['prod/openid/v1/jwks', 'prod/.well-known/openid-configuration']);
});

test('the issuer is known once its documents are made', async () => {
  const { result } = await withMocks(() => new PublishedIssuer('prod', { ...input, to: { s3: { bucket: pulumi.output('documents') } } }).issuer);
  expect(await valueOf(result)).toBe(input.issuer);
});

test.each([
  ['no store', {}, 'args/store'],
  ['two stores', { s3: { bucket: 'a' }, gcs: { bucket: 'a' } }, 'args/store'],
])('%s is refused', async (_what, to, code) => {
  await expect(published({ to })).rejects.toMatchObject({ code: 'ERR_INPUT', issues: [{ code }] });
});
