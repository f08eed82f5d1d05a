import type * as pulumi from '@pulumi/pulumi';
import { requirePeer } from '../../core/peer';
import { CACHE_CONTROL, type Publish } from '../../pulumi/issuer-store';

/** A bucket of Cloud Storage. Who may read it is for the stack to say. */
export interface GcsStore {
  readonly bucket: pulumi.Input<string>;
}

/* eslint-disable @typescript-eslint/no-require-imports */
/** https://www.pulumi.com/registry/packages/gcp/api-docs/storage/bucketobject/ */
export const publishToGcs: Publish<GcsStore> = () => {
  const { BucketObject } = requirePeer('@pulumi/gcp@^9.0.0', 'an issuer in Cloud Storage', () => require('@pulumi/gcp/storage/bucketObject') as typeof import('@pulumi/gcp/storage/bucketObject'));
  const { asset } = require('@pulumi/pulumi') as typeof pulumi;
  // As an asset: the SDK takes a `content` for a secret, and these are for everybody to read.
  return ({ name, file: { text, contentType }, key, store: { bucket }, options }) =>
    new BucketObject(name, { bucket, name: key, source: new asset.StringAsset(text), contentType, cacheControl: CACHE_CONTROL }, options);
};
/* eslint-enable @typescript-eslint/no-require-imports */
