/** The parts that every mechanism has: a new one without one of them fails here, by name. Which of them hold, is for the tests that are named at each. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { OTHERS, SAMPLES } from './support/samples';
import { identities } from '../../examples/mechanisms/identities';
import schema from '../../schema/symbolon.schema.json';
import { ROWS } from '../../scripts/docs/cells';
import { FACTS } from '../../scripts/docs/providers';
import { ADMITTERS } from '../../src/proof/admits';
import { PROVIDER_IDS, providerOf } from '../../src/providers';
import { LOADERS } from '../../src/pulumi/loader';
import { boundTo, checkoutWith, errorsOf } from '../support/definitions';
import { defineWorkloadIdentity, planWorkloadIdentities, readFacts, type Plan, type WorkloadIdentityInput } from 'symbolon';

const ROOT = join(__dirname, '../..');
const read = (file: string): string => readFileSync(join(ROOT, file), 'utf8');
const MECHANISMS = PROVIDER_IDS.flatMap(id => providerOf(id).mechanisms.map(mechanism => [id, mechanism] as const));

const EXAMPLE: Plan = planWorkloadIdentities(identities, readFacts(JSON.parse(read('examples/mechanisms/facts.json'))));

/** The samples of the contract (provider.test.ts), each by the mechanism that it comes to. */
const ALL = [...PROVIDER_IDS.map(id => [id, SAMPLES[id]] as const), ...Object.values(OTHERS).map(sample => [sample.provider, sample] as const)];
const SAMPLED = ALL.map(([id, sample]) => {
  const input = checkoutWith({ clusters: [sample.clusters[0]], trustedBy: { [id]: sample.binding } });
  return { mechanism: `${id} ${planWorkloadIdentities(defineWorkloadIdentity(input)).edges[0]?.mechanism}`, wrong: sample.wrong };
});

describe.each(MECHANISMS)('%s, %s', (id, mechanism) => {
  const name = `${id} ${mechanism}`;
  const edge = EXAMPLE.edges.find(each => `${each.provider} ${each.mechanism}` === name);
  const documents = EXAMPLE.trust.filter(({ identity, provider }) => identity === edge?.identity && provider === id);

  test('a typed binding: the schema of files knows its name, and no other', () => {
    expect(JSON.stringify(schema)).toContain(JSON.stringify(mechanism));
    const misnamed: WorkloadIdentityInput = boundTo(id, SAMPLES[id].clusters[0], { mechanism: `${mechanism}s` });
    expect(errorsOf(misnamed).map(({ code, path }) => `${code} ${path}`)).toContain(`structure/value trustedBy.${id}.mechanism`);
  });

  test('samples of the contract, and rules that they break', () => {
    const sample = SAMPLED.find(each => each.mechanism === name);
    expect(sample).toBeDefined();
    expect(Object.keys(sample?.wrong ?? {}).length).toBeGreaterThan(2);
  });

  test('trust documents, which somebody is let in by, and of kinds that the proof knows', () => {
    expect(documents.map(({ becomes }) => becomes)).toContain(edge?.handle);
    for (const { kind } of documents) expect(ADMITTERS[id].kinds).toContain(kind);
  });

  test('an example, whose app and program are run (examples.test.ts, and the suite for the API server)', () => {
    expect(edge).toBeDefined();
    for (const half of ['app.ts', 'pulumi/index.ts']) expect(read(`examples/mechanisms/${half}`)).toContain("from '");
    expect(read('test/examples.test.ts')).toContain('examples/mechanisms/pulumi');
  });

  test('resources of Pulumi: a loader for each of its kinds', () => {
    expect(LOADERS[id]).toBeDefined();
    expect(existsSync(join(ROOT, `src/providers/${id}/pulumi.ts`))).toBe(true);
    const program = read(`src/providers/${id}/pulumi.ts`);
    for (const kind of new Set(documents.map(document => document.kind))) if (id !== 'jwt') expect(program).toContain(kind);
  });

  test('a page that says when to take it, and its rows in the comparison and the matrix', () => {
    const page = read(`docs/providers/${id}.md`);
    expect(page).toMatch(new RegExp(`\`${mechanism}\``));
    expect(FACTS.some(({ provider, mechanisms }) => provider === id && mechanisms.includes(mechanism))).toBe(true);
    expect(ROWS.some(row => row.provider === id && row.mechanism === mechanism)).toBe(true);
    expect(read('docs/matrix.md')).toContain(`\`${mechanism}\``);
  });
});

test('every kind of document is of one relying party', () => {
  const kinds = Object.values(ADMITTERS).flatMap(row => row.kinds);
  expect(new Set(kinds).size).toBe(kinds.length);
  for (const { provider, kind } of EXAMPLE.trust) expect(ADMITTERS[provider as keyof typeof ADMITTERS].kinds).toContain(kind);
});
