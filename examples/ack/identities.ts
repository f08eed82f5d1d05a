/**
 * A build robot on ACK: RAM lets it write to a bucket, by the webhook of ACK; Vault lets it read, by a token of its own.
 *   npx symbolon synth examples/ack/identities.ts
 */
import { defineCluster, defineWorkloadIdentity } from 'symbolon';

// region: cluster
const ack = defineCluster({
  name: 'prod-ack',
  // As the cluster itself says it once RRSA is on: kubectl get --raw /.well-known/openid-configuration
  issuer: 'https://oidc-ack-cn-hangzhou.oss-cn-hangzhou.aliyuncs.com/c0123456789abcdef0123456789abcdef',
  ack: { accountId: '1234567890123456', region: 'cn-hangzhou', clusterId: 'c0123456789abcdef0123456789abcdef' },
  // Vault reads the cluster's keys at the issuer, and needs no way to its API server.
  vault: { keys: 'discovery' },
});
// endregion

// region: robot
export const buildRobot = defineWorkloadIdentity({
  name: 'build-robot',
  namespace: 'builds',
  clusters: [ack],
  trustedBy: {
    alibaba: {
      customPolicies: {
        'write-artifacts': { Statement: [{ Effect: 'Allow', Action: ['oss:PutObject', 'oss:GetObject'], Resource: 'acs:oss:*:*:artifacts/*' }] },
      },
    },
    vault: {
      mechanism: 'jwt',
      address: 'https://vault.example.com',
      mount: 'prod-ack',
      tokenPolicies: ['builds'],
      tokenTtl: 600,
      // With RRSA on, ACK cuts what is longer than 43200.
      expirationSeconds: 7200,
    },
  },
});
// endregion

// region: workload
export const workloads = [{
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'build-robot', namespace: 'builds' },
  spec: {
    selector: { matchLabels: { app: 'build-robot' } },
    template: {
      metadata: { labels: { app: 'build-robot' } },
      spec: { serviceAccountName: 'build-robot', containers: [{ name: 'robot', image: 'builds/robot:7' }] },
    },
  },
}];
// endregion
