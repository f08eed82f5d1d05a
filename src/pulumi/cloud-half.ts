import type * as pulumi from '@pulumi/pulumi';
import { LOADERS } from './loader';
import { tiedTo, type Make, type Order, type Site } from './resource';
import { queue } from './run';
import type { ProviderId } from '../providers';
import type { TrustLayout } from '../providers/provider';

/** A document whose SDK is loaded. */
export interface ReadyDocument {
  readonly document: TrustLayout;
  readonly make: Make;
}

/**
 * Loads what the documents need, before any of them is made. What no cloud takes is left out.
 *
 * @throws MissingPeerError when an SDK is not installed
 */
export function readyDocuments(documents: readonly TrustLayout[]): readonly ReadyDocument[] {
  return documents.flatMap(document => {
    const make = LOADERS[document.provider as ProviderId](document);
    return make === undefined ? [] : [{ document, make }];
  });
}

/** What of a document is for the program to say. */
export interface Terms {
  readonly provider?: pulumi.ProviderResource | undefined;
  /** Set where it is looked up, and not made. */
  readonly expect?: Order['expect'];
}

/** Makes the documents, in their order, or looks them up. What they answer becomes known to the facts. */
export function makeDocuments(
  ready: readonly ReadyDocument[], { name, parent, facts }: Site, termsOf: (document: TrustLayout) => Terms,
): readonly pulumi.CustomResource[] {
  const made = new Map<string, pulumi.CustomResource>();
  for (const { document, make } of ready) {
    const { provider, expect } = termsOf(document);
    const before = (document.after ?? []).flatMap(id => made.get(id) ?? []);
    const makeAfter = (previous: readonly pulumi.Resource[]): pulumi.CustomResource => make({
      name: `${name}/${document.id}`,
      fullName: facts.settle(document.name),
      request: facts.settle(document.request),
      options: {
        parent,
        dependsOn: [...before, ...previous],
        ...(provider !== undefined && { provider }),
        ...(document.formerIds !== undefined && { aliases: document.formerIds.map(id => ({ name: `${name}/${id}` })) }),
      },
      ...(expect !== undefined && { expect }),
      tied: value => before.reduce((tied, resource) => tiedTo(resource, tied), value),
    });
    const resource = document.series === undefined ? makeAfter([]) : queue(document.series, makeAfter);
    made.set(document.id, resource);
    for (const { field, at } of document.provides ?? []) facts.provide(at, answerOf(resource, field));
  }
  return [...made.values()];
}

/** SDKs have a property for every field that the cloud answers with. */
function answerOf(resource: pulumi.CustomResource, field: string): pulumi.Output<string> {
  return Reflect.get(resource, field) as pulumi.Output<string>;
}
