import type * as pulumi from '@pulumi/pulumi';
import type { Site } from './resource';
import { InvariantError } from '../core/errors';
import { requirePeer } from '../core/peer';
import type { SubjectLayout } from '../identity/layout';
import { apartFromOwnRole } from '../identity/rbac';
import type { ObjectLayout } from '../kubernetes/manifest';
import type { ClusterDefinition } from '../platforms/cluster';

/** The arguments of each are the object itself. */
type Kind = new (name: string, object: never, options: pulumi.CustomResourceOptions) => pulumi.CustomResource;

/* eslint-disable @typescript-eslint/no-require-imports */
/** Every kind of object that an identity is made of, each from a file of its own: the package is large. */
const KINDS: { readonly [kind: string]: () => Kind } = {
  ServiceAccount: () => (require('@pulumi/kubernetes/core/v1/serviceAccount') as typeof import('@pulumi/kubernetes/core/v1/serviceAccount')).ServiceAccount,
  ConfigMap: () => (require('@pulumi/kubernetes/core/v1/configMap') as typeof import('@pulumi/kubernetes/core/v1/configMap')).ConfigMap,
  Role: () => (require('@pulumi/kubernetes/rbac/v1/role') as typeof import('@pulumi/kubernetes/rbac/v1/role')).Role,
  RoleBinding: () => (require('@pulumi/kubernetes/rbac/v1/roleBinding') as typeof import('@pulumi/kubernetes/rbac/v1/roleBinding')).RoleBinding,
  ClusterRole: () => (require('@pulumi/kubernetes/rbac/v1/clusterRole') as typeof import('@pulumi/kubernetes/rbac/v1/clusterRole')).ClusterRole,
  ClusterRoleBinding: () => (require('@pulumi/kubernetes/rbac/v1/clusterRoleBinding') as typeof import('@pulumi/kubernetes/rbac/v1/clusterRoleBinding')).ClusterRoleBinding,
};
/* eslint-enable @typescript-eslint/no-require-imports */

/** An object whose SDK is loaded. */
export interface ReadyObject {
  readonly subject: SubjectLayout;
  readonly object: ObjectLayout;
  readonly Kind: Kind;
}

/** An object in its cluster. */
export interface MadeObject {
  readonly cluster: ClusterDefinition;
  readonly resource: pulumi.Resource;
}

/**
 * Loads what the objects need, before any of them is made.
 *
 * @throws MissingPeerError when @pulumi/kubernetes is not installed
 */
export function readyObjects(subjects: readonly SubjectLayout[]): readonly ReadyObject[] {
  return subjects.flatMap(subject => subject.objects.map(object => ({ subject, object, Kind: kindOf(object) })));
}

const loaded = new Map<string, Kind>();

function kindOf({ kind }: ObjectLayout): Kind {
  const load = KINDS[kind];
  if (load === undefined) throw new InvariantError(`there is no resource for an object of the kind ${kind}`);
  // To resolve a module again is slow.
  const found = loaded.get(kind) ?? requirePeer('@pulumi/kubernetes@^4.18.0', 'the Kubernetes half in a Pulumi program', load);
  loaded.set(kind, found);
  return found;
}

/** Makes the objects, each in its cluster, after all that has to be there first. */
export function makeObjects(
  ready: readonly ReadyObject[], { name, parent, facts }: Site, after: readonly pulumi.Resource[],
  providerFor: (cluster: string) => pulumi.ProviderResource | undefined,
): readonly MadeObject[] {
  return ready.map(({ subject, object, Kind }) => {
    const provider = providerFor(subject.cluster.name);
    const resource = new Kind(`${name}/${idOf(subject, object)}`, facts.settle(object) as never, { parent, dependsOn: [...after], ...(provider !== undefined && { provider }) });
    return { cluster: subject.cluster, resource };
  });
}

/** Made of the definition alone, so that it is the same whatever becomes known: the name of an object may wait for facts. */
function idOf({ cluster, subject }: SubjectLayout, { kind, metadata }: ObjectLayout): string {
  const elsewhere = metadata.namespace === undefined || metadata.namespace === subject.namespace ? [] : [metadata.namespace];
  // Roles that are bound, and roles for others, stand beside the identity's own.
  const apart = typeof metadata.name === 'string' ? apartFromOwnRole(metadata.name) : undefined;
  return [cluster.name, kind, subject.namespace, subject.serviceAccount, ...elsewhere, ...(apart === undefined ? [] : [apart])].join('/');
}
