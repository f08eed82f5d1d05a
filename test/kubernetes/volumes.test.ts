/** Volumes of the author's own: those of one name, and mounts of those that are not there. */
import fc from 'fast-check';
import { Findings, type Issue } from '../../src/core/issues';
import { inject } from '../../src/kubernetes/inject';
import { SENTENCE } from '../support/definitions';
import { defineProjectedTokens } from 'symbolon';

const tokens = defineProjectedTokens({ tokens: { payments: { audience: 'https://payments.example.com' } } }).injection;

function found(manifest: object): readonly Issue[] {
  const findings = new Findings();
  inject(manifest, tokens, findings.report);
  return findings.all;
}
const codes = (manifest: object): readonly string[] => found(manifest).map(({ code, severity, path }) => `${severity} ${code} ${path}`);
const spec = (volumes: readonly string[], ...mounts: readonly string[]): object => ({
  serviceAccountName: 'web',
  ...(volumes.length > 0 && { volumes: volumes.map(name => ({ name, emptyDir: {} })) }),
  containers: [{ name: 'app', volumeMounts: mounts.map((name, i) => ({ name, mountPath: `/m${i}` })) }],
});
const pod = (...of: Parameters<typeof spec>): object => ({ apiVersion: 'v1', kind: 'Pod', spec: spec(...of) });

test.each<[string, object, string]>([
  ['a number', { mountPath: 3 }, '3'], ['a list', { mountPath: ['/a'] }, '["/a"]'], ['nothing', {}, 'nothing'], ['a key without a value', { mountPath: null }, 'null'],
])('a mount whose path is %s is found where it stands, and nothing takes its place', (_what, mount, got) => {
  const manifest = pod(['a'], 'a') as { readonly spec: { readonly containers: readonly [object] } };
  const odd = { ...manifest, spec: { ...manifest.spec, containers: [...manifest.spec.containers, { name: 'b', volumeMounts: [{ name: 'a', ...mount }] }] } };
  const [issue, ...more] = found(odd);
  expect(more).toEqual([]);
  expect(issue).toMatchObject({ code: 'workload/structure', severity: 'error', path: 'spec.containers[1].volumeMounts[0].mountPath', message: expect.stringMatching(SENTENCE) as string });
  expect(issue?.message).toContain(`expected a path, got ${got};`);
  expect(inject(odd, tokens, () => undefined)).toBe(odd);
});

test('two volumes of one name are an error, each after the first', () => {
  expect(codes(pod(['a', 'b', 'a', 'a'], 'a'))).toEqual(['error workload/volume-twice spec.volumes[2].name', 'error workload/volume-twice spec.volumes[3].name']);
  expect(found(pod(['a', 'a']))[0]?.message).toMatch(SENTENCE);
  expect(found(pod(['a', 'a']))[0]?.message).toContain('expected another name than spec.volumes[0] has, got "a"');
});

test('a mount of a volume that is nowhere is a warning, with the name that is most likely meant', () => {
  const [issue, ...more] = found(pod(['data', 'config'], 'data', 'confg'));
  expect(more).toEqual([]);
  expect(issue).toMatchObject({ code: 'workload/no-volume', severity: 'warning', path: 'spec.containers[0].volumeMounts[1].name', message: expect.stringMatching(SENTENCE) as string });
  expect(issue?.message).toMatch(/volume of the pod: data, config, token-payments, got "confg"; did you mean config\?; where a webhook/);
});

test('one of the injection is there, whether it is yet or not', () => {
  expect(codes(pod([], 'token-payments'))).toEqual([]);
});

test('init containers are looked at as well, and a name that is none is not there', () => {
  const init = { initContainers: [{ name: 'init', volumeMounts: [{ name: 3, mountPath: '/m' }] }], containers: [{ name: 'app', volumeMounts: [{ mountPath: '/m' }] }] };
  expect(codes({ kind: 'Deployment', spec: { template: { spec: { ...spec(['a']), ...init } } } }))
    .toEqual(['warning workload/no-volume spec.template.spec.initContainers[0].volumeMounts[0].name', 'warning workload/no-volume spec.template.spec.containers[0].volumeMounts[0].name']);
});

test('a StatefulSet makes volumes for its pods; of another kind they are not there', () => {
  const of = (kind: string): object => ({ kind, spec: { volumeClaimTemplates: [{ metadata: { name: 'data' } }], template: { spec: spec([], 'data') } } });
  expect(codes(of('StatefulSet'))).toEqual([]);
  expect(codes({ kind: 'StatefulSet', spec: { template: { spec: spec([], 'data') } } })).toEqual(['warning workload/no-volume spec.template.spec.containers[0].volumeMounts[0].name']);
});

test('whatever volumes and mounts there are, there is one finding for every name too many and for every mount without a volume', () => {
  const name = fc.constantFrom('a', 'b', 'c', 'token-x');
  fc.assert(fc.property(fc.array(name, { maxLength: 5 }), fc.array(name, { maxLength: 5 }), (volumes, mounts) => {
    const counted = (code: string): number => found(pod(volumes, ...mounts)).filter(issue => issue.code === code).length;
    expect(counted('workload/volume-twice')).toBe(volumes.length - new Set(volumes).size);
    expect(counted('workload/no-volume')).toBe(mounts.filter(mount => !volumes.includes(mount)).length);
  }));
});
