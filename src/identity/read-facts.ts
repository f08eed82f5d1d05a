import type { Facts } from './facts';
import { InvalidFactsError } from '../core/errors';
import { Findings, complain, joinPath, show, type Report } from '../core/issues';
import { checkPlain, deepFreeze } from '../core/plain';

/**
 * Reads facts from what `pulumi stack output --json` prints, as it is, or from a file of facts.
 *
 * Of a stack's outputs the one called `symbolon` is read: `export const symbolon = identity.facts`, or a list of
 * several identities' facts. Anything else in it is left alone.
 *
 * @throws InvalidFactsError with everything that is wrong: the text `[secret]`, values that are not text, two values
 *   for one fact
 */
export function readFacts(json: unknown): Facts {
  const findings = new Findings();
  checkPlain(json, '', findings.report);
  const output = isMap(json) && 'symbolon' in json ? json.symbolon : json;
  const parts = Array.isArray(output) ? output as readonly unknown[] : [output];
  const merged: Tree = {};
  parts.forEach((part, i) => {
    const path = parts.length === 1 ? '' : `symbolon[${i}]`;
    if (!isMap(part) || Object.keys(part).some(key => !['clusters', 'identities', 'version'].includes(key))) {
      complain(findings.report, 'facts/shape', path === '' ? 'facts' : path, {
        expected: 'an object with clusters and identities, or a stack\'s outputs with one called symbolon', got: part, fix: 'write: pulumi stack output --json > facts.json, in a program that says export const symbolon = identity.facts',
      });
      return;
    }
    const { version: _version, ...facts } = part;
    merge(merged, facts, path, findings.report);
  });
  if (findings.errors.length > 0) throw new InvalidFactsError(findings.all);
  return deepFreeze(merged) as Facts;
}

interface Tree {
  [key: string]: string | Tree;
}

function merge(into: Tree, from: { readonly [key: string]: unknown }, path: string, report: Report): void {
  for (const [key, value] of Object.entries(from)) {
    const at = joinPath(path, key);
    const present = into[key];
    if (isMap(value) && typeof present !== 'string') {
      merge((into[key] ??= {}) as Tree, value, at, report);
    } else if (value === '[secret]') {
      complain(report, 'facts/secret', at, { expected: 'a value', got: value, fix: 'Pulumi hides secrets: no fact is one, so mark the output as no secret (pulumi.unsecret), or use pulumi stack output --json --show-secrets' });
    } else if (typeof value !== 'string' || value === '') {
      complain(report, 'facts/value', at, { expected: 'text that is not empty', got: value, fix: 'facts are text; put it in quotes' });
    } else if (present !== undefined && present !== value) {
      complain(report, 'facts/two-values', at, { expected: 'one value', got: `${show(present)} and ${show(value)}`, fix: 'two stacks disagree: find out which one is right' });
    } else {
      into[key] = value;
    }
  }
}

function isMap(value: unknown): value is { readonly [key: string]: unknown } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
