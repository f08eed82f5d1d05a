import type { WorkloadIdentityArgs } from './args';
import { HALVES, checkArgs, checkFields } from './check-args';
import { readyDocuments, type ReadyDocument } from './cloud-half';
import { FactSources } from './facts';
import { givenFacts, missingFacts } from './given-facts';
import { readyObjects, type ReadyObject } from './kubernetes-half';
import { claim } from './run';
import { needsOf } from '../core/deferred';
import { defineWorkloadIdentity, knownLayoutOf } from '../identity/define';
import type { WorkloadIdentityInput } from '../identity/input';
import type { Layout } from '../identity/layout';
import { checkedLayouts } from '../identity/layouts';
import { ownedBy } from '../identity/together';

interface Prepared {
  readonly layout: Layout;
  readonly sources: FactSources;
  readonly documents: readonly ReadyDocument[];
  readonly objects: readonly ReadyObject[];
}

/** Everything that can fail without a cloud, before the first resource is registered. */
export function prepareIdentity(name: string, args: WorkloadIdentityArgs): Prepared {
  checkFields(name, args);
  const definition = defineWorkloadIdentity(args.definition as WorkloadIdentityInput);
  checkArgs(args, definition, knownLayoutOf(definition).edges);
  const sources = new FactSources(givenFacts(args, definition.name), facts => checkedLayouts([definition], facts));
  const [layout] = checkedLayouts([definition], sources.known) as [Layout];

  const halves = HALVES[args.halves ?? 'cloud'];
  const trust = halves.cloud ? layout.trust : [];
  const subjects = halves.kubernetes ? layout.subjects : [];
  const answered = new Set(trust.flatMap(({ provides = [] }) => provides.map(({ at }) => at.join('\n'))));
  const needs = needsOf([trust.map(({ name: fullName, request }) => [fullName, request]), subjects.map(({ objects, injection }) => [objects, injection])]);
  const missing = sources.missing(needs).filter(need => !answered.has(need.at.join('\n')));
  if (missing.length > 0) throw missingFacts(missing);

  const documents = readyDocuments(trust);
  const objects = readyObjects(subjects);
  claim(ownedBy({ trust, subjects }), `workload identity ${JSON.stringify(definition.name)}`, name);
  return { layout, sources, documents, objects };
}
