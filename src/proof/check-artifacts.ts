import type { Artifacts, ClusterArtifact, TrustArtifact } from './artifacts';
import { InvalidDefinitionError } from '../core/errors';
import { Findings, joinPath, type Report } from '../core/issues';
import { fits, readShape, type Shape } from '../core/shape';
import type { ObjectMeta } from '../kubernetes/manifest';

const ARTIFACTS: Shape<Artifacts> = { clusters: 'list', trust: 'list' };

/** What is read of each part. There may be more in it: a plan's own parts have it, and so have other tools'. */
const CLUSTER: Fields<ClusterArtifact> = { name: 'text', objects: 'list', issuer: 'text?', workloadPool: 'text?', resourceId: 'text?', clusterArn: 'text?', ramProvider: 'text?', signingAlgorithms: 'list?' };
const TRUST: Fields<TrustArtifact> = { provider: 'text', kind: 'text', name: 'text', request: 'map', cluster: 'text?', becomes: 'text?', unknown: 'list?' };
const META: Fields<Pick<ObjectMeta, 'name' | 'namespace'>> = { name: 'text?', namespace: 'text?' };

type Fields<T> = { readonly [field in keyof T]-?: 'text' | 'text?' | 'list' | 'list?' | 'map' };

/**
 * What the proof cannot do without.
 *
 * @throws InvalidDefinitionError with everything that is missing, or something else than it should be
 */
export function checkArtifacts(given: unknown): void {
  const findings = new Findings();
  const { report } = findings;
  const { clusters = [], trust = [] } = readShape(given, ARTIFACTS, '', report);
  (clusters as readonly unknown[]).forEach((cluster, i) => {
    const path = joinPath('clusters', i);
    if (!checkFields(cluster, CLUSTER, path, report)) return;
    (cluster as { readonly objects: readonly unknown[] }).objects.forEach((object, j) => {
      const at = joinPath(`${path}.objects`, j);
      if (!fits(object, 'map', at, report)) return;
      const { metadata } = object as { readonly metadata?: unknown };
      if (fits(metadata, 'map', `${at}.metadata`, report)) checkFields(metadata, META, `${at}.metadata`, report);
    });
  });
  (trust as readonly unknown[]).forEach((document, i) => checkFields(document, TRUST, joinPath('trust', i), report));
  if (findings.errors.length > 0) throw new InvalidDefinitionError('artifacts', findings.all);
}

function checkFields(value: unknown, fields: { readonly [field: string]: 'text' | 'text?' | 'list' | 'list?' | 'map' }, path: string, report: Report): boolean {
  if (!fits(value, 'map', path, report)) return false;
  return Object.entries(fields).map(([field, said]) => {
    const given = (value as { readonly [field: string]: unknown })[field];
    return (given === undefined && said.endsWith('?')) || fits(given, said.replace('?', '') as 'text' | 'list' | 'map', `${path}.${field}`, report);
  }).every(Boolean);
}
