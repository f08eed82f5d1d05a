import type * as pulumi from '@pulumi/pulumi';
import { requirePeer } from '../../core/peer';
import { CACHE_CONTROL, type Publish } from '../../pulumi/issuer-store';

/** An S3 bucket. Who may read it, and what stands before it, is for the stack to say. */
export interface S3Store {
  readonly bucket: pulumi.Input<string>;
}

/** https://www.pulumi.com/registry/packages/aws/api-docs/s3/bucketobjectv2/ */
export const publishToS3: Publish<S3Store> = () => {
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const { BucketObjectv2 } = requirePeer('@pulumi/aws@^7.2.0', 'an issuer in S3', () => require('@pulumi/aws/s3/bucketObjectv2') as typeof import('@pulumi/aws/s3/bucketObjectv2'));
  return ({ name, file: { text, contentType }, key, store: { bucket }, options }) =>
    new BucketObjectv2(name, { bucket, key, content: text, contentType, cacheControl: CACHE_CONTROL }, options);
};
