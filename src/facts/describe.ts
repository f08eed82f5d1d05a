import { has, inOrder, merged } from './merge';
import { readAll, type ReadDocument, type VendorDocument } from './read';
import type { ClusterFields, Want } from './reader';
import { InvalidFactsError } from '../core/errors';
import { Findings, complain, type Issue, type Report } from '../core/issues';
import { byText, isDnsLabel } from '../core/names';
import { readCluster } from '../identity/define-cluster';
import type { Facts } from '../identity/facts';
import type { ClusterInput } from '../platforms/cluster';

/** What documents say, in the words of a definition. */
export interface Described {
  /** By name, each as `defineCluster` takes it. */
  readonly clusters: readonly ClusterInput[];
  /** What belongs in a facts file. Without keys where nothing does. */
  readonly facts: Facts;
  readonly warnings: readonly Issue[];
}

/**
 * Makes clusters and facts of what the vendors' own tools print. Nothing is guessed: what no document says is a finding, with
 * the command that prints it.
 *
 * @throws InvalidFactsError with everything that is wrong or missing
 */
export function describe(documents: readonly VendorDocument[]): Described {
  const findings = new Findings();
  const { report } = findings;
  const read = readAll(documents, report);
  const drafts = draftsIn(read, report);
  const facts = { clusters: completed(read, drafts, report), identities: identitiesIn(read, report) };
  const clusters = [...drafts.values()].sort((a, b) => byText(a.name, b.name)).map(draft => finished(draft, report));
  if (findings.errors.length > 0) throw new InvalidFactsError(findings.all);
  const some = Object.fromEntries(Object.entries(facts).filter(([, map]) => Object.keys(map).length > 0));
  return { clusters, facts: sorted(some) as Facts, warnings: findings.warnings };
}

/** A cluster, as far as the documents have told so far. */
interface Draft {
  readonly name: string;
  readonly id: string | undefined;
  readonly fields: ClusterFields;
  readonly wants: readonly Want[];
  /** The document that told of it first. */
  readonly shown: string;
}

function draftsIn(read: readonly ReadDocument[], report: Report): Map<string, Draft> {
  const drafts = new Map<string, Draft>();
  for (const { shown, name: called, reading: { cluster } } of read) {
    if (cluster === undefined) continue;
    const name = called ?? cluster.name;
    if (name === undefined) {
      complain(report, 'facts/no-name', shown, { expected: 'a name for the cluster, which the document does not say', fix: `write it before the file: NAME=${shown}` });
      continue;
    }
    if (!isDnsLabel(name)) {
      complain(report, 'facts/name', shown, { expected: 'a name for the cluster of at most 63 of the characters a-z, 0-9 and -, alphanumeric at both ends', got: name, fix: `write one of your own before the file: NAME=${shown}` });
      continue;
    }
    const before = drafts.get(name);
    const draft = { name, id: cluster.id, fields: cluster.fields, wants: cluster.wants ?? [], shown };
    drafts.set(name, before === undefined ? draft : together(before, draft, report));
  }
  return drafts;
}

function together(before: Draft, draft: Draft, report: Report): Draft {
  if (before.id !== undefined && draft.id !== undefined && before.id !== draft.id) {
    complain(report, 'facts/two-clusters', draft.shown, { expected: `the cluster that ${before.shown} calls ${before.name}, ${before.id}`, got: draft.id, fix: 'these are two clusters of one name: write one of your own before the file: NAME=FILE' });
    return before;
  }
  return {
    ...before,
    id: before.id ?? draft.id,
    fields: merged(before.fields, draft.fields, before.name, { first: before.shown, second: draft.shown }, report),
    wants: [...before.wants, ...draft.wants],
  };
}

interface FactMap {
  readonly [fact: string]: string;
}

/** Puts what documents know of others into them; gives what is left, as facts of the clusters that the user says. */
function completed(read: readonly ReadDocument[], drafts: Map<string, Draft>, report: Report): { readonly [cluster: string]: FactMap } {
  const facts = new Map<string, FactMap>();
  for (const { shown, name, reading: { completes, clusterFacts, about = 'it' } } of read) {
    if (completes === undefined) continue;
    let used = false;
    for (const draft of [...drafts.values()]) {
      const fields = name === undefined || name === draft.name ? completes(draft.fields) : undefined;
      if (fields === undefined) continue;
      used = true;
      drafts.set(draft.name, { ...draft, fields });
    }
    if (used) continue;
    if (clusterFacts !== undefined && name !== undefined && isDnsLabel(name)) {
      facts.set(name, merged(facts.get(name) ?? {}, clusterFacts, name, { first: 'what was given before', second: shown }, report));
    } else {
      complain(report, 'facts/unused', shown, {
        expected: `a cluster in ${about}`,
        ...(name !== undefined && { got: name }),
        severity: 'warning',
        fix: `none of those that were given is, so that nothing comes of it${clusterFacts === undefined ? '' : '; for another cluster, whose facts it belongs to, write that one\'s name before the file: CLUSTER=FILE'}`,
      });
    }
  }
  return Object.fromEntries(facts);
}

/** An identity of a definition, and the key of a binding. */
const BINDING = /^([a-z0-9][a-z0-9.-]*)\.([A-Za-z][\w-]*)$/;

/** The facts of bindings. Which they are of, no cloud knows. */
function identitiesIn(read: readonly ReadDocument[], report: Report): { readonly [identity: string]: { readonly [binding: string]: FactMap } } {
  const identities = new Map<string, Map<string, FactMap>>();
  for (const { shown, name, reading: { bindingFacts, about = 'it' } } of read) {
    if (bindingFacts === undefined) continue;
    const [, identity, binding] = BINDING.exec(name ?? '') ?? [];
    if (identity === undefined || binding === undefined) {
      complain(report, 'facts/no-binding', shown, {
        expected: `the identity of the definition that becomes ${about}, and the key of the binding under its trustedBy`,
        got: name,
        fix: 'write both before the file: IDENTITY.BINDING=FILE, such as checkout.azure=identity.json',
      });
      continue;
    }
    const bindings = identities.get(identity) ?? new Map<string, FactMap>();
    identities.set(identity, bindings);
    bindings.set(binding, merged(bindings.get(binding) ?? {}, bindingFacts, `${identity}.${binding}`, { first: 'what was given before', second: shown }, report));
  }
  return Object.fromEntries([...identities].map(([identity, bindings]) => [identity, Object.fromEntries(bindings)]));
}

/** By the rules of definitions, so that what is written is what they take. */
function finished({ name, fields, wants, shown }: Draft, report: Report): ClusterInput {
  const cluster = { name, ...inOrder(fields) };
  const missing = wants.filter(({ field }) => !has(fields, field));
  for (const { field, fix } of missing) complain(report, 'facts/missing', `${shown}: ${field.join('.')}`, { expected: 'a value, which the document does not say', fix });
  if (missing.length === 0) readCluster(cluster, `${name}.`, report);
  return cluster;
}

/** Keys in the order of text, all the way down. */
function sorted(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => byText(a, b)).map(([key, inner]) => [key, sorted(inner)]));
}
