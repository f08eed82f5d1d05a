import { builtInResources, groupOf, isBuiltInGroup, type ApiResourceReference } from './api-resources';
import type { ApiResourceInput } from './rbac-input';
import { complain, type Report } from '../core/issues';
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
  const resource = resourceOf(input);
  if (resource !== undefined) {
    const { apiGroup, resource: name } = resource;
    const group = groupInsteadOf([apiGroup], name);
    if (group !== undefined) complain(report, 'rbac/group', path, { expected: `the group of ${name}, which is ${JSON.stringify(group)}`, got: input, fix: 'leave the group out: that of a built-in resource is known' });
    return;
  }
  const text = typeof input === 'string' ? input : input.resource;
  complain(report, 'rbac/resource', path, {
    expected: 'a built-in resource in the plural, such as pods, pods/log or deployments, or <resource>.<group> of any other', got: input, fix: hintFor(text),
  });
}

function hintFor(text: string): string {
  const parts = text.toLowerCase().split(/[./]/);
  const known = parts.find(part => groupOf(part) !== undefined) ?? parts.map(part => nearest(part, builtInResources())).find(name => name !== undefined);
  return known === undefined ? 'write it as kubectl api-resources lists it, with its group' : `did you mean ${known}?`;
}
