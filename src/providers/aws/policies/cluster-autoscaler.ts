import type { AwsPolicyDocument } from '../binding';
import { CLUSTER_SHAPE, checkedScope } from './scope';
import { allow, arn, policy, type AwsClusterScope } from './statement';

/**
 * cluster-autoscaler with auto-discovery: changes groups that carry the cluster's tags, and no others.
 * https://github.com/kubernetes/autoscaler/blob/master/cluster-autoscaler/cloudprovider/aws/README.md
 */
export function clusterAutoscaler(scope: AwsClusterScope): AwsPolicyDocument {
  const { clusterName, accountId, region, ...where } = checkedScope('clusterAutoscaler', scope, CLUSTER_SHAPE);
  return policy(
    allow([
      'autoscaling:DescribeAutoScalingGroups', 'autoscaling:DescribeAutoScalingInstances', 'autoscaling:DescribeLaunchConfigurations', 'autoscaling:DescribeScalingActivities',
      'autoscaling:DescribeTags', 'ec2:DescribeImages', 'ec2:DescribeInstanceTypes', 'ec2:DescribeLaunchTemplateVersions', 'ec2:GetInstanceTypesFromInstanceRequirements',
    ], '*'),
    allow(['eks:DescribeNodegroup'], arn(where, 'eks', region, accountId, `nodegroup/${clusterName}/*`)),
    allow(['autoscaling:SetDesiredCapacity', 'autoscaling:TerminateInstanceInAutoScalingGroup'], arn(where, 'autoscaling', region, accountId, 'autoScalingGroup:*:autoScalingGroupName/*'), {
      StringEquals: { 'aws:ResourceTag/k8s.io/cluster-autoscaler/enabled': 'true', [`aws:ResourceTag/k8s.io/cluster-autoscaler/${clusterName}`]: 'owned' },
    }),
  );
}
