/** Halves as people write them by hand, and as the clouds' tools print them. */
import type { KubernetesObject } from '../../src/kubernetes/manifest';
import type { TrustArtifact } from '../../src/proof/artifacts';

export const EKS_ISSUER = 'https://oidc.eks.us-west-2.amazonaws.com/id/EXAMPLED539D4633E53DE1B71EXAMPLE';
export const AKS_ISSUER = 'https://westeurope.oic.prod-aks.azure.com/9b1c2d3e-4f50-4a61-8b72-93c4d5e6f708/0a1b2c3d-4e5f-4061-a273-8495a6b7c8d9/';
export const ROLE = 'arn:aws:iam::111122223333:role/checkout';
export const CLIENT = 'c3d4e5f6-0718-4293-a4b5-c6d7e8f90a1b';
const SUBJECT = 'system:serviceaccount:shop:checkout';

export function only<T>(items: readonly T[]): T {
  expect(items).toHaveLength(1);
  return items[0] as T;
}

export function account(annotations: { readonly [key: string]: string } = {}): KubernetesObject {
  return { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'checkout', namespace: 'shop', annotations } };
}

/** A Deployment; `spec` and `metadata` are those of its pods. */
export function pod(spec: object = {}, metadata: object = {}): KubernetesObject {
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'web', namespace: 'shop' },
    spec: { selector: { matchLabels: { app: 'web' } }, template: { metadata, spec: { serviceAccountName: 'checkout', containers: [{ name: 'app', image: 'app:1' }], ...spec } } },
  };
}

export function explicitAws(change: { audience?: string; file?: string; env?: object[]; mount?: object } = {}): KubernetesObject {
  const env = change.env ?? [{ name: 'AWS_ROLE_ARN', value: ROLE }, { name: 'AWS_WEB_IDENTITY_TOKEN_FILE', value: change.file ?? '/var/run/secrets/aws/token' }];
  return pod({
    containers: [{ name: 'app', image: 'app:1', env, volumeMounts: [{ name: 'aws', mountPath: '/var/run/secrets/aws/', ...change.mount }] }],
    volumes: [{ name: 'aws', projected: { sources: [{ serviceAccountToken: { path: 'token', audience: change.audience ?? 'sts.amazonaws.com' } }] } }],
  });
}

export interface StatementChange {
  readonly issuer?: string;
  readonly key?: string;
  readonly sub?: string | readonly string[] | null;
  readonly aud?: string | null;
  readonly operator?: string;
}

export function statement({ issuer = EKS_ISSUER, key = issuer.slice(8), sub = SUBJECT, aud = 'sts.amazonaws.com', operator = 'StringEquals' }: StatementChange = {}) {
  return {
    Effect: 'Allow',
    Principal: { Federated: `arn:aws:iam::111122223333:oidc-provider/${issuer.slice(8)}` },
    Action: 'sts:AssumeRoleWithWebIdentity',
    Condition: { [operator]: { ...(sub !== null && { [`${key}:sub`]: sub }), ...(aud !== null && { [`${key}:aud`]: aud }) } },
  };
}

export function role(...statements: object[]): TrustArtifact {
  return { provider: 'aws', kind: 'iam.Role', name: ROLE, becomes: ROLE, request: { RoleName: 'checkout', AssumeRolePolicyDocument: { Version: '2012-10-17', Statement: statements } } };
}

export function credential(properties: object = {}): TrustArtifact {
  return {
    provider: 'azure',
    kind: 'managedidentity.FederatedIdentityCredential',
    name: 'checkout/blue',
    becomes: CLIENT,
    request: { properties: { issuer: AKS_ISSUER, subject: SUBJECT, audiences: ['api://AzureADTokenExchange'], ...properties } },
  };
}

export function member(request: object = {}): TrustArtifact {
  return {
    provider: 'gcp',
    kind: 'iam.ServiceAccountMember',
    name: 'member',
    becomes: 'app@demo.iam.gserviceaccount.com',
    request: { resource: 'projects/demo/serviceAccounts/app@demo.iam.gserviceaccount.com', role: 'roles/iam.workloadIdentityUser', member: 'serviceAccount:demo.svc.id.goog[shop/checkout]', ...request },
  };
}
