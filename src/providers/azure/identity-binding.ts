import type { AzureDocument } from './documents';
import { identityId } from './identity-id';
import type { AzureEdge } from './settings';
import type { ObjectLayout } from '../../kubernetes/manifest';
import { clusterId } from '../../platforms/aks';

const RBAC = 'rbac.authorization.k8s.io';

/** Who may use the identity is for RBAC to say: the resource is called as the client id. https://learn.microsoft.com/en-us/azure/aks/identity-bindings */
export function bindingObjects({ identity, binding, subject, settings }: AzureEdge): readonly ObjectLayout[] {
  const { namespace, serviceAccount } = subject;
  // None of the four holds a colon, so that no two of them give one name.
  const name = ['use-managed-identity', identity, binding, namespace, serviceAccount].join(':');
  return [
    { apiVersion: `${RBAC}/v1`, kind: 'ClusterRole', metadata: { name }, rules: [{ apiGroups: ['cid.wi.aks.azure.com'], resources: [settings.clientId], verbs: ['use-managed-identity'] }] },
    {
      apiVersion: `${RBAC}/v1`,
      kind: 'ClusterRoleBinding',
      metadata: { name },
      roleRef: { apiGroup: RBAC, kind: 'ClusterRole', name },
      subjects: [{ kind: 'ServiceAccount', name: serviceAccount, namespace }],
    },
  ];
}

/**
 * One for a managed identity in a cluster, whatever the number of service accounts. AKS writes the one federated credential
 * of the identity by itself, so that this stands in the same series as credentials do.
 */
export function identityBinding(edge: AzureEdge, base: string, after: readonly string[]): AzureDocument {
  const { cluster, settings } = edge;
  return {
    provider: 'azure',
    kind: 'containerservice.IdentityBinding',
    id: `${base}/${cluster.name}/identity-binding`,
    binding: edge.binding,
    variant: edge.variant,
    name: `${(cluster.aks && clusterId(cluster.aks)) ?? ''}/identityBindings/${settings.identityBindingName}`,
    becomes: settings.clientId,
    owned: true,
    after,
    series: identityId(edge),
    request: { properties: { managedIdentity: { resourceId: identityId(edge) } } },
  };
}
