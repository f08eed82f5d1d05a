import { groupOf } from './api-resources';
import type { ResourceRule } from './rbac';
import { complain, joinPath, type Report } from '../core/issues';

/** Names under which somebody else's authorizer, or impersonation, asks: they may be anything. */
const OTHERS_NAMES: ReadonlySet<string> = new Set(['users', 'groups', 'uids', 'signers']);

/** What a name must not be, and what it would do. */
const WRONG: readonly { readonly is: (name: string) => boolean; readonly fix: string }[] = [
  { is: name => name === '', fix: 'no object has an empty name, and Kubernetes takes it for requests that have none: take it out' },
  { is: name => name === '*', fix: 'in names a star is a star, so that nothing is granted: leave resourceNames out for all objects' },
  { is: name => /[/%]/.test(name) || name === '.' || name === '..', fix: 'no object has such a name, so that nothing is granted: write metadata.name alone, and namespaces under namespaces' },
];

/** Names by which a rule grants nothing. Where it is about built-in resources alone, that is certain. */
export function checkObjectNames({ apiGroups, resources, resourceNames = [] }: ResourceRule, path: string, report: Report): void {
  const names = resources.map(resource => resource.replace(/\/.*$/, ''));
  if (names.some(name => OTHERS_NAMES.has(name) || name === 'userextras')) return;
  const known = names.every(name => apiGroups.includes(groupOf(name) ?? '*'));
  resourceNames.forEach((name, i) => {
    const wrong = WRONG.find(({ is }) => is(name));
    if (wrong === undefined) return;
    // Others may have objects that are called by what looks like a path; and roles may be called anything that a part of a URL can be.
    if (!known && name !== '*' && name !== '') return;
    const sure = known && !(name === '*' && apiGroups.includes('rbac.authorization.k8s.io'));
    complain(report, 'rbac/object-name', joinPath(`${path}.resourceNames`, i), { expected: 'the name of an object', got: name, severity: sure ? 'error' : 'warning', fix: wrong.fix });
  });
}
