import { resolve } from 'node:path';
import { artifactOf, halvesOf } from './halves';
import type { Io } from './io';
import { lockFor, type LockAnswer } from './lock/lock';
import { accessOfPlan } from './lock/of-plan';
import type { SynthOptions } from './options';
import { documentsOf } from './output/documents';
import { writeAll } from './output/write';
import { looseTokens } from './projected';
import { sorted, type Accepted } from './report/accepted';
import { answersOf, type Answers } from './report/answers';
import { readSource, type Source } from './source';
import { readJson } from './source/json';
import { InvalidDefinitionError } from '../core/errors';
import { Findings, under, type Issue } from '../core/issues';
import { checkOwners } from '../identity/check-facts';
import { checkWorkloadIdentity } from '../identity/define';
import type { Facts } from '../identity/facts';
import { planOf } from '../identity/plan';
import { checkProjectedTokens } from '../identity/projected-tokens';
import { readFacts } from '../identity/read-facts';
import { prove } from '../proof/prove';
import type { Stranger } from '../proof/verdict';

/** What came of it. */
export interface SynthResult {
  /** Everybody is admitted who should be, nobody else but whom the definition declares, and the lock, if there is one, says so, too: only then is anything written. */
  readonly holds: boolean;
  readonly answers: Answers;
  /** Those whom no definition declares. */
  readonly strangers: readonly Stranger[];
  readonly accepted: readonly Accepted[];
  readonly warnings: readonly Issue[];
  /** What comes of the lock, where there is one and the proof holds. */
  readonly lock?: LockAnswer;
  /** The folder, as the user calls it. */
  readonly out: string;
  /** What was written, relative to the folder. */
  readonly files: readonly string[];
}

/**
 * Both halves of a definition file or an app: planned, put together, proved, and, when the proof holds, written.
 *
 * @throws SymbolonError when there is nothing to prove: something cannot be read, is invalid or missing
 */
export async function synth({ file, env, facts: factsFile, out, ...locking }: SynthOptions, io: Io): Promise<SynthResult> {
  const lock = lockFor(locking, file, io);
  const source = await readSource({ path: resolve(io.cwd, file), shown: file }, env, io.cwd);
  const given = factsFile === undefined ? [] : [readFacts(readJson({ path: resolve(io.cwd, factsFile), shown: factsFile }))];
  const facts = together([...source.apps.flatMap(app => app.uses.flatMap(use => use.facts ?? [])), ...given]);

  const findings = new Findings();
  const known = [
    ...source.definitions.map(definition => ({ name: definition.name, issues: checkWorkloadIdentity(definition) })),
    ...source.projected.map(({ name, definition }) => ({ name, issues: checkProjectedTokens(definition) })),
  ];
  for (const { name, issues } of known) issues.forEach(under(name, findings.report));
  unsaid(source, known.flatMap(({ issues }) => issues)).forEach(findings.report);
  checkOwners(facts, source.definitions, under('facts', findings.report));
  stopOnErrors(findings, file);
  const plan = planOf(source.definitions, facts);
  const halves = halvesOf(source, plan, facts, findings.report);
  stopOnErrors(findings, file);

  const proof = prove({ clusters: halves.flatMap(artifactOf), trust: plan.trust });
  const { definitions, projected } = source;
  const answers = answersOf(plan, proof, definitions, rendersNothingFor(source), projected, looseTokens(halves, projected));
  const { accepted, strangers } = sorted(proof.strangers, plan, definitions);
  const proved = strangers.length === 0
    && answers.verdicts.every(({ admitted, decided }) => admitted || !decided)
    && [...proof.tokens, ...answers.tokens].every(({ fault }) => fault === undefined);
  const access = proved && lock !== undefined ? accessOfPlan(plan, proof) : undefined;
  const compared = access === undefined || locking.update ? undefined : lock?.compare(access);
  const holds = proved && compared?.findings.some(({ level }) => level === 'error') !== true;
  const documents = holds ? documentsOf(halves, plan.trust, projected) : [];
  if (holds) await writeAll({ path: resolve(io.cwd, out), shown: out }, documents, io);
  const locked = access !== undefined && locking.update ? lock?.write(access) : compared;
  const files = documents.map(document => document.path);
  return { holds, answers, strangers, accepted, warnings: findings.warnings, ...(locked !== undefined && { lock: locked }), out, files };
}

/** What constructs warned of besides what is known of their definitions, which they repeat after their own path. */
function unsaid({ warnings }: Source, said: readonly Issue[]): readonly Issue[] {
  return warnings.filter(({ code, message }) => !said.some(issue => issue.code === code && message.endsWith(`: ${issue.message}`)));
}

/** Facts of several places as one; two values for one fact are an error. */
function together(parts: readonly Facts[]): Facts {
  const some = parts.filter(part => Object.keys(part).length > 0);
  return some.length === 0 ? {} : readFacts(some);
}

function stopOnErrors(findings: Findings, file: string): void {
  if (findings.errors.length > 0) throw new InvalidDefinitionError(file, findings.all);
}

/** True for service accounts whose Kubernetes half an app leaves to somebody else. */
function rendersNothingFor(source: Source): Parameters<typeof answersOf>[3] {
  const uses = source.apps.flatMap(app => app.uses);
  if (uses.length === 0) return () => false;
  const rendered = new Set(uses.map(use => `${use.definition.name} ${use.cluster}`));
  const used = new Set(uses.map(use => use.definition.name));
  const apart = new Set<string>();
  for (const { name, clusters, runsAs } of source.definitions) {
    for (const cluster of clusters) {
      if (!used.has(name) || rendered.has(`${name} ${cluster.name}`)) continue;
      for (const { namespace, serviceAccount } of runsAs) apart.add(`${cluster.name} ${namespace}/${serviceAccount}`);
    }
  }
  return (cluster, { namespace, serviceAccount }) => apart.has(`${cluster} ${namespace}/${serviceAccount}`);
}
