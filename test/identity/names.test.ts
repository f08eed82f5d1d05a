/** Names keep apart what is different, and stay what they are when clusters are added. */
import fc from 'fast-check';
import { isDeferred } from '../../src/core/deferred';
import { knownLayoutOf } from '../../src/identity/define';
import type { Layout } from '../../src/identity/layout';
import { credentialName } from '../../src/providers/azure/credential-name';
import { clustersArb, identitiesArb, identityArb } from '../support/arbitraries';
import { boundTo, k3s } from '../support/definitions';
import { defineWorkloadIdentity, type ClusterInput, type WorkloadIdentityInput } from 'symbolon';

const layoutOf = (input: WorkloadIdentityInput): Layout => knownLayoutOf(defineWorkloadIdentity(input));
const isUnique = (names: readonly string[]): boolean => new Set(names).size === names.length;

/** The definition without one of its clusters, and without what is only about that one. */
function without(input: WorkloadIdentityInput, name: string): WorkloadIdentityInput {
  const drop = (part: { readonly clusters?: readonly string[] }): object | undefined => {
    if (part.clusters === undefined) return part;
    const clusters = part.clusters.filter(each => each !== name);
    return clusters.length === 0 ? undefined : { ...part, clusters };
  };
  const dropOn = (part: { readonly on?: object } | undefined): object | undefined =>
    part?.on === undefined ? part : { ...part, on: Object.fromEntries(Object.entries(part.on).filter(([key]) => key !== name)) };
  const map = (parts: object | undefined): object =>
    Object.fromEntries(Object.entries(parts ?? {}).map(([key, part]) => [key, dropOn(drop(part as object))]).filter(([, part]) => part !== undefined));
  return {
    ...input,
    clusters: input.clusters.filter(cluster => cluster.name !== name),
    ...(input.runsAs && { runsAs: input.runsAs.map(drop).filter(account => account !== undefined) }),
    trustedBy: map(input.trustedBy),
    tokens: map(input.tokens),
    volumes: map(input.volumes),
  } as WorkloadIdentityInput;
}

const objectKeys = ({ subjects }: Layout): readonly string[] => subjects.flatMap(({ cluster, objects }) => objects.flatMap(({ kind, metadata }) =>
  (isDeferred(metadata.name) ? [] : [`${cluster.name} ${kind} ${metadata.namespace ?? ''}/${metadata.name}`])));
const documentKeys = ({ trust }: Layout): readonly string[] => trust.map(({ id, kind, name }) => `${id} ${kind} ${String(name)}`);

/** Names as Kubernetes and Azure bound them, in the lengths in which they meet the bounds. */
const label = fc.oneof({ weight: 3, arbitrary: fc.stringMatching(/^[a-z0-9]([a-z0-9-]{0,3}[a-z0-9])?$/) }, { weight: 1, arbitrary: fc.stringMatching(/^a{55}[ab]{0,8}$/) });
const subdomain = fc.oneof(label, fc.tuple(label, label).map(parts => parts.join('.')), fc.stringMatching(/^a{60}\.[ab]{1,4}(\.[ab-]{0,2}b)?$/));

test('the names of federated credentials keep apart every cluster, namespace and service account, within what Azure takes', () => {
  const edge = ([cluster, namespace, serviceAccount]: readonly string[]): Parameters<typeof credentialName>[0] =>
    ({ cluster: { name: cluster }, subject: { namespace, serviceAccount }, settings: {} }) as never;
  fc.assert(fc.property(fc.uniqueArray(fc.tuple(label, label, subdomain), { minLength: 2, maxLength: 6, selector: triple => triple.join('/') }), triples => {
    const edges = triples.map(edge);
    const names = edges.map(credentialName);
    expect(isUnique(names.map(name => name.toLowerCase()))).toBe(true);
    for (const name of names) expect(name).toMatch(/^[A-Za-z0-9][-\w]{2,119}$/);
  }), { numRuns: 500 });
});

test('no two objects of one kind have one name in a cluster, within one identity and across several', () => {
  fc.assert(fc.property(identitiesArb, inputs => {
    expect(isUnique(inputs.map(layoutOf).flatMap(objectKeys))).toBe(true);
  }), { numRuns: 150 });
});

test('no two roles or bindings of RBAC have one name, whichever identity, namespace and service account they are for', () => {
  const rbac = [{ verbs: ['get'], resources: ['pods'], namespaces: ['a', 'b', 'a-b'] }, { verbs: ['get'], resources: ['nodes'], clusterWide: true }];
  const account = fc.record({ namespace: fc.constantFrom('a', 'b', 'a-b'), serviceAccount: fc.constantFrom('a', 'b', 'a.b', 'a-b') });
  const accounts = fc.uniqueArray(account, { minLength: 1, maxLength: 4, selector: ({ namespace, serviceAccount }) => `${namespace}/${serviceAccount}` });
  const names = fc.uniqueArray(fc.constantFrom('a', 'b', 'a.b', 'a-b'), { minLength: 1, maxLength: 4 });
  fc.assert(fc.property(names, accounts, (list, runsAs) => {
    const layouts = list.map(name => layoutOf({ name, runsAs, clusters: [k3s], rbac }));
    expect(isUnique(layouts.flatMap(objectKeys).filter(key => !key.includes('ServiceAccount')))).toBe(true);
  }), { numRuns: 150 });
});

test('documents of one identity have ids of their own, and the cloud\'s names of what is owned are unique across identities', () => {
  fc.assert(fc.property(identitiesArb, inputs => {
    const layouts = inputs.map(layoutOf);
    for (const { trust } of layouts) expect(isUnique(trust.map(({ id }) => id))).toBe(true);
    expect(isUnique(layouts.flatMap(({ trust }) => trust.filter(({ owned }) => owned).map(({ kind, name }) => `${kind} ${String(name)}`)))).toBe(true);
  }), { numRuns: 150 });
});

test('what must be first is there, and stands before', () => {
  fc.assert(fc.property(identityArb, input => {
    const seen = new Set<string>();
    for (const { id, after } of layoutOf(input).trust) {
      for (const first of after ?? []) expect(seen).toContain(first);
      seen.add(id);
    }
  }), { numRuns: 100 });
});

test('a cluster that is added changes no id and no name of what was there', () => {
  fc.assert(fc.property(identityArb.filter(input => input.clusters.length > 1), input => {
    const last = input.clusters.at(-1) as ClusterInput;
    const fewer = without(input, last.name);
    if (fewer.runsAs?.length === 0) return;
    const [before, after] = [layoutOf(fewer), layoutOf(input)];
    expect(documentKeys(after)).toEqual(expect.arrayContaining([...documentKeys(before)]));
    expect(objectKeys(after)).toEqual(expect.arrayContaining([...objectKeys(before)]));
    const kept = after.subjects.filter(({ cluster }) => cluster.name !== last.name);
    expect(kept.map(({ injection }) => injection)).toEqual(before.subjects.map(({ injection }) => injection));
  }), { numRuns: 150 });
});

test('the order in which clusters are listed changes no id and no name', () => {
  fc.assert(fc.property(clustersArb, clusters => {
    const of = (list: readonly ClusterInput[]): readonly string[] => documentKeys(layoutOf({ ...boundTo('azure', k3s), clusters: list })).concat(documentKeys(layoutOf({ ...boundTo('aws', k3s), clusters: list.filter(({ eks }) => eks?.partition === undefined).concat(k3s) })));
    expect([...of([...clusters].reverse())].sort()).toEqual([...of(clusters)].sort());
  }));
});
