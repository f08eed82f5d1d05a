import fc from 'fast-check';
import { ACCOUNTS, PROJECTS, SUBSCRIPTIONS, TENANTS, UIDS } from './clusters';
import { chosen, given, guidOf, maybe, slugOf, wordArb } from './names';
import type { AlibabaBinding, AlibabaBindingFields, AwsBinding, AwsBindingFields, AzureBinding, AzureBindingFields, ClusterInput, GcpBinding, GcpBindingFields, InjectionMode, JwtBinding, JwtBindingFields, VaultBinding, VaultBindingFields } from 'symbolon';

/** What is drawn for one binding, before it is known which clusters it is for. */
export interface RawBinding {
  readonly provider: 'alibaba' | 'aws' | 'azure' | 'gcp' | 'jwt' | 'vault';
  /** The key, where it is not the provider's name. */
  readonly word: string | undefined;
  /** Leaves out what has a default. */
  readonly short: boolean;
  readonly pool: 0 | 1;
  readonly existing: boolean;
  readonly injection: InjectionMode | undefined;
  readonly seconds: number | undefined;
  readonly audience: string | undefined;
  /** What is different on some clusters, and on which. */
  readonly on: 'nothing' | 'identity' | 'home' | 'token';
  readonly onMask: number;
  /** How the pod gets in, where there is more than one way. */
  readonly way: 'usual' | 'direct' | 'fleet';
  /** How many of the optional parts there are: policies, roles, grants, tags. */
  readonly extras: number;
  /** Which of the provider's mechanisms, where it has several that go with the clusters. */
  readonly mechanism: number;
  /** AWS: how pods get in, where the cluster allows it. */
  readonly mechanisms: (typeof MECHANISMS)[number];
  readonly mechanismMask: number;
}

/** What a binding says of its mechanisms: one, the other, and the two steps between them. */
const MECHANISMS = [{}, { mechanism: 'pod-identity' }, { mechanism: 'irsa', alsoTrusts: ['pod-identity'] }, { mechanism: 'pod-identity', alsoTrusts: ['irsa'] }] as const;


export function rawBindingArb(modes: readonly InjectionMode[], existing: boolean): fc.Arbitrary<RawBinding> {
  return fc.record({
    provider: fc.constantFrom<RawBinding['provider'][]>('aws', 'azure', 'gcp', 'alibaba', 'vault', 'jwt'),
    word: maybe(wordArb),
    short: fc.boolean(),
    pool: fc.constantFrom<(0 | 1)[]>(0, 1),
    existing: existing ? fc.nat(3).map(n => n === 3) : fc.constant(false),
    injection: maybe(fc.constantFrom(...modes)),
    seconds: maybe(fc.constantFrom(3600, 7200, 86400)),
    audience: maybe(fc.constantFrom('sts.example.com', 'api://example')),
    on: fc.constantFrom<RawBinding['on'][]>('nothing', 'identity', 'home', 'token'),
    onMask: fc.nat(7),
    way: fc.constantFrom<RawBinding['way'][]>('usual', 'direct', 'fleet'),
    extras: fc.nat(3),
    // The last one of Azure is for webhooks alone.
    mechanism: fc.nat(modes.includes('webhook') ? 5 : 3),
    mechanisms: fc.constantFrom(...MECHANISMS),
    mechanismMask: fc.nat(7),
  });
}

/** The place of one binding: whose it is, its key, and its clusters. */
export interface Place {
  readonly identity: string;
  readonly key: string;
  readonly clusters: readonly ClusterInput[];
  /** How many service accounts the identity runs as. */
  readonly accounts: number;
}

type Build<F> = (raw: RawBinding, place: Place) => F & { readonly on?: { readonly [cluster: string]: F } };

/** What `on` says, for the clusters that it says it of. */
function onOf<F extends object>(raw: RawBinding, { clusters }: Place, fields: { readonly [what in RawBinding['on']]: F }): { on?: { [cluster: string]: F } } {
  if (raw.on === 'nothing') return {};
  const some = chosen(clusters, raw.onMask);
  return some.length === 0 ? {} : { on: Object.fromEntries(some.map(cluster => [cluster.name, fields[raw.on]])) };
}

function same<T>(clusters: readonly ClusterInput[], of: (cluster: ClusterInput) => T | undefined): boolean {
  const first = clusters.map(of)[0];
  return first !== undefined && clusters.every(cluster => of(cluster) === first);
}

const aws: Build<AwsBindingFields> = (raw, place) => {
  const { identity, key, clusters } = place;
  const isFirst = key === 'aws';
  const homeFollows = raw.short && same(clusters, cluster => cluster.eks?.accountId);
  const home = (homeFollows ? clusters[0]?.eks?.accountId : ACCOUNTS[raw.pool]) as string;
  const away = home === ACCOUNTS[0] ? ACCOUNTS[1] : ACCOUNTS[0];
  const partition = clusters[0]?.eks?.partition ?? 'aws';
  // A role takes AWS's policies and those of its own account.
  const policiesOf = (account: string): AwsBindingFields => ({
    ...(raw.extras > 0 && { managedPolicies: [`arn:${partition}:iam::aws:policy/AmazonS3ReadOnlyAccess`, `arn:${partition}:iam::${account}:policy/team/extra`].slice(0, raw.extras) }),
    ...(raw.extras > 2 && { permissionsBoundary: `arn:${partition}:iam::${account}:policy/boundary` }),
  });
  const policies: AwsBindingFields = {
    ...policiesOf(home),
    ...(raw.extras > 1 && { inlinePolicies: { 'read-queue': { Statement: [{ Effect: 'Allow', Action: 'sqs:ReceiveMessage', Resource: '*' }] } }, tags: { team: 'shop' } }),
    ...(raw.extras > 2 && { maxSessionDuration: 7200, description: 'Reads orders', rolePath: '/teams/shop/', conditions: { Null: { 'sts:ExternalId': 'true' } } }),
  };
  const token = given({ audience: raw.audience, expirationSeconds: raw.seconds });
  const { on = {} } = onOf<AwsBindingFields>(raw, place, {
    nothing: {}, identity: { roleName: `${identity}_${key}_on` }, home: { accountId: away, ...(!raw.existing && policiesOf(away)) }, token: { audience: 'other.example.com', expirationSeconds: 600 },
  });
  const byPods = chosen(clusters, raw.mechanismMask).filter(cluster => cluster.eks?.accountId === (on[cluster.name]?.accountId ?? home));
  const mechanisms: AwsBindingFields = 'mechanism' in raw.mechanisms
    ? {
      ...raw.mechanisms,
      ...(raw.extras > 1 && { associationTags: { team: 'shop' }, targetRole: `arn:${partition}:iam::777788889999:role/orders` }),
      // The agent takes one audience alone.
      ...(!('alsoTrusts' in raw.mechanisms) && { audience: 'sts.amazonaws.com' }),
    }
    : {};
  const everywhere = byPods.length === clusters.length && raw.on === 'nothing';
  const different = everywhere ? [] : [...new Set([...Object.keys(on), ...byPods.map(({ name }) => name)])];
  const several = Object.fromEntries(different
    .map(name => [name, { ...on[name], ...(byPods.some(cluster => cluster.name === name) && mechanisms) }] as const)
    .filter(([, own]) => Object.keys(own).length > 0));
  return {
    ...(!homeFollows && { accountId: home }),
    ...(!(raw.short && isFirst) && { roleName: `${identity}_${key}` }),
    ...(raw.existing ? { existing: true } : policies),
    ...token,
    ...(everywhere && mechanisms),
    ...given({ injection: raw.injection }),
    ...((clusters.length > 1 || byPods.length > 0) && { trustPolicyQuota: 8192 }),
    ...(Object.keys(several).length > 0 && { on: several }),
  };
};

/** Two in six are applications, and one is an identity binding where every cluster can have one. */
function azureMechanism({ mechanism }: RawBinding, { clusters }: Place): NonNullable<AzureBindingFields['mechanism']> {
  if (mechanism === 5 && clusters.every(cluster => cluster.aks?.clusterName !== undefined)) return 'identity-binding';
  return mechanism === 2 || mechanism === 3 ? 'application' : 'managed-identity';
}

const azure: Build<AzureBindingFields> = (raw, place) => {
  const { identity, key, clusters, accounts } = place;
  const mechanism = azureMechanism(raw, place);
  const application = mechanism === 'application';
  const injection = mechanism === 'identity-binding' ? 'webhook' : raw.injection;
  const named = (end: string): string => `${slugOf(identity)}_${key}${end}`;
  const madeBy = (name: string): AzureBindingFields => ({
    clientId: guidOf(`client ${name}`), principalId: guidOf(`principal ${name}`), ...(application && { applicationId: `/applications/${guidOf(`application ${name}`)}` }),
  });
  const short = raw.short && key === 'azure' && /^[-a-z0-9]{3,}$/.test(identity);
  const unlessSame = (list: readonly string[], of: (cluster: ClusterInput) => string | undefined): string | undefined =>
    raw.short && same(clusters, of) ? undefined : list[raw.pool];
  const ofIdentity: AzureBindingFields = {
    ...given({ subscriptionId: unlessSame(SUBSCRIPTIONS, cluster => cluster.aks?.subscriptionId) }),
    resourceGroup: 'identities',
    ...(!raw.existing && { location: 'westeurope', ...(raw.extras > 1 && { tags: { team: 'shop' } }) }),
    ...(!short && { identityName: named('') }),
  };
  return {
    ...(mechanism !== 'managed-identity' && { mechanism }),
    ...given({ tenantId: unlessSame(TENANTS, cluster => cluster.aks?.tenantId) }),
    ...(application ? !short && { applicationName: named('') } : ofIdentity),
    ...(raw.existing && { existing: true }),
    ...madeBy(named('')),
    ...(raw.extras > 2 && { cloud: 'us-government' as const, ...(clusters.length * accounts === 1 && { credentialName: named('_fic') }) }),
    ...(raw.extras > 0 && { roleAssignments: ['Reader', 'Storage Blob Data Reader'].slice(0, raw.extras).map(role => ({ role, scope: `/subscriptions/${SUBSCRIPTIONS[raw.pool]}/resourceGroups/data` })) }),
    ...(raw.extras % 2 === 1 && { layout: 'webhook-1.6' as const, skipContainers: ['sidecar', 'proxy'] }),
    ...(raw.extras > 1 && { expirationOn: 'pod' as const }),
    // The webhook asks for one audience only, whatever the binding says.
    ...given({ audience: injection === 'explicit' ? raw.audience : undefined, expirationSeconds: raw.seconds, injection }),
    ...onOf<AzureBindingFields>(raw, place, {
      nothing: {},
      identity: { ...(application ? { applicationName: named('_on') } : { identityName: named('_on') }), ...madeBy(named('_on')) },
      home: application ? { applicationName: named('_elsewhere'), ...madeBy(named('_elsewhere')) } : { resourceGroup: 'elsewhere', ...madeBy(named('_elsewhere')) },
      token: { expirationSeconds: 4000, ...(injection === 'explicit' && { audience: 'api://other' }) },
    }),
  };
};

/** Each binding has resources of its own: two bindings may be one principal, and one grant has one owner. */
function grantsOf(key: string, count: number): NonNullable<GcpBindingFields['grants']> {
  return [{ role: 'roles/storage.objectViewer', bucket: `orders-${key}` }, { role: 'roles/pubsub.publisher', topic: `events-${key}` }, { role: 'roles/viewer', secret: `key-${key}` }].slice(0, count);
}

/** A pod that is granted roles by itself. With a fleet it may act as a service account all the same. */
function wayIn({ way, extras, injection }: RawBinding, clusters: readonly ClusterInput[]): GcpBindingFields | undefined {
  // No webhook does it.
  const byItself = { injection: injection === 'none' ? 'none' : 'explicit' } as const;
  if (way === 'fleet' && clusters.every(({ fleet }) => fleet !== undefined)) return { mechanism: 'fleet', ...byItself, ...(extras > 1 && { impersonate: false }) };
  if (way === 'direct' && clusters.every(({ gke }) => gke !== undefined)) return { mechanism: 'principal', ...given({ injection }) };
  return way === 'direct' && clusters.every(({ gke }) => gke === undefined) ? { impersonate: false, ...byItself } : undefined;
}

const gcp: Build<GcpBindingFields> = (raw, place) => {
  const { identity, key, clusters } = place;
  const way = wayIn(raw, clusters);
  const isGke = clusters.every(cluster => cluster.gke !== undefined);
  if (way?.mechanism === 'principal' || way?.impersonate === false) {
    return {
      ...way,
      ...(!isGke && { projectId: PROJECTS[raw.pool] }),
      grants: grantsOf(key, Math.max(1, raw.extras)),
      ...given({ expirationSeconds: raw.seconds }),
      ...onOf<GcpBindingFields>(raw, place, { nothing: {}, identity: {}, home: { projectId: PROJECTS[raw.pool] }, token: { expirationSeconds: 600 } }),
    };
  }
  const short = raw.short && key === 'gcp' && /^[a-z][-a-z0-9]{4,28}[a-z0-9]$/.test(identity);
  const homeFollows = raw.short && same(clusters, cluster => cluster.gke?.projectId);
  const home = homeFollows ? clusters[0]?.gke?.projectId : PROJECTS[raw.pool];
  // The key's number and a letter: an account id has no room for more.
  const named = (end: string): string => `sa${/\d*$/.exec(key)?.[0] ?? ''}${end}--${slugOf(identity)}`;
  return {
    ...(!homeFollows && { projectId: home as string }),
    ...(!short && { accountId: named('a') }),
    ...(raw.existing && { existing: true }),
    ...(raw.extras > 0 && { grants: grantsOf(key, raw.extras) }),
    ...given({ expirationSeconds: raw.seconds, injection: raw.injection }),
    ...way,
    ...onOf<GcpBindingFields>(raw, place, {
      // The webhook outside GKE knows no lifetime of less than an hour.
      nothing: {}, identity: { accountId: named('b') }, home: { projectId: home === PROJECTS[0] ? PROJECTS[1] : PROJECTS[0] }, token: { expirationSeconds: isGke ? 600 : 4000 },
    }),
  };
};

const POLICIES = [{ name: 'AliyunOSSReadOnlyAccess' }, { name: 'read-orders', type: 'Custom' }] as const;

const alibaba: Build<AlibabaBindingFields> = (raw, place) => {
  const { identity, key, clusters } = place;
  const named = (end: string): string => `${slugOf(identity)}--${key}${end}`.replaceAll('_', '.');
  const homeFollows = same(clusters, cluster => cluster.ack?.accountId);
  const home = homeFollows ? clusters[0]?.ack?.accountId : UIDS[raw.pool];
  const away = home === UIDS[0] ? UIDS[1] : UIDS[0];
  // The webhook is one of ACK, and names roles of the cluster's own account.
  const visiting = clusters.some(({ ack }) => ack?.accountId !== home);
  const injection = raw.injection !== 'none' && (visiting || raw.on === 'home' || raw.extras > 2) ? 'explicit' : raw.injection;
  return {
    ...(!(raw.short && homeFollows) && { accountId: home as string }),
    ...(!(raw.short && key === 'alibaba') && { roleName: named('') }),
    ...(raw.existing ? { existing: true } : {
      ...(raw.extras > 0 && { policies: POLICIES.slice(0, raw.extras) }),
      ...(raw.extras > 1 && { customPolicies: { [`${named('').replaceAll('.', '-')}-own`]: { Statement: [{ Effect: 'Allow', Action: 'oss:GetObject', Resource: '*' }] } }, description: 'Reads orders', maxSessionDuration: 7200 }),
    }),
    ...(raw.extras > 2 && { providerName: `${named('')}.oidc`, region: 'cn-beijing', injectStsEndpoint: true }),
    ...(raw.extras === 1 && { optIn: 'namespace-label' as const, skipContainers: ['sidecar'] }),
    ...given({ expirationSeconds: raw.seconds === 86400 ? 43200 : raw.seconds, injection }),
    ...onOf<AlibabaBindingFields>(raw, place, {
      nothing: {}, identity: { roleName: named('.on') }, home: { accountId: away }, token: { expirationSeconds: 600, onlyContainers: ['app'] },
    }),
  };
};

const vault: Build<VaultBindingFields> = (raw, place) => {
  const { identity, key, clusters, accounts } = place;
  // A role of the other method lets in every name in every namespace.
  const mechanism = accounts > 1 || raw.pool === 1 ? 'jwt' : 'kubernetes';
  const named = (end: string): string => `${slugOf(identity)}_${key}${end}`.toLowerCase();
  const fieldsOf: { readonly [what in RawBinding['on']]: VaultBindingFields } = {
    nothing: {}, identity: { roleName: named('_on') }, home: { address: 'https://vault.elsewhere.example.com' }, token: { audience: 'https://vault.example.com/other', expirationSeconds: 600 },
  };
  // A mount knows one cluster.
  const on = clusters.map((cluster, i) => [cluster.name, { ...(i > 0 && { mount: `${cluster.name}/${mechanism}` }), ...(chosen([cluster], raw.onMask).length > 0 && fieldsOf[raw.on]) }] as const);
  return {
    address: 'https://vault.example.com:8200',
    ...(!(raw.short && mechanism === 'kubernetes') && { mechanism }),
    ...(!(raw.short && key === 'vault') && { roleName: named('') }),
    ...(raw.existing ? { existing: true } : { ...(raw.extras > 0 && { tokenPolicies: ['shop', 'read-only'].slice(0, raw.extras), tokenTtl: 600 }), ...(raw.extras > 1 && { vaultNamespace: 'org/team', alias: 'name', tokenMaxTtl: 3600 }) }),
    ...given({ audience: raw.audience, expirationSeconds: raw.seconds, injection: raw.injection }),
    ...someOn(on),
  };
};

const jwt: Build<JwtBindingFields> = (raw, place) => {
  const { identity, key, clusters } = place;
  // No two bindings of one identity are for one API; those of two identities may be.
  const audience = raw.pool === 1 ? `https://${slugOf(identity)}.example.com/${key}` : `https://${key}.example.com`;
  return {
    audience,
    ...(raw.extras > 0 && { alsoAudiences: [`${audience}/v1`, `${audience}/v2`].slice(0, raw.extras) }),
    ...(raw.extras > 2 && { mountPath: `/tokens/${key}`, env: `${key.toUpperCase()}_FILE` }),
    ...(raw.extras === 1 && clusters.length === 1 && { skipContainers: ['sidecar'] }),
    // No webhook does it.
    injection: raw.injection === 'none' ? 'none' : 'explicit',
    ...given({ expirationSeconds: raw.seconds }),
    ...onOf<JwtBindingFields>(raw, place, {
      nothing: {}, identity: { audience: `${audience}/on` }, home: { audience: `${audience}/home`, alsoAudiences: [] }, token: { expirationSeconds: 600 },
    }),
  };
};

function someOn<F extends object>(on: readonly (readonly [string, F])[]): { on?: { [cluster: string]: F } } {
  const some = on.filter(([, fields]) => Object.keys(fields).length > 0);
  return some.length === 0 ? {} : { on: Object.fromEntries(some) };
}

/** One row for each provider: its clusters, and its binding. */
export const BINDINGS: {
  readonly alibaba: { readonly on: (cluster: ClusterInput, all: readonly ClusterInput[], longest: number) => boolean; readonly build: Build<AlibabaBinding> };
  readonly aws: { readonly on: (cluster: ClusterInput, all: readonly ClusterInput[], longest: number) => boolean; readonly build: Build<AwsBinding> };
  readonly azure: { readonly on: (cluster: ClusterInput, all: readonly ClusterInput[], longest: number) => boolean; readonly build: Build<AzureBinding> };
  readonly gcp: { readonly on: (cluster: ClusterInput, all: readonly ClusterInput[], longest: number) => boolean; readonly build: Build<GcpBinding> };
  readonly jwt: { readonly on: (cluster: ClusterInput, all: readonly ClusterInput[], longest: number) => boolean; readonly build: Build<JwtBinding> };
  readonly vault: { readonly on: (cluster: ClusterInput, all: readonly ClusterInput[], longest: number) => boolean; readonly build: Build<VaultBinding> };
} = {
  alibaba: { on: () => true, build: alibaba },
  // Outside the usual partition, only its own clusters: the partition is theirs to say.
  aws: { on: (cluster, all) => cluster.eks !== undefined || all.every(other => other.eks?.partition === undefined), build: aws },
  azure: { on: () => true, build: azure },
  // A principal of a pool has room for 104 characters of namespace and service account, less the prefix.
  gcp: { on: (cluster, _all, longest) => cluster.gke !== undefined || longest <= 70, build: gcp },
  jwt: { on: () => true, build: jwt },
  vault: { on: () => true, build: vault },
};
