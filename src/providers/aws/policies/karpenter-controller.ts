import type { AwsConditions, AwsPolicyDocument } from '../binding';
import { CLUSTER_SHAPE, checkedScope } from './scope';
import { allow, arn, policy, type AwsClusterScope } from './statement';
import type { Shape } from '../../../core/shape';

export interface KarpenterControllerScope extends AwsClusterScope {
  /** The ARNs of the roles that nodes get: only these may be passed. */
  readonly nodeRoleArns: readonly string[];
  /** The ARN of the queue that tells of interruptions. @default none */
  readonly interruptionQueueArn?: string;
}

/** Which of Karpenter's node classes an instance profile is for: whatever it says, it has to say one. */
const NODE_CLASS = 'karpenter.k8s.aws/ec2nodeclass';

const SHAPE: Shape<KarpenterControllerScope> = { ...CLUSTER_SHAPE, nodeRoleArns: 'texts', interruptionQueueArn: 'text?' };

/** The controller of Karpenter, version 1: launches, tags and ends instances of its own cluster. https://karpenter.sh/docs/reference/cloudformation/ */
export function karpenterController(scope: KarpenterControllerScope): AwsPolicyDocument {
  const { clusterName, accountId, region, nodeRoleArns, interruptionQueueArn, ...where } = checkedScope('karpenterController', scope, SHAPE, ['nodeRoleArns']);
  const cluster = `kubernetes.io/cluster/${clusterName}`;
  const inEks = arn(where, 'eks', region, accountId, `cluster/${clusterName}`);
  const ec2 = (...resources: readonly string[]): readonly string[] => resources.map(resource => arn(where, 'ec2', region, '*', resource));
  const inRegion: AwsConditions = { StringEquals: { 'aws:RequestedRegion': region } };
  const marking = { [`aws:RequestTag/${cluster}`]: 'owned', 'aws:RequestTag/eks:eks-cluster-name': clusterName };
  const owned = { [`aws:ResourceTag/${cluster}`]: 'owned' };
  const profiles = arn(where, 'iam', '', accountId, 'instance-profile/*');
  const profile = { 'aws:ResourceTag/topology.kubernetes.io/region': region };
  const making = { ...marking, 'aws:RequestTag/topology.kubernetes.io/region': region };
  return policy(
    allow(['ec2:RunInstances', 'ec2:CreateFleet'], [
      arn(where, 'ec2', region, '', 'image/*'), arn(where, 'ec2', region, '', 'snapshot/*'), ...ec2('security-group/*', 'subnet/*', 'capacity-reservation/*', 'placement-group/*'),
    ]),
    allow(['ec2:RunInstances', 'ec2:CreateFleet'], ec2('launch-template/*'), { StringEquals: owned, StringLike: { 'aws:ResourceTag/karpenter.sh/nodepool': '*' } }),
    allow(
      ['ec2:RunInstances', 'ec2:CreateFleet', 'ec2:CreateLaunchTemplate'],
      ec2('fleet/*', 'instance/*', 'volume/*', 'network-interface/*', 'launch-template/*', 'spot-instances-request/*'),
      { StringEquals: marking, StringLike: { 'aws:RequestTag/karpenter.sh/nodepool': '*' } },
    ),
    allow(['ec2:CreateTags'], ec2('fleet/*', 'instance/*', 'volume/*', 'network-interface/*', 'launch-template/*', 'spot-instances-request/*'), {
      StringEquals: { ...marking, 'ec2:CreateAction': ['RunInstances', 'CreateFleet', 'CreateLaunchTemplate'] },
    }),
    allow(['ec2:CreateTags'], ec2('instance/*'), {
      'StringEquals': owned,
      'StringLike': { 'aws:ResourceTag/karpenter.sh/nodepool': '*' },
      'StringEqualsIfExists': { 'aws:RequestTag/eks:eks-cluster-name': clusterName },
      'ForAllValues:StringEquals': { 'aws:TagKeys': ['eks:eks-cluster-name', 'karpenter.sh/nodeclaim', 'Name'] },
    }),
    allow(['ec2:TerminateInstances', 'ec2:DeleteLaunchTemplate'], ec2('instance/*', 'launch-template/*'), { StringEquals: owned, StringLike: { 'aws:ResourceTag/karpenter.sh/nodepool': '*' } }),
    allow([
      'ec2:DescribeCapacityReservations', 'ec2:DescribeImages', 'ec2:DescribeInstances', 'ec2:DescribeInstanceStatus', 'ec2:DescribeInstanceTypeOfferings', 'ec2:DescribeInstanceTypes',
      'ec2:DescribeLaunchTemplates', 'ec2:DescribePlacementGroups', 'ec2:DescribeSecurityGroups', 'ec2:DescribeSpotPriceHistory', 'ec2:DescribeSubnets',
    ], '*', inRegion),
    allow(['ssm:GetParameter'], arn(where, 'ssm', region, '', 'parameter/aws/service/*')),
    // Prices are asked of regions of their own.
    allow(['pricing:GetProducts'], '*'),
    interruptionQueueArn === undefined ? [] : allow(['sqs:DeleteMessage', 'sqs:GetQueueUrl', 'sqs:ReceiveMessage'], interruptionQueueArn),
    allow(['iam:PassRole'], nodeRoleArns, { StringEquals: { 'iam:PassedToService': ['ec2.amazonaws.com', 'ec2.amazonaws.com.cn'] } }),
    allow(['iam:CreateInstanceProfile'], profiles, { StringEquals: making, StringLike: { [`aws:RequestTag/${NODE_CLASS}`]: '*' } }),
    allow(['iam:TagInstanceProfile'], profiles, { StringEquals: { ...making, ...owned, ...profile }, StringLike: { [`aws:RequestTag/${NODE_CLASS}`]: '*' } }),
    allow(['iam:AddRoleToInstanceProfile', 'iam:RemoveRoleFromInstanceProfile', 'iam:DeleteInstanceProfile'], profiles, { StringEquals: { ...owned, ...profile } }),
    allow(['iam:GetInstanceProfile'], profiles),
    allow(['iam:ListInstanceProfiles'], '*'),
    // Whether the cluster is leaving a zone.
    allow(['arc-zonal-shift:GetManagedResource'], '*', { StringEquals: { 'arc-zonal-shift:ResourceIdentifier': inEks } }),
    allow(['eks:DescribeCluster'], inEks),
  );
}
