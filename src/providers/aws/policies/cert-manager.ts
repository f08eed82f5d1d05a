import type { AwsPolicyDocument } from '../binding';
import { PARTITION_SHAPE, checkedScope } from './scope';
import { allow, arn, policy, type AwsPartitionScope } from './statement';
import type { Shape } from '../../../core/shape';

export interface CertManagerDns01Scope extends AwsPartitionScope {
  /** The ids of the hosted zones in which challenges are answered. */
  readonly hostedZoneIds: readonly string[];
  /** Whether the issuers name zones by id (`hostedZoneID`), so that none has to be looked up by name. @default false */
  readonly zonesById?: boolean;
}

const SHAPE: Shape<CertManagerDns01Scope> = { ...PARTITION_SHAPE, hostedZoneIds: 'texts', zonesById: 'yes or no?' };

/** cert-manager, DNS01: challenges are TXT records under `_acme-challenge`, and nothing else may be written. https://cert-manager.io/docs/configuration/acme/dns01/route53/ */
export function certManagerDns01(scope: CertManagerDns01Scope): AwsPolicyDocument {
  const { hostedZoneIds, zonesById = false, ...where } = checkedScope('certManagerDns01', scope, SHAPE, ['hostedZoneIds']);
  const zones = hostedZoneIds.map(id => arn(where, 'route53', '', '', `hostedzone/${id}`));
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
