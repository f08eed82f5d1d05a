import type * as pulumi from '@pulumi/pulumi';
import type { FactSources } from './facts';
import { LOADERS } from './loader';
import { tiedTo, type Make, type Order } from './resource';
import { queue } from './run';
import type { ProviderId } from '../providers';
import type { TrustLayout } from '../providers/provider';

/** A document whose SDK is loaded. */
export interface ReadyDocument {
  readonly document: TrustLayout;
  readonly make: Make;
}

/**
 * Loads what the documents need, before any of them is made.
 *
 * @throws MissingPeerError when an SDK is not installed
 */
export function readyDocuments(documents: readonly TrustLayout[]): readonly ReadyDocument[] {
  return documents.map(document => ({ document, make: LOADERS[document.provider as ProviderId](document) }));
}

/** Where and for whom documents are made. */
export interface Site {
  /** Begins the name of every resource. */
  readonly name: string;
  readonly parent: pulumi.ComponentResource;
  readonly facts: FactSources;
  providerFor(document: TrustLayout): pulumi.ProviderResource | undefined;
}

/** Makes the documents, in their order. What they answer becomes known to the facts. */
export function makeDocuments(ready: readonly ReadyDocument[], site: Site): readonly pulumi.CustomResource[] {
  const made = new Map<string, pulumi.CustomResource>();
  for (const { document, make } of ready) {
    const before = (document.after ?? []).flatMap(id => made.get(id) ?? []);
    const order = (previous: readonly pulumi.Resource[]): Order => orderOf(document, site, before, previous);
    const resource = document.series === undefined ? make(order([])) : queue(document.series, previous => make(order(previous)));
    made.set(document.id, resource);
    for (const { field, at } of document.provides ?? []) site.facts.provide(at, answerOf(resource, field));
  }
  return [...made.values()];
}

function orderOf(document: TrustLayout, site: Site, before: readonly pulumi.CustomResource[], previous: readonly pulumi.Resource[]): Order {
  const provider = site.providerFor(document);
  return {
    name: `${site.name}/${document.id}`,
    fullName: site.facts.settle(document.name),
    request: site.facts.settle(document.request),
    options: { parent: site.parent, dependsOn: [...before, ...previous], ...(provider !== undefined && { provider }) },
    tied: value => (before.length === 0 ? value : tiedTo(before, value)),
  };
}

function answerOf(resource: pulumi.CustomResource, field: string): pulumi.Output<string> {
  return (resource as unknown as { readonly [field: string]: pulumi.Output<string> })[field] as pulumi.Output<string>;
}
