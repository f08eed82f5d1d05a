/** Whatever tokens and volumes are accepted, the API server takes the pod that they give, and the kubelet starts it with every file in its place. */
import fc from 'fast-check';
import { Findings } from '../../src/core/issues';
import { inject as injectInto } from '../../src/kubernetes/inject';
import { identityArb, projectedArb } from '../support/arbitraries';
import { canReadToken, filesOf, objectionsTo } from '../support/projected-volumes';
import { checkProjectedTokens, defineProjectedTokens, defineWorkloadIdentity, inject, planWorkloadIdentities, prove, type PodParts } from 'symbolon';

// eslint-disable-next-line @typescript-eslint/no-explicit-any
type Json = any;

const RUNS = { numRuns: 500 };
const pod = (fields: object = {}): Json => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'web' },
  spec: {
    serviceAccountName: 'web',
    containers: [{ name: 'app', image: 'app:1' }, { name: 'sidecar', image: 'sidecar:1' }],
    initContainers: [{ name: 'init', image: 'init:1' }],
    ...fields,
  },
});
const podWith = (injection: PodParts): Json => inject(pod(), injection);

const isGood = (input: Parameters<typeof checkProjectedTokens>[0]): boolean => checkProjectedTokens(input).every(issue => issue.severity === 'warning');

test('tokens and volumes on their own', () => {
  const counts = { taken: 0, refused: 0 };
  fc.assert(fc.property(projectedArb, input => {
    const good = isGood(input);
    counts[good ? 'taken' : 'refused']++;
    if (good) expect(objectionsTo(podWith(defineProjectedTokens(input).injection).spec)).toEqual([]);
  }), { numRuns: 1500 });
  // A draw that is nearly always refused, or never, would show nothing.
  expect(counts.taken).toBeGreaterThan(150);
  expect(counts.refused).toBeGreaterThan(150);
});

test('identities', () => {
  fc.assert(fc.property(identityArb, input => {
    for (const { injections } of planWorkloadIdentities(defineWorkloadIdentity(input)).clusters) {
      const own = { ...pod(), spec: { containers: pod().spec.containers } };
      for (const injection of injections) expect(objectionsTo((inject(own, injection) as Json).spec)).toEqual([]);
    }
  }), RUNS);
});

test('every token is in every container that is to have it, under its variable, and in no other', () => {
  fc.assert(fc.property(projectedArb.filter(isGood), input => {
    const { tokens, volumes, injection } = defineProjectedTokens(input);
    const { spec } = podWith(injection);
    for (const container of [...spec.initContainers, ...spec.containers]) {
      for (const token of Object.values(tokens)) {
        const place = token.volume === undefined ? token : volumes?.[token.volume];
        const { name } = container as { readonly name: string };
        const wanted = (place?.containers?.includes(name) ?? true) && !(place?.skipContainers?.includes(name) ?? false);
        const file = (container.env ?? []).find((variable: Json) => variable.name === token.env)?.value as string | undefined;
        expect(file !== undefined).toBe(wanted);
        if (file === undefined) continue;
        const mount = container.volumeMounts.find((each: Json) => file.startsWith(`${each.mountPath.replace(/\/$/, '')}/`));
        const volume = spec.volumes.find((each: Json) => each.name === mount.name);
        const folder = mount.mountPath.replace(/\/$/, '');
        const source = volume.projected.sources.find((each: Json) => each.serviceAccountToken && `${folder}/${each.serviceAccountToken.path}` === file);
        expect(source.serviceAccountToken).toMatchObject({ audience: token.audience, expirationSeconds: token.expirationSeconds });
        expect(filesOf(volume).filter(each => each === source.serviceAccountToken.path)).toHaveLength(1);
        expect(mount).toMatchObject({ readOnly: true });
      }
    }
    // A container has the volumes that are for it, and no others.
    for (const container of [...spec.initContainers, ...spec.containers] as Json[]) {
      const isFor = ({ containers, skipContainers }: { readonly containers?: readonly string[]; readonly skipContainers?: readonly string[] }): boolean =>
        (containers?.includes(container.name as string) ?? true) && !(skipContainers?.includes(container.name as string) ?? false);
      const own = Object.entries(tokens).filter(([, token]) => token.volume === undefined && isFor(token)).map(([name]) => `token-${name}`);
      const shared = Object.entries(volumes ?? {}).filter(([, volume]) => isFor(volume)).map(([name]) => name);
      expect((container.volumeMounts ?? []).map((mount: Json) => mount.name).sort()).toEqual([...own, ...shared].sort());
    }
  }), RUNS);
});

const user = fc.record({ runAsUser: fc.constantFrom(0, 1000, 1001), runAsGroup: fc.constantFrom(0, 1000), runAsNonRoot: fc.boolean() }, { requiredKeys: [] });

const podUser = fc.record({
  fsGroup: fc.constantFrom(0, 3000), supplementalGroups: fc.constantFrom([0], [7]), runAsUser: fc.constantFrom(0, 1000), runAsNonRoot: fc.boolean(),
}, { requiredKeys: [] });

test('a container that cannot read its token is an error, one that may not is a warning, and nobody else hears of it', () => {
  const modes = fc.constantFrom('0400', '0440', '0444', '0640', '0040', '0004', '0022', '0777');
  const group = fc.option(fc.constant(2000), { nil: undefined, freq: 1 });
  fc.assert(fc.property(modes, group, fc.tuple(podUser, user, user, user), fc.boolean(), (defaultMode, fsGroup, [all, ...each], alone) => {
    const tokens = defineProjectedTokens({
      tokens: { a: { audience: 'https://a.example.com', volume: 'v' } },
      volumes: { v: { defaultMode, ...(alone && { containers: ['app'] }) } },
      ...(fsGroup !== undefined && all.fsGroup === undefined && { fsGroup }),
    });
    const named = ['init', 'app', 'sidecar'].map((name, i) => ({ name, image: 'x', securityContext: each[i] }));
    const manifest = pod({ securityContext: all, initContainers: named.slice(0, 1), containers: named.slice(1) });
    const findings = new Findings();
    const { spec } = injectInto(manifest as object, tokens.injection, findings.report) as Json;
    const expected = [...spec.initContainers, ...spec.containers]
      .filter((container: Json) => container.volumeMounts !== undefined)
      .map((container: Json) => canReadToken(spec, container, spec.volumes[0]));
    const found = findings.all.filter(issue => issue.code === 'workload/unreadable').map(issue => issue.severity);
    expect(found.filter(severity => severity === 'error')).toHaveLength(expected.filter(can => can === false).length);
    expect(found.filter(severity => severity === 'warning')).toHaveLength(expected.filter(can => can === undefined).length);
    // The proof comes to the same by itself.
    const proof = prove({ clusters: [{ name: 'edge', objects: [{ ...manifest, spec }] }], trust: [] });
    expect(proof.tokens.map(token => token.fault !== undefined)).toEqual([expected.includes(false)]);
    expect(proof.holds).toBe(!expected.includes(false));
  }), { numRuns: 1000 });
});

test('tokens come after everything else, so that no key of a ConfigMap that is taken as a whole is written over one', () => {
  fc.assert(fc.property(projectedArb.filter(isGood), input => {
    for (const { projected: { sources } } of defineProjectedTokens(input).injection.volumes) {
      const first = sources.findIndex(source => 'serviceAccountToken' in source);
      if (first >= 0) expect(sources.slice(first).every(source => 'serviceAccountToken' in source)).toBe(true);
    }
  }), RUNS);
});

test('what was defined may be given again, from JSON too, and is the same', () => {
  fc.assert(fc.property(projectedArb.filter(isGood), input => {
    const first = defineProjectedTokens(input);
    expect(defineProjectedTokens(first)).toBe(first);
    const { injection, ...fields } = JSON.parse(JSON.stringify(first)) as typeof first;
    expect(JSON.stringify(defineProjectedTokens(fields))).toBe(JSON.stringify({ ...fields, injection }));
  }), RUNS);
});
