import { checkWorkloadIdentity, defineCluster, type ClusterInput, type Issue, type WorkloadIdentityInput } from 'symbolon';

/** An EKS cluster, its sibling in the same account, and one cluster of every other kind. */
export const blue = defineCluster({
  name: 'blue',
  issuer: 'https://oidc.eks.us-west-2.amazonaws.com/id/EXAMPLED539D4633E53DE1B71EXAMPLE',
  eks: { accountId: '111122223333', region: 'us-west-2', clusterName: 'prod-blue' },
});
export const green = defineCluster({
  name: 'green',
  issuer: 'https://oidc.eks.us-west-2.amazonaws.com/id/EXAMPLED539D4633E53DE1B71EXAMPLF',
  eks: { accountId: '111122223333', region: 'us-west-2', clusterName: 'prod-green' },
});
export const aks = defineCluster({
  name: 'aks',
  issuer: 'https://westeurope.oic.prod-aks.azure.com/00000000-0000-4000-8000-000000000001/00000000-0000-4000-8000-000000000002/',
  aks: { tenantId: '00000000-0000-4000-8000-000000000001', subscriptionId: '00000000-0000-4000-8000-000000000003' },
});
export const gke = defineCluster({ name: 'gke', gke: { projectId: 'shop-prod', location: 'europe-west4', clusterName: 'gke' } });
export const ack = defineCluster({ name: 'ack', issuer: 'https://oidc-ack-cn-hangzhou.oss-cn-hangzhou.aliyuncs.com/c0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a', ack: { accountId: '1234567890123456', region: 'cn-hangzhou', clusterId: `c${'0a'.repeat(16)}` } });
export const k3s = defineCluster({ name: 'k3s', issuer: 'https://k3s.example.com/' });

/** A binding that is complete, for each provider and on any cluster that it is for. */
export const BINDINGS = {
  alibaba: { accountId: '1234567890123456' },
  aws: { accountId: '111122223333' },
  azure: { tenantId: '00000000-0000-4000-8000-000000000001', subscriptionId: '00000000-0000-4000-8000-000000000003', resourceGroup: 'shop', location: 'westeurope', clientId: '00000000-0000-4000-8000-000000000004' },
  gcp: { projectId: 'shop-prod', accountId: 'checkout' },
  jwt: { audience: 'https://reports.example.com', alsoAudiences: ['https://reports.old.example.com'] },
  vault: { address: 'https://vault.example.com:8200', tokenPolicies: ['shop'] },
} as const;

/** The identity that the tests start from: right in every way. */
export const checkout: WorkloadIdentityInput = {
  name: 'checkout',
  namespace: 'shop',
  clusters: [blue],
  trustedBy: { aws: BINDINGS.aws },
};

/** The identity with other fields: any value at all, as a JavaScript user may give it. */
export function checkoutWith(fields: { readonly [field: string]: unknown }): WorkloadIdentityInput {
  return { ...checkout, ...fields } as WorkloadIdentityInput;
}

/** The identity on one cluster with one binding. */
export function boundTo(provider: keyof typeof BINDINGS, cluster: ClusterInput, fields: { readonly [field: string]: unknown } = {}): WorkloadIdentityInput {
  return checkoutWith({ clusters: [cluster], trustedBy: { [provider]: { ...BINDINGS[provider], ...fields } } });
}

export function errorsOf(input: WorkloadIdentityInput): readonly Issue[] {
  return checkWorkloadIdentity(input).filter(issue => issue.severity === 'error');
}

/** What a finding must say, whatever it is about: where, what is allowed, what was given, and what to do. */
export const SENTENCE = /^(.+): expected [^;]+(, got .+)?; \S.{4,}$/s;
