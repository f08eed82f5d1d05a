/**
 * The parts that resources of an API server have: `pods/log` is what RBAC calls the part `log` of `pods`. Those of nodes are the
 * kubelet's, too. Resources that are not here have none of their own.
 * https://kubernetes.io/docs/reference/access-authn-authz/rbac/#referring-to-resources
 */
const PARTS: { readonly [resource: string]: readonly string[] } = {
  namespaces: ['finalize', 'status'],
  nodes: ['checkpoint', 'configz', 'healthz', 'log', 'metrics', 'pods', 'proxy', 'spec', 'stats', 'status'],
  pods: ['attach', 'binding', 'ephemeralcontainers', 'eviction', 'exec', 'log', 'portforward', 'proxy', 'resize', 'status'],
  serviceaccounts: ['token'],
  services: ['proxy', 'status'],
  // OpenShift's own.
  endpoints: ['restricted'],
  certificatesigningrequests: ['approval', 'status'],
  resourceclaims: ['binding', 'driver', 'status'],
  ...Object.fromEntries(['replicationcontrollers', 'deployments', 'replicasets', 'statefulsets'].map(name => [name, ['scale', 'status']])),
  ...Object.fromEntries([
    'persistentvolumeclaims', 'persistentvolumes', 'resourcequotas', 'validatingadmissionpolicies', 'customresourcedefinitions', 'apiservices', 'daemonsets',
    'horizontalpodautoscalers', 'cronjobs', 'jobs', 'podcertificaterequests', 'flowschemas', 'prioritylevelconfigurations', 'ingresses', 'networkpolicies',
    'servicecidrs', 'poddisruptionbudgets', 'volumeattachments',
  ].map(name => [name, ['status']])),
};

/** The parts of a resource that an API server has by itself. */
export function partsOf(resource: string): readonly string[] {
  return Object.hasOwn(PARTS, resource) ? PARTS[resource] as readonly string[] : [];
}

/** Whether it is no part, but what admission asks about whoever makes an object the owner of another. */
export function isVirtualPart(part: string): boolean {
  return part === 'finalizers' || part === '*';
}

/** What is asked once and never stored, so that no other verb is there. */
const ONLY_CREATED: ReadonlySet<string> = new Set([
  'tokenreviews', 'selfsubjectreviews', 'localsubjectaccessreviews', 'selfsubjectaccessreviews', 'selfsubjectrulesreviews', 'subjectaccessreviews',
  'pods/binding', 'pods/eviction', 'serviceaccounts/token',
]);

/** Whether a resource, or a part of one, of the API server's own takes `create` alone. */
export function isOnlyCreated(resource: string): boolean {
  return ONLY_CREATED.has(resource);
}
