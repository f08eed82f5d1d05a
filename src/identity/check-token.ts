import { checkReach } from './check-reach';
import type { TokenDefinition, VolumeDefinition } from './definition';
import { checkAudience } from '../core/audience';
import { complain, joinPath, type Report } from '../core/issues';
import { isDnsLabel } from '../core/names';
import { nearest } from '../core/nearest';
import { isForApiServer, isGeneric } from '../kubernetes/audiences';
import { checkFilePath, checkMountPath } from '../kubernetes/check-paths';
import { checkVariable } from '../kubernetes/check-variable';
import { MAX_TOKEN_SECONDS, MIN_TOKEN_SECONDS, checkLifetime } from '../kubernetes/projected-token';
import { issuerOf, platformOf } from '../platforms';
import type { ClusterDefinition } from '../platforms/cluster';

type Volumes = { readonly [name: string]: VolumeDefinition };

const LIFETIME = { min: MIN_TOKEN_SECONDS, max: MAX_TOKEN_SECONDS, whose: 'Kubernetes takes no others' };

/** The rules of a token for a relying party of the user's own. */
export function checkToken(name: string, token: TokenDefinition, volumes: Volumes, clusters: readonly ClusterDefinition[], report: Report): void {
  const path = joinPath('tokens', name);
  if (!isDnsLabel(name) || name.length > 57) complain(report, 'token/name', path, { expected: 'at most 57 of the characters a-z, 0-9 and -, alphanumeric at both ends', got: name, fix: 'the name becomes part of a volume\'s, so choose one that Kubernetes takes' });
  const sound = checkAudience(token.audience, 'token/audience', `${path}.audience`, report, 'name whom the token is for; for the Kubernetes API itself use apiToken');
  if (sound) checkRecipient(token.audience, clusters, `${path}.audience`, report);
  if (checkLifetime(token.expirationSeconds, `${path}.expirationSeconds`, report, LIFETIME)) {
    for (const cluster of clusters) checkPlatformCap(token.expirationSeconds, cluster, `${path}.expirationSeconds`, report);
  }
  checkFilePath(token.path, `${path}.path`, 'token', report);
  checkReach(token, path, 'token', report);
  if (token.volume === undefined) checkMountPath(token.mountPath, `${path}.mountPath`, 'token', report);
  else checkShared(token, volumes, path, report);
  checkVariable(token.env, `${path}.env`, 'token', report);
}

/** An audience that says too little, or too much. */
function checkRecipient(audience: string, clusters: readonly ClusterDefinition[], path: string, report: Report): void {
  if (isForApiServer(audience) || isIssuer(audience, clusters)) {
    complain(report, 'token/api-audience', path, { expected: 'an audience of its own', got: audience, severity: 'warning', fix: 'whoever receives this token can use it against the Kubernetes API; for the API itself use apiToken' });
  } else if (isGeneric(audience)) {
    complain(report, 'token/generic-audience', path, { expected: 'an audience that names one relying party', got: audience, severity: 'warning', fix: 'use its URL' });
  }
}

/** A token in a shared volume. Whoever mounts the volume reads all of it, so that a token in it has no containers of its own. */
function checkShared({ volume = '', mountPath, clusters, containers, skipContainers }: TokenDefinition, volumes: Volumes, path: string, report: Report): void {
  const shared = Object.hasOwn(volumes, volume) ? volumes[volume] : undefined;
  if (shared === undefined) {
    const close = nearest(volume, Object.keys(volumes));
    complain(report, 'token/volume', `${path}.volume`, { expected: 'the name of one of the volumes', got: volume, fix: close === undefined ? 'add it to volumes, or leave it out for a volume of its own' : `did you mean ${close}?` });
    return;
  }
  if (mountPath !== shared.mountPath) complain(report, 'token/in-volume', `${path}.mountPath`, { expected: `no mountPath beside volume, which is mounted at ${shared.mountPath}`, got: mountPath, fix: 'take it out' });
  const lists = { containers, skipContainers };
  for (const field of ['containers', 'skipContainers'] as const) {
    if (lists[field] !== undefined) complain(report, 'token/in-volume', `${path}.${field}`, { expected: `no ${field} beside volume`, got: lists[field], fix: 'whoever mounts the volume reads all of its files: say it there, or give the token a volume of its own' });
  }
  const missing = shared.clusters === undefined ? undefined : clusters === undefined ? 'every cluster' : clusters.find(name => !(shared.clusters?.includes(name) ?? true));
  if (missing !== undefined) complain(report, 'token/volume-clusters', `${path}.clusters`, { expected: `clusters that the volume is in too: ${shared.clusters?.join(', ') ?? ''}`, got: missing, fix: 'say the same clusters in both' });
}

function isIssuer(audience: string, clusters: readonly ClusterDefinition[]): boolean {
  for (const cluster of clusters) if (issuerOf(cluster) === audience) return true;
  return false;
}

/** A platform that shortens lifetimes does so without a word. */
export function checkPlatformCap(seconds: number, cluster: ClusterDefinition, path: string, report: Report): void {
  const { title, maxTokenSeconds: cap } = platformOf(cluster);
  if (cap === undefined || seconds <= cap) return;
  complain(report, 'token/platform-cap', path, { expected: `at most ${cap} on ${title}`, got: seconds, severity: 'warning', fix: 'the platform shortens longer ones without an error' });
}
