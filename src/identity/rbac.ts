import type { WorkloadIdentityDefinition } from './definition';
import type { Subject } from '../core/claims';
import { sameData } from '../core/plain';
import type { ObjectLayout } from '../kubernetes/manifest';
import { accountSubject, bindingTo, roleAndBinding, type PolicyRule, type RbacPlace, type RbacSubject, type RoleRef } from '../kubernetes/rbac';
import { grantsOf, type Grants } from '../kubernetes/rbac-forms';
import type { RbacInput } from '../kubernetes/rbac-input';

/** A role that is made, or one that is there, with everybody who is to have it. */
interface Bound {
  readonly place: RbacPlace;
  readonly role: RoleRef | undefined;
  readonly rules: PolicyRule[];
  readonly subjects: RbacSubject[];
}

type Bounds = Map<string, Bound>;

/** Roles and their bindings, for one service account. The names tell apart all that could meet in one namespace; Kubernetes allows `:` in them. */
export function rbacOf({ name, rbac }: WorkloadIdentityDefinition, subject: Subject): readonly ObjectLayout[] {
  if (rbac.length === 0) return [];
  const own = { name, subject, self: [accountSubject(subject)] };
  const [scoped, wide, more]: [Bounds, Bounds, Bounds] = [new Map(), new Map(), new Map()];
  for (const entry of rbac) {
    const grants = grantsOf(entry, subject);
    const apart = suffixOf(grants);
    for (const namespace of namespacesOf(entry, grants, subject)) {
      const bounds = apart !== '' ? more : namespace === undefined ? wide : scoped;
      add(bounds, { name: `${nameIn(namespace, own)}${apart}`, ...(namespace !== undefined && { namespace }) }, grants, own.self);
    }
  }
  const objects: ObjectLayout[] = [];
  for (const bounds of [scoped, wide, more]) {
    for (const { place, role, rules, subjects } of bounds.values()) {
      if (role === undefined) objects.push(...roleAndBinding(place, rules, subjects));
      else objects.push(bindingTo(role, place, subjects));
    }
  }
  return objects;
}

/** What a name has that is not one of the identity's own role: upper case, which no part of the others can have. */
export function apartFromOwnRole(name: string): string | undefined {
  return /:([A-Z].*)$/.exec(name)?.[1];
}

function suffixOf({ role, others }: Grants): string {
  if (role !== undefined) return `:${role.kind}:${role.name}`;
  return others === undefined ? '' : `:${others.called}`;
}

function namespacesOf(entry: RbacInput, { clusterWide, others }: Grants, { namespace }: Subject): readonly (string | undefined)[] {
  const scope = entry as { readonly namespaces?: readonly string[]; readonly clusterWide?: boolean };
  if (clusterWide === true || scope.clusterWide === true) return [undefined];
  return others === undefined ? scope.namespaces ?? [namespace] : [namespace];
}

function nameIn(namespace: string | undefined, { name, subject }: { readonly name: string; readonly subject: Subject }): string {
  if (namespace !== subject.namespace) return `${name}:${subject.namespace}:${subject.serviceAccount}`;
  return subject.serviceAccount === name ? name : `${name}:${subject.serviceAccount}`;
}

function add(bounds: Bounds, place: RbacPlace, { rules = [], role, others }: Grants, self: readonly RbacSubject[]): void {
  const key = `${place.namespace ?? ''}/${place.name}`;
  const bound = bounds.get(key) ?? { place, role, rules: [], subjects: [] };
  bounds.set(key, bound);
  for (const rule of rules) if (others === undefined || !bound.rules.some(present => sameData(present, rule))) bound.rules.push(rule);
  for (const subject of others?.subjects ?? self) if (!bound.subjects.some(present => sameData(present, subject))) bound.subjects.push(subject);
}
