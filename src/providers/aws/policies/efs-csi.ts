import type { AwsPolicyDocument } from '../binding';
import { checkedScope } from './scope';
import { allow, policy } from './statement';
import type { Shape } from '../../../core/shape';

export interface EfsCsiScope {
  /** The ARNs of the file systems in which it makes access points. */
  readonly fileSystemArns: readonly string[];
}

const TAG = 'efs.csi.aws.com/cluster';

const SHAPE: Shape<EfsCsiScope> = { fileSystemArns: 'texts' };

/**
 * The driver for EFS, dynamic provisioning: access points that it tags as its own, in these file systems. S3 Files are not among what it may do.
 * https://github.com/kubernetes-sigs/aws-efs-csi-driver/blob/master/docs/iam-policy-create.md
 */
export function efsCsi(scope: EfsCsiScope): AwsPolicyDocument {
  const { fileSystemArns } = checkedScope('efsCsi', scope, SHAPE, ['fileSystemArns']);
  const systems = fileSystemArns;
  const points = [...new Set(systems.map(system => system.replace(/:file-system\/.*$/, ':access-point/*')))];
  return policy(
    allow(['ec2:DescribeAvailabilityZones'], '*'),
    allow(['elasticfilesystem:DescribeFileSystems', 'elasticfilesystem:DescribeMountTargets', 'elasticfilesystem:DescribeAccessPoints'], [...systems, ...points]),
    allow(['elasticfilesystem:CreateAccessPoint'], systems, { StringEquals: { [`aws:RequestTag/${TAG}`]: 'true' } }),
    allow(['elasticfilesystem:TagResource'], points, { StringEquals: { [`aws:RequestTag/${TAG}`]: 'true', 'elasticfilesystem:CreateAction': 'CreateAccessPoint' } }),
    allow(['elasticfilesystem:DeleteAccessPoint', 'elasticfilesystem:TagResource'], points, { StringEquals: { [`aws:ResourceTag/${TAG}`]: 'true' } }),
  );
}
