import type { Facts } from './facts';
import { InvalidFactsError } from '../core/errors';
import { Findings, complain, joinPath, type Report } from '../core/issues';
import { checkPlain, deepFreeze } from '../core/plain';
import { isMap } from '../core/shape';

/** Behind the function of this name in `late.ts`, which says what it does. */
export function readFacts(json: unknown): Facts {
  const findings = new Findings();
  const output = isMap(json) && Object.hasOwn(json, 'symbolon') ? json.symbolon : json;
  const parts = Array.isArray(output) ? output as readonly unknown[] : [output];
  const merged: Tree = {};
  parts.forEach((part, i) => {
    const path = parts.length === 1 ? '' : `symbolon[${i}]`;
    // Before anything is copied: a key that is no data would change what it is copied to.
    if (checkPlain(part, path, findings.report)) readPart(part, merged, path, findings.report);
  });
  if (findings.errors.length > 0) throw new InvalidFactsError(findings.all);
  known.add(merged);
  return deepFreeze(merged) as Facts;
}

const known = new WeakSet<object>();

/**
 * Facts that code hands in where facts belong: those of {@link readFacts} as they are, others if they are facts.
 *
 * @throws InvalidFactsError with everything that is wrong
 */
export function readGivenFacts(given: unknown): Facts {
  if (typeof given === 'object' && given !== null && known.has(given)) return given;
  const findings = new Findings();
  const merged: Tree = {};
  if (checkPlain(given, 'facts', findings.report)) readPart(given, merged, '', findings.report);
  if (findings.errors.length > 0) throw new InvalidFactsError(findings.all);
  known.add(merged);
  return deepFreeze(merged) as Facts;
}

interface Tree {
  [key: string]: string | Tree;
}

function readPart(part: unknown, merged: Tree, path: string, report: Report): void {
  // Pulumi hides all of an output when one value in it is secret.
  if (part === SECRET) return hidden(path === '' ? 'symbolon' : path, report);
  if (!isMap(part) || Object.keys(part).some(key => !['clusters', 'identities', 'version'].includes(key))) {
    complain(report, 'facts/shape', path === '' ? 'facts' : path, {
      expected: 'an object with clusters and identities, or a stack\'s outputs with one called symbolon', got: part, fix: 'write: pulumi stack output --json > facts.json, in a program that says export const symbolon = identity.facts',
    });
    return;
  }
  const { version, ...facts } = part;
  if (version !== undefined && version !== VERSION) {
    complain(report, 'facts/version', joinPath(path, 'version'), { expected: String(VERSION), got: version, fix: 'facts of another version mean something else: read them with the library that wrote them, or leave the version out' });
  }
  merge(merged, facts, [], path, report);
}

function merge(into: Tree, from: { readonly [key: string]: unknown }, above: readonly string[], path: string, report: Report): void {
  for (const [key, value] of Object.entries(from)) {
    const at = joinPath(path, key);
    const keys = [...above, key];
    const present = Object.hasOwn(into, key) ? into[key] : undefined;
    if (value === SECRET) {
      hidden(at, report);
    } else if (value === UNKNOWN) {
      complain(report, 'facts/unknown', at, { expected: 'a value', got: value, fix: 'Pulumi writes this for a value that is not known before the stack is deployed: run pulumi up first' });
    } else if (!isFact(keys)) {
      if (isMap(value)) merge((into[key] = present ?? {}) as Tree, value, keys, at, report);
      else complain(report, 'facts/shape', at, { expected: `a map: ${SHAPES[keys[0] as keyof typeof SHAPES]}`, got: value, fix: 'put the value under the name of its fact' });
    } else if (typeof value !== 'string' || value === '') {
      complain(report, 'facts/value', at, { expected: 'text that is not empty', got: value, fix: 'facts are text; put it in quotes' });
    } else if (present !== undefined && present !== value) {
      complain(report, 'facts/two-values', at, { expected: 'one value', got: [present, value], fix: 'two stacks disagree: find out which one is right' });
    } else {
      into[key] = value;
    }
  }
}

/** Of the form of facts. */
const VERSION = 1;

const SECRET = '[secret]';

/** What a preview of Pulumi has in the place of what only a deployment will tell. https://github.com/pulumi/pulumi/blob/master/sdk/nodejs/runtime/rpc.ts */
const UNKNOWN = '04da6b54-80e4-46f7-96ec-b56ff0331ba9';

const SHAPES = {
  clusters: 'clusters.<cluster>.<fact>',
  identities: 'identities.<identity>.<binding>.<fact>, or identities.<identity>.<binding>.on.<cluster>.<fact>',
};

/** Whether a value stands there; else a map does. */
function isFact(keys: readonly string[]): boolean {
  if (keys[0] === 'clusters') return keys.length === 3;
  return keys.length === (keys[3] === 'on' ? 6 : 4);
}

function hidden(at: string, report: Report): void {
  complain(report, 'facts/secret', at, {
    expected: 'a value', got: SECRET, fix: 'Pulumi hides secrets: no fact is one, so mark the output as no secret (pulumi.unsecret), or use pulumi stack output --json --show-secrets',
  });
}
