import { brand, isClusterDefinition } from './definition';
import { checkStructure } from './structure';
import { InvalidDefinitionError } from '../core/errors';
import { Findings, type Report } from '../core/issues';
import { checkPlain, freezeCopy } from '../core/plain';
import { checkCluster } from '../platforms';
import type { ClusterDefinition, ClusterInput } from '../platforms/cluster';

/**
 * Says where identities run: a cluster, and the issuer that signs its tokens.
 *
 * @returns the definition, frozen
 * @throws InvalidDefinitionError with everything that is wrong, when anything is
 */
export function defineCluster(input: ClusterInput): ClusterDefinition {
  const findings = new Findings();
  const cluster = readCluster(input, '', findings.report);
  if (cluster === undefined || findings.errors.length > 0) {
    throw new InvalidDefinitionError(`cluster ${JSON.stringify((input as { name?: unknown } | undefined)?.name ?? '')}`, findings.all);
  }
  return cluster;
}

/** Checks a cluster; undefined where its structure leaves nothing to work with. `path` ends in a dot, or is empty. */
export function readCluster(input: unknown, path: string, report: Report): ClusterDefinition | undefined {
  if (isClusterDefinition(input)) return input;
  const at = path.replace(/\.$/, '');
  const findings = new Findings();
  if (checkPlain(input, at, findings.report)) checkStructure('ClusterInput', input, at, findings.report);
  const usable = findings.errors.every(issue => issue.code === 'structure/unknown-key');
  if (usable) checkCluster(input as ClusterInput, path, findings.report);
  findings.all.forEach(report);
  return usable ? brand('cluster', { ...freezeCopy(input as ClusterInput) }) : undefined;
}
