import { resolve } from 'node:path';
import { bearerOf, presented, type Bearer } from './bearer';
import { decode, type DecodedToken } from './decode';
import { readKeys, signatureOf, type SignatureReport } from './signature';
import { readMoment, timeAt } from './time';
import { readTokenText } from './token-text';
import { gather, shownPlace } from '../../evidence';
import { askAll, type Answer } from '../../proof/ask';
import { readGiven } from '../evidence/given';
import type { Io } from '../io';
import type { ExplainOptions } from '../options';
import type { UserFile } from '../source/text';

/** What a token says, and what the given trusts say to it. */
export interface Explanation {
  readonly token: Pick<DecodedToken, 'header' | 'hash'>;
  readonly signature: SignatureReport;
  readonly bearer: Bearer;
  /** The clusters whose issuer it is, by name. */
  readonly clusters: readonly string[];
  /** What time has to say, at the moment that was given. */
  readonly time?: { readonly at: number; readonly says?: string };
  readonly answers: readonly Answer[];
  /** What could not be read among the documents. */
  readonly gaps: readonly string[];
  /** Whether there was anything to ask. */
  readonly asked: boolean;
}

/**
 * Takes a token apart and asks the given trusts about it. It stays in this process: nothing is sent, written or looked up.
 *
 * @throws SymbolonError for a token that is none, and for files that cannot be read
 */
export async function explain(options: ExplainOptions, io: Pick<Io, 'cwd'>): Promise<Explanation> {
  const at = (shown: string): UserFile => ({ path: resolve(io.cwd, shown), shown });
  const moment = options.at === undefined ? undefined : readMoment(options.at);
  const token = decode(readTokenText(at(options.token)), options.token);
  const keys = options.jwks === undefined ? undefined : readKeys(at(options.jwks));
  const { evidence, clusters } = await readGiven(options, io);
  const gathered = gather(evidence.documents, clusters);
  const signature = signatureOf(token, keys);
  const bearer = bearerOf(token);
  const time = timeAt(bearer.times, moment);
  const says = time.fault ?? time.doubt;
  return {
    token: { header: token.header, hash: token.hash },
    signature,
    bearer,
    clusters: gathered.clusters.filter(({ issuer }) => issuer !== undefined && issuer === bearer.issuer).map(({ name }) => name),
    ...(moment !== undefined && { time: { at: moment, ...(says !== undefined && { says }) } }),
    answers: askAll(presented(token, bearer, signature, time), gathered),
    gaps: gathered.gaps.map(gap => `${shownPlace(gap.at)}: ${gap.message}; ${gap.fix}`),
    asked: options.paths.length > 0,
  };
}
