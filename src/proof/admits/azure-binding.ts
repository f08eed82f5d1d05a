import type { TrustArtifact } from '../artifacts';
import { data, list, shown, text } from '../pods';
import type { Judgement, MintedClaims } from './admitter';
import { valuesOf } from './aws-policy';

/** An AKS identity binding, by the kind of its document. */
export const BINDING = 'containerservice.IdentityBinding';

const GROUP = 'cid.wi.aks.azure.com';
const VERB = 'use-managed-identity';

const undecided = (reason: string): Judgement => ({ admitted: false, decided: false, reason, alsoAdmits: [] });

/**
 * The proxy of AKS: it asks the API server whether the service account may use the identity, and whether the cluster is
 * bound to it. No issuer is compared, since AKS vouches for its own pods. https://learn.microsoft.com/en-us/azure/aks/identity-bindings-concepts
 */
export function judgeBinding(client: string, claims: MintedClaims, bindings: readonly TrustArtifact[]): Judgement {
  const { cluster } = claims;
  if (bindings.length === 0) return undecided(`no identity binding of ${client} is among the documents`);
  if (cluster.resourceId === undefined) return undecided(`it is not known which AKS cluster ${cluster.name} is`);
  const own = bindings.find(({ name }) => name.toLowerCase().startsWith(`${cluster.resourceId?.toLowerCase() ?? ''}/identitybindings/`));
  if (own === undefined) return { admitted: false, decided: true, reason: `no identity binding of ${client} is one of the cluster ${cluster.resourceId}`, alsoAdmits: [] };
  const users = usersOf(client, claims);
  const self = `ServiceAccount ${claims.namespace}/${claims.serviceAccount}`;
  if (users.length === 0) return undecided(`no ClusterRoleBinding among the manifests of ${cluster.name} lets anybody ${VERB} ${client}`);
  if (!users.includes(self)) return { admitted: false, decided: true, reason: `RBAC lets ${users.join(', ')} ${VERB} ${client}, the pod is ${self}`, alsoAdmits: [] };
  return { admitted: true, decided: true, by: own.name, reason: `the cluster is bound to the identity, and RBAC lets the service account ${VERB}`, alsoAdmits: users.filter(user => user !== self).map(user => `${user} in ${cluster.name}`) };
}

/** Everybody whom the manifests let use it, as `<kind> <namespace>/<name>`. */
function usersOf(client: string, { cluster: { objects } }: MintedClaims): readonly string[] {
  const roles = new Set(objects.filter(({ kind, rules }) => kind === 'ClusterRole' && list(rules).some(rule => allows(rule, client))).map(({ metadata }) => metadata.name));
  const bindings = objects.filter(({ kind, roleRef }) => kind === 'ClusterRoleBinding' && roles.has(text(data(roleRef).name) ?? ''));
  return [...new Set(bindings.flatMap(({ subjects }) => list(subjects).map(({ kind, namespace, name }) => `${shown(kind)} ${namespace === undefined ? '' : `${shown(namespace)}/`}${shown(name)}`)))];
}

function allows({ apiGroups, resources, verbs }: { readonly [field: string]: unknown }, client: string): boolean {
  const has = (values: unknown, wanted: string): boolean => valuesOf(values).some(value => value === wanted || value === '*');
  return has(apiGroups, GROUP) && has(resources, client) && has(verbs, VERB);
}
