/** The life of a stack, in the hands of Pulumi's own engine: preview, up, up again, refresh, destroy. */
import { readFileSync } from 'node:fs';
import { PROGRAMS } from './support/programs';
import { TestStack, urnsOf, written, type Operated } from './support/stack';
import { complaintsAbout } from './support/typed';
import { canonical } from '../../../test/pulumi/support/expected';
import type { Recorded } from '../../systems/pulumi-records';
import { Cluster } from '../api-server/support/cluster';
import { count, notRun, table, testUnless } from '../support/report';
import { systemIfHad } from '../support/systems';
import type { KubernetesObject } from 'symbolon';

notRun('pulumi', 'programs by the nodejs language host', 'its Go module is not served by module proxies; they are run by the language server of @pulumi/pulumi/automation');

table('pulumi', 'SDKs', ['package', 'version'], ['pulumi', 'aws', 'azure-native', 'azuread', 'gcp', 'kubernetes'].map(name => [`@pulumi/${name}`, versionOf(`@pulumi/${name}`)]));

function versionOf(name: string): string {
  return (JSON.parse(readFileSync(require.resolve(`${name}/package.json`), 'utf8')) as { readonly version: string }).version;
}

/** What a cloud would not delete while the other is there, or loses with it. */
function isPartOf({ inputs: part, urn }: Recorded, { inputs: whole, urn: other, type }: Recorded): boolean {
  switch (type) {
    case 'aws:iam/role:Role': return part.role === whole.name;
    case 'azure-native:managedidentity:UserAssignedIdentity': return urn !== other && part.resourceName === whole.resourceName;
    case 'azuread:index/application:Application': return urn !== other && /\$azuread:/.test(urn);
    case 'gcp:serviceaccount/account:Account': return String(part.serviceAccountId).includes(`${String(whole.accountId)}@`);
    default: return false;
  }
}

const OPERATIONS = ['preview', 'up', 'up again', 'refresh', 'destroy'] as const;

describe.each(PROGRAMS)('$name', ({ file, options, expected }) => {
  const results = new Map<string, Operated>();
  const of = (operation: (typeof OPERATIONS)[number]): Operated => results.get(operation) as Operated;
  const stack = new TestStack(file, options);
  afterAll(() => stack.remove());
  beforeAll(async () => {
    for (const operation of OPERATIONS) results.set(operation, await stack.run(operation === 'up again' ? 'up' : operation));
    count('pulumi', 'operations of stacks', OPERATIONS.length);
  }, 600_000);

  const created = (): readonly Recorded[] => written(of('up')).filter(({ method }) => method === 'create');

  test('nothing fails, and nobody is warned', () => {
    for (const operation of OPERATIONS) {
      const { failure, log } = of(operation);
      expect({ operation, failure, log }).toEqual({ operation, failure: undefined, log: [] });
    }
  });

  test('a preview makes nothing, and says what will be made', () => {
    expect(written(of('preview'))).toEqual([]);
    expect(new Set(of('preview').steps.map(({ op }) => op))).toEqual(new Set(['create']));
    expect(urnsOf(of('preview').steps)).toEqual(urnsOf(of('up').steps));
  });

  test('the clouds are given what the plan says', () => {
    expect(created().map(canonical).sort()).toEqual(expected(of('up').outputs).map(canonical).sort());
    count('pulumi', 'resources whose recorded inputs are those of the plan', created().length);
  });

  test('the recorded inputs compile as arguments of the SDKs', () => {
    expect(complaintsAbout(created())).toEqual([]);
    count('pulumi', 'recorded inputs compiled against the types of the SDKs', created().length);
  }, 300_000);

  test('a second up changes nothing', () => {
    expect(new Set(of('up again').steps.map(({ op }) => op))).toEqual(new Set(['same']));
    expect(written(of('up again'))).toEqual([]);
    expect(of('up again').outputs).toEqual(of('up').outputs);
  });

  test('a refresh reads everything, and finds nothing else', () => {
    const read = of('refresh').records.filter(({ method }) => method === 'read').map(({ urn }) => urn).sort();
    expect(read).toEqual(created().map(({ urn }) => urn).sort());
    expect(written(of('refresh'))).toEqual([]);
    expect(of('refresh').outputs).toEqual(of('up').outputs);
  });

  test('destroy takes everything away, what hangs on something before it', () => {
    const deleted = written(of('destroy'));
    expect(new Set(deleted.map(({ method }) => method))).toEqual(new Set(['delete']));
    expect(deleted.map(({ urn }) => urn).sort()).toEqual(created().map(({ urn }) => urn).sort());
    for (const part of deleted) {
      for (const whole of deleted.filter(each => isPartOf(part, each))) expect(part.ended).toBeLessThanOrEqual(whole.began);
    }
  });

  testUnless(systemIfHad('apiServer') === undefined ? 'there is no API server' : undefined, 'pulumi', 'the objects are what an API server takes', async () => {
    const cluster = new Cluster();
    try {
      for (const { inputs } of created().filter(({ type }) => type.startsWith('kubernetes:'))) {
        expect((await cluster.apply(inputs as unknown as KubernetesObject)).body.message).toBeUndefined();
        count('pulumi', 'objects that the Kubernetes provider was given, applied', 1);
      }
    } finally {
      cluster.close();
    }
  });
});

test('the compiler is able to complain', () => {
  const [one] = complaintsAbout([{ type: 'aws:iam/role:Role', inputs: { name: 'x', assumeRolePolicies: '{}' } }]);
  expect(one).toMatch(/assumeRolePolicies/);
}, 300_000);
