import type { BindingDefinition, TokenDefinition, WorkloadIdentityDefinition } from './definition';
import type { Layout } from './layout';
import { isDeferred } from '../core/deferred';
import { complain, joinPath, type Report } from '../core/issues';
import { checkDnsLabel, checkDnsSubdomain, isDnsLabel } from '../core/names';
import { checkMetadata } from '../kubernetes/metadata';
import { MAX_TOKEN_SECONDS, MIN_TOKEN_SECONDS, checkLifetime, checkTokenPath } from '../kubernetes/projected-token';
import { issuerOf, platformOf } from '../platforms';
import type { ClusterDefinition } from '../platforms/cluster';
import { providerOf, type ProviderId } from '../providers';
import { groupBy } from '../providers/group';
import type { Edge } from '../providers/provider';

/** A verb, or a resource with or without a part of it. The parts of `userextras` are whatever an authenticator calls them. */
const RBAC_NAME = /^((\*|[a-z][a-z0-9.-]*)(\/(\*|[a-z][a-z0-9-]*))?|userextras\/\S+)$/;

/** The rules of a definition, whatever its providers. `short` says that its author wrote namespace and service account, and not runsAs. */
export function checkDefinition(definition: WorkloadIdentityDefinition, report: Report, short: boolean): void {
  checkDnsSubdomain(definition.name, 'name', report, 'it names the service account and more, so choose a name that Kubernetes takes');
  checkAccounts(definition, report, short);
  checkClusters(definition, report);
  for (const name of Object.keys(definition.tokens)) checkToken(name, definition.tokens[name] as TokenDefinition, definition, report);
  definition.rbac.forEach((rule, i) => {
    const path = joinPath('rbac', i);
    // An empty list of names would be the opposite of what it says: Kubernetes reads it as "all of them".
    for (const field of ['verbs', 'resources', 'apiGroups', 'resourceNames', 'namespaces'] as const) {
      if (rule[field]?.length === 0) complain(report, 'rbac/empty', `${path}.${field}`, { expected: 'at least one', got: [], fix: 'name what the rule is about, or take the rule out' });
    }
    for (const field of ['verbs', 'resources'] as const) {
      const odd = rule[field].find(name => !RBAC_NAME.test(name));
      if (odd !== undefined) complain(report, 'rbac/name', `${path}.${field}`, { expected: 'lower case, resources in the plural', got: odd, fix: 'Kubernetes compares them by the letter, and grants nothing for a name that it does not know' });
      if (rule[field].includes('*')) complain(report, 'rbac/wildcard', `${path}.${field}`, { expected: 'names', got: '*', severity: 'warning', fix: 'list what is needed: a wildcard also grants what Kubernetes adds later' });
    }
    if (rule.clusterWide === true && rule.namespaces !== undefined) complain(report, 'rbac/scope', `${path}.namespaces`, { expected: 'no namespaces beside clusterWide', got: rule.namespaces, fix: 'take one of the two out' });
    rule.namespaces?.forEach((namespace, j) => checkDnsLabel(namespace, joinPath(`${path}.namespaces`, j), report, 'name an existing namespace'));
  });
  checkMetadata('label', definition.labels, 'labels', report);
  checkMetadata('annotation', definition.annotations, 'annotations', report);
}

function checkAccounts(definition: WorkloadIdentityDefinition, report: Report, short: boolean): void {
  if (definition.runsAs.length === 0) complain(report, 'identity/runs-as', short ? 'namespace' : 'runsAs', { expected: 'a namespace, or runsAs with at least one service account', got: short ? undefined : [], fix: 'say where the identity runs' });
  definition.runsAs.forEach((account, i) => {
    const path = short ? '' : `${joinPath('runsAs', i)}.`;
    checkDnsLabel(account.namespace, `${path}namespace`, report, 'name an existing namespace, exactly as it is');
    checkDnsSubdomain(account.serviceAccount, `${path}serviceAccount`, report, 'name the service account exactly as it is');
  });
  for (const [key] of twinsIn(definition.runsAs, account => `${account.namespace}/${account.serviceAccount}`)) {
    complain(report, 'identity/runs-as', 'runsAs', { expected: 'every service account once', got: key, fix: 'take the second one out, and list all its clusters in one' });
  }
}

function checkClusters(definition: WorkloadIdentityDefinition, report: Report): void {
  if (definition.clusters.length === 0) complain(report, 'identity/clusters', 'clusters', { expected: 'at least one cluster', got: [], fix: 'say where the identity runs' });
  const names = definition.clusters.map(cluster => cluster.name);
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice !== undefined) complain(report, 'identity/clusters', 'clusters', { expected: 'every cluster once', got: twice, fix: 'take the second one out, or rename one of them' });
  for (const [issuer, twins] of definition.clusters.length > 1 ? twinsIn(definition.clusters, cluster => cluster.issuer) : []) {
    if (twice === undefined) complain(report, 'identity/issuer-twice', 'clusters', { expected: 'an issuer of its own for every cluster', got: issuer, fix: `nobody could tell the tokens of ${twins.map(({ name }) => name).join(' and ')} apart: read the issuer from each cluster` });
  }
  definition.runsAs.forEach((account, i) => checkNames(account.clusters, names, () => joinPath('runsAs', i), report));
  for (const key of Object.keys(definition.tokens)) checkNames(definition.tokens[key]?.clusters, names, () => joinPath('tokens', key), report);
  for (const key of Object.keys(definition.trustedBy)) {
    const binding = definition.trustedBy[key] as BindingDefinition;
    checkNames(binding.clusters, names, () => joinPath('trustedBy', key), report);
    if (binding.on === undefined) continue;
    const path = joinPath('trustedBy', key);
    for (const name of Object.keys(binding.on)) {
      if (!names.includes(name)) unknownCluster(joinPath(`${path}.on`, name), names, name, report);
      else if (binding.clusters?.includes(name) === false) complain(report, 'binding/on', joinPath(`${path}.on`, name), { expected: `one of the binding's clusters: ${binding.clusters.join(', ')}`, got: name, fix: 'add the cluster to the binding\'s clusters, or take this out' });
    }
  }
}

/** The items that share a key, by key. */
function twinsIn<T>(items: readonly T[], keyOf: (item: T) => string | undefined): readonly (readonly [string, readonly T[]])[] {
  if (items.length < 2) return [];
  const keyed = items.flatMap(item => {
    const key = keyOf(item);
    return key === undefined ? [] : [{ key, item }];
  });
  return [...groupBy(keyed, ({ key }) => key)].filter(([, twins]) => twins.length > 1).map(([key, twins]) => [key, twins.map(({ item }) => item)]);
}

/** Names of the identity's clusters. An empty list would leave out everything without a word. */
function checkNames(list: readonly string[] | undefined, names: readonly string[], at: () => string, report: Report): void {
  if (list === undefined) return;
  const path = `${at()}.clusters`;
  if (list.length === 0) complain(report, 'identity/clusters', path, { expected: 'at least one cluster', got: [], fix: 'name one, or take out what is in no cluster' });
  list.forEach((name, i) => {
    if (!names.includes(name)) unknownCluster(joinPath(path, i), names, name, report);
  });
}

function unknownCluster(path: string, names: readonly string[], name: string, report: Report): void {
  complain(report, 'identity/unknown-cluster', path, { expected: `one of the identity's clusters: ${names.join(', ')}`, got: name, fix: 'correct the name, or add the cluster' });
}

/** Two clusters with one issuer are one to every relying party: what is admitted from the one is admitted from the other. */
export function checkIssuersDiffer(clusters: Iterable<ClusterDefinition>, report: Report): void {
  const owners = new Map<string, string>();
  for (const cluster of clusters) {
    const issuer = issuerOf(cluster);
    const other = issuer === undefined ? undefined : owners.get(issuer);
    if (issuer === undefined || other === cluster.name) continue;
    if (other !== undefined) {
      complain(report, 'cluster/same-issuer', `clusters.${cluster.name}.issuer`, {
        expected: `another issuer than that of ${other}`, got: issuer, fix: 'no cloud could tell the two clusters apart; read the issuer from the cluster, or use one definition for both',
      });
    }
    owners.set(issuer, cluster.name);
  }
}

function checkToken(name: string, token: TokenDefinition, definition: WorkloadIdentityDefinition, report: Report): void {
  const path = joinPath('tokens', name);
  if (!isDnsLabel(name) || name.length > 57) complain(report, 'token/name', path, { expected: 'at most 57 of the characters a-z, 0-9 and -, alphanumeric at both ends', got: name, fix: 'the name becomes part of a volume\'s, so choose one that Kubernetes takes' });
  if (token.audience === '' || /[\u0000-\u0020]/.test(token.audience)) {
    complain(report, 'token/audience', `${path}.audience`, { expected: 'one audience, without blanks', got: token.audience, fix: 'name whom the token is for; for the Kubernetes API itself use apiToken' });
  } else if (/^https:\/\/kubernetes\.default(\.svc(\.cluster\.local)?)?\/?$/.test(token.audience) || definition.clusters.some(cluster => cluster.issuer === token.audience)) {
    complain(report, 'token/api-audience', `${path}.audience`, { expected: 'an audience of its own', got: token.audience, severity: 'warning', fix: 'whoever receives this token can use it against the Kubernetes API; for the API itself use apiToken' });
  } else if (['kubernetes', 'api', 'default', 'app'].includes(token.audience)) {
    complain(report, 'token/generic-audience', `${path}.audience`, { expected: 'an audience that names one relying party', got: token.audience, severity: 'warning', fix: 'use its URL' });
  }
  checkLifetime(token.expirationSeconds, `${path}.expirationSeconds`, report, { min: MIN_TOKEN_SECONDS, max: MAX_TOKEN_SECONDS, whose: 'Kubernetes takes no others' });
  for (const cluster of definition.clusters) checkPlatformCap(token.expirationSeconds, cluster, `${path}.expirationSeconds`, report);
  checkTokenPath(token.path, `${path}.path`, report);
  if (token.containers?.length === 0) complain(report, 'token/containers', `${path}.containers`, { expected: 'at least one container', got: [], fix: 'leave it out for all containers' });
  if (!isMountPath(token.mountPath)) complain(report, 'token/mount-path', `${path}.mountPath`, { expected: 'an absolute path without .. and without a colon', got: token.mountPath, fix: 'leave it out for the default' });
  if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(token.env)) complain(report, 'token/env', `${path}.env`, { expected: 'the name of an environment variable', got: token.env, fix: 'use A-Z, 0-9 and _' });
}

function isMountPath(path: string): boolean {
  // Nearly every path is a plain one, such as the default.
  return /^(\/\w[\w-]*)+$/.test(path) || (/^\/+[^/\u0000-\u001f:][^\u0000-\u001f:]*$/.test(path) && !path.split('/').includes('..'));
}

function checkPlatformCap(seconds: number, cluster: ClusterDefinition, path: string, report: Report): void {
  const { title, maxTokenSeconds: cap } = platformOf(cluster);
  if (cap === undefined || seconds <= cap || seconds > MAX_TOKEN_SECONDS) return;
  complain(report, 'token/platform-cap', path, { expected: `at most ${cap} on ${title}`, got: seconds, severity: 'warning', fix: 'the platform shortens longer ones without an error' });
}

/** The rules of the layout: those of every provider, and what two parts of one pod both claim. */
export function checkLayout(layout: Layout, report: Report): void {
  for (const edge of layout.edges) {
    const provider = providerOf(edge.provider as ProviderId);
    if (!provider.mechanisms.includes(edge.mechanism)) {
      complain(report, 'binding/mechanism', edge.at('mechanism'), { expected: `one of ${provider.mechanisms.join(', ')}`, got: edge.mechanism, fix: 'this mechanism is not built yet; choose one that is, or leave this cluster out of the binding' });
    } else {
      provider.check(edge, report);
      checkPlatformCap(provider.lifetimeOf(edge) ?? 0, edge.cluster, edge.at('expirationSeconds'), report);
    }
  }
  for (const group of groupBy(layout.edges, edge => edge.binding).values()) providerOf((group[0] as Edge).provider as ProviderId).checkTrust(group, report);
  for (const { what, name, first, second } of layout.collisions) {
    const fix = what === 'annotation' ? 'take it out of annotations, or set the binding\'s own field' : 'give one of them another name, or say injection: "none" in one of two bindings of one provider';
    complain(report, 'identity/collision', second === 'annotations' ? joinPath(second, name) : second, { expected: `no ${what} that ${first} has too`, got: name, fix });
  }
  checkOwners(layout, report);
}

/** Two bindings of one identity, or two clusters of one, must not make the same thing. Most clouds compare names without regard to case. */
function checkOwners(layout: Layout, report: Report): void {
  // Documents are made only where two could be one: nearly every identity has one cloud identity at each provider.
  if (layout.edges.length < 2) return;
  const several = [...groupBy(layout.edges, edge => edge.provider).values()]
    .some(([first, ...others]) => others.some(({ binding, variant }) => binding !== first?.binding || variant !== first.variant));
  if (!several) return;
  const named = layout.trust.flatMap(({ kind, name, owned, ownedAs = name, binding }) => (owned && !isDeferred(ownedAs) ? [{ thing: `${kind} ${ownedAs}`, binding }] : []));
  for (const [, twins] of twinsIn(named, ({ thing }) => thing.toLowerCase())) {
    const [first, second] = twins as [{ thing: string; binding: string }, { binding: string }];
    complain(report, 'identity/owned-twice', joinPath('trustedBy', second.binding), {
      expected: `one owner of the ${first.thing}`, got: [first.binding, second.binding], fix: 'give one of them another name, or say existing: true in the one that uses what the other makes',
    });
  }
}
