/** One thing that somebody may or may not do. */
export interface Action {
  readonly verb: string;
  readonly group: string;
  readonly resource: string;
  readonly subresource?: string;
  /** Left out: in all namespaces, or for something that has none. */
  readonly namespace?: string;
  readonly name?: string;
}

const VERBS = ['get', 'list', 'watch', 'create', 'update', 'patch', 'delete', 'deletecollection'];
const RESOURCES: readonly Omit<Action, 'verb'>[] = [
  ...['pods', 'secrets', 'configmaps', 'nodes', 'serviceaccounts'].map(resource => ({ group: '', resource })),
  { group: '', resource: 'pods', subresource: 'exec' },
  { group: '', resource: 'serviceaccounts', subresource: 'token' },
  { group: 'coordination.k8s.io', resource: 'leases' },
  // The same names in another group are something else.
  { group: 'coordination.k8s.io', resource: 'pods' },
  { group: '', resource: 'leases' },
  { group: 'apps', resource: 'deployments' },
  { group: 'rbac.authorization.k8s.io', resource: 'clusterrolebindings' },
];
/** Those by which somebody becomes more than he is. */
const ESCALATIONS: readonly Action[] = [
  { verb: 'impersonate', group: '', resource: 'users' },
  { verb: 'impersonate', group: '', resource: 'serviceaccounts' },
  { verb: 'bind', group: 'rbac.authorization.k8s.io', resource: 'clusterroles' },
  { verb: 'escalate', group: 'rbac.authorization.k8s.io', resource: 'clusterroles' },
  { verb: 'approve', group: 'certificates.k8s.io', resource: 'signers' },
  { verb: '*', group: '*', resource: '*' },
];

/** The list that an identity is asked about: in each of these namespaces and in all, for each of these names and for all. */
export function actionsIn(namespaces: readonly string[], names: readonly string[]): readonly Action[] {
  const places: readonly Partial<Action>[] = [{}, ...namespaces.map(namespace => ({ namespace }))];
  const objects: readonly Partial<Action>[] = [{}, ...names.map(name => ({ name }))];
  const where = places.flatMap(place => objects.map(object => ({ ...place, ...object })));
  return [...VERBS.flatMap(verb => RESOURCES.flatMap(resource => where.map(each => ({ verb, ...resource, ...each })))), ...ESCALATIONS];
}
