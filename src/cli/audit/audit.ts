import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { audit, isAudited, type AuditFinding } from '../../audit';
import { gather, isRelevant, shownPlace } from '../../evidence';
import { spotOf } from '../evidence/lines';
import { STDIN } from '../evidence/paths';
import { readEvidence, type Evidence } from '../evidence/read';
import { sorterBy, type PlacedFinding, type Sorted } from '../findings/placed';
import type { Io } from '../io';
import type { AuditOptions } from '../options';
import { progressOn } from '../progress';

/** What came of it. */
export interface AuditResult extends Sorted<PlacedFinding> {
  /** Nothing is wrong that has to be put right. */
  readonly holds: boolean;
  readonly files: number;
}

/** Manifests have no need of a name for their cluster. */
const CLUSTER = { name: 'unnamed' };

const GAPS = new Set<string>(['evidence/unknown', 'evidence/twice', 'evidence/ambiguous']);

/**
 * Audits files, whoever wrote them. Each folder is a cluster of its own; files that are named one by one are one together, as a shell's `*.yaml` gives them.
 *
 * @throws SymbolonError when something cannot be read
 */
export async function auditFiles(options: AuditOptions, io: Io): Promise<AuditResult> {
  const sorted = sorterBy(options, io);
  const progress = progressOn(io);
  const found: PlacedFinding[] = [];
  let files = 0;
  try {
    for (const paths of clustersIn(options.paths, io)) {
      const evidence = await readEvidence(paths, [], io, progress, document => isRelevant(document) || isAudited(document));
      progress.say(`auditing ${evidence.documents.length} documents`, evidence.documents.length);
      found.push(...findingsIn(evidence));
      files += evidence.files;
    }
  } finally {
    progress.done();
  }
  const { findings, known, gone } = sorted(found);
  return { holds: findings.every(({ level }) => level !== 'error'), findings, known, gone, files };
}

function* findingsIn(evidence: Evidence): Generator<PlacedFinding> {
  const gathered = gather(evidence.documents.map(document => ({ ...document, cluster: CLUSTER.name })), [CLUSTER]);
  // What the documents of clouds leave out does not matter here.
  for (const { code, at, message, fix } of gathered.gaps.filter(gap => GAPS.has(gap.code))) yield { code, level: 'warning', about: shownPlace(at), message, fix, at, spot: spotOf(at, evidence) };
  for (const cluster of gathered.clusters) {
    for (const finding of audit(cluster)) {
      const at = gathered.workload(cluster.name, finding.object);
      yield { ...plain(finding), ...(at !== undefined && { at, spot: spotOf(at, evidence) }) };
    }
  }
}

/** The object is said by what it is about, and by the place. */
function plain({ object: _object, ...finding }: AuditFinding): PlacedFinding {
  return finding;
}

function clustersIn(paths: readonly string[], { cwd }: Pick<Io, 'cwd'>): readonly (readonly string[])[] {
  const isFolder = (path: string): boolean => path !== STDIN && statSync(resolve(cwd, path), { throwIfNoEntry: false })?.isDirectory() === true;
  const alone = paths.filter(path => !isFolder(path));
  return [...alone.length > 0 ? [alone] : [], ...paths.filter(isFolder).map(path => [path])];
}
