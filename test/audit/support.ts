/** Manifests as people write them, and what the audit says of them. */
import { audit, type AuditFinding } from '../../src/audit';
import type { KubernetesObject } from '../../src/kubernetes/manifest';

export function auditOf(...objects: readonly object[]): readonly AuditFinding[] {
  return audit({ name: 'unnamed', objects: objects as readonly KubernetesObject[] });
}

export function codesOf(...objects: readonly object[]): readonly string[] {
  return [...new Set(auditOf(...objects).map(({ code }) => code))];
}

/** An account without a token for the API: what stands beside it is all that can be found. */
export function account(metadata: object = {}, fields: object = { automountServiceAccountToken: false }): object {
  return { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'checkout', namespace: 'shop', ...metadata }, ...fields };
}

/** A Deployment of the account; `spec` and `metadata` are those of its pods, `own` is its own metadata. */
export function deployment(spec: object = {}, metadata: object = {}, own: object = {}): object {
  const containers = [{ name: 'app', image: 'app:1' }];
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'web', namespace: 'shop', ...own },
    spec: { selector: { matchLabels: { app: 'web' } }, template: { metadata, spec: { serviceAccountName: 'checkout', automountServiceAccountToken: false, containers, ...spec } } },
  };
}

/** A container with a part of its own. */
export function container(fields: object): { readonly containers: readonly object[] } {
  return { containers: [{ name: 'app', image: 'app:1', ...fields }] };
}

/** A volume with one projected token, and more sources after it. */
export function tokenVolume(token: object = {}, ...more: readonly object[]): { readonly volumes: readonly object[] } {
  return { volumes: [{ name: 'token', projected: { sources: [{ serviceAccountToken: { path: 'token', audience: 'https://payments.example.com', ...token } }, ...more] } }] };
}

/** A container that mounts it at `/var/run/tokens`. */
export function mounting(mount: object = {}, ...env: readonly object[]): { readonly containers: readonly object[] } {
  return container({ env, volumeMounts: [{ name: 'token', mountPath: '/var/run/tokens', ...mount }] });
}

export const secret = (fields: object): object => ({ apiVersion: 'v1', kind: 'Secret', metadata: { name: 'kept', namespace: 'shop', annotations: { 'kubernetes.io/service-account.name': 'checkout' } }, ...fields });
export const LEGACY = secret({ type: 'kubernetes.io/service-account-token' });

export const config = (data: object): object => ({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'settings', namespace: 'shop' }, data });

export function binding(subject: object, kind = 'RoleBinding', namespace = 'shop'): object {
  return { apiVersion: 'rbac.authorization.k8s.io/v1', kind, metadata: { name: 'some', ...(kind === 'RoleBinding' && { namespace }) }, roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'view' }, subjects: [subject] };
}
