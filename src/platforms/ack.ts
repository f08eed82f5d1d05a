import type { AckInput } from './cluster';
import type { Platform } from './platform';
import { complain } from '../core/issues';

/** The usual place of an issuer, an object store of the cluster's region; that others are possible, Alibaba Cloud does not rule out. */
const ISSUER = /^https:\/\/oidc-ack-([a-z0-9-]+)\.oss-[a-z0-9-]+\.aliyuncs\.com\/(c[0-9a-z]{32})(\/?)$/;

/** The RAM OIDC provider that a cluster makes in its account when RRSA is switched on. */
export function rrsaProviderName(ack: Pick<AckInput, 'clusterId'>): string {
  return `ack-rrsa-${ack.clusterId}`;
}

/** https://www.alibabacloud.com/help/en/ack/ack-managed-and-ack-dedicated/user-guide/use-rrsa-to-authorize-pods-to-access-different-cloud-services */
export const ack: Platform = {
  title: 'ACK',
  maxTokenSeconds: 43200,
  usual: { alibaba: { mechanism: 'rrsa', injection: 'webhook' } },

  ramProviderOf: ({ ack: block }) => (block === undefined ? undefined : `acs:ram::${block.accountId}:oidc-provider/${rrsaProviderName(block)}`),

  check(cluster, path, report) {
    const block = cluster.ack;
    if (block === undefined) return;
    if (!/^\d{10,20}$/.test(block.accountId)) {
      complain(report, 'ack/account', `${path}ack.accountId`, { expected: 'the digits of an Alibaba Cloud account (UID)', got: block.accountId, fix: 'use the account that the cluster lives in' });
    }
    if (!/^c[0-9a-z]{32}$/.test(block.clusterId)) {
      complain(report, 'ack/cluster-id', `${path}ack.clusterId`, { expected: 'a cluster id: c and 32 characters', got: block.clusterId, severity: 'warning', fix: 'copy it from the cluster\'s information page' });
    }
    const [, region, clusterId, slash = ''] = ISSUER.exec(cluster.issuer ?? '') ?? [];
    if (region !== undefined && region !== block.region) {
      complain(report, 'issuer/region', `${path}issuer`, { expected: `the issuer of a cluster in ${block.region}`, got: cluster.issuer, fix: 'issuer and ack.region belong to different clusters, so read both from the same one' });
    }
    if (clusterId !== undefined && clusterId !== block.clusterId) {
      complain(report, 'issuer/cluster', `${path}issuer`, { expected: `the issuer of the cluster ${block.clusterId}`, got: cluster.issuer, fix: 'issuer and ack.clusterId belong to different clusters, so read both from the same one' });
    }
    if (slash !== '') {
      complain(report, 'issuer/shape', `${path}issuer`, { expected: 'an issuer as ACK shows it, which mostly has no slash at its end', got: cluster.issuer, severity: 'warning', fix: 'every byte counts: copy it from the cluster\'s information page' });
    }
  },
};
