import type { TokenDefinition, WorkloadIdentityDefinition } from './definition';
import type { Layout } from './layout';
import { complain, joinPath, type Report } from '../core/issues';
import { checkDnsLabel, checkDnsSubdomain, isDnsLabel } from '../core/names';
import { checkMetadata } from '../kubernetes/metadata';
import { MAX_TOKEN_SECONDS, MIN_TOKEN_SECONDS, checkLifetime, checkTokenPath } from '../kubernetes/projected-token';
import { platformOf } from '../platforms';
import { providerOf, type ProviderId } from '../providers';
import { groupBy } from '../providers/group';
import type { Edge } from '../providers/provider';

/** The rules of a definition, whatever its providers. */
export function checkDefinition(definition: WorkloadIdentityDefinition, report: Report): void {
  checkDnsSubdomain(definition.name, 'name', report, 'it names the service account and more, so choose a name that Kubernetes takes');
  checkAccounts(definition, report);
  checkClusters(definition, report);
  for (const [name, token] of Object.entries(definition.tokens)) checkToken(name, token, definition, report);
  definition.rbac.forEach((rule, i) => {
    const path = joinPath('rbac', i);
    for (const field of ['verbs', 'resources'] as const) {
      if (rule[field].length === 0) complain(report, 'rbac/empty', `${path}.${field}`, { expected: 'at least one', got: [], fix: 'name what the rule is about' });
      if (rule[field].includes('*')) complain(report, 'rbac/wildcard', `${path}.${field}`, { expected: 'names', got: '*', severity: 'warning', fix: 'list what is needed: a wildcard also grants what Kubernetes adds later' });
    }
    if (rule.clusterWide === true && rule.namespaces !== undefined) complain(report, 'rbac/scope', `${path}.namespaces`, { expected: 'no namespaces beside clusterWide', got: rule.namespaces, fix: 'take one of the two out' });
    rule.namespaces?.forEach((namespace, j) => checkDnsLabel(namespace, joinPath(`${path}.namespaces`, j), report, 'name an existing namespace'));
  });
  checkMetadata('label', definition.labels, 'labels', report);
  checkMetadata('annotation', definition.annotations, 'annotations', report);
}

function checkAccounts(definition: WorkloadIdentityDefinition, report: Report): void {
  if (definition.runsAs.length === 0) complain(report, 'identity/runs-as', 'namespace', { expected: 'a namespace, or runsAs with at least one service account', got: undefined, fix: 'say where the identity runs' });
  definition.runsAs.forEach((account, i) => {
    const path = definition.runsAs.length === 1 ? '' : `${joinPath('runsAs', i)}.`;
    checkDnsLabel(account.namespace, `${path}namespace`, report, 'name an existing namespace, exactly as it is');
    checkDnsSubdomain(account.serviceAccount, `${path}serviceAccount`, report, 'name the service account exactly as it is');
  });
  for (const [key, twins] of groupBy(definition.runsAs, account => `${account.namespace}/${account.serviceAccount}`)) {
    if (twins.length > 1) complain(report, 'identity/runs-as', 'runsAs', { expected: 'every service account once', got: key, fix: 'take the second one out, and list all its clusters in one' });
  }
}

function checkClusters(definition: WorkloadIdentityDefinition, report: Report): void {
  if (definition.clusters.length === 0) complain(report, 'identity/clusters', 'clusters', { expected: 'at least one cluster', got: [], fix: 'say where the identity runs' });
  const names = definition.clusters.map(cluster => cluster.name);
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice !== undefined) complain(report, 'identity/clusters', 'clusters', { expected: 'every cluster once', got: twice, fix: 'take the second one out, or rename one of them' });
  const known = (list: readonly string[] | undefined, path: string): void => list?.forEach((name, i) => {
    if (!names.includes(name)) complain(report, 'identity/unknown-cluster', joinPath(path, i), { expected: `one of the identity's clusters: ${names.join(', ')}`, got: name, fix: 'correct the name, or add the cluster' });
  });
  definition.runsAs.forEach((account, i) => known(account.clusters, `${joinPath('runsAs', i)}.clusters`));
  for (const [key, token] of Object.entries(definition.tokens)) known(token.clusters, `${joinPath('tokens', key)}.clusters`);
  for (const [key, binding] of Object.entries(definition.trustedBy)) {
    known(binding.clusters, `${joinPath('trustedBy', key)}.clusters`);
    for (const name of Object.keys(binding.on ?? {})) {
      if (!names.includes(name)) complain(report, 'identity/unknown-cluster', joinPath(`${joinPath('trustedBy', key)}.on`, name), { expected: `one of the identity's clusters: ${names.join(', ')}`, got: name, fix: 'correct the name, or add the cluster' });
    }
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
  for (const cluster of definition.clusters) {
    const { title, maxTokenSeconds: cap } = platformOf(cluster);
    if (cap !== undefined && token.expirationSeconds > cap && token.expirationSeconds <= MAX_TOKEN_SECONDS) {
      complain(report, 'token/platform-cap', `${path}.expirationSeconds`, { expected: `at most ${cap} on ${title}`, got: token.expirationSeconds, severity: 'warning', fix: 'the platform shortens longer ones without an error' });
    }
  }
  checkTokenPath(token.path, `${path}.path`, report);
  if (!/^\/[^\u0000-\u001f:]*$/.test(token.mountPath) || token.mountPath.split('/').includes('..')) complain(report, 'token/mount-path', `${path}.mountPath`, { expected: 'an absolute path without .. and without a colon', got: token.mountPath, fix: 'leave it out for the default' });
  if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(token.env)) complain(report, 'token/env', `${path}.env`, { expected: 'the name of an environment variable', got: token.env, fix: 'use A-Z, 0-9 and _' });
}

/** The rules of the layout: those of every provider, and what two parts of one pod both claim. */
export function checkLayout(layout: Layout, report: Report): void {
  for (const edge of layout.edges) {
    const provider = providerOf(edge.provider as ProviderId);
    if (!provider.mechanisms.includes(edge.mechanism)) {
      complain(report, 'binding/mechanism', edge.at('mechanism'), { expected: `one of ${provider.mechanisms.join(', ')}`, got: edge.mechanism, fix: 'this mechanism is not built yet; choose one that is, or leave this cluster out of the binding' });
    } else {
      provider.check(edge, report);
    }
  }
  for (const group of groupBy(layout.edges, edge => edge.binding).values()) providerOf((group[0] as Edge).provider as ProviderId).checkTrust(group, report);
  for (const { what, name, first, second } of layout.collisions) {
    const fix = what === 'annotation' ? 'take it out of annotations, or set the binding\'s own field' : 'give one of them another name, or say injection: "none" in one of two bindings of one provider';
    complain(report, 'identity/collision', second, { expected: `no ${what} that ${first} has too`, got: name, fix });
  }
}
