import type { TokenDefinition } from './definition';
import { complain, joinPath, type Report } from '../core/issues';
import { isDnsLabel } from '../core/names';
import { MAX_TOKEN_SECONDS, MIN_TOKEN_SECONDS, checkLifetime, checkTokenPath } from '../kubernetes/projected-token';
import { platformOf } from '../platforms';
import type { ClusterDefinition } from '../platforms/cluster';

/** Names that say nothing of who is to take the token. */
const GENERIC: readonly string[] = ['kubernetes', 'api', 'default', 'app'];

const LIFETIME = { min: MIN_TOKEN_SECONDS, max: MAX_TOKEN_SECONDS, whose: 'Kubernetes takes no others' };

/** The rules of a token for a relying party of the user's own. */
export function checkToken(name: string, token: TokenDefinition, clusters: readonly ClusterDefinition[], report: Report): void {
  const path = joinPath('tokens', name);
  if (!isDnsLabel(name) || name.length > 57) complain(report, 'token/name', path, { expected: 'at most 57 of the characters a-z, 0-9 and -, alphanumeric at both ends', got: name, fix: 'the name becomes part of a volume\'s, so choose one that Kubernetes takes' });
  if (token.audience === '' || /[\u0000-\u0020]/.test(token.audience)) {
    complain(report, 'token/audience', `${path}.audience`, { expected: 'one audience, without blanks', got: token.audience, fix: 'name whom the token is for; for the Kubernetes API itself use apiToken' });
  } else if (/^https:\/\/kubernetes\.default(\.svc(\.cluster\.local)?)?\/?$/.test(token.audience) || isIssuer(token.audience, clusters)) {
    complain(report, 'token/api-audience', `${path}.audience`, { expected: 'an audience of its own', got: token.audience, severity: 'warning', fix: 'whoever receives this token can use it against the Kubernetes API; for the API itself use apiToken' });
  } else if (GENERIC.includes(token.audience)) {
    complain(report, 'token/generic-audience', `${path}.audience`, { expected: 'an audience that names one relying party', got: token.audience, severity: 'warning', fix: 'use its URL' });
  }
  checkLifetime(token.expirationSeconds, `${path}.expirationSeconds`, report, LIFETIME);
  for (const cluster of clusters) checkPlatformCap(token.expirationSeconds, cluster, `${path}.expirationSeconds`, report);
  checkTokenPath(token.path, `${path}.path`, report);
  if (token.containers?.length === 0) complain(report, 'token/containers', `${path}.containers`, { expected: 'at least one container', got: [], fix: 'leave it out for all containers' });
  if (!isMountPath(token.mountPath)) complain(report, 'token/mount-path', `${path}.mountPath`, { expected: 'an absolute path without .. and without a colon', got: token.mountPath, fix: 'leave it out for the default' });
  if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(token.env)) complain(report, 'token/env', `${path}.env`, { expected: 'the name of an environment variable', got: token.env, fix: 'use A-Z, 0-9 and _' });
}

function isMountPath(path: string): boolean {
  // Nearly every path is a plain one, such as the default.
  return /^(\/\w[\w-]*)+$/.test(path) || (/^\/+[^/\u0000-\u001f:][^\u0000-\u001f:]*$/.test(path) && !path.split('/').includes('..'));
}

function isIssuer(audience: string, clusters: readonly ClusterDefinition[]): boolean {
  for (const cluster of clusters) if (cluster.issuer === audience) return true;
  return false;
}

/** A platform that shortens lifetimes does so without a word. */
export function checkPlatformCap(seconds: number, cluster: ClusterDefinition, path: string, report: Report): void {
  const { title, maxTokenSeconds: cap } = platformOf(cluster);
  if (cap === undefined || seconds <= cap || seconds > MAX_TOKEN_SECONDS) return;
  complain(report, 'token/platform-cap', path, { expected: `at most ${cap} on ${title}`, got: seconds, severity: 'warning', fix: 'the platform shortens longer ones without an error' });
}
