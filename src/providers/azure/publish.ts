import type * as pulumi from '@pulumi/pulumi';
import { requirePeer } from '../../core/peer';
import type { Publish } from '../../pulumi/issuer-store';

/** A container of a storage account. Who may read it is for the stack to say. */
export interface BlobStore {
  readonly resourceGroupName: pulumi.Input<string>;
  readonly accountName: pulumi.Input<string>;
  readonly containerName: pulumi.Input<string>;
}

/* eslint-disable @typescript-eslint/no-require-imports */
/** https://www.pulumi.com/registry/packages/azure-native/api-docs/storage/blob/ */
export const publishToBlob: Publish<BlobStore> = () => {
  const { Blob } = requirePeer('@pulumi/azure-native@^3.2.0', 'an issuer in Blob Storage', () => require('@pulumi/azure-native/storage/blob') as typeof import('@pulumi/azure-native/storage/blob'));
  const { asset } = require('@pulumi/pulumi') as typeof pulumi;
  return ({ name, file: { text, contentType }, key, store, options }) =>
    new Blob(name, { ...store, blobName: key, contentType, source: new asset.StringAsset(text) }, options);
};
/* eslint-enable @typescript-eslint/no-require-imports */
