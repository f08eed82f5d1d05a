/** docs/reference/codes.md has every code that a finding can carry. */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { BINDINGS, ack, aks, blue, gke, k3s } from './support/definitions';
import { codes, sites } from '../scripts/docs/codes/table';
import { checkWorkloadIdentity, type WorkloadIdentityInput } from 'symbolon';

const ROOT = join(__dirname, '..');
const PAGE = readFileSync(join(ROOT, 'docs/reference/codes.md'), 'utf8');
const LISTED = new Set([...PAGE.matchAll(/^\| <a id="[^"]+"><\/a>`([^`]+)`/gm)].map(([, code]) => code as string));

test('every place in the sources that makes a finding could be read', () => {
  expect(sites().unread).toEqual([]);
});

test('every code has a meaning, and is in the page', () => {
  expect([...codes()].filter(([, made]) => made.every(({ says, fix }) => /^[… ]*$/.test(says + fix))).map(([code]) => code)).toEqual([]);
  expect([...codes().keys()].filter(code => !/^[a-z][a-z0-9-]*\/[A-Za-z0-9-]+$/.test(code))).toEqual([]);
  expect([...LISTED].sort()).toEqual([...codes().keys()].sort());
});

test('every code that a test expects is in the page', () => {
  const tests = readdirSync(join(ROOT, 'test'), { recursive: true, encoding: 'utf8' }).filter(file => file.endsWith('.test.ts') && !file.startsWith('package/')).map(file => readFileSync(join(ROOT, 'test', file), 'utf8'));
  const named = new Set(tests.flatMap(text => [...text.matchAll(/\bcode: '([a-z-]+\/[\w-]+)'|\[([a-z-]+\/[\w-]+)\]/g)].map(([, plain, inMessage]) => (plain ?? inMessage) as string)));
  expect(named.size).toBeGreaterThan(50);
  const rooms = new Set([...LISTED].map(code => code.split('/')[0]));
  expect([...named].filter(code => rooms.has(code.split('/')[0]) && !LISTED.has(code))).toEqual([]);
});

const WHOLE: WorkloadIdentityInput = {
  name: 'checkout',
  namespace: 'shop',
  clusters: [blue, aks, gke, ack, k3s],
  trustedBy: BINDINGS,
  tokens: { api: { audience: 'https://api.example.com', expirationSeconds: 900, path: 'api', mountPath: '/var/run/api', containers: ['app'] } },
  rbac: [{ read: ['pods'] }],
  labels: { team: 'shop' },
};

const ODD = fc.constantFrom<unknown>('', 'A b', '*', 'x'.repeat(300), '../x', '/proc', 'https://x.example.com/?q=1', 'http://x.example.com', -1, 0.5, 600, 1e12, null, true, [], {}, ['a', 'a'], undefined);

/** The paths to everything in a value. */
function pathsIn(value: unknown, path: readonly string[] = []): readonly (readonly string[])[] {
  const inner = typeof value === 'object' && value !== null ? Object.entries(value).flatMap(([key, each]) => pathsIn(each, [...path, key])) : [];
  return path.length === 0 ? inner : [path, ...inner];
}

function withAt(value: unknown, [key, ...rest]: readonly string[], odd: unknown): unknown {
  if (key === undefined) return odd;
  const copy = (Array.isArray(value) ? [...value as unknown[]] : { ...value as object }) as { [key: string]: unknown };
  copy[key] = withAt(copy[key], rest, odd);
  return copy;
}

test('whatever is wrong in a definition, its code is in the page', () => {
  const paths = pathsIn(WHOLE);
  const seen = new Set<string>();
  fc.assert(fc.property(fc.constantFrom(...paths), ODD, (path, odd) => {
    for (const { code } of checkWorkloadIdentity(withAt(WHOLE, path, odd) as WorkloadIdentityInput)) {
      seen.add(code);
      expect(LISTED).toContain(code);
    }
  }), { numRuns: 300 });
  expect(seen.size).toBeGreaterThan(10);
});
