import type * as pulumi from '@pulumi/pulumi';
import type { FactSources } from './facts';
import type { Trait } from './look-up';
import type { Pending } from './pending';
import { InvariantError } from '../core/errors';
import type { TrustLayout } from '../providers/provider';

/** Where a component makes its resources. */
export interface Site {
  /** Begins the name of every resource. */
  readonly name: string;
  readonly parent: pulumi.ComponentResource;
  readonly facts: FactSources;
}

/** What one resource is to be made from. */
export interface Order<Request = unknown> {
  /** The resource's name in the stack. */
  readonly name: string;
  /** The cloud's own full name of what is made. */
  readonly fullName: string | pulumi.Output<string>;
  readonly request: Pending<Request>;
  readonly options: pulumi.CustomResourceOptions;
  /** Set where it is there already, and is looked up and not made: it takes what has to hold of it. Only anchors are. */
  readonly expect?: (...traits: readonly Trait[]) => void;
  /**
   * The name of something that this component makes, tied to it: when Pulumi replaces that, it replaces what hangs on
   * it too, the old one first. The value itself stays known in a preview.
   */
  tied(value: string | pulumi.Output<string>): string | pulumi.Output<string>;
}

/** The value, as something that depends on the resource. A URN is known in a preview, and so the value is too. */
export function tiedTo(resource: pulumi.Resource, value: string | pulumi.Output<string>): pulumi.Output<string> {
  return resource.urn.apply(() => value) as pulumi.Output<string>;
}

export type Make<Request = unknown> = (order: Order<Request>) => pulumi.CustomResource;

type RequestOf<D, Kind> = D extends { readonly kind: infer K; readonly request: infer R } ? (Kind extends K ? R : never) : never;

/** A row for every kind of document that a provider makes. Calling a row loads the SDK, and nothing else does. */
export type ResourceTable<D extends TrustLayout> = { readonly [Kind in D['kind']]: () => Make<RequestOf<D, Kind>> };

/** Finds the row of a document; undefined for one that no cloud takes. */
export type Loader = (document: TrustLayout) => Make | undefined;

export function loaderOf<D extends TrustLayout>(table: ResourceTable<D>): Loader {
  const loaded = new Map<string, Make>();
  return ({ kind }) => {
    const row = (table as { readonly [kind: string]: (() => Make<never>) | undefined })[kind];
    if (row === undefined) throw new InvariantError(`there is no resource for a document of the kind ${kind}`);
    // A document carries the request of its own kind: its provider's types say so. To resolve a module again is slow.
    const make = loaded.get(kind) ?? row() as Make;
    loaded.set(kind, make);
    return make;
  };
}
