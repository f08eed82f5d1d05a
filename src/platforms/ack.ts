import type { Platform } from './platform';
import { complain } from '../core/issues';

/** https://www.alibabacloud.com/help/en/ack/ack-managed-and-ack-dedicated/user-guide/use-rrsa-to-authorize-pods-to-access-different-cloud-services */
export const ack: Platform = {
  title: 'ACK',
  maxTokenSeconds: 43200,
  usual: { alibaba: { mechanism: 'rrsa', injection: 'webhook' } },

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
