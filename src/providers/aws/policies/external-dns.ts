import type { AwsPolicyDocument } from '../binding';
import { PARTITION_SHAPE, checkedScope } from './scope';
import { allow, arn, policy, type AwsPartitionScope } from './statement';
import type { Shape } from '../../../core/shape';

export interface ExternalDnsScope extends AwsPartitionScope {
  /** The ids of the hosted zones whose records it keeps: `Z0123456789ABCDEFGHIJ`. */
  readonly hostedZoneIds: readonly string[];
}

const SHAPE: Shape<ExternalDnsScope> = { ...PARTITION_SHAPE, hostedZoneIds: 'texts' };

/** external-dns: records of these zones and no others. https://kubernetes-sigs.github.io/external-dns/latest/docs/tutorials/aws/ */
export function externalDns(scope: ExternalDnsScope): AwsPolicyDocument {
  const { hostedZoneIds, ...where } = checkedScope('externalDns', scope, SHAPE, ['hostedZoneIds']);
  const zones = hostedZoneIds.map(id => arn(where, 'route53', '', '', `hostedzone/${id}`));
  return policy(
    allow(['route53:ChangeResourceRecordSets', 'route53:ListResourceRecordSets', 'route53:ListTagsForResources'], zones),
    // Zones are found by name, and names belong to no resource.
    allow(['route53:ListHostedZones'], '*'),
  );
}
