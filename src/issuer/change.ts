import { InvalidDefinitionError } from '../core/errors';
import { checkIssuer } from '../core/issuer';
import { Findings, complain, differOnlyInTrailingSlash, type Issue } from '../core/issues';
import { readShape, type Shape } from '../core/shape';

/** Where a cluster and the world stand while its issuer changes. */
export interface IssuerState {
  /** The issuer of new tokens: the first `--service-account-issuer`. */
  readonly signs: string;
  /** The issuers that the API server accepts: all of that flag. */
  readonly accepts: readonly string[];
  /** The issuers whose discovery document and keys can be read where clouds look. */
  readonly published: readonly string[];
  /** The issuers that every cloud and relying party of the cluster's pods trusts. */
  readonly trusted: readonly string[];
  /** The issuers of tokens that pods still hold, besides new ones. */
  readonly held: readonly string[];
}

/** One step, and how things stand after it. */
export interface IssuerStep {
  readonly step: 'publish' | 'trust' | 'sign' | 'wait' | 'stop-accepting' | 'stop-trusting' | 'stop-publishing';
  /** What is done, in one sentence. */
  readonly what: string;
  readonly state: IssuerState;
}

/** What a change of issuers is made of. */
export interface IssuerChange {
  readonly from: string;
  readonly to: string;
  /**
   * Seconds for which tokens of the old issuer live on: the longest lifetime that any pod asks for, or that the cluster
   * gives automounted ones, which most extend to a year (`--service-account-extend-token-expiration`).
   * @default 31536000: a year, which is right everywhere
   */
  readonly longestTokenSeconds?: number;
}

/**
 * The order in which an issuer is changed so that no pod is logged out at any moment: what new tokens need is there
 * before they are signed, and what old tokens need stays until none is left.
 *
 * @throws InvalidDefinitionError when the new issuer cannot be published, or not beside the old one
 */
export function issuerChange(change: IssuerChange): readonly IssuerStep[] {
  const { from, to, longestTokenSeconds } = checkedChange(change);
  const start: IssuerState = { signs: from, accepts: [from], published: [from], trusted: [from], held: [] };
  const both = [from, to];
  const published = { ...start, published: both };
  const trusted = { ...published, trusted: both };
  const signs = { ...trusted, signs: to, accepts: [to, from], held: [from] };
  const waited = { ...signs, held: [] };
  const accepts = { ...waited, accepts: [to] };
  const trusts = { ...accepts, trusted: [to] };
  return [
    { step: 'publish', what: `Publish the documents of ${to}, with the keys of both.`, state: published },
    { step: 'trust', what: `Let every cloud trust ${to} beside ${from}: a second cluster in each definition, whose issuer is the new one.`, state: trusted },
    { step: 'sign', what: `Put ${to} first among the issuers of the API server, and keep ${from}.`, state: signs },
    { step: 'wait', what: `Wait ${longestTokenSeconds} seconds, or make all pods anew: then no token of ${from} is left.`, state: waited },
    { step: 'stop-accepting', what: `Take ${from} out of the issuers of the API server.`, state: accepts },
    { step: 'stop-trusting', what: `Take ${from} out of every definition.`, state: trusts },
    { step: 'stop-publishing', what: `Take the documents of ${from} away.`, state: { ...trusts, published: [to] } },
  ];
}

const CHANGE: Shape<IssuerChange> = { from: 'value?', to: 'value?', longestTokenSeconds: 'value?' };

function checkedChange(change: IssuerChange): Required<IssuerChange> {
  const findings = new Findings();
  const { report } = findings;
  const { from, to, longestTokenSeconds = 31536000 } = readShape(change, CHANGE, '', report);
  if (typeof from !== 'string' || from === '') complain(report, 'issuer/format', 'from', { expected: 'an issuer', got: from, fix: 'give the one that signs now' });
  if (typeof to !== 'string') {
    complain(report, 'issuer/format', 'to', { expected: 'an issuer', got: to, fix: 'give the one that is to sign' });
  } else if (checkIssuer(to, 'to', report) && (from === to || differOnlyInTrailingSlash(String(from), to))) {
    complain(report, 'issuer/twice', 'to', { expected: `another issuer than ${String(from)}`, got: to, fix: 'with or without a slash at its end, it is the same place, and one document there cannot name both' });
  }
  if (!Number.isInteger(longestTokenSeconds) || longestTokenSeconds < 600) {
    complain(report, 'issuer/wait', 'longestTokenSeconds', { expected: 'a whole number of seconds, at least 600', got: String(longestTokenSeconds), fix: 'leave it out for a year' });
  }
  if (findings.errors.length > 0) throw new InvalidDefinitionError('change of issuers', findings.all);
  return { from: from as string, to: to as string, longestTokenSeconds };
}

const STATE: Shape<IssuerState> = { signs: 'text', accepts: 'texts', published: 'texts', trusted: 'texts', held: 'texts' };

/** What goes wrong in this state: an empty list where every token that there is works everywhere. What is no state is a finding, too; nothing is thrown. */
export function checkIssuerState(state: IssuerState): readonly Issue[] {
  const findings = new Findings();
  const { report } = findings;
  readShape(state, STATE, '', report);
  if (findings.errors.length > 0) return findings.all;
  const { signs, accepts, published, trusted, held } = state;
  if (accepts[0] !== signs) complain(report, 'issuer/signs', 'accepts', { expected: `${signs} first: the first one is the one that signs`, got: accepts, fix: 'put them in this order' });
  for (const issuer of new Set([signs, ...held])) {
    const whose = issuer === signs ? 'new tokens are' : 'pods still hold tokens that are';
    const needs: readonly (readonly ['accepts' | 'published' | 'trusted', readonly string[], string])[] = [
      ['accepts', accepts, 'the API server refuses them'],
      ['published', published, 'whoever verifies them finds no keys'],
      ['trusted', trusted, 'clouds refuse them'],
    ];
    for (const [field, list, effect] of needs) {
      if (!list.includes(issuer)) complain(report, `issuer/${field}`, field, { expected: `${issuer} among them, since ${whose} of it`, got: list, fix: `${effect}, and their pods are logged out` });
    }
  }
  return findings.all;
}
