import { checkAudience } from '../core/audience';
import { Findings, complain, joinPath, type Report } from '../core/issues';
import { checkDnsLabel, checkDnsSubdomain } from '../core/names';
import { isOnlyCreated } from '../kubernetes/api-parts';
import { groupOf, isClusterScoped } from '../kubernetes/api-resources';
import { isForApiServer } from '../kubernetes/audiences';
import { checkObjectNames } from '../kubernetes/check-rbac-names';
import type { PolicyRule, ResourceRule } from '../kubernetes/rbac';
import { accountNamed, rbacFormOf } from '../kubernetes/rbac-forms';
import type { ApiResourceInput, RbacInput } from '../kubernetes/rbac-input';
import { checkGroup, checkIsThere, checkResource, groupInsteadOf } from '../kubernetes/rbac-resources';
import { RISKY_ROLES, risksOf } from '../kubernetes/rbac-risks';

/** A verb, or a resource with or without a part of it. The parts of `userextras` are whatever an authenticator calls them. */
const RBAC_NAME = /^((\*|[a-z][a-z0-9.-]*)(\/(\*|[a-z][a-z0-9-]*))?|userextras\/\S+)$/;

/** Every field that any form has. */
interface Fields {
  readonly [field: string]: unknown;
  readonly verbs?: readonly string[];
  readonly resources?: readonly string[];
  readonly apiGroups?: readonly string[];
  readonly resourceNames?: readonly string[];
  readonly namespaces?: readonly string[];
  readonly clusterWide?: boolean;
  readonly unsafeReason?: string;
}

/** An entry of `rbac`, and where it stands. */
interface Place {
  readonly entry: Fields;
  readonly path: string;
  readonly report: Report;
  /** Those of the identity's clusters, which their API servers take for an audience. */
  readonly issuers: readonly unknown[];
}

type Form = NonNullable<ReturnType<typeof rbacFormOf>>;

/**
 * What Kubernetes would take and nobody can mean, and what grants more than it seems to.
 *
 * @param issuers  those of the identity's clusters, as far as they are known
 */
export function checkRbac(input: RbacInput, path: string, report: Report, issuers: readonly unknown[]): void {
  const place: Place = { entry: input as unknown as Fields, path, report, issuers };
  const form = rbacFormOf(input);
  // Its structure has been complained of.
  if (form === undefined) return;
  checkLists(place);
  checkScope(place);
  FIELDS[form.structure]?.(place);
  // Whom it is for makes no difference to what is granted.
  const { rules = [] } = form.grants(input, { namespace: '', serviceAccount: '' });
  for (const rule of rules) if ('resources' in rule) checkReach(rule, form, place);
  checkNamesOnce(rules, place);
  checkRisks(rules, form, place);
}

function checkLists({ entry, path, report }: Place): void {
  for (const field of Object.keys(entry)) {
    // An empty list of names would be the opposite of what it says: Kubernetes reads it as "all of them".
    if (Array.isArray(entry[field]) && (entry[field] as readonly unknown[]).length === 0) complain(report, 'rbac/empty', `${path}.${field}`, { expected: 'at least one', got: [], fix: 'name what the rule is about, or take the rule out' });
  }
}

function checkScope({ entry, path, report }: Place): void {
  const { clusterWide, namespaces, unsafeReason } = entry;
  if (clusterWide === true && namespaces !== undefined) complain(report, 'rbac/scope', `${path}.namespaces`, { expected: 'no namespaces beside clusterWide', got: namespaces, fix: 'take one of the two out' });
  namespaces?.forEach((namespace, i) => {
    const at = joinPath(`${path}.namespaces`, i);
    checkDnsLabel(namespace, at, report, 'name an existing namespace');
    if (namespaces.indexOf(namespace) !== i) complain(report, 'rbac/twice', at, { expected: 'every namespace once', got: namespace, fix: 'take the second one out' });
  });
  if (unsafeReason?.trim() === '') complain(report, 'rbac/reason', `${path}.unsafeReason`, { expected: 'a reason', got: unsafeReason, fix: 'say why it may grant more than it says, for who reads it later' });
}

/** What the fields of a form may hold. */
const FIELDS: { readonly [structure: string]: (place: Place) => void } = {
  RbacRuleInput: checkNames,
  RbacReadInput: place => checkResources(place, 'read'),
  RbacReadWriteInput: place => checkResources(place, 'readWrite'),
  RbacAllowInput: place => checkResources(place, 'on'),
  RbacUrlInput: ({ entry, path, report }) => (entry.nonResourceURLs as readonly string[]).forEach((url, i) => {
    // A star anywhere else is a star.
    if (!/^\/[^*\s?#]*\*?$/.test(url)) complain(report, 'rbac/url', joinPath(`${path}.nonResourceURLs`, i), { expected: 'the path of a URL, with at most one * at its end', got: url, fix: 'write it from the slash on, such as /metrics or /healthz/*' });
  }),
  RbacClusterRoleInput: place => checkRole(place, 'clusterRole'),
  RbacRoleInput: place => checkRole(place, 'role'),
  RbacRequestTokensInput: ({ entry, path, report }) => (entry.requestTokensOf as readonly string[])
    .forEach((name, i) => checkDnsSubdomain(name, joinPath(`${path}.requestTokensOf`, i), report, 'name the service account exactly as it is, and its namespace under namespaces')),
  RbacTokensRequestedByInput: ({ entry, path, report }) => (entry.tokensRequestedBy as readonly string[]).forEach((name, i) => {
    const at = joinPath(`${path}.tokensRequestedBy`, i);
    const { namespace, serviceAccount } = accountNamed(name);
    if (name.split('/').length !== 2) return complain(report, 'rbac/account', at, { expected: '<namespace>/<service account>', got: name, fix: 'name both' });
    checkDnsLabel(namespace, at, report, 'name an existing namespace');
    checkDnsSubdomain(serviceAccount, at, report, 'name the service account exactly as it is');
  }),
  RbacNodesMayRequestInput: ({ entry, path, report, issuers }) => (entry.nodesMayRequest as readonly string[]).forEach((audience, i) => {
    const at = joinPath(`${path}.nodesMayRequest`, i);
    if (audience === '*') return complain(report, 'rbac/audience', at, { expected: 'one audience', got: audience, fix: 'name whom the token is for' });
    if (checkAudience(audience, 'rbac/audience', at, report, 'name whom the token is for') && (isForApiServer(audience) || issuers.includes(audience))) {
      complain(report, 'rbac/api-audience', at, { expected: 'an audience of its own', got: audience, severity: 'warning', fix: 'whoever gets this token from a node can use it against the Kubernetes API: name whom it is for' });
    }
  }),
};

function checkNames({ entry, path, report }: Place): void {
  for (const field of ['verbs', 'resources'] as const) {
    for (const name of entry[field] ?? []) {
      if (!RBAC_NAME.test(name)) complain(report, 'rbac/name', `${path}.${field}`, { expected: 'lower case, resources in the plural', got: name, fix: 'Kubernetes compares them by the letter, and grants nothing for a name that it does not know' });
    }
  }
}

/** Groups and parts of a raw rule; in words, resources are looked at one by one. It can be meant for an API server of another kind. */
function checkRaw({ apiGroups, resources }: ResourceRule, path: string, report: Report): void {
  const good = apiGroups.map((group, i) => checkGroup(group, group, joinPath(`${path}.apiGroups`, i), 'warning', report)).every(Boolean);
  if (!good) return;
  for (const resource of resources) {
    const group = apiGroups.find(each => each === groupOf(resource.replace(/\/.*$/, ''))) ?? (apiGroups.length === 1 ? apiGroups[0] : undefined);
    if (group !== undefined) checkIsThere({ apiGroup: group, resource }, resource, `${path}.resources`, 'warning', report);
  }
}

/** The names stand once in an entry, whatever rules come of it. */
function checkNamesOnce(rules: readonly PolicyRule[], { entry, path, report }: Place): void {
  if (entry.resourceNames === undefined) return;
  const findings = new Findings();
  for (const rule of rules) if ('resources' in rule) checkObjectNames(rule, path, findings.report);
  findings.all.forEach(report);
}

function checkResources({ entry, path, report }: Place, field: string): void {
  (entry[field] as readonly ApiResourceInput[]).forEach((resource, i) => checkResource(resource, joinPath(`${path}.${field}`, i), report));
}

/** Role names are parts of a URL's path. */
function checkRole({ entry, path, report }: Place, field: string): void {
  const name = entry[field] as string;
  if (name === '' || name === '.' || name === '..' || /[/%]/.test(name)) {
    complain(report, 'rbac/role', `${path}.${field}`, { expected: 'the name of a role, without / and %', got: name, fix: 'name the role exactly as it is' });
  }
  const why = field === 'clusterRole' && Object.hasOwn(RISKY_ROLES, name) ? RISKY_ROLES[name] : undefined;
  if (why !== undefined && entry.unsafeReason === undefined) {
    complain(report, 'rbac/role-grants-more', `${path}.${field}`, { expected: 'a role for what is needed', got: name, severity: 'warning', fix: `${why}: list what is needed, or say why under unsafeReason` });
  }
}

/** What a rule is without effect on. In a raw rule, which can be meant for an API server of another kind, it is a warning. */
function checkReach({ apiGroups, resources, resourceNames, verbs }: ResourceRule, form: Form, { entry, path, report }: Place): void {
  const severity = form.raw === true ? 'warning' : 'error';
  const field = `${path}.${form.field}`;
  if (form.raw === true) checkRaw({ apiGroups, resources, verbs }, path, report);
  for (const resource of resources) {
    const group = form.raw === true ? groupInsteadOf(apiGroups, resource) : undefined;
    if (group !== undefined) {
      complain(report, 'rbac/group', `${path}.apiGroups`, { expected: `the group of ${resource}, which is ${JSON.stringify(group)}`, got: entry.apiGroups, severity, fix: `in no other group are there any, so that nothing is granted: write apiGroups: ${JSON.stringify([group])}` });
    }
    if (entry.clusterWide !== true && isClusterScoped(resource.replace(/\/.*$/, ''))) {
      complain(report, 'rbac/cluster-scoped', field, { expected: `clusterWide: true for ${resource}`, got: entry.namespaces, severity, fix: 'they are in no namespace, so that a rule for namespaces grants nothing' });
    }
    if (isOnlyCreated(resource) && apiGroups.includes(groupOf(resource.replace(/\/.*$/, '')) ?? '*') && !verbs.some(verb => verb === 'create' || verb === '*')) {
      complain(report, 'rbac/only-created', field, { expected: `the verb create for ${resource}`, got: verbs, severity, fix: `it takes no other, so that nothing is granted: write { allow: ["create"], on: [${JSON.stringify(resource)}] }` });
    }
    if (resourceNames === undefined || resource.includes('/') || form.verbs !== true) continue;
    for (const verb of verbs) {
      if (verb === 'create' || verb === 'deletecollection') {
        complain(report, 'rbac/nameless', `${path}.resourceNames`, { expected: `no names beside ${verb}`, got: resourceNames, severity, fix: `a request to ${verb} has no name in it, so that the rule never matches: give it an entry without resourceNames` });
      } else if (verb === 'list' || verb === 'watch') {
        complain(report, 'rbac/list-by-name', `${path}.resourceNames`, { expected: `no names beside ${verb}`, got: resourceNames, severity: 'warning', fix: 'it holds for requests with the field selector metadata.name=<name> alone; if that is meant, write read' });
      }
    }
  }
}

/** With a reason, what grants more than it says is granted without a word. */
function checkRisks(rules: readonly PolicyRule[], form: Form, { entry, path, report }: Place): void {
  if (entry.unsafeReason !== undefined) return;
  const wildcard = (field: string, got: string): void =>
    complain(report, 'rbac/wildcard', `${path}.${field}`, { expected: 'names', got, severity: 'warning', fix: 'list what is needed: a wildcard also grants what Kubernetes adds later' });
  if (form.raw === true) {
    for (const field of ['verbs', 'resources', 'apiGroups'] as const) {
      for (const name of entry[field] ?? []) if (/(^|\/)\*$/.test(name) || name.startsWith('*/')) wildcard(field, name);
    }
  }
  for (const rule of rules) {
    if (!('resources' in rule)) {
      for (const url of rule.nonResourceURLs) if (/^\/\*?$/.test(url) && url.endsWith('*')) wildcard('nonResourceURLs', url);
      continue;
    }
    for (const { risk, what, fix } of form.structure === 'RbacRequestTokensInput' ? [] : risksOf(rule)) {
      complain(report, `rbac/${risk.code}`, `${path}.${form.field}`, { expected: risk.expected, got: what, severity: 'warning', fix });
    }
  }
}
