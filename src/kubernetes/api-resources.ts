/**
 * The resources that an API server has by itself, by group, as their kinds are written in the plural: in lower case they
 * are the names that RBAC compares. A resource that no namespace holds is among `CLUSTER_SCOPED` too.
 * https://kubernetes.io/docs/reference/using-api/
 */
const BUILT_IN = {
  '': [
    'ComponentStatuses', 'ConfigMaps', 'Endpoints', 'Events', 'LimitRanges', 'Namespaces', 'Nodes', 'PersistentVolumeClaims', 'PersistentVolumes',
    'Pods', 'PodTemplates', 'ReplicationControllers', 'ResourceQuotas', 'Secrets', 'ServiceAccounts', 'Services',
  ],
  'admissionregistration.k8s.io': [
    'MutatingAdmissionPolicies', 'MutatingAdmissionPolicyBindings', 'MutatingWebhookConfigurations',
    'ValidatingAdmissionPolicies', 'ValidatingAdmissionPolicyBindings', 'ValidatingWebhookConfigurations',
  ],
  'apiextensions.k8s.io': ['CustomResourceDefinitions'],
  'apiregistration.k8s.io': ['APIServices'],
  'apps': ['ControllerRevisions', 'DaemonSets', 'Deployments', 'ReplicaSets', 'StatefulSets'],
  'authentication.k8s.io': ['SelfSubjectReviews', 'TokenReviews'],
  'authorization.k8s.io': ['LocalSubjectAccessReviews', 'SelfSubjectAccessReviews', 'SelfSubjectRulesReviews', 'SubjectAccessReviews'],
  'autoscaling': ['HorizontalPodAutoscalers'],
  'batch': ['CronJobs', 'Jobs'],
  'certificates.k8s.io': ['CertificateSigningRequests', 'ClusterTrustBundles', 'PodCertificateRequests'],
  'coordination.k8s.io': ['LeaseCandidates', 'Leases'],
  'discovery.k8s.io': ['EndpointSlices'],
  'flowcontrol.apiserver.k8s.io': ['FlowSchemas', 'PriorityLevelConfigurations'],
  'networking.k8s.io': ['Ingresses', 'IngressClasses', 'IPAddresses', 'NetworkPolicies', 'ServiceCIDRs'],
  'node.k8s.io': ['RuntimeClasses'],
  'policy': ['PodDisruptionBudgets'],
  'rbac.authorization.k8s.io': ['ClusterRoleBindings', 'ClusterRoles', 'RoleBindings', 'Roles'],
  'resource.k8s.io': ['DeviceClasses', 'ResourceClaims', 'ResourceClaimTemplates', 'ResourceSlices'],
  'scheduling.k8s.io': ['PriorityClasses'],
  'storage.k8s.io': ['CSIDrivers', 'CSINodes', 'CSIStorageCapacities', 'StorageClasses', 'VolumeAttachments', 'VolumeAttributesClasses'],
} as const;

/** Those that stand in no namespace: a Role never reaches them. A namespace itself is reached by a Role inside it. */
const CLUSTER_SCOPED: ReadonlySet<string> = new Set([
  'componentstatuses', 'nodes', 'persistentvolumes', 'mutatingadmissionpolicies', 'mutatingadmissionpolicybindings', 'mutatingwebhookconfigurations',
  'validatingadmissionpolicies', 'validatingadmissionpolicybindings', 'validatingwebhookconfigurations', 'customresourcedefinitions', 'apiservices',
  'selfsubjectreviews', 'tokenreviews', 'selfsubjectaccessreviews', 'selfsubjectrulesreviews', 'subjectaccessreviews', 'certificatesigningrequests',
  'clustertrustbundles', 'flowschemas', 'prioritylevelconfigurations', 'ingressclasses', 'ipaddresses', 'servicecidrs', 'runtimeclasses',
  'clusterrolebindings', 'clusterroles', 'deviceclasses', 'resourceslices', 'priorityclasses', 'csidrivers', 'csinodes', 'storageclasses',
  'volumeattachments', 'volumeattributesclasses',
]);

/** The names of {@link ApiResource}. */
export type ApiResourceName = (typeof BUILT_IN)[keyof typeof BUILT_IN][number];

/** A resource and the group that it is in. */
export interface ApiResourceReference {
  /** `apps`, `batch`, …; the core group is written `''`. */
  readonly apiGroup: string;
  /** Plural, lower case, with a part of it after a slash: `deployments`, `deployments/scale`. */
  readonly resource: string;
}

/**
 * The resources that an API server has by itself, each with its group, for `read`, `readWrite` and `on`:
 * `ApiResource.Deployments` is `{ apiGroup: 'apps', resource: 'deployments' }`. `Events` are those of the core group.
 */
export const ApiResource = Object.freeze(Object.fromEntries(Object.entries(BUILT_IN).flatMap(([apiGroup, names]) =>
  names.map(name => [name, Object.freeze({ apiGroup, resource: name.toLowerCase() })])))) as { readonly [Name in ApiResourceName]: ApiResourceReference };

const groups = new Map<string, string>(Object.values(ApiResource).map(({ apiGroup, resource }) => [resource, apiGroup]));

/** The group of a resource that an API server has by itself; undefined for one of somebody else's. */
export function groupOf(resource: string): string | undefined {
  return groups.get(resource);
}

/** Whether the group is an API server's own, so that what is in it is known. */
export function isBuiltInGroup(apiGroup: string): boolean {
  return Object.hasOwn(BUILT_IN, apiGroup);
}

/** The groups that an API server has by itself. */
export function builtInGroups(): readonly string[] {
  return Object.keys(BUILT_IN);
}

/** Every resource that an API server has by itself. */
export function builtInResources(): Iterable<string> {
  return groups.keys();
}

/** Whether it stands in no namespace. */
export function isClusterScoped(resource: string): boolean {
  return CLUSTER_SCOPED.has(resource);
}
