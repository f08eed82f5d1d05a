import type { AwsPolicyDocument } from '../binding';
import { CLUSTER_SHAPE, checkedScope } from './scope';
import { allow, arn, policy, type AwsClusterScope } from './statement';
import type { Shape } from '../../../core/shape';

export interface EbsCsiScope extends AwsClusterScope {
  /** The ARNs of the customer managed keys that volumes are encrypted with. @default none: only volumes under AWS's own key */
  readonly kmsKeyArns?: readonly string[];
  /**
   * Whether volumes are made as copies of others (`dataSource` of a claim). EC2 does not tell the volume that is copied from
   * the new one by its tags, so that with it the driver may copy any volume of the account. @default false
   */
  readonly cloning?: boolean;
  /** Whether snapshot classes ask for locks on snapshots. @default false */
  readonly snapshotLocks?: boolean;
  /** Whether storage classes ask for fast restores (`fastSnapshotRestoreAvailabilityZones`). @default false */
  readonly fastSnapshotRestores?: boolean;
}

const DRIVER = 'ebs.csi.aws.com/cluster';

const SHAPE: Shape<EbsCsiScope> = { ...CLUSTER_SHAPE, kmsKeyArns: 'texts?', cloning: 'yes or no?', snapshotLocks: 'yes or no?', fastSnapshotRestores: 'yes or no?' };

/**
 * The driver for EBS: makes volumes and snapshots that it tags as its own, and changes and deletes those alone.
 * https://github.com/kubernetes-sigs/aws-ebs-csi-driver/blob/master/docs/install.md
 */
export function ebsCsi(scope: EbsCsiScope): AwsPolicyDocument {
  const { clusterName, accountId, region, kmsKeyArns = [], cloning = false, snapshotLocks = false, fastSnapshotRestores = false, ...where } = checkedScope('ebsCsi', scope, SHAPE);
  const own = (resource: string): string => arn(where, 'ec2', region, accountId, resource);
  // Snapshots belong to nobody's account in ARNs.
  const snapshots = arn(where, 'ec2', region, '', 'snapshot/*');
  const tagged = { StringEquals: { [`aws:ResourceTag/${DRIVER}`]: 'true' } };
  const tagging = { StringEquals: { [`aws:RequestTag/${DRIVER}`]: 'true' } };
  return policy(
    allow([
      'ec2:DescribeAvailabilityZones', 'ec2:DescribeInstances', 'ec2:DescribeInstanceTypes', 'ec2:DescribeSnapshots', 'ec2:DescribeTags', 'ec2:DescribeVolumes', 'ec2:DescribeVolumesModifications',
      'ec2:DescribeVolumeStatus',
    ], '*'),
    // Volumes are attached to nodes of this cluster.
    allow(['ec2:AttachVolume', 'ec2:DetachVolume'], own('instance/*'), { StringEquals: { [`aws:ResourceTag/kubernetes.io/cluster/${clusterName}`]: 'owned' } }),
    allow(['ec2:AttachVolume', 'ec2:DetachVolume', 'ec2:ModifyVolume', 'ec2:DeleteVolume'], own('volume/*'), tagged),
    allow(['ec2:CreateVolume'], own('volume/*'), tagging),
    allow(['ec2:CreateVolume', 'ec2:DeleteSnapshot'], snapshots, tagged),
    allow(['ec2:CreateSnapshot'], own('volume/*'), tagged),
    allow(['ec2:CreateSnapshot'], snapshots, tagging),
    allow(['ec2:CreateTags'], [own('volume/*'), snapshots], { StringEquals: { 'ec2:CreateAction': ['CreateVolume', 'CreateSnapshot', ...(cloning ? ['CopyVolumes'] : [])] } }),
    cloning ? [allow(['ec2:CopyVolumes'], own('volume/vol-*')), allow(['ec2:CopyVolumes'], own('volume/*'), tagging)] : [],
    snapshotLocks ? allow(['ec2:LockSnapshot'], snapshots, tagged) : [],
    fastSnapshotRestores ? allow(['ec2:EnableFastSnapshotRestores'], snapshots, tagged) : [],
    kmsKeyArns.length === 0 ? [] : [
      allow(['kms:CreateGrant'], kmsKeyArns, { Bool: { 'kms:GrantIsForAWSResource': 'true' } }),
      allow(['kms:Decrypt', 'kms:DescribeKey', 'kms:Encrypt', 'kms:GenerateDataKeyWithoutPlaintext', 'kms:ReEncryptFrom', 'kms:ReEncryptTo'], kmsKeyArns),
    ],
  );
}
