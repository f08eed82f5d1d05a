import { isVirtualPart, partsOf } from './api-parts';
import { builtInGroups, builtInResources, groupOf, isBuiltInGroup, type ApiResourceReference } from './api-resources';
import type { ApiResourceInput } from './rbac-input';
import { complain, type Report, type Severity } from '../core/issues';
import { isDnsSubdomain } from '../core/names';
import { nearest } from '../core/nearest';

/** `deployments`, `deployments.apps`, `deployments.apps/scale`: the first dot ends the resource, whose name never has one. */
const TEXT = /^([a-z][a-z0-9-]*)(?:\.([^/]*))?(\/[a-z][a-z0-9-]*)?$/;
const DATA = /^([a-z][a-z0-9-]*)(\/[a-z][a-z0-9-]*)?$/;

/** The resource that is meant; undefined for one that is not known, or not written as it should be. */
export function resourceOf(input: ApiResourceInput): ApiResourceReference | undefined {
  if (typeof input !== 'string') return DATA.test(input.resource) && isGroup(input.apiGroup) ? input : undefined;
  const [, resource = '', group, part = ''] = TEXT.exec(input) ?? [];
  const apiGroup = group ?? groupOf(resource);
  return apiGroup === undefined || (group !== undefined && !isDnsSubdomain(group)) ? undefined : { apiGroup, resource: `${resource}${part}` };
}

function isGroup(apiGroup: string): boolean {
  return apiGroup === '' || isDnsSubdomain(apiGroup);
}

/**
 * The group that a resource is in, where it is none of those that are given. Nobody else's resources are in the API server's own
 * groups; in all others there may be one of the same name.
 */
export function groupInsteadOf(apiGroups: readonly string[], resource: string): string | undefined {
  const group = groupOf(resource.replace(/\/.*$/, ''));
  // The same objects are served in a group of their own, too.
  const events = resource === 'events' && apiGroups.includes('events.k8s.io');
  return group === undefined || events || apiGroups.includes(group) || !apiGroups.every(isBuiltInGroup) ? undefined : group;
}

/** A resource in words: one that nobody has grants nothing, without an error. */
export function checkResource(input: ApiResourceInput, path: string, report: Report): void {
  const reference = resourceOf(input);
  if (reference === undefined) {
    complain(report, 'rbac/resource', path, {
      expected: 'a built-in resource in the plural, such as pods, pods/log or deployments, or <resource>.<group> of any other',
      got: input,
      fix: hintFor(typeof input === 'string' ? input : input.resource),
    });
    return;
  }
  const { apiGroup, resource: name } = reference;
  const group = groupInsteadOf([apiGroup], name);
  if (group !== undefined) complain(report, 'rbac/group', path, { expected: `the group of ${name}, which is ${JSON.stringify(group)}`, got: input, fix: 'leave the group out: that of a built-in resource is known' });
  else if (checkGroup(apiGroup, input, path, 'error', report)) checkIsThere(reference, input, path, 'error', report);
}

function hintFor(text: string): string {
  const parts = text.toLowerCase().split(/[./]/);
  const known = parts.find(part => groupOf(part) !== undefined) ?? parts.map(part => nearest(part, builtInResources())).find(name => name !== undefined);
  return known === undefined ? 'write it as kubectl api-resources lists it, with its group' : `did you mean ${known}?`;
}

const VERSION = /^v[1-9]\d*(?:(?:alpha|beta)[1-9]\d*)?(?:\.(.+))?$/;

/**
 * A group that there can be. Those of custom resources have a dot in them, so that a word is one of the API server's own; and RBAC knows no versions.
 *
 * @param severity  of what grants nothing on any API server of this kind
 */
export function checkGroup(apiGroup: string, got: unknown, path: string, severity: Severity, report: Report): boolean {
  if (apiGroup === '*' || isBuiltInGroup(apiGroup) || GONE.includes(apiGroup)) return true;
  const [version, rest] = VERSION.exec(apiGroup) ?? [];
  const nothing = version === undefined || rest === undefined || isBuiltInGroup(rest);
  if (version === undefined && apiGroup.includes('.') && isDnsSubdomain(apiGroup)) return true;
  // A version before a group is how kubectl writes resources. Where the group stands alone it may be called so.
  if (!nothing && (severity === 'warning' || typeof got !== 'string')) return true;
  const close = version === undefined ? nearest(apiGroup.replace(/\/.*$/, ''), builtInGroups().filter(group => group !== '')) : rest;
  complain(report, 'rbac/group', path, {
    expected: version === undefined ? `one of the API server's groups (${builtInGroups().filter(group => group !== '').join(', ')}; the core group is ''), or one with a dot in it` : 'a group without a version',
    got,
    severity: nothing ? severity : 'warning',
    fix: apiGroup === 'core' || (version !== undefined && rest === undefined)
      ? 'what is in the core group is written without a group: pods, and \'\' under apiGroups'
      : close === undefined ? 'write it as kubectl api-resources lists it, without the version' : `did you mean ${close}?`,
  });
  return !nothing;
}

/** Groups that older API servers had. */
const GONE: readonly string[] = ['extensions'];

/** In a group of the API server's own everything is known: what is not there, or has no such part, grants nothing. A newer server may have more. */
export function checkIsThere({ apiGroup, resource: name }: ApiResourceReference, got: unknown, path: string, severity: Severity, report: Report): void {
  const [resource = '', part] = name.split('/');
  if (groupOf(resource) !== apiGroup) {
    const close = isBuiltInGroup(apiGroup) ? nearest(resource, [...builtInResources()].filter(each => groupOf(each) === apiGroup)) : undefined;
    if (close !== undefined) complain(report, 'rbac/resource', path, { expected: `one of the resources of the group ${JSON.stringify(apiGroup)}`, got, severity: 'warning', fix: `did you mean ${close}?` });
    return;
  }
  const parts = partsOf(resource);
  if (part === undefined || isVirtualPart(part) || parts.includes(part)) return;
  const close = nearest(part, parts);
  complain(report, 'rbac/part', path, {
    expected: parts.length === 0 ? `${resource} without a part` : `one of the parts of ${resource}: ${parts.map(each => `${resource}/${each}`).join(', ')}`,
    got,
    severity,
    fix: close === undefined ? 'there is no such part, so that nothing is granted: take it out' : `did you mean ${resource}/${close}?`,
  });
}
