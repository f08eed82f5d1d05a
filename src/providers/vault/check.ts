import { isAudience } from '../../core/audience';
import { isDeferred } from '../../core/deferred';
import { complain, joinPath, type Report } from '../../core/issues';
import { MAX_TOKEN_SECONDS, MIN_TOKEN_SECONDS, checkLifetime } from '../../kubernetes/projected-token';
import { groupBy } from '../group';
import { checkReach } from '../reach';
import { mountUrl } from './names';
import type { VaultEdge, VaultSettings } from './settings';
import { boundBy } from './trust';

const PATH = /^[A-Za-z0-9][\w.-]*(\/[A-Za-z0-9][\w.-]*)*$/;
const API_AUDIENCE = /^https:\/\/kubernetes\.default(\.svc(\.cluster\.local)?)?\/?$/;

type Wrong = (field: string, code: string, expected: string, got: unknown, fix: string, severity?: 'warning') => void;

/** The rules of a role. https://developer.hashicorp.com/vault/api-docs/auth/kubernetes */
export function check(edge: VaultEdge, report: Report): void {
  const { settings } = edge;
  const wrong: Wrong = (field, code, expected, got, fix, severity = undefined) =>
    complain(report, `vault/${code}`, edge.at(field), { expected, got, fix, ...(severity !== undefined && { severity }) });

  checkAddress(settings, wrong);
  if (settings.vaultNamespace !== undefined && !PATH.test(settings.vaultNamespace)) wrong('vaultNamespace', 'namespace', 'a path without slashes at its ends', settings.vaultNamespace, 'write it as team-a, or org/team-a');
  if (!PATH.test(settings.mount) || settings.mount.startsWith('auth/')) wrong('mount', 'mount', 'a path without auth/ and without slashes at its ends', settings.mount, 'write it as vault auth list shows it, without the last slash');
  else if (/^token(\/|$)/.test(settings.mount)) wrong('mount', 'mount', 'another path than token, where Vault\'s own method for tokens is', settings.mount, 'name the path that the method kubernetes or jwt is mounted at');
  if (!/^[a-z0-9_]([a-z0-9_.-]{0,253}[a-z0-9_])?$/.test(settings.roleName)) {
    wrong('roleName', 'role-name', 'at most 255 of the characters a-z, 0-9 and ._-, alphanumeric or _ at both ends', settings.roleName, 'Vault itself turns upper case into lower, so write it as it will be');
  }
  checkLifetime(settings.expirationSeconds, edge.at('expirationSeconds'), report, { min: MIN_TOKEN_SECONDS, max: MAX_TOKEN_SECONDS, whose: 'Kubernetes takes no others' });
  if (settings.skipContainers !== undefined && edge.injection === 'webhook') {
    wrong('skipContainers', 'webhook-containers', 'no skipContainers, since the agent alone gets the token', settings.skipContainers, 'take it out; vault.hashicorp.com/agent-inject-containers on the pod says who gets the secrets');
  }
  const issuer = edge.facts.issuer();
  if (settings.mechanism === 'jwt' && !isDeferred(issuer) && issuer.includes(',')) {
    complain(report, 'vault/issuer', `clusters.${edge.cluster.name}.issuer`, { expected: 'an issuer without a comma, which parts values in a role', got: issuer, fix: 'use the method kubernetes for this cluster' });
  }
  if (settings.mechanism === 'jwt' && edge.cluster.vault?.keys === 'discovery') {
    checkReach(edge, { who: 'Vault', severity: 'warning', fix: 'a server outside the cluster cannot: say keys: "pem" and publicKeys in defineCluster' }, report);
  }
  checkAudience(edge, wrong);
  checkTokens(settings, wrong);
  checkGlobs(settings, wrong);
}

function checkAddress({ address }: VaultSettings, wrong: Wrong): void {
  if (!/^https?:\/\/[^\s/?#@]+$/.test(address) || !URL.canParse(address) || new URL(address).origin !== address) {
    wrong('address', 'address', 'the URL of the server, such as https://vault.example.com:8200, without a path', address === '' ? undefined : address, 'use the one that pods reach it at');
  } else if (address.startsWith('http:')) {
    wrong('address', 'plain-http', 'an https URL', address, 'tokens and secrets would travel in the clear', 'warning');
  }
}

/** Where Vault asks with the pod's own token, the API server takes only a token for itself. */
function checkAudience(edge: VaultEdge, wrong: Wrong): void {
  const { audience, address, mechanism, reviewer } = edge.settings;
  const issuer = edge.facts.issuer();
  const forApi = API_AUDIENCE.test(audience) || audience === issuer;
  if (/[*?]/.test(audience) || (!isAudience(audience) && !(audience === '' && address === ''))) wrong('audience', 'audience', 'one audience without wildcards and blanks', audience, 'leave it out for the address');
  if (mechanism === 'kubernetes' && reviewer === 'client') {
    if (!forApi) {
      wrong('audience', 'self-review-audience', 'the audience of the API server, since the pod\'s own token asks it (reviewer: "client")', audience, 'give Vault a reviewer of its own in defineCluster, or the audience of the API server here');
    } else {
      wrong('audience', 'api-audience', 'a token that only Vault takes', audience, 'Vault could use this token against the Kubernetes API, so give it a reviewer of its own', 'warning');
    }
  } else if (forApi) {
    wrong('audience', 'api-audience', 'a token that only Vault takes', audience, 'Vault could use this token against the Kubernetes API, so leave it out for the address', 'warning');
  }
}

function checkTokens({ tokenPolicies, tokenTtl, tokenMaxTtl }: VaultSettings, wrong: Wrong): void {
  tokenPolicies.forEach((policy, i) => {
    if (policy === 'root') wrong(joinPath('tokenPolicies', i), 'policy', 'a policy other than root, which Vault gives to no role', policy, 'write one that allows what is needed');
    else if (tokenPolicies.indexOf(policy) !== i) wrong(joinPath('tokenPolicies', i), 'policy', 'every policy once', policy, 'take the second one out');
    else if (!/^[a-z0-9][a-z0-9 _./-]*$/.test(policy)) wrong(joinPath('tokenPolicies', i), 'policy', 'the name of a policy, in lower case', policy, 'Vault itself turns upper case into lower, so write it as it will be');
  });
  for (const [field, seconds] of [['tokenTtl', tokenTtl], ['tokenMaxTtl', tokenMaxTtl]] as const) {
    if (seconds !== undefined && (!Number.isInteger(seconds) || seconds < 1)) wrong(field, 'ttl', 'a whole number of seconds, at least 1', seconds, 'leave it out for that of the mount');
  }
  if (tokenTtl !== undefined && tokenMaxTtl !== undefined && tokenTtl > tokenMaxTtl) wrong('tokenTtl', 'ttl', `at most tokenMaxTtl, ${tokenMaxTtl}`, tokenTtl, 'lower it, or raise tokenMaxTtl');
}

function checkGlobs({ unsafeGlobs: globs, mechanism, existing }: VaultSettings, wrong: Wrong): void {
  if (globs === undefined) return;
  const { serviceAccounts = [], namespaces = [], reason } = globs;
  if (mechanism !== 'kubernetes') wrong('unsafeGlobs', 'globs', 'no patterns with the method jwt, whose roles pin subjects', globs, 'use the method kubernetes, or name the service accounts under runsAs');
  if (serviceAccounts.length + namespaces.length === 0) wrong('unsafeGlobs', 'globs', 'serviceAccounts or namespaces with at least one pattern', globs, 'without one nobody else is let in: take it out');
  if (reason.trim() === '') wrong('unsafeGlobs.reason', 'globs', 'why everybody who matches may come in', reason, 'say it for those who review the role');
  if (serviceAccounts.some(isEvery) && namespaces.some(isEvery)) wrong('unsafeGlobs', 'everybody', 'names or namespaces to be pinned', globs, 'this would let in every pod of the cluster: name the namespaces');
  else if (mechanism === 'kubernetes' && !existing) wrong('unsafeGlobs', 'unsafe', 'service accounts by name', globs, `whoever can make a fitting service account may log in; the reason given: ${reason}`, 'warning');
  for (const [field, patterns] of [['serviceAccounts', serviceAccounts], ['namespaces', namespaces]] as const) {
    patterns.forEach((pattern, i) => {
      if (!/^[a-z0-9.*-]+$/.test(pattern)) wrong(joinPath(`unsafeGlobs.${field}`, i), 'globs', 'a name of a-z, 0-9, - and . with *', pattern, 'write it as shop-*');
    });
  }
}

/** Vault takes any run of stars for one. */
function isEvery(pattern: string): boolean {
  return /^\*+$/.test(pattern);
}

/** The rules of roles and mounts as a whole. */
export function checkTrust(edges: readonly VaultEdge[], report: Report): void {
  for (const group of groupBy(edges, ({ settings }) => mountUrl(settings)).values()) {
    const [first] = group as [VaultEdge];
    const other = group.find(({ cluster }) => cluster !== first.cluster);
    if (other === undefined) continue;
    complain(report, 'vault/one-cluster', other.at('mount'), {
      expected: 'a mount of its own for every cluster, since a mount knows one API server or issuer',
      got: [first.cluster.name, other.cluster.name],
      fix: `say another under on (on: { ${JSON.stringify(other.cluster.name)}: { mount: ${JSON.stringify(other.cluster.name)} } })`,
    });
  }
  for (const group of groupBy(edges, edge => edge.variant).values()) checkProduct(group, report);
}

/** A role of the method kubernetes lets in every name in every namespace: that must be nobody else. */
function checkProduct(group: readonly VaultEdge[], report: Report): void {
  const [first] = group as [VaultEdge];
  if (group.length < 2 || first.settings.mechanism !== 'kubernetes' || first.settings.existing || first.settings.unsafeGlobs !== undefined) return;
  const meant = new Set(group.map(({ subject }) => `${subject.namespace}/${subject.serviceAccount}`));
  const { names, namespaces } = boundBy(group);
  const strangers = namespaces.flatMap(namespace => names.map(name => `${namespace}/${name}`)).filter(each => !meant.has(each));
  if (strangers.length === 0) return;
  complain(report, 'vault/cross-product', first.at('mechanism'), {
    expected: 'service accounts of one namespace, or of the same names in each, since a role lets in every name in every namespace',
    got: strangers,
    fix: 'use mechanism: "jwt", whose roles pin whole subjects, or an identity for each namespace',
  });
}
