import type { AwsPolicyDocument } from '../binding';
import { allow, arn, policy, zonesOf, type AwsPartitionScope } from './statement';

export interface CertManagerDns01Scope extends AwsPartitionScope {
  /** The ids of the hosted zones in which challenges are answered. */
  readonly hostedZoneIds: readonly string[];
  /** Whether the issuers name zones by id (`hostedZoneID`), so that none has to be looked up by name. @default false */
  readonly zonesById?: boolean;
}

/** cert-manager, DNS01: challenges are TXT records under `_acme-challenge`, and nothing else may be written. https://cert-manager.io/docs/configuration/acme/dns01/route53/ */
export function certManagerDns01({ hostedZoneIds, zonesById = false, ...where }: CertManagerDns01Scope): AwsPolicyDocument {
  const zones = zonesOf(where, hostedZoneIds);
  return policy(
    allow(['route53:GetChange'], arn(where, 'route53', '', '', 'change/*')),
    allow(['route53:ChangeResourceRecordSets'], zones, {
      'ForAllValues:StringEquals': { 'route53:ChangeResourceRecordSetsRecordTypes': 'TXT' },
      'ForAllValues:StringLike': { 'route53:ChangeResourceRecordSetsNormalizedRecordNames': '_acme-challenge.*' },
      // Without the key, ForAllValues would hold for whatever is written.
      'Null': { 'route53:ChangeResourceRecordSetsRecordTypes': 'false', 'route53:ChangeResourceRecordSetsNormalizedRecordNames': 'false' },
    }),
    allow(['route53:ListResourceRecordSets'], zones),
    zonesById ? [] : allow(['route53:ListHostedZonesByName'], '*'),
  );
}
