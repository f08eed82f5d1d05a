import { resolve } from 'node:path';
import type { EvidenceDocument } from '../../evidence';
import { planOf, type PlannedCluster } from '../../identity/plan';
import { readFacts } from '../../identity/read-facts';
import { audiencesByHand, specimenOf } from '../../identity/specimen';
import { nameOf, subjectOf } from '../../identity/workloads';
import type { KubernetesObject } from '../../kubernetes/manifest';
import type { Io } from '../io';
import { documentsOf } from '../output/documents';
import { readSource } from '../source';
import { readJson } from '../source/json';

/** What to plan. */
export interface PlannedFrom {
  readonly definition: string;
  readonly env: string | undefined;
  readonly facts: string | undefined;
}

/**
 * The cloud half of a definition file as documents, and in the clusters what stands for pods that are made elsewhere: of an identity that no manifest runs as,
 * nobody should read that a stranger is let in.
 *
 * @param manifests  what was synthesized
 * @throws SymbolonError when it cannot be read, is invalid, or a fact is missing
 */
export async function plannedDocuments({ definition, env, facts: factsFile }: PlannedFrom, manifests: readonly KubernetesObject[], io: Pick<Io, 'cwd'>): Promise<readonly EvidenceDocument[]> {
  const at = (shown: string): { readonly path: string; readonly shown: string } => ({ path: resolve(io.cwd, shown), shown });
  const { definitions, apps } = await readSource(at(definition), env, io.cwd);
  const given = [...apps.flatMap(app => app.uses.flatMap(use => use.facts ?? [])), ...factsFile === undefined ? [] : [readFacts(readJson(at(factsFile)))]];
  const plan = planOf(definitions, given.length === 0 ? {} : readFacts(given));
  const place = (path: string): EvidenceDocument['at'] => ({ file: `${definition}/${path}`, document: 0, path: '' });
  const trust = documentsOf([], plan.trust, []).map(({ path, text }): EvidenceDocument => ({ value: JSON.parse(text) as unknown, at: place(path) }));
  const unaware = audiencesByHand(plan);
  const heldBy = (cluster: string, subject: string): readonly string[] => unaware.get(`${cluster} ${subject}`) ?? [];
  return [...trust, ...plan.clusters.flatMap(cluster => elsewhere(cluster, manifests, heldBy).map((value): EvidenceDocument => ({ value, at: place(`${value.kind} ${value.metadata.name}`), cluster: cluster.name })))];
}

/** The accounts that no manifest makes, and a pod for each that none runs as. */
function elsewhere(
  { name, objects, expected, injections }: PlannedCluster, manifests: readonly KubernetesObject[],
  heldBy: (cluster: string, subject: string) => readonly string[],
): readonly KubernetesObject[] {
  const keyOf = ({ kind, metadata }: KubernetesObject): string => `${kind} ${metadata.namespace ?? ''}/${metadata.name}`;
  const made = new Set(manifests.map(keyOf));
  const run = new Set(manifests.flatMap(object => {
    const subject = subjectOf(object);
    return subject === undefined ? [] : [nameOf(subject)];
  }));
  const others = injections.filter(({ namespace, serviceAccountName }) => !run.has(nameOf({ namespace, serviceAccount: serviceAccountName })));
  return [
    ...[...objects, ...expected].filter(object => !made.has(keyOf(object))),
    ...others.map(injection => specimenOf(injection, heldBy(name, nameOf({ namespace: injection.namespace, serviceAccount: injection.serviceAccountName })))),
  ];
}
