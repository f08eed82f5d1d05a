import { ack } from './ack';
import { aks } from './aks';
import type { ClusterInput } from './cluster';
import { eks } from './eks';
import { checkFleet } from './fleet';
import { checkGcpPool } from './gcp-pool';
import { gke } from './gke';
import { checkJwt } from './jwt';
import type { Platform, PlatformId } from './platform';
import { selfManaged } from './self-managed';
import { checkVault } from './vault';
import { checkIssuer } from '../core/issuer';
import { complain, type Report } from '../core/issues';
import { isDnsLabel } from '../core/names';

/** The only list of platforms. */
const PLATFORMS: { readonly [id in PlatformId]: Platform } = { eks, aks, gke, ack };
const PLATFORM_IDS = Object.keys(PLATFORMS) as readonly PlatformId[];

/** The platform that a cluster definition names. */
export function platformOf(cluster: ClusterInput): Platform {
  for (const id of PLATFORM_IDS) if (cluster[id] !== undefined) return PLATFORMS[id];
  return selfManaged;
}

/** The issuer as far as the definition says it. */
export function issuerOf(cluster: ClusterInput): string | undefined {
  return cluster.issuer ?? platformOf(cluster).issuerOf?.(cluster);
}

/** The rules of a cluster definition whose structure is right already. `path` ends in a dot, or is empty. */
export function checkCluster(cluster: ClusterInput, path: string, report: Report): void {
  if (!isDnsLabel(cluster.name)) {
    complain(report, 'cluster/name', `${path}name`, { expected: 'at most 63 of the characters a-z, 0-9 and -, alphanumeric at both ends', got: cluster.name, fix: 'this is your name for the cluster; its name at the vendor has a field of its own' });
  }
  const named = PLATFORM_IDS.filter(id => cluster[id] !== undefined);
  if (named.length > 1) {
    complain(report, 'cluster/platform', `${path}${named[1] ?? ''}`, { expected: 'at most one platform block', got: named.join(' and '), fix: 'keep the one that the cluster runs on' });
  }
  if (cluster.signingAlgorithms?.length === 0) {
    complain(report, 'cluster/signing-algorithms', `${path}signingAlgorithms`, { expected: 'at least one', got: [], fix: 'leave it out where it is not known' });
  }
  if (cluster.gcpPool !== undefined) checkGcpPool(cluster.gcpPool, `${path}gcpPool`, report);
  if (cluster.fleet !== undefined) checkFleet(cluster.fleet, `${path}fleet`, report);
  if (cluster.jwt !== undefined) checkJwt(cluster.jwt, `${path}jwt`, report);
  if (cluster.vault !== undefined) checkVault(cluster.vault, `${path}vault`, report);
  if (cluster.issuer !== undefined && !checkIssuer(cluster.issuer, `${path}issuer`, report)) return;
  platformOf(cluster).check(cluster, path, report);
}
