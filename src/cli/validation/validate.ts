import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { plannedDocuments } from './planned';
import { readProperties } from './properties';
import { audit, isAudited } from '../../audit';
import { gather, isRelevant, verifyGathered, type EvidenceDocument, type Gathered, type Place } from '../../evidence';
import { dataOf, isData } from '../../kubernetes/data';
import type { KubernetesObject } from '../../kubernetes/manifest';
import type { ValidationContext, ValidationProperties, ValidationViolation } from '../../validation';
import { readGiven } from '../evidence/given';
import { spotOf } from '../evidence/lines';
import type { Evidence } from '../evidence/read';
import type { CommandFinding } from '../findings/placed';
import { UNSEEN } from '../progress';

/**
 * Proves and audits what cdk8s has synthesized.
 *
 * @throws SymbolonError when something cannot be read, is invalid or missing
 */
export async function validate(given: ValidationProperties, { manifests: synthesizedFiles, report }: ValidationContext): Promise<void> {
  const io = { cwd: process.cwd() };
  // A chart without anything in it is a file without anything in it.
  const manifests = synthesizedFiles.filter(file => readFileSync(resolve(io.cwd, file), 'utf8').trim() !== '');
  const { trust, definition, env, facts, clusters = {}, evidence: notes, audit: audits = true, undecided = 'fail' } = readProperties(given);
  const { evidence, clusters: known } = await readGiven({
    paths: [...manifests, ...trust ?? []],
    clusters: Object.entries(clusters).map(([name, issuer]) => `${name}=${issuer}`),
    ...(definition !== undefined && { definition }),
    ...(env !== undefined && { env }),
    ...(notes !== undefined && { evidence: notes }),
  }, io, UNSEEN, document => isRelevant(document) || isAudited(document));
  const proves = trust !== undefined || definition !== undefined;
  const synthesized = new Set(manifests);
  const own = evidence.documents.filter(({ at, value }) => synthesized.has(at.file) && isData(dataOf(value).metadata));
  const objects = own.map(({ value }) => value as KubernetesObject);
  const planned = definition === undefined || trust !== undefined ? [] : await plannedDocuments({ definition, env, facts }, objects, io);
  const gathered = gather([...evidence.documents, ...planned], known);
  const findings: readonly CommandFinding[] = [
    ...proves ? verifyGathered(gathered).findings : [],
    ...audits ? auditedIn(gathered, synthesized) : [],
  ];
  for (const finding of findings) report.addViolation(violationOf(finding, evidence, manifests));
  const fails = findings.filter(({ level }) => level === 'error' || (level === 'undecided' && undecided === 'fail')).length;
  report.submit(fails === 0 ? 'success' : 'failure', { Findings: String(findings.length), Failing: String(fails) });
}

/** What stands for pods that are made elsewhere is nobody's manifest. */
function auditedIn(gathered: Gathered, synthesized: ReadonlySet<string>): readonly CommandFinding[] {
  return gathered.clusters.flatMap(cluster => audit(cluster).flatMap(({ object, ...finding }): readonly CommandFinding[] => {
    const at = gathered.workload(cluster.name, object);
    return at !== undefined && !synthesized.has(at.file) ? [] : [{ ...finding, ...(at !== undefined && { at }) }];
  }));
}

function violationOf({ code, message, fix, plan = [], about, at }: CommandFinding, evidence: Evidence, manifests: readonly string[]): ValidationViolation {
  const steps = plan.length === 0 ? fix : `${fix} (${plan.map((step, i) => `${i + 1}. ${step}`).join(' ')})`;
  return {
    ruleName: code,
    recommendation: message,
    fix: steps,
    violatingResources: [{
      // cdk8s finds the construct by this name.
      resourceName: (at === undefined ? undefined : nameAt(at, evidence.documents)) ?? about,
      locations: [at === undefined ? about : locationOf(at, evidence)],
      manifestPath: at?.file ?? manifests[0] ?? '',
    }],
  };
}

function locationOf(at: Place, evidence: Evidence): string {
  const { file, line } = spotOf(at, evidence);
  return line === undefined ? file : `${file}:${line}`;
}

function nameAt({ file, document }: Place, documents: readonly EvidenceDocument[]): string | undefined {
  const found = documents.find(({ at }) => at.file === file && at.document === document);
  const { name } = dataOf(dataOf(found?.value).metadata);
  return typeof name === 'string' ? name : undefined;
}
