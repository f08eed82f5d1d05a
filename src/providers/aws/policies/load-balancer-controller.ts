import type { AwsConditions, AwsPolicyDocument } from '../binding';
import { CLUSTER_SHAPE, checkedScope } from './scope';
import { allow, arn, policy, type AwsClusterScope } from './statement';
import type { Shape } from '../../../core/shape';

export interface LoadBalancerControllerScope extends AwsClusterScope {
  /** The VPC that the cluster is in: security groups of others are out of reach. */
  readonly vpcId: string;
  /** The ARNs of certificates of IAM that listeners have; those of ACM need none. @default none */
  readonly serverCertificateArns?: readonly string[];
  /** The ARNs of user pools of Cognito that rules authenticate by. @default none */
  readonly userPoolArns?: readonly string[];
  /** The ARNs of web ACLs (WAFv2) that it puts before its load balancers. @default none: switch it off in the controller (`enableWafv2: false`) */
  readonly webAclArns?: readonly string[];
  /** Whether it protects its load balancers by Shield Advanced. @default false: switch it off in the controller (`enableShield: false`) */
  readonly shield?: boolean;
}

/** The controller's own mark on what it makes. */
const MARK = 'elbv2.k8s.aws/cluster';

const SHAPE: Shape<LoadBalancerControllerScope> = { ...CLUSTER_SHAPE, vpcId: 'text', serverCertificateArns: 'texts?', userPoolArns: 'texts?', webAclArns: 'texts?', shield: 'yes or no?' };

/**
 * AWS Load Balancer Controller: makes load balancers, target groups and security groups with its cluster's mark, and changes those alone.
 * WAF Classic is not among what it may do.
 * https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/deploy/installation/
 */
export function loadBalancerController(scope: LoadBalancerControllerScope): AwsPolicyDocument {
  const {
    clusterName, accountId, region, vpcId, serverCertificateArns = [], userPoolArns = [], webAclArns = [], shield = false, ...where
  } = checkedScope('loadBalancerController', scope, SHAPE);
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
    // What is made with its mark has none before: listeners and rules are made on load balancers and listeners that do have it.
    allow(['elasticloadbalancing:AddTags'], listeners, { StringEquals: { ...marking.StringEquals, 'elasticloadbalancing:CreateAction': ['CreateListener', 'CreateRule'] } }),
    allow(['elasticloadbalancing:AddTags'], balancers, {
      StringEquals: { ...marking.StringEquals, 'elasticloadbalancing:CreateAction': ['CreateTargetGroup', 'CreateLoadBalancer'] },
    }),
    allow([
      'elasticloadbalancing:AddTags', 'elasticloadbalancing:RemoveTags', 'elasticloadbalancing:ModifyCapacityReservation', 'elasticloadbalancing:ModifyIpPools',
      'elasticloadbalancing:ModifyLoadBalancerAttributes', 'elasticloadbalancing:SetIpAddressType',
      'elasticloadbalancing:SetSecurityGroups', 'elasticloadbalancing:SetSubnets', 'elasticloadbalancing:DeleteLoadBalancer', 'elasticloadbalancing:ModifyTargetGroup',
      'elasticloadbalancing:ModifyTargetGroupAttributes', 'elasticloadbalancing:DeleteTargetGroup', 'elasticloadbalancing:RegisterTargets', 'elasticloadbalancing:DeregisterTargets',
      'elasticloadbalancing:CreateListener',
    ], balancers, mine),
    allow([
      'elasticloadbalancing:AddTags', 'elasticloadbalancing:RemoveTags', 'elasticloadbalancing:CreateRule', 'elasticloadbalancing:DeleteListener', 'elasticloadbalancing:DeleteRule',
      'elasticloadbalancing:ModifyListener', 'elasticloadbalancing:ModifyListenerAttributes', 'elasticloadbalancing:ModifyRule', 'elasticloadbalancing:SetRulePriorities',
      'elasticloadbalancing:AddListenerCertificates', 'elasticloadbalancing:RemoveListenerCertificates',
    ], listeners, mine),
    serverCertificateArns.length === 0 ? [] : [allow(['iam:GetServerCertificate'], serverCertificateArns), allow(['iam:ListServerCertificates'], '*')],
    userPoolArns.length === 0 ? [] : allow(['cognito-idp:DescribeUserPoolClient'], userPoolArns),
    webAclArns.length === 0 ? [] : [
      allow(['wafv2:AssociateWebACL', 'wafv2:DisassociateWebACL', 'wafv2:GetWebACL', 'wafv2:GetWebACLForResource'], [...webAclArns, elb('loadbalancer/app/*/*')]),
      allow(['elasticloadbalancing:SetWebAcl'], elb('loadbalancer/app/*/*'), mine),
    ],
    !shield ? [] : [
      allow(['shield:CreateProtection', 'shield:DeleteProtection', 'shield:DescribeProtection'], arn(where, 'shield', '', accountId, 'protection/*')),
      allow(['shield:GetSubscriptionState'], '*'),
    ],
  );
}
