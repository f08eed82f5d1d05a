/** The definitions of the programs beside this file: the suites plan them too. */
import { defineCluster, defineWorkloadIdentity, type ClusterDefinition, type WorkloadIdentityDefinition } from 'symbolon';

export interface Definitions {
  readonly clusters: readonly ClusterDefinition[];
  /** Makes the cloud identities. */
  readonly checkout: WorkloadIdentityDefinition;
  /** Has more credentials on the managed identity that checkout makes. */
  readonly billing: WorkloadIdentityDefinition;
}

const AZURE = {
  tenantId: '9b1c2d3e-4f50-4a61-8b72-93c4d5e6f708', subscriptionId: '5d6e7f80-91a2-43b4-95c6-d7e8f9a0b1c2', resourceGroup: 'identities', identityName: 'shared',
};

export function definitionsOf({ CLUSTERS = 'blue,green', ISSUERS = 'https://oidc.example.com' }: { readonly CLUSTERS?: string; readonly ISSUERS?: string }): Definitions {
  const clusters = CLUSTERS.split(',').map(name => defineCluster({ name, issuer: `${ISSUERS}/${name}`, injection: 'webhook' }));
  const common = { clusters };
  return {
    clusters,
    checkout: defineWorkloadIdentity({
      ...common,
      name: 'checkout',
      runsAs: [{ namespace: 'shop' }, { namespace: 'batch', serviceAccount: 'nightly' }],
      rbac: [{ verbs: ['get', 'list'], resources: ['configmaps'] }],
      trustedBy: {
        aws: {
          accountId: '111122223333',
          region: 'eu-west-1',
          managedPolicies: ['arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess'],
          inlinePolicies: { list: { Statement: [{ Effect: 'Allow', Action: 's3:ListBucket', Resource: 'arn:aws:s3:::orders' }] } },
          tags: { team: 'shop' },
        },
        azure: { ...AZURE, location: 'westeurope', roleAssignments: [{ role: 'Reader', scope: `/subscriptions/${AZURE.subscriptionId}/resourceGroups/data` }] },
        entra: {
          provider: 'azure', mechanism: 'application', injection: 'none', tenantId: AZURE.tenantId, roleAssignments: [{ role: 'AcrPull', scope: `/subscriptions/${AZURE.subscriptionId}/resourceGroups/images` }],
        },
      },
    }),
    billing: defineWorkloadIdentity({ ...common, name: 'billing', namespace: 'shop', trustedBy: { azure: { ...AZURE, existing: true, clientId: '0c0ffee0-0000-4000-8000-000000000000' } } }),
  };
}

/** An identity with something of every kind of object, whose values are all known. */
export function halfDefinition(namespace: string, grown = false): WorkloadIdentityDefinition {
  return defineWorkloadIdentity({
    name: 'checkout',
    runsAs: [{ namespace }, ...(grown ? [{ namespace, serviceAccount: 'nightly' }] : [])],
    clusters: [defineCluster({ name: 'blue', issuer: 'https://oidc.example.com/blue', injection: 'explicit' })],
    trustedBy: {
      aws: { accountId: '111122223333', region: 'eu-west-1' },
      azure: { ...AZURE, existing: true, clientId: '0c0ffee0-0000-4000-8000-000000000000' },
    },
    tokens: { payments: { audience: 'https://payments.example.com', expirationSeconds: 900 } },
    rbac: [{ verbs: ['get', 'list'], resources: ['configmaps'] }],
    labels: { team: 'shop' },
  });
}
