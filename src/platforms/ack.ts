import type { AckInput } from './cluster';
import type { Platform } from './platform';
import { complain } from '../core/issues';

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
  },
};
