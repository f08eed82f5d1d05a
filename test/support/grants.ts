/** What entries of `rbac` mean to who reads them: the expectation, in its own words. */
import fc from 'fast-check';
import type { Request } from './authorizer';
import type { ApiResourceInput, RbacInput } from 'symbolon';

const WORDS = { read: ['get', 'list', 'watch'], readWrite: ['get', 'list', 'watch', 'create', 'update', 'patch', 'delete'] };

/** Some of the resources that can be named without their group. */
const GROUPS: { readonly [resource: string]: string } = {
  pods: '',
  configmaps: '',
  secrets: '',
  services: '',
  nodes: '',
  serviceaccounts: '',
  namespaces: '',
  deployments: 'apps',
  jobs: 'batch',
  leases: 'coordination.k8s.io',
  ingresses: 'networking.k8s.io',
  clusterroles: 'rbac.authorization.k8s.io',
};

interface Entry {
  readonly [field: string]: unknown;
  readonly namespaces?: readonly string[];
  readonly clusterWide?: boolean;
  readonly resourceNames?: readonly string[];
}

function same(input: ApiResourceInput, group: string, what: string): boolean {
  if (typeof input !== 'string') return input.apiGroup === group && input.resource === what;
  const [name = '', part] = input.split('/');
  const [resource = '', ...of] = name.split('.');
  return what === (part === undefined ? resource : `${resource}/${part}`) && group === (of.length > 0 ? of.join('.') : GROUPS[resource]);
}

/** Whether the entries say that whoever is at home in that namespace, under that name, may do it. Roles that are there are not looked into. */
export function isMeant({ verb, group = '', resource = '', subresource, namespace, name, url }: Request, rbac: readonly RbacInput[], home: string): boolean {
  const what = subresource === undefined ? resource : `${resource}/${subresource}`;
  return (rbac as unknown as readonly Entry[]).some(entry => {
    const list = <T = string>(field: string): readonly T[] => entry[field] as readonly T[] | undefined ?? [];
    const here = entry.clusterWide === true || (namespace !== undefined && (entry.namespaces ?? [home]).includes(namespace));
    const named = entry.resourceNames === undefined || (name !== undefined && entry.resourceNames.includes(name));
    if (url !== undefined) return list('allow').includes(verb) && list('nonResourceURLs').some(each => each === url || (each.endsWith('*') && url.startsWith(each.slice(0, -1))));
    if (entry.verbs !== undefined) return here && named && list('verbs').includes(verb) && list('resources').includes(what) && (entry.apiGroups as string[] | undefined ?? ['']).includes(group);
    if (entry.requestTokensOf !== undefined) return here && verb === 'create' && what === 'serviceaccounts/token' && group === '' && list('requestTokensOf').includes(name ?? '');
    const words = (['read', 'readWrite'] as const).some(word => WORDS[word].includes(verb) && list<ApiResourceInput>(word).some(input => same(input, group, what)));
    return here && named && (words || (list('allow').includes(verb) && list<ApiResourceInput>('on').some(input => same(input, group, what))));
  });
}

const NAMESPACED: readonly ApiResourceInput[] = [
  'pods', 'configmaps', 'secrets', 'deployments', 'deployments.apps', 'leases', 'jobs.batch', 'pods/log', 'deployments/scale', { apiGroup: 'apps', resource: 'deployments' },
];
const someOf = <T>(of: readonly T[]): fc.Arbitrary<T[]> => fc.uniqueArray(fc.constantFrom(...of), { minLength: 1, maxLength: 3 });

/** Entries of every form, on namespaces and names that the test has. */
export function grantArb(namespaces: readonly string[], names: readonly string[]): fc.Arbitrary<RbacInput> {
  const everywhere = fc.constant({ clusterWide: true });
  const someNamespaces = someOf(namespaces).map(some => ({ namespaces: some }));
  const scope = fc.oneof(fc.constant({}), everywhere, someNamespaces);
  const limit = fc.oneof(fc.constant({}), someOf(names).map(some => ({ resourceNames: some })));
  const verbs = someOf(['get', 'update', 'patch', 'delete', 'list'] as const);
  // What is in no namespace is granted everywhere alone.
  const what = fc.oneof(fc.tuple(someOf(NAMESPACED), scope), fc.tuple(someOf(['nodes', ...NAMESPACED]), everywhere));
  return fc.oneof(
    fc.tuple(what, limit).map(([[read, where], by]) => ({ read, ...where, ...by })),
    what.map(([readWrite, where]) => ({ readWrite, ...where })),
    fc.tuple(verbs, what, limit).map(([allow, [on, where], by]) => ({ allow, on, ...where, ...by })),
    someOf(['/metrics', '/healthz/*']).map(nonResourceURLs => ({ allow: ['get' as const], nonResourceURLs })),
    fc.tuple(someOf(names), fc.oneof(fc.constant({}), someNamespaces)).map(([requestTokensOf, where]) => ({ requestTokensOf, ...where })),
    fc.tuple(verbs, scope, limit).map(([some, where, by]) => ({ verbs: some, resources: ['pods', 'secrets'], ...where, ...by })),
  );
}
