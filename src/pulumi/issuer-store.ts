import type * as pulumi from '@pulumi/pulumi';
import type { IssuerFile } from '../issuer/documents';

/** A file, and where it goes. */
export interface PublishedFile<Store> {
  /** The resource's name in the stack. */
  readonly name: string;
  readonly file: IssuerFile;
  /** Its name in the store. */
  readonly key: string;
  readonly store: Store;
  readonly options: pulumi.CustomResourceOptions;
}

/** Makes the object of one file. Calling the outer function loads the SDK. */
export type Publish<Store> = () => (file: PublishedFile<Store>) => pulumi.CustomResource;

/** Verifiers may keep the documents for five minutes, so that a rotated key is seen soon: some stores say an hour otherwise. */
export const CACHE_CONTROL = 'public, max-age=300';
