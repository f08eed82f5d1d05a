/** Every rule finds what it is there to find, and nothing that looks like it. */
import { CASES } from './cases';
import { LEGACY, account, auditOf, codesOf, deployment, mounting, tokenVolume } from './support';
import { RULES } from '../../src/audit';

function each(which: 'found' | 'near'): [string, string, readonly object[]][] {
  return CASES.flatMap(one => Object.entries(one[which]).map(([name, objects]): [string, string, readonly object[]] => [one.code, name, objects]));
}

test.each(each('found'))('%s: %s', (code, _name, objects) => {
  expect(codesOf(...objects)).toContain(code);
});

test.each(each('near'))('%s, not: %s', (code, _name, objects) => {
  expect(codesOf(...objects)).not.toContain(code);
});

test('every rule has cases of both kinds, and a code of its own', () => {
  const full = CASES.filter(({ found, near }) => Object.keys(found).length > 0 && Object.keys(near).length > 0);
  expect(full.map(({ code }) => code)).toEqual(RULES.map(({ code }) => code));
  expect(new Set(RULES.map(({ code }) => code)).size).toBe(RULES.length);
});

test('a workload that is right has no finding', () => {
  expect(auditOf(account(), deployment({ ...tokenVolume(), ...mounting() }))).toEqual([]);
});

test('findings say what, where, what to do and in which order, with all names filled in', () => {
  for (const { code, object, about, message, fix, plan } of CASES.flatMap(({ found }) => Object.values(found).flatMap(objects => auditOf(...objects)))) {
    expect(about.startsWith(object)).toBe(true);
    expect(message.startsWith(object)).toBe(true);
    expect(message).not.toMatch(/undefined|\[object/);
    expect({ code, fix: fix.length > 10, steps: plan.length > 1 }).toEqual({ code, fix: true, steps: true });
    // Templates of Helm have two braces.
    for (const step of plan) expect(step).not.toMatch(/(?<!\{)\{\w+\}|undefined/);
  }
});

test('a plan first gives what is new, then takes away what is old', () => {
  const [finding] = auditOf(LEGACY);
  expect(finding).toMatchObject({ code: 'audit/legacy-token', level: 'error', about: 'Secret shop/kept', object: 'Secret shop/kept' });
  const steps = finding?.plan ?? [];
  expect(steps.findIndex(step => step.startsWith('Delete'))).toBe(steps.length - 1);
  expect(steps.findIndex(step => step.includes('projected token of the service account checkout'))).toBe(1);
});

test('when a legacy token was last used is said', () => {
  const used = { ...LEGACY, metadata: { name: 'kept', namespace: 'shop', labels: { 'kubernetes.io/legacy-token-last-used': '2025-11-02' } } };
  expect(auditOf(used)[0]?.message).toContain('last used on 2025-11-02');
});

test.each(['Pod', 'Job', 'CronJob', 'StatefulSet', 'PodTemplate', 'Rollout'])('pods of a %s are looked at', kind => {
  const spec = { serviceAccountName: 'checkout', automountServiceAccountToken: false, ...tokenVolume(), containers: [{ name: 'app' }] };
  const template = { metadata: {}, spec };
  const body = { Pod: { spec }, PodTemplate: { template }, CronJob: { spec: { jobTemplate: { spec: { template } } } } }[kind] ?? { spec: { template } };
  expect(auditOf({ apiVersion: 'v1', kind, metadata: { name: 'web', namespace: 'shop' }, ...body })).toMatchObject([{ code: 'audit/token-unmounted', about: `${kind} shop/web volume token` }]);
});
