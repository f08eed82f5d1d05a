import type { AwsConditions, AwsPolicyDocument } from '../binding';
import { CLUSTER_SHAPE, checkedScope } from './scope';
import { allow, arn, policy, type AwsClusterScope } from './statement';
import type { Shape } from '../../../core/shape';

export interface LoadBalancerControllerScope extends AwsClusterScope {
  /** The VPC that the cluster is in: security groups of others are out of reach. */
  readonly vpcId: string;
}

/** The controller's own mark on what it makes. */
const MARK = 'elbv2.k8s.aws/cluster';

const SHAPE: Shape<LoadBalancerControllerScope> = { ...CLUSTER_SHAPE, vpcId: 'text' };

/**
 * AWS Load Balancer Controller: makes load balancers, target groups and security groups with its cluster's mark, and changes those alone. WAF and Shield are not
 * among what it may do: switch them off in the controller, or add them.
 * https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/deploy/installation/
 */
export function loadBalancerController(scope: LoadBalancerControllerScope): AwsPolicyDocument {
  const { clusterName, accountId, region, vpcId, ...where } = checkedScope('loadBalancerController', scope, SHAPE);
  const elb = (resource: string): string => arn(where, 'elasticloadbalancing', region, accountId, resource);
  const ec2 = (resource: string): string => arn(where, 'ec2', region, accountId, resource);
  const balancers = [elb('loadbalancer/app/*/*'), elb('loadbalancer/net/*/*'), elb('targetgroup/*/*')];
  const listeners = ['listener/app/*', 'listener/net/*', 'listener-rule/app/*', 'listener-rule/net/*'].map(elb);
  const mine: AwsConditions = { StringEquals: { [`aws:ResourceTag/${MARK}`]: clusterName } };
  const marking: AwsConditions = { StringEquals: { [`aws:RequestTag/${MARK}`]: clusterName } };
  return policy(
    allow([
      'acm:DescribeCertificate', 'acm:ListCertificates', 'ec2:DescribeAccountAttributes', 'ec2:DescribeAddresses', 'ec2:DescribeAvailabilityZones', 'ec2:DescribeCoipPools',
      'ec2:DescribeInstances', 'ec2:DescribeInternetGateways', 'ec2:DescribeIpamPools', 'ec2:DescribeNetworkInterfaces', 'ec2:DescribeRouteTables', 'ec2:DescribeSecurityGroups',
      'ec2:DescribeSubnets', 'ec2:DescribeTags', 'ec2:DescribeVpcPeeringConnections', 'ec2:DescribeVpcs', 'ec2:GetCoipPoolUsage', 'ec2:GetSecurityGroupsForVpc',
      'elasticloadbalancing:Describe*',
    ], '*'),
    allow(['iam:CreateServiceLinkedRole'], arn(where, 'iam', '', accountId, 'role/aws-service-role/elasticloadbalancing.amazonaws.com/*'), {
      StringEquals: { 'iam:AWSServiceName': 'elasticloadbalancing.amazonaws.com' },
    }),
    // A group is made in a VPC, and only the group carries the mark.
    allow(['ec2:CreateSecurityGroup'], ec2(`vpc/${vpcId}`)),
    allow(['ec2:CreateSecurityGroup'], ec2('security-group/*'), marking),
    allow(['ec2:CreateTags'], ec2('security-group/*'), { StringEquals: { ...marking.StringEquals, 'ec2:CreateAction': 'CreateSecurityGroup' } }),
    allow(['ec2:CreateTags', 'ec2:DeleteTags', 'ec2:DeleteSecurityGroup'], ec2('security-group/*'), mine),
    // Nodes have groups of their own, which let the balancers in.
    allow(['ec2:AuthorizeSecurityGroupIngress', 'ec2:RevokeSecurityGroupIngress'], ec2('security-group/*'), { ArnEquals: { 'ec2:Vpc': ec2(`vpc/${vpcId}`) } }),
    allow(['elasticloadbalancing:CreateLoadBalancer', 'elasticloadbalancing:CreateTargetGroup'], balancers, marking),
    allow(['elasticloadbalancing:AddTags'], balancers, {
      StringEquals: { ...marking.StringEquals, 'elasticloadbalancing:CreateAction': ['CreateTargetGroup', 'CreateLoadBalancer'] },
    }),
    allow([
      'elasticloadbalancing:AddTags', 'elasticloadbalancing:RemoveTags', 'elasticloadbalancing:ModifyLoadBalancerAttributes', 'elasticloadbalancing:SetIpAddressType',
      'elasticloadbalancing:SetSecurityGroups', 'elasticloadbalancing:SetSubnets', 'elasticloadbalancing:DeleteLoadBalancer', 'elasticloadbalancing:ModifyTargetGroup',
      'elasticloadbalancing:ModifyTargetGroupAttributes', 'elasticloadbalancing:DeleteTargetGroup', 'elasticloadbalancing:RegisterTargets', 'elasticloadbalancing:DeregisterTargets',
      'elasticloadbalancing:CreateListener',
    ], balancers, mine),
    allow([
      'elasticloadbalancing:AddTags', 'elasticloadbalancing:RemoveTags', 'elasticloadbalancing:CreateRule', 'elasticloadbalancing:DeleteListener', 'elasticloadbalancing:DeleteRule',
      'elasticloadbalancing:ModifyListener', 'elasticloadbalancing:ModifyListenerAttributes', 'elasticloadbalancing:ModifyRule', 'elasticloadbalancing:SetRulePriorities',
      'elasticloadbalancing:AddListenerCertificates', 'elasticloadbalancing:RemoveListenerCertificates',
    ], listeners, mine),
  );
}
