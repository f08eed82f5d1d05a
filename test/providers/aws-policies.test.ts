/** Policies for add-ons: what each add-on does is allowed where it is to do it, and denied everywhere else. */
import { blue, boundTo, errorsOf } from '../support/definitions';
import { allowed, type Request } from '../support/iam';
import { awsPolicies, type AwsPolicyDocument } from 'symbolon';

const cluster = { clusterName: 'prod', accountId: '111122223333', region: 'us-west-2' };
const zone = (id: string): string => `arn:aws:route53:::hostedzone/${id}`;
const ec2 = (resource: string, account = '111122223333', region = 'us-west-2'): string => `arn:aws:ec2:${region}:${account}:${resource}`;
const elb = (resource: string): string => `arn:aws:elasticloadbalancing:us-west-2:111122223333:${resource}`;
const system = 'arn:aws:elasticfilesystem:us-west-2:111122223333:file-system/fs-1';
const point = 'arn:aws:elasticfilesystem:us-west-2:111122223333:access-point/fsap-1';
const secret = 'arn:aws:secretsmanager:us-west-2:111122223333:secret:shop/db-??????';
const key = 'arn:aws:kms:us-west-2:111122223333:key/1';
const group = 'arn:aws:autoscaling:us-west-2:111122223333:autoScalingGroup:u:autoScalingGroupName/g';
const does = (action: string, resource: string, context: Request['context'] = {}): Request => ({ action, resource, context });

interface Case {
  readonly policy: AwsPolicyDocument;
  readonly yes: readonly Request[];
  readonly no: readonly Request[];
}

const challenge = { 'route53:ChangeResourceRecordSetsRecordTypes': ['TXT'], 'route53:ChangeResourceRecordSetsNormalizedRecordNames': ['_acme-challenge.shop.example.com'] };
const mine = { 'aws:ResourceTag/elbv2.k8s.aws/cluster': 'prod' };
const marking = { 'aws:RequestTag/elbv2.k8s.aws/cluster': 'prod' };
const owned = { 'aws:ResourceTag/kubernetes.io/cluster/prod': 'owned', 'aws:ResourceTag/karpenter.sh/nodepool': 'default' };
const launching = { 'aws:RequestTag/kubernetes.io/cluster/prod': 'owned', 'aws:RequestTag/eks:eks-cluster-name': 'prod', 'aws:RequestTag/karpenter.sh/nodepool': 'default' };

const nodeClass = { 'aws:RequestTag/topology.kubernetes.io/region': 'us-west-2', 'aws:RequestTag/karpenter.k8s.aws/ec2nodeclass': 'default' };

const CASES: { readonly [addon: string]: Case } = {
  'external-dns': {
    policy: awsPolicies.externalDns({ hostedZoneIds: ['Z1'] }),
    yes: [does('route53:ChangeResourceRecordSets', zone('Z1')), does('route53:ListResourceRecordSets', zone('Z1')), does('route53:ListHostedZones', '*')],
    no: [does('route53:ChangeResourceRecordSets', zone('Z2')), does('route53:DeleteHostedZone', zone('Z1')), does('route53:ListResourceRecordSets', zone('Z2'))],
  },
  'cert-manager': {
    policy: awsPolicies.certManagerDns01({ hostedZoneIds: ['Z1'] }),
    yes: [does('route53:ChangeResourceRecordSets', zone('Z1'), challenge), does('route53:GetChange', 'arn:aws:route53:::change/C1'), does('route53:ListHostedZonesByName', '*')],
    no: [
      does('route53:ChangeResourceRecordSets', zone('Z2'), challenge),
      does('route53:ChangeResourceRecordSets', zone('Z1')),
      does('route53:ChangeResourceRecordSets', zone('Z1'), { ...challenge, 'route53:ChangeResourceRecordSetsRecordTypes': ['A'] }),
      does('route53:ChangeResourceRecordSets', zone('Z1'), { ...challenge, 'route53:ChangeResourceRecordSetsNormalizedRecordNames': ['_acme-challenge.x', 'www.example.com'] }),
    ],
  },
  'cluster-autoscaler': {
    policy: awsPolicies.clusterAutoscaler(cluster),
    yes: [
      does('autoscaling:SetDesiredCapacity', group, { 'aws:ResourceTag/k8s.io/cluster-autoscaler/enabled': 'true', 'aws:ResourceTag/k8s.io/cluster-autoscaler/prod': 'owned' }),
      does('autoscaling:DescribeAutoScalingGroups', '*'), does('eks:DescribeNodegroup', 'arn:aws:eks:us-west-2:111122223333:nodegroup/prod/a/1'),
    ],
    no: [
      does('autoscaling:SetDesiredCapacity', group),
      does('autoscaling:SetDesiredCapacity', group, { 'aws:ResourceTag/k8s.io/cluster-autoscaler/enabled': 'true', 'aws:ResourceTag/k8s.io/cluster-autoscaler/other': 'owned' }),
      does('autoscaling:DeleteAutoScalingGroup', group), does('eks:DescribeNodegroup', 'arn:aws:eks:us-west-2:111122223333:nodegroup/other/a/1'),
    ],
  },
  'EBS CSI': {
    policy: awsPolicies.ebsCsi({ ...cluster, kmsKeyArns: [key] }),
    yes: [
      does('ec2:CreateVolume', ec2('volume/*'), { 'aws:RequestTag/ebs.csi.aws.com/cluster': 'true' }), does('ec2:DeleteVolume', ec2('volume/v'), { 'aws:ResourceTag/ebs.csi.aws.com/cluster': 'true' }),
      does('ec2:AttachVolume', ec2('instance/i'), { 'aws:ResourceTag/kubernetes.io/cluster/prod': 'owned' }), does('ec2:AttachVolume', ec2('volume/v'), { 'aws:ResourceTag/ebs.csi.aws.com/cluster': 'true' }),
      does('ec2:CreateTags', ec2('volume/v'), { 'ec2:CreateAction': 'CreateVolume' }), does('kms:GenerateDataKeyWithoutPlaintext', key), does('kms:CreateGrant', key, { 'kms:GrantIsForAWSResource': 'true' }),
    ],
    no: [
      does('ec2:DeleteVolume', ec2('volume/v')), does('ec2:AttachVolume', ec2('instance/i'), { 'aws:ResourceTag/kubernetes.io/cluster/other': 'owned' }), does('ec2:CreateVolume', ec2('volume/*')),
      does('ec2:DeleteVolume', ec2('volume/v', '999988887777'), { 'aws:ResourceTag/ebs.csi.aws.com/cluster': 'true' }), does('ec2:CreateTags', ec2('volume/v')),
      does('ec2:CopyVolumes', ec2('volume/vol-1')), does('ec2:EnableFastSnapshotRestores', ec2('snapshot/s', ''), { 'aws:ResourceTag/ebs.csi.aws.com/cluster': 'true' }),
      does('kms:CreateGrant', key), does('kms:Decrypt', `${key}2`), does('ec2:RunInstances', ec2('instance/*')),
    ],
  },
  'EBS CSI, all that it can be asked for': {
    policy: awsPolicies.ebsCsi({ ...cluster, cloning: true, snapshotLocks: true, fastSnapshotRestores: true }),
    yes: [
      does('ec2:CopyVolumes', ec2('volume/vol-1')), does('ec2:CopyVolumes', ec2('volume/*'), { 'aws:RequestTag/ebs.csi.aws.com/cluster': 'true' }), does('ec2:CreateTags', ec2('volume/v'), { 'ec2:CreateAction': 'CopyVolumes' }),
      does('ec2:EnableFastSnapshotRestores', ec2('snapshot/s', ''), { 'aws:ResourceTag/ebs.csi.aws.com/cluster': 'true' }),
      does('ec2:LockSnapshot', ec2('snapshot/s', ''), { 'aws:ResourceTag/ebs.csi.aws.com/cluster': 'true' }), does('ec2:DescribeInstanceTypes', '*'),
    ],
    no: [does('ec2:LockSnapshot', ec2('snapshot/s', '')), does('ec2:CopyVolumes', ec2('volume/*')), does('ec2:CopyVolumes', ec2('volume/vol-1', '999988887777')), does('ec2:EnableFastSnapshotRestores', ec2('snapshot/s', '')), does('ec2:DeleteVolume', ec2('volume/vol-1'))],
  },
  'EFS CSI': {
    policy: awsPolicies.efsCsi({ fileSystemArns: [system] }),
    yes: [
      does('elasticfilesystem:CreateAccessPoint', system, { 'aws:RequestTag/efs.csi.aws.com/cluster': 'true' }), does('elasticfilesystem:DescribeMountTargets', system),
      does('elasticfilesystem:DeleteAccessPoint', point, { 'aws:ResourceTag/efs.csi.aws.com/cluster': 'true' }),
    ],
    no: [
      does('elasticfilesystem:CreateAccessPoint', `${system}2`, { 'aws:RequestTag/efs.csi.aws.com/cluster': 'true' }), does('elasticfilesystem:CreateAccessPoint', system),
      does('elasticfilesystem:DeleteAccessPoint', point), does('elasticfilesystem:DeleteFileSystem', system),
    ],
  },
  'external-secrets': {
    policy: awsPolicies.externalSecrets({ secretArns: [secret], parameterArns: ['arn:aws:ssm:us-west-2:111122223333:parameter/shop/*'], kmsKeyArns: [key] }),
    yes: [does('secretsmanager:GetSecretValue', secret.replace('??????', 'aB3dE6')), does('ssm:GetParameter', 'arn:aws:ssm:us-west-2:111122223333:parameter/shop/db'), does('kms:Decrypt', key)],
    no: [
      does('secretsmanager:GetSecretValue', 'arn:aws:secretsmanager:us-west-2:111122223333:secret:other-aB3dE6'), does('secretsmanager:ListSecrets', '*'), does('secretsmanager:PutSecretValue', secret),
      does('ssm:GetParameter', 'arn:aws:ssm:us-west-2:111122223333:parameter/other'), does('kms:Encrypt', key),
    ],
  },
  'external-secrets that looks for them': {
    policy: awsPolicies.externalSecrets({ secretArns: [secret], parameterArns: ['arn:aws:ssm:us-west-2:111122223333:parameter/shop/*'], find: true }),
    yes: [does('secretsmanager:ListSecrets', '*'), does('secretsmanager:BatchGetSecretValue', '*'), does('ssm:DescribeParameters', '*'), does('ssm:GetParametersByPath', 'arn:aws:ssm:us-west-2:111122223333:parameter/shop/db')],
    no: [does('secretsmanager:GetSecretValue', 'arn:aws:secretsmanager:us-west-2:111122223333:secret:other-aB3dE6'), does('ssm:GetParametersByPath', 'arn:aws:ssm:us-west-2:111122223333:parameter/other')],
  },
  'AWS Load Balancer Controller, with all that stands beside load balancers': {
    policy: awsPolicies.loadBalancerController({
      ...cluster,
      vpcId: 'vpc-1',
      serverCertificateArns: ['arn:aws:iam::111122223333:server-certificate/shop'],
      userPoolArns: ['arn:aws:cognito-idp:us-west-2:111122223333:userpool/p'],
      webAclArns: ['arn:aws:wafv2:us-west-2:111122223333:regional/webacl/shop/1'],
      shield: true,
    }),
    yes: [
      does('wafv2:AssociateWebACL', 'arn:aws:wafv2:us-west-2:111122223333:regional/webacl/shop/1'), does('wafv2:AssociateWebACL', elb('loadbalancer/app/a/1')), does('elasticloadbalancing:SetWebAcl', elb('loadbalancer/app/a/1'), mine),
      does('shield:CreateProtection', 'arn:aws:shield::111122223333:protection/1'), does('shield:GetSubscriptionState', '*'),
      does('cognito-idp:DescribeUserPoolClient', 'arn:aws:cognito-idp:us-west-2:111122223333:userpool/p'), does('iam:GetServerCertificate', 'arn:aws:iam::111122223333:server-certificate/shop'),
    ],
    no: [
      does('wafv2:AssociateWebACL', 'arn:aws:wafv2:us-west-2:111122223333:regional/webacl/other/1'), does('elasticloadbalancing:SetWebAcl', elb('loadbalancer/app/a/1')),
      does('cognito-idp:DescribeUserPoolClient', 'arn:aws:cognito-idp:us-west-2:111122223333:userpool/q'), does('iam:GetServerCertificate', 'arn:aws:iam::111122223333:server-certificate/other'),
    ],
  },
  'AWS Load Balancer Controller': {
    policy: awsPolicies.loadBalancerController({ ...cluster, vpcId: 'vpc-1' }),
    yes: [
      does('elasticloadbalancing:CreateLoadBalancer', elb('loadbalancer/app/a/1'), marking), does('elasticloadbalancing:DeleteLoadBalancer', elb('loadbalancer/net/a/1'), mine),
      does('elasticloadbalancing:CreateRule', elb('listener/app/a/1/2'), mine), does('elasticloadbalancing:RegisterTargets', elb('targetgroup/a/1'), mine),
      does('elasticloadbalancing:DescribeLoadBalancers', '*'), does('ec2:AuthorizeSecurityGroupIngress', ec2('security-group/s'), { 'ec2:Vpc': ec2('vpc/vpc-1') }),
      does('elasticloadbalancing:AddTags', elb('listener/app/a/1/2'), { ...marking, 'elasticloadbalancing:CreateAction': 'CreateListener' }), does('elasticloadbalancing:CreateListener', elb('loadbalancer/app/a/1'), mine),
      does('elasticloadbalancing:AddTags', elb('listener-rule/net/a/1/2/3'), { ...marking, 'elasticloadbalancing:CreateAction': 'CreateRule' }), does('elasticloadbalancing:ModifyIpPools', elb('loadbalancer/app/a/1'), mine),
      does('ec2:CreateSecurityGroup', ec2('vpc/vpc-1')), does('ec2:CreateSecurityGroup', ec2('security-group/*'), marking),
    ],
    no: [
      does('elasticloadbalancing:DeleteLoadBalancer', elb('loadbalancer/net/a/1')), does('elasticloadbalancing:DeleteLoadBalancer', elb('loadbalancer/net/a/1'), { 'aws:ResourceTag/elbv2.k8s.aws/cluster': 'other' }),
      does('elasticloadbalancing:CreateLoadBalancer', elb('loadbalancer/app/a/1')), does('ec2:AuthorizeSecurityGroupIngress', ec2('security-group/s'), { 'ec2:Vpc': ec2('vpc/vpc-2') }),
      does('elasticloadbalancing:AddTags', elb('listener/app/a/1/2'), marking), does('elasticloadbalancing:AddTags', elb('listener/app/a/1/2'), { 'elasticloadbalancing:CreateAction': 'CreateListener' }), does('wafv2:AssociateWebACL', elb('loadbalancer/app/a/1')),
      does('ec2:DeleteSecurityGroup', ec2('security-group/s')), does('ec2:CreateSecurityGroup', ec2('vpc/vpc-2')), does('iam:CreateServiceLinkedRole', 'arn:aws:iam::111122223333:role/x'),
    ],
  },
  'Karpenter': {
    policy: awsPolicies.karpenterController({ ...cluster, nodeRoleArns: ['arn:aws:iam::111122223333:role/node'], interruptionQueueArn: 'arn:aws:sqs:us-west-2:111122223333:karpenter' }),
    yes: [
      does('ec2:RunInstances', ec2('instance/*'), launching), does('ec2:RunInstances', ec2('image/ami', '')), does('ec2:TerminateInstances', ec2('instance/i'), owned),
      does('iam:PassRole', 'arn:aws:iam::111122223333:role/node', { 'iam:PassedToService': 'ec2.amazonaws.com' }), does('sqs:ReceiveMessage', 'arn:aws:sqs:us-west-2:111122223333:karpenter'),
      does('iam:CreateInstanceProfile', 'arn:aws:iam::111122223333:instance-profile/prod_1', { ...launching, ...nodeClass }),
      does('iam:TagInstanceProfile', 'arn:aws:iam::111122223333:instance-profile/prod_1', { ...launching, ...nodeClass, ...owned, 'aws:ResourceTag/topology.kubernetes.io/region': 'us-west-2' }),
      does('ec2:RunInstances', ec2('placement-group/p')), does('ec2:DescribeInstanceStatus', '*', { 'aws:RequestedRegion': 'us-west-2' }),
      does('ec2:DescribeInstances', '*', { 'aws:RequestedRegion': 'us-west-2' }), does('eks:DescribeCluster', 'arn:aws:eks:us-west-2:111122223333:cluster/prod'),
    ],
    no: [
      does('ec2:TerminateInstances', ec2('instance/i')), does('ec2:TerminateInstances', ec2('instance/i'), { ...owned, 'aws:ResourceTag/kubernetes.io/cluster/prod': 'shared' }),
      does('ec2:RunInstances', ec2('instance/*')), does('ec2:RunInstances', ec2('instance/*', '111122223333', 'eu-west-1'), launching),
      // Of somebody else's profile it makes none of its own.
      does('iam:TagInstanceProfile', 'arn:aws:iam::111122223333:instance-profile/admin', { ...launching, ...nodeClass }), does('arc-zonal-shift:GetManagedResource', '*', { 'arc-zonal-shift:ResourceIdentifier': 'arn:aws:eks:us-west-2:111122223333:cluster/other' }),
      does('iam:PassRole', 'arn:aws:iam::111122223333:role/admin', { 'iam:PassedToService': 'ec2.amazonaws.com' }), does('iam:PassRole', 'arn:aws:iam::111122223333:role/node', { 'iam:PassedToService': 'lambda.amazonaws.com' }),
      does('sqs:ReceiveMessage', 'arn:aws:sqs:us-west-2:111122223333:other'), does('ec2:DescribeInstances', '*', { 'aws:RequestedRegion': 'eu-west-1' }), does('eks:DescribeCluster', 'arn:aws:eks:us-west-2:111122223333:cluster/other'),
    ],
  },
};

describe.each(Object.entries(CASES))('%s', (_addon, { policy, yes, no }) => {
  test('may do what it does, where it is to', () => {
    expect(yes.filter(request => !allowed(policy, request))).toEqual([]);
  });

  test('may do nothing else, and nothing elsewhere', () => {
    expect(no.filter(request => allowed(policy, request))).toEqual([]);
  });

  test('no action is a wildcard but for reading, and what changes something names what', () => {
    for (const { Action = [], Resource, Effect } of policy.Statement) {
      expect(Effect).toBe('Allow');
      for (const action of [Action].flat()) expect(action).toMatch(/^[a-z0-9-]+:(\w+|Describe\*)$/);
      if ([Resource].flat().includes('*')) for (const action of [Action].flat()) expect(action).toMatch(/:(Describe|List|Get|BatchGet)/);
    }
  });

  test('it fits into a role, and into a managed policy', () => {
    expect(errorsOf(boundTo('aws', blue, { inlinePolicies: { addon: policy } }))).toEqual([]);
    expect(JSON.stringify(policy).length).toBeLessThanOrEqual(6144);
  });
});

test('in another partition every ARN is of that partition', () => {
  const policies = [awsPolicies.externalDns({ hostedZoneIds: ['Z1'], partition: 'aws-cn' }), awsPolicies.karpenterController({ ...cluster, region: 'cn-north-1', nodeRoleArns: ['arn:aws-cn:iam::111122223333:role/node'], partition: 'aws-cn' }), awsPolicies.loadBalancerController({ ...cluster, region: 'cn-north-1', vpcId: 'vpc-1' })];
  for (const policy of policies) expect(JSON.stringify(policy)).not.toContain('arn:aws:');
});

test.each<[string, () => unknown, readonly string[]]>([
  ['an account, a region and a key that are none', () => awsPolicies.ebsCsi({ clusterName: '', accountId: '1', region: 'us west', kmsKeyArns: ['key', key] }), [
    'aws/policy-scope clusterName', 'aws/policy-scope accountId', 'aws/policy-scope region', 'aws/policy-scope kmsKeyArns[0]',
  ]],
  ['wildcards for a cluster, an account, a region and a VPC', () => awsPolicies.loadBalancerController({ clusterName: '*', accountId: '*', region: '*', vpcId: '*' }), [
    'aws/policy-scope clusterName', 'aws/policy-scope accountId', 'aws/policy-scope region', 'aws/policy-scope vpcId',
  ]],
  ['every role, no role, and a role elsewhere', () => awsPolicies.karpenterController({ ...cluster, nodeRoleArns: ['arn:aws:iam::111122223333:role/*', 'arn:aws:iam::111122223333:role/n?de', 'arn:aws:s3:::x', 'arn:aws-cn:iam::111122223333:role/node'], interruptionQueueArn: 'arn:aws:sqs:us-west-2:111122223333:*' }), [
    ...[0, 1, 2, 3].map(i => `aws/policy-scope nodeRoleArns[${i}]`), 'aws/policy-scope interruptionQueueArn',
  ]],
  ['every file system', () => awsPolicies.efsCsi({ fileSystemArns: [system.replace('fs-1', '*'), system.replace('111122223333', '*'), system.replace('us-west-2', 'cn-north-1')] }), [0, 1, 2].map(i => `aws/policy-scope fileSystemArns[${i}]`)],
  ['an alias, and every key', () => awsPolicies.ebsCsi({ ...cluster, kmsKeyArns: ['arn:aws:kms:us-west-2:111122223333:alias/x', 'arn:aws:kms:us-west-2:111122223333:key/*'] }), ['aws/policy-scope kmsKeyArns[0]', 'aws/policy-scope kmsKeyArns[1]']],
  ['a bucket for a secret, every secret, and every parameter', () => awsPolicies.externalSecrets({
    secretArns: ['arn:aws:s3:::x', 'arn:aws:secretsmanager:us-west-2:111122223333:secret:*'], parameterArns: ['arn:aws:ssm:us-west-2:111122223333:parameter/*', secret],
  }), ['aws/policy-scope secretArns[0]', 'aws/policy-scope secretArns[1]', 'aws/policy-scope parameterArns[0]', 'aws/policy-scope parameterArns[1]']],
  ['what stands beside load balancers, by wildcards', () => awsPolicies.loadBalancerController({
    ...cluster, vpcId: 'vpc-1', serverCertificateArns: ['arn:aws:iam::111122223333:server-certificate/*'], userPoolArns: ['arn:aws:cognito-idp:us-west-2:111122223333:userpool/*'], webAclArns: ['arn:aws:wafv2:us-west-2:111122223333:*'],
  }), ['aws/policy-scope serverCertificateArns[0]', 'aws/policy-scope userPoolArns[0]', 'aws/policy-scope webAclArns[0]']],
  ['a region without its number', () => awsPolicies.clusterAutoscaler({ ...cluster, region: 'us-west' }), ['aws/policy-scope region']],
  ['a region of another partition', () => awsPolicies.clusterAutoscaler({ ...cluster, region: 'cn-north-1', partition: 'aws' }), ['aws/partition partition']],
  ['a zone as the command line of AWS prints it', () => awsPolicies.externalDns({ hostedZoneIds: ['/hostedzone/Z1'] }), ['aws/policy-scope hostedZoneIds[0]']],
  ['a partition that there is not', () => awsPolicies.externalDns({ hostedZoneIds: ['Z1'], partition: 'china' }), ['aws/partition partition']],
  ['a text for a list', () => awsPolicies.efsCsi({ fileSystemArns: system as never }), ['structure/type fileSystemArns']],
  ['a key that nobody knows', () => awsPolicies.externalSecrets({ secretArns: [secret], secretsArn: [secret] } as never), ['structure/unknown-key secretsArn']],
  ['no VPC', () => awsPolicies.loadBalancerController(cluster as never), ['structure/required vpcId']],
  ['no role to pass', () => awsPolicies.karpenterController({ ...cluster, nodeRoleArns: [] }), ['aws/policy-scope nodeRoleArns']],
])('%s: refused, with all that is wrong', (_what, make, findings) => {
  expect(make).toThrow(expect.objectContaining({ code: 'ERR_INVALID_DEFINITION', issues: findings.map(finding => expect.objectContaining({ code: finding.split(' ')[0], path: finding.split(' ')[1] }) as object) }) as Error);
});

test('a policy for nothing is an error', () => {
  expect(() => awsPolicies.externalDns({ hostedZoneIds: [] })).toThrow(/hostedZoneIds/);
  for (const id of ['*', 'Z*', '', '/hostedzone/Z1']) {
    expect(() => awsPolicies.externalDns({ hostedZoneIds: ['Z1', id] })).toThrow(/hostedZoneIds/);
    expect(() => awsPolicies.certManagerDns01({ hostedZoneIds: [id] })).toThrow(/hostedZoneIds/);
  }
  expect(() => awsPolicies.externalSecrets({})).toThrow(/secretArns/);
  expect(() => awsPolicies.efsCsi({ fileSystemArns: [] })).toThrow(/fileSystemArns/);
});
