import fc from 'fast-check';
import { BINDINGS, rawBindingArb, type RawBinding } from './bindings';
import { given, identityNameArb, maybe, namespaceArb, pick, slugOf, tailArb, wordArb } from './names';
import { rawVolumeArb, volumeName, volumeOf, type RawVolume } from './volumes';
import type { BindingInput, ClusterInput, InjectionMode, RbacRuleInput, ServiceAccountInput, TokenInput, TokenLifetime, WorkloadIdentityInput } from 'symbolon';

interface RawAccount { namespace: string; tail: string | undefined; create: boolean; mask: number }
interface RawToken {
  word: string;
  seconds: number | TokenLifetime | undefined;
  custom: boolean;
  container: string | undefined;
  skip: boolean;
  /** In which of the volumes, where it is in one. */
  shared: number | undefined;
  mask: number;
}

export interface RawIdentity {
  readonly name: string;
  readonly mask: number;
  readonly accounts: readonly RawAccount[];
  readonly short: boolean;
  readonly bindings: readonly RawBinding[];
  readonly tokens: readonly RawToken[];
  readonly volumes: readonly RawVolume[];
  readonly fsGroup: number | undefined;
  readonly rbac: readonly RbacRuleInput[];
  readonly apiToken: boolean | undefined;
  readonly injection: InjectionMode | undefined;
  readonly labelled: boolean;
}

const verbsArb = fc.subarray(['get', 'list', 'watch', 'delete'], { minLength: 1 });
const ruleArb: fc.Arbitrary<RbacRuleInput> = fc.tuple(verbsArb, fc.constantFrom('pods', 'secrets', 'leases'), fc.nat(3), namespaceArb, maybe(wordArb)).map(([verbs, resource, where, namespace, object]) => ({
  verbs,
  resources: [resource],
  ...(resource === 'leases' && { apiGroups: ['coordination.k8s.io'] }),
  ...given({ resourceNames: object === undefined ? undefined : [object] }),
  ...(where === 1 && { clusterWide: true }),
  ...(where === 2 && { namespaces: [namespace] }),
}));

const rawTokenArb: fc.Arbitrary<RawToken> = fc.record({
  word: wordArb,
  seconds: maybe(fc.constantFrom<(number | TokenLifetime)[]>(600, 3600, 43200, 'shortest', 'half-day')),
  custom: fc.boolean(),
  container: maybe(fc.constantFrom('app', 'sidecar')),
  skip: fc.boolean(),
  shared: maybe(fc.nat(1)),
  mask: fc.nat(7),
});

export function rawIdentityArb(modes: readonly InjectionMode[], existing: boolean): fc.Arbitrary<RawIdentity> {
  return fc.record({
    name: identityNameArb,
    mask: fc.nat(7),
    accounts: fc.array(fc.record({ namespace: namespaceArb, tail: maybe(tailArb), create: fc.boolean(), mask: fc.nat(7) }), { minLength: 1, maxLength: 3 }),
    short: fc.boolean(),
    bindings: fc.array(rawBindingArb(modes, existing), { maxLength: 3 }),
    tokens: fc.uniqueArray(rawTokenArb, { maxLength: 2, selector: token => token.word }),
    volumes: fc.uniqueArray(rawVolumeArb, { maxLength: 2, selector: volume => volume.word }),
    fsGroup: fc.option(fc.constantFrom(1, 2000), { nil: undefined, freq: 1 }),
    rbac: fc.array(ruleArb, { maxLength: 2 }),
    apiToken: maybe(fc.boolean()),
    injection: maybe(fc.constantFrom(...modes)),
    labelled: fc.boolean(),
  });
}

/** The definition that the draw stands for, in some of the clusters. */
export function identityOf(raw: RawIdentity, universe: readonly ClusterInput[]): WorkloadIdentityInput {
  const clusters = pick(universe, raw.mask);
  const accounts = accountsOf(raw, clusters);
  const [first] = accounts;
  const alone = raw.short && accounts.length === 1 && first?.create === undefined && first?.clusters === undefined;
  const { namespace, serviceAccount } = first as ServiceAccountInput;
  const trustedBy = trustedByOf(raw, clusters, universe);
  const tokens = Object.fromEntries(raw.tokens.map(token => [token.word, tokenOf(token, raw.volumes, clusters)]));
  const volumes = Object.fromEntries(raw.volumes.map(volume => [volumeName(volume), volumeOf(volume, clustersOf(clusters, volume.mask))]));
  return {
    name: raw.name,
    ...(alone ? { namespace, ...given({ serviceAccount }) } : { runsAs: accounts }),
    clusters,
    ...someOf('trustedBy', trustedBy),
    ...someOf('tokens', tokens),
    ...someOf('volumes', volumes),
    ...given({ fsGroup: raw.fsGroup }),
    ...(raw.rbac.length > 0 && { rbac: raw.rbac }),
    ...given({ apiToken: raw.apiToken, injection: raw.injection }),
    ...(raw.labelled && { labels: { 'app.kubernetes.io/part-of': 'shop' }, annotations: { 'example.com/owner': 'team "shop", room 7' } }),
  };
}

/** Every service account once; an identity's own name begins them all, so that no two identities share one. */
function accountsOf(raw: RawIdentity, clusters: readonly ClusterInput[]): readonly ServiceAccountInput[] {
  const seen = new Set<string>();
  return raw.accounts.flatMap(({ namespace, tail, create, mask }) => {
    const key = `${namespace}/${tail ?? ''}`;
    if (seen.has(key)) return [];
    seen.add(key);
    const account = { namespace, ...given({ serviceAccount: tail === undefined ? undefined : `${slugOf(raw.name)}--${tail}` }) };
    return [{ ...account, ...(!create && { create }), ...clustersOf(clusters, mask) }];
  });
}

function clustersOf(all: readonly ClusterInput[], mask: number): { clusters?: readonly string[] } {
  const some = pick(all, mask);
  return some.length === all.length ? {} : { clusters: some.map(cluster => cluster.name) };
}

/**
 * The bindings by key. Two bindings of one provider have different clusters: in one pod, each would want the same
 * variables. What is left without a cluster is left out.
 */
function trustedByOf(raw: RawIdentity, clusters: readonly ClusterInput[], universe: readonly ClusterInput[]): { readonly [key: string]: BindingInput } {
  const taken = new Set<string>();
  const bindings: { [key: string]: BindingInput } = {};
  const longest = Math.max(...raw.accounts.map(({ namespace, tail }) => namespace.length + raw.name.length + (tail?.length ?? 0) + 4));
  raw.bindings.forEach((binding, i) => {
    const { provider, word, onMask } = binding;
    const { on, build } = BINDINGS[provider];
    const free = clusters.filter(cluster => on(cluster, universe, longest) && !taken.has(`${provider} ${cluster.name}`));
    if (free.length === 0) return;
    const mine = pick(free, onMask);
    mine.forEach(cluster => taken.add(`${provider} ${cluster.name}`));
    const isFirst = word === undefined && bindings[provider] === undefined;
    const key = isFirst ? provider : `${word ?? provider}${i}`;
    bindings[key] = {
      ...(!isFirst && { provider }),
      ...(mine.length < clusters.length && { clusters: mine.map(cluster => cluster.name) }),
      ...build(binding, { identity: raw.name, key, clusters: mine, accounts: raw.accounts.length }),
    } as BindingInput;
  });
  return bindings;
}

function tokenOf(raw: RawToken, volumes: readonly RawVolume[], clusters: readonly ClusterInput[]): TokenInput {
  const { word, seconds, custom, container, skip, shared, mask } = raw;
  const volume = shared === undefined ? undefined : volumes[shared];
  if (volume !== undefined) {
    return {
      audience: `https://${word}.example.com`,
      ...given({ expirationSeconds: seconds }),
      ...(custom && { path: `jwt.d/${word}`, env: `${word.toUpperCase()}_FILE` }),
      volume: volumeName(volume),
      ...clustersOf(clusters, volume.mask),
    };
  }
  const other = container === 'sidecar' ? 'app' : 'sidecar';
  return {
    audience: `https://${word}.example.com`,
    ...given({ expirationSeconds: seconds, containers: container === undefined ? undefined : [container], skipContainers: skip ? [other] : undefined }),
    ...(custom && { path: 'of/token.jwt', mountPath: `/tokens/${word}`, env: `${word.toUpperCase()}_FILE` }),
    ...clustersOf(clusters, mask),
  };
}

function someOf<K extends string, V extends object>(key: K, map: V): { [k in K]?: V } {
  return Object.keys(map).length === 0 ? {} : { [key]: map } as { [k in K]: V };
}
