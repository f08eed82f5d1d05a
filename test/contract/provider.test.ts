/** What every provider keeps to, whichever it is. A provider without samples does not compile. */
import { knownLayoutOf } from '../../src/identity/define';
import { PROVIDER_IDS, providerOf } from '../../src/providers';
import { checkoutWith, errorsOf } from '../support/definitions';
import { OTHERS, SAMPLES } from './support/samples';
import { checkWorkloadIdentity, defineWorkloadIdentity, planWorkloadIdentities, type ClusterInput, type InjectionMode, type Plan, type WorkloadIdentityInput } from 'symbolon';

const ALL = [
  ...PROVIDER_IDS.map(id => [id, id, SAMPLES[id]] as const),
  ...Object.entries(OTHERS).map(([title, sample]) => [title, sample.provider, sample] as const),
];

/** What a mechanism has not, there is no way to test. */
const NEVER = ((_name: string) => undefined) as unknown as typeof test;

describe.each(ALL)('%s', (_title, id, sample) => {
  const {
    clusters, binding, other, announced, always, silent, anchors: anchorCount = 1, identities = 1, nameIn = (handle: string) => handle, each: apart, admits = '[shop/checkout]', beside, wrong,
    modes: MODES = ['webhook', 'explicit', 'none'],
  } = sample;
  const [cluster] = clusters;
  const provider = providerOf(id);
  const onEach = (on: readonly ClusterInput[]) => apart && { on: Object.fromEntries(on.slice(1).map(one => [one.name, apart(one)])) };
  const inputOf = (fields: object, on: readonly ClusterInput[] = [cluster], key: string = id): WorkloadIdentityInput =>
    checkoutWith({ clusters: on, trustedBy: { [key]: { provider: id, ...binding, ...onEach(on), ...fields } } });
  const planOf = (fields: object, on?: readonly ClusterInput[], key?: string): Plan => planWorkloadIdentities(defineWorkloadIdentity(inputOf(fields, on, key)));
  const layoutOf = (fields: object, on?: readonly ClusterInput[], key?: string) => knownLayoutOf(defineWorkloadIdentity(inputOf(fields, on, key)));
  const podSideOf = ({ clusters: [planned] }: Plan): string => JSON.stringify([planned?.objects, planned?.injections]);
  const having = (mode: InjectionMode): typeof test => (MODES.includes(mode) ? test : NEVER);

  test('the sample is right in every mode, on each of its clusters and on both', () => {
    for (const injection of MODES) for (const on of [[clusters[0]], [clusters[1]], clusters]) expect(errorsOf(inputOf({ injection }, on))).toEqual([]);
  });

  test('an edge has the claims of its service account, and a handle', () => {
    const [edge] = planOf({}).edges;
    expect(edge).toMatchObject({ identity: 'checkout', cluster: cluster.name, binding: id, provider: id, subject: { namespace: 'shop', serviceAccount: 'checkout' }, claims: { subject: 'system:serviceaccount:shop:checkout' } });
    expect(edge?.claims.audience).not.toBe('');
    expect(edge?.claims.issuer).toMatch(/^https:\/\//);
    expect(edge?.handle).not.toBe('');
  });

  test('the pod side names the handle, and the trust makes it: whichever way the pod gets it', () => {
    for (const injection of MODES.filter(mode => mode !== 'none')) {
      const plan = planOf({ injection });
      const handle = plan.edges[0]?.handle as string;
      expect(podSideOf(plan).includes(nameIn(handle, injection))).toBe(silent !== true);
      expect(plan.trust.map(document => document.becomes)).toContain(handle);
    }
  });

  having('webhook')('by webhook the pod has no volume, mount or variable of ours: labels and annotations say all', () => {
    const { clusters: [planned] } = planOf({ injection: 'webhook' });
    expect(planned?.injections[0]).toMatchObject({ mounts: [], env: [] });
    expect(planned?.injections[0]?.volumes).toHaveLength(beside?.volumes ?? 0);
    expect(Object.keys({ ...planned?.objects[0]?.metadata.annotations, ...planned?.injections[0]?.annotations }).length > 0).toBe(silent !== true);
  });

  having('explicit')('explicitly the pod has a token for the edge\'s audience, mounted where a variable points, and no annotation asks a webhook for another', () => {
    const layout = layoutOf({ injection: 'explicit' });
    const { clusters: [planned], edges: [edge] } = planOf({ injection: 'explicit' });
    const { volumes = [], mounts = [], env = [], labels } = planned?.injections[0] ?? {};
    const tokens = volumes.flatMap(volume => volume.projected.sources.flatMap(source => ('serviceAccountToken' in source ? [{ volume: volume.name, ...source.serviceAccountToken }] : [])));
    expect(tokens).toEqual([expect.objectContaining({ audience: edge?.claims.audience, expirationSeconds: provider.lifetimeOf(layout.edges[0] as never) })]);
    expect(mounts.map(mount => mount.name)).toEqual(volumes.map(volume => volume.name));
    const files = volumes.flatMap(volume => volume.projected.sources.flatMap(source => ('serviceAccountToken' in source ? [source.serviceAccountToken.path] : 'configMap' in source ? source.configMap.items?.map(item => item.path) ?? [] : [])));
    expect(files.map(file => `${mounts[0]?.mountPath}/${file}`)).toEqual(expect.arrayContaining(env.map(({ value }) => value as string).filter(value => value.startsWith(`${mounts[0]?.mountPath}/`))));
    expect(env.some(({ value }) => (value as string).startsWith(`${mounts[0]?.mountPath}/`))).toBe(true);
    expect([labels, planned?.objects[0]?.metadata.annotations]).toEqual([{}, undefined]);
  });

  having('none')('with no injection the pod side is a service account and nothing more, and the trust is the same', () => {
    const plan = planOf({ injection: 'none' });
    expect(plan.clusters[0]?.objects).toEqual([{ apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'checkout', namespace: 'shop' }, automountServiceAccountToken: false }]);
    expect(plan.clusters[0]?.injections[0]).toMatchObject({ labels: {}, annotations: {}, volumes: [], mounts: [], env: [] });
    expect(plan.trust).toEqual(planOf({ injection: 'explicit' }).trust);
  });

  test('its own platform\'s way of injection is the default there', () => {
    expect(planOf({}).edges[0]?.injection).toBe(MODES[0]);
    if (MODES.includes('explicit')) expect(planOf({}, [{ ...cluster, injection: 'explicit' }]).edges[0]?.injection).toBe('explicit');
  });

  test('documents are JSON, the same every time, each with a provider, a kind and a name', () => {
    const { trust } = planOf({}, clusters);
    expect(JSON.parse(JSON.stringify(trust))).toEqual(trust);
    expect(JSON.stringify(planOf({}, clusters).trust)).toBe(JSON.stringify(trust));
    for (const document of trust) {
      expect(document.provider).toBe(id);
      expect(document.kind).toMatch(/^[a-z]+\.[A-Za-z]+$/);
      expect(document.name).not.toMatch(/undefined|null|(?<!principal:|@https:)\/\/|^$/);
    }
  });

  test('ids are unique, begin with the binding\'s key, and name what must be first', () => {
    const { trust } = layoutOf({}, clusters, 'a-key');
    const ids = trust.map(document => document.id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const document of trust) {
      expect(document.id).toMatch(/^a-key(\/|$)/);
      expect(document.binding).toBe('a-key');
      for (const first of document.after ?? []) expect(ids.indexOf(first)).toBeLessThan(ids.indexOf(document.id));
    }
    expect(trust.some(document => document.owned)).toBe(true);
  });

  test('several clusters and service accounts share one cloud identity, and each of them is let in', () => {
    const plan = planOf({}, clusters);
    expect(new Set(plan.edges.map(edge => edge.handle)).size).toBe(identities);
    // By name in the trust, or by RBAC in the cluster.
    const text = JSON.stringify([plan.trust, plan.clusters.map(({ objects }) => objects)]);
    for (const { claims } of plan.edges) expect([claims.subject, admits, '"serviceAccount":"checkout"', `use-managed-identity:checkout:${id}:shop:checkout`].some(name => text.includes(name))).toBe(true);
  });

  (other === undefined ? NEVER : test)('where `on` chooses another cloud identity, that cluster has its own, and the other keeps its', () => {
    const [second] = clusters.slice(1) as [ClusterInput];
    const plan = planOf({ on: { [second.name]: other } }, clusters);
    const handles = plan.edges.map(edge => edge.handle);
    expect(handles[0]).toBe(planOf({}, clusters).edges[0]?.handle);
    expect(handles[1]).not.toBe(handles[0]);
    for (const handle of handles) expect(plan.trust.map(document => document.becomes)).toContain(handle);
    const ids = layoutOf({ on: { [second.name]: other } }, clusters).trust.map(document => document.id);
    expect(ids).toEqual(expect.arrayContaining(layoutOf({}, [clusters[0]]).trust.map(document => document.id)));
  });

  (always === true ? NEVER : test)('what exists already is not made again, and the pod side is the same', () => {
    const [made, existing] = [layoutOf({}), layoutOf({ existing: true })];
    const [first] = made.trust;
    expect(existing.trust.map(document => document.id)).not.toContain(first?.id);
    expect(podSideOf(planOf({ existing: true }))).toBe(podSideOf(planOf({})));
  });

  test('a mechanism that is not built is refused by name, and never planned as another', () => {
    if (announced === undefined) return expect(errorsOf(inputOf({ mechanism: 'telepathy' })).map(({ code, path }) => `${code} ${path}`)).toEqual([`structure/value trustedBy.${id}.mechanism`]);
    expect(errorsOf(inputOf({ mechanism: announced }))).toEqual([expect.objectContaining({ code: 'binding/mechanism', path: `trustedBy.${id}.mechanism`, message: expect.stringContaining(`got "${announced}"`) as string })]);
  });

  test('every rule says which field, in the words of the definition, under a free key and under `on` too', () => {
    for (const [field, value] of Object.entries(wrong)) {
      expect(errorsOf(inputOf({ [field]: value }, clusters, 'a-key')).map(issue => issue.path)).toContain(`trustedBy.a-key.${field}`);
      expect(errorsOf(inputOf({ on: { [cluster.name]: { [field]: value } } }, clusters, 'a-key')).map(issue => issue.path)).toContain(`trustedBy.a-key.on.${cluster.name}.${field}`);
    }
  });

  test('a field of another provider, or of none, is refused', () => {
    expect(errorsOf(inputOf({ nobodyKnows: 1 })).map(({ code, path }) => `${code} ${path}`)).toContain(`structure/unknown-key trustedBy.${id}.nobodyKnows`);
    for (const stranger of PROVIDER_IDS.filter(each => each !== id)) {
      const input = checkoutWith({ clusters: [cluster], trustedBy: { x: { ...SAMPLES[stranger].binding, provider: id } } });
      expect(checkWorkloadIdentity(input).some(issue => issue.code === 'structure/unknown-key')).toBe(true);
    }
  });

  test('an anchor, where it needs one, is made for the cluster\'s issuer and holds the edge\'s audience', () => {
    const [edge] = layoutOf({}).edges;
    const need = provider.anchorNeedOf?.(edge as never);
    const anchors = planOf({}).trust.filter(document => document.cluster === cluster.name);
    expect(anchors).toHaveLength(need === undefined ? 0 : anchorCount);
    // A provider of Google's that is told none takes tokens for its own name.
    const said = ({ name, request }: (typeof anchors)[number]): string => JSON.stringify([`https://iam.googleapis.com/${name}`, request]);
    for (const anchor of anchors.slice(-1)) expect(said(anchor)).toContain(JSON.stringify(need?.audience));
  });
});
