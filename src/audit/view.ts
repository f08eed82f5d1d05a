import type { KubernetesObject } from '../kubernetes/manifest';
import type { ClusterArtifact } from '../proof/artifacts';
import { data, list, text, type Data, type PodView, shown } from '../proof/pods';

/** What stands beside the pods of a cluster, by name. */
export interface AuditView {
  /** The ServiceAccount, where it is among the manifests. */
  account(namespace: string, name: string): Data | undefined;
  /** The Secret, where it is among the manifests. */
  secret(namespace: string, name: string): Data | undefined;
  /** The Namespace, where it is among the manifests. */
  namespace(name: string): Data | undefined;
  /** Whether a binding among the manifests lets the account do something, by its name or by a group that it is in. */
  mayUseApi(namespace: string, name: string): boolean;
}

/** Puts the objects of a cluster in order. */
export function viewOf({ objects }: ClusterArtifact): AuditView {
  const rooms = { ServiceAccount: new Map<string, Data>(), Secret: new Map<string, Data>(), Namespace: new Map<string, Data>() };
  const bound = new Set<string>();
  for (const object of objects) {
    const room = object.apiVersion === 'v1' && Object.hasOwn(rooms, object.kind) ? rooms[object.kind as keyof typeof rooms] : undefined;
    room?.set(object.kind === 'Namespace' ? shown(object.metadata.name) : keyIn(object), object);
    if (object.kind === 'RoleBinding' || object.kind === 'ClusterRoleBinding') for (const who of boundBy(object)) bound.add(who);
  }
  return {
    account: (namespace, name) => rooms.ServiceAccount.get(`${namespace}/${name}`),
    secret: (namespace, name) => rooms.Secret.get(`${namespace}/${name}`),
    namespace: name => rooms.Namespace.get(name),
    mayUseApi: (namespace, name) => [`system:serviceaccount:${namespace}:${name}`, `group system:serviceaccounts:${namespace}`, ...GROUPS].some(who => bound.has(who)),
  };
}

/** Every service account is in them. */
const GROUPS = ['group system:serviceaccounts', 'group system:authenticated'];

function keyIn({ metadata }: KubernetesObject): string {
  return `${shown(metadata.namespace ?? 'default')}/${shown(metadata.name)}`;
}

/** Whom a binding names. An account without a namespace is of the binding's own. */
function boundBy({ metadata, subjects }: KubernetesObject): readonly string[] {
  return list(subjects).flatMap(({ kind, name, namespace }) => {
    if (typeof name !== 'string') return [];
    if (kind === 'Group') return [`group ${name}`];
    if (kind === 'User') return [name];
    return kind === 'ServiceAccount' ? [`system:serviceaccount:${text(namespace) || shown(metadata.namespace ?? 'default')}:${name}`] : [];
  });
}

/** Where clients of the Kubernetes API look for their token. */
export const API_MOUNT = '/var/run/secrets/kubernetes.io/serviceaccount';

/**
 * Whether admission mounts a token for the Kubernetes API: the pod's word counts before that of its account, and without either it does.
 * https://kubernetes.io/docs/tasks/configure-pod-container/configure-service-account/#opt-out-of-api-credential-automounting
 */
export function isAutomounted({ template, namespace, serviceAccount, containers }: PodView, view: AuditView): boolean {
  const own = data(template.spec).automountServiceAccountToken;
  const account = view.account(namespace, serviceAccount)?.automountServiceAccountToken;
  const said = own ?? account ?? true;
  // A container that mounts something there itself gets nothing else.
  return said !== false && containers.some(({ mounts }) => mounts.every(({ path }) => path !== API_MOUNT));
}

/** A volume of a pod that has a token in it. */
export interface TokenVolume {
  readonly name: string;
  readonly volume: Data;
  /** What is asked for, in the words of the manifest. */
  readonly tokens: readonly Data[];
}

/** The volumes with tokens that a pod's manifest asks for. */
export function tokenVolumesOf({ volumes }: PodView): readonly TokenVolume[] {
  return [...volumes].flatMap(([name, volume]) => {
    const sources = list(data(volume.projected).sources).map(({ serviceAccountToken }) => serviceAccountToken);
    const tokens = sources.filter(token => token !== undefined && token !== null).map(data);
    return tokens.length === 0 ? [] : [{ name, volume, tokens }];
  });
}

/** Admission names its own volume so. */
export function isAutomountVolume(name: string): boolean {
  return name.startsWith('kube-api-access-');
}
