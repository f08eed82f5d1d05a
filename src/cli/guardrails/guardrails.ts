import { resolve } from 'node:path';
import { refusedBy } from './refused';
import { InputError } from '../../core/errors';
import { Findings, type Issue } from '../../core/issues';
import { guardrailsOf, type AdmissionOptions } from '../../identity/admission';
import { organizationPolicies } from '../../identity/organization';
import { planOf } from '../../identity/plan';
import { readFacts } from '../../identity/read-facts';
import { halvesOf } from '../halves';
import type { Io } from '../io';
import type { GuardrailOptions } from '../options';
import { toYamlFile } from '../output/yaml';
import { readSource } from '../source';
import { readJson } from '../source/json';
import { readYaml } from '../source/yaml';

/** What came of it. */
export interface GuardrailResult {
  /** The policies: those of a cluster as YAML, one of an organization as JSON. */
  readonly text: string;
  /** Workloads of the file that they would refuse. */
  readonly warnings: readonly Issue[];
}

/**
 * The admission policies of a definition file or an app, for one cluster; or one of the policies of the organization.
 *
 * @throws SymbolonError when something cannot be read, is invalid or missing
 */
export async function guardrails({ file, env, facts: factsFile, cluster, for: kind, actions, also }: GuardrailOptions, io: Pick<Io, 'cwd'>): Promise<GuardrailResult> {
  const at = (shown: string): { readonly path: string; readonly shown: string } => ({ path: resolve(io.cwd, shown), shown });
  const source = await readSource(at(file), env, io.cwd);
  const used = source.apps.flatMap(app => app.uses.flatMap(use => use.facts ?? []));
  const given = [...used, ...factsFile === undefined ? [] : [readFacts(readJson(at(factsFile)))]];
  const facts = given.length === 0 ? {} : readFacts(given);
  const more = also === undefined ? undefined : /\.json$/i.test(also) ? readJson(at(also)) : await readYaml(at(also));
  if (kind !== undefined) {
    const policies = organizationPolicies(source.definitions, { facts, ...(more !== undefined && { also: more as readonly string[] }) });
    const found = policies.find(policy => policy.kind === kind);
    if (found === undefined) throw new InputError(`--for: there is no policy ${kind}; by these definitions there ${policies.length === 0 ? 'is none' : `are ${policies.map(policy => `${policy.kind} (${policy.says})`).join(', ')}`}`);
    return { text: `${JSON.stringify(found.document, null, 2)}\n`, warnings: [] };
  }
  const made = guardrailsOf(source.definitions, {
    facts,
    ...(cluster !== undefined && { cluster }),
    ...(actions.length > 0 && { actions: actions as NonNullable<AdmissionOptions['actions']> }),
    // Whether it is a list of what can be allowed is looked at there.
    ...(more !== undefined && { also: more as NonNullable<AdmissionOptions['also']> }),
  });
  const findings = new Findings();
  const halves = halvesOf(source, planOf(source.definitions, facts), facts, () => undefined);
  for (const { cluster: here, files } of halves) {
    if (here?.name === made.cluster) refusedBy(made.admitted, { name: here.name, objects: [...files.values()].flat() }, findings.report);
  }
  return { text: toYamlFile(made.policies), warnings: findings.warnings };
}
