import { sign } from 'node:crypto';
import { claimsOf, type PodTokenClaims } from './claims';
import { givenKey, throwAwayKey } from './key';
import { InvalidDefinitionError } from '../../core/errors';
import { Findings, complain, joinPath, type Report } from '../../core/issues';
import { readShape, type Shape } from '../../core/shape';
import { documentsOf, type IssuerDocuments } from '../../issuer/documents';
import type { MountedToken } from '../../proof/files';
import type { PodView } from '../../proof/pods';
import { listOf } from '../matchers/token-for';
import { mountedTokens } from '../mounted';
import { meant, podsOf, type ArtifactWorkload } from '../workload';

/** Which token, and when. */
export interface MintOptions {
  /** When the token is issued: the test says it, and no clock is asked. For an expired token say a time that is long ago. */
  readonly issuedAt: Date;
  /** The audience of the token. @default that of the one token that the workload has */
  readonly audience?: string;
  /** The file of the token, where several are for one audience. @default every file */
  readonly path?: string;
  /**
   * PEM of a private RSA key, made for tests alone: with one, the token is the same every time, since RS256 signs without chance.
   * @default a key of the process, made when it is first wanted
   */
  readonly key?: string;
}

/** A token as the kubelet would project it, signed by a key of the test, and what verifies it. */
export interface MintedToken {
  /** The JWT, as it stands in the file. */
  readonly token: string;
  readonly claims: PodTokenClaims;
  /** Where containers find it, absolute. */
  readonly path: string;
  /** What the cluster's issuer would publish: for a verifier to fetch, or to be handed. */
  readonly jwks: IssuerDocuments['jwks'];
  readonly discovery: IssuerDocuments['discovery'];
}

const SHAPE: Shape<MintOptions> = { issuedAt: 'value', audience: 'text?', path: 'text?', key: 'text?' };

/**
 * The token that the kubelet would project into the workload's pods, for tests of an API that accepts tokens: every claim as Kubernetes makes it,
 * signed with RS256. What is made up (uids, the name of a pod) is made of names, so that it is the same every time.
 *
 * What only a webhook mounts stands in no manifest, and is minted where the proof sees it.
 *
 * A token is refused for one reason at a time: issue it long ago, take another of the workload's, one of another workload, or another `key`.
 *
 * @throws InvalidDefinitionError when the workload has no such token, cannot read it, or is in several clusters
 */
export function mintToken(workload: ArtifactWorkload, options: MintOptions): MintedToken {
  const pods = podsOf(workload);
  const findings = new Findings();
  const { report } = findings;
  const { issuedAt, audience, path, key: pem } = readShape<MintOptions>(options, SHAPE, 'options', report);
  const seconds = issuedAt === undefined ? undefined : secondsOf(issuedAt, report);
  const given = pem === undefined ? undefined : givenKey(pem, report);
  const [pod] = pods as readonly [PodView];
  const { issuer } = pod.cluster;
  const clusters = [...new Set(pods.map(({ cluster }) => cluster.name))];
  if (clusters.length > 1) complain(report, 'testing/cluster', 'workload', { expected: 'a workload in one cluster', got: clusters, fix: `say which: workloadIn(artifacts, "${pod.workload}", { cluster: "${String(clusters[0])}" })` });
  if (issuer === undefined) complain(report, 'testing/issuer', joinPath('clusters', pod.cluster.name), { expected: 'an issuer', got: undefined, fix: 'the artifacts have to say who signs the tokens of the cluster' });
  const mounted = findings.errors.length > 0 ? undefined : choose(mountedTokens(pod), { audience, path }, report);
  if (findings.errors.length > 0 || seconds === undefined || issuer === undefined || mounted === undefined) throw new InvalidDefinitionError('mintToken', findings.all);
  const key = given ?? throwAwayKey();
  const claims = claimsOf(pod, issuer, mounted.token, seconds);
  const unsigned = `${encoded({ alg: 'RS256', kid: key.kid })}.${encoded(claims)}`;
  const { jwks, discovery } = documentsOf({ issuer, keys: [key.publicKey] });
  return { token: `${unsigned}.${sign('RSA-SHA256', Buffer.from(unsigned), key.privateKey).toString('base64url')}`, claims, path: mounted.path, jwks, discovery };
}

interface Wanted {
  readonly audience: string | undefined;
  readonly path: string | undefined;
}

/** The token that is meant; undefined with a finding where there is none, or more than one could be. */
function choose(all: readonly MountedToken[], { audience, path }: Wanted, report: Report): MountedToken | undefined {
  const found = all.filter(token => (audience === undefined || token.token.audience === audience) && (path === undefined || token.path === path));
  const [first] = found;
  const field = audience === undefined && path !== undefined ? 'path' : 'audience';
  if (first === undefined) {
    const known = field === 'path' ? all.map(token => token.path) : all.flatMap(({ token }) => token.audience ?? []);
    complain(report, 'testing/token', `options.${field}`, { expected: 'a token that the workload has', got: audience ?? path, fix: (meant(String(audience ?? path), known)) ?? listOf(all) });
  } else if (first.fault !== undefined) {
    complain(report, 'testing/token', `options.${field}`, { expected: 'a token that a container can read', got: first.path, fix: first.fault });
  } else if (new Set(found.map(({ token }) => `${token.audience ?? ''}\n${token.expirationSeconds}`)).size > 1) {
    complain(report, 'testing/token', `options.${field}`, { expected: 'one token', got: found.map(token => token.path), fix: `${listOf(found)}: say the audience, or the path` });
  } else {
    return first;
  }
  return undefined;
}

/** Whole seconds, as claims have them. */
function secondsOf(issuedAt: unknown, report: Report): number | undefined {
  // A Date of another realm, as test runners have them, is one too.
  const time = Object.prototype.toString.call(issuedAt) === '[object Date]' ? (issuedAt as Date).getTime() : NaN;
  if (Number.isFinite(time)) return Math.floor(time / 1000);
  complain(report, 'testing/time', 'options.issuedAt', { expected: 'a date', got: issuedAt, fix: 'say a fixed one: new Date(\'2026-01-01T00:00:00Z\')' });
  return undefined;
}

function encoded(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}
