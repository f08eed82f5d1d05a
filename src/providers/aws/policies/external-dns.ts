import type { AwsPolicyDocument } from '../binding';
import { allow, policy, zonesOf, type AwsPartitionScope } from './statement';

export interface ExternalDnsScope extends AwsPartitionScope {
  /** The ids of the hosted zones whose records it keeps: `Z0123456789ABCDEFGHIJ`. */
  readonly hostedZoneIds: readonly string[];
}

/** external-dns: records of these zones and no others. https://kubernetes-sigs.github.io/external-dns/latest/docs/tutorials/aws/ */
export function externalDns({ hostedZoneIds, ...where }: ExternalDnsScope): AwsPolicyDocument {
  const zones = zonesOf(where, hostedZoneIds);
  return policy(
    allow(['route53:ChangeResourceRecordSets', 'route53:ListResourceRecordSets', 'route53:ListTagsForResources'], zones),
    // Zones are found by name, and names belong to no resource.
    allow(['route53:ListHostedZones'], '*'),
  );
}
