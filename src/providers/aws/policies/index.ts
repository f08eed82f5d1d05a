import type { CertManagerDns01Scope } from './cert-manager';
import type { EbsCsiScope } from './ebs-csi';
import type { EfsCsiScope } from './efs-csi';
import type { ExternalDnsScope } from './external-dns';
import type { ExternalSecretsScope } from './external-secrets';
import type { KarpenterControllerScope } from './karpenter-controller';
import type { LoadBalancerControllerScope } from './load-balancer-controller';
import type { AwsClusterScope, AwsPartitionScope } from './statement';
import type { AwsPolicyDocument } from '../binding';

export type {
  AwsClusterScope, AwsPartitionScope, CertManagerDns01Scope, EbsCsiScope, EfsCsiScope, ExternalDnsScope, ExternalSecretsScope, KarpenterControllerScope,
  LoadBalancerControllerScope,
};

/**
 * Policies for well-known add-ons, as narrow as the add-on works with: each is a pure function of what it may touch, and gives a
 * document for `inlinePolicies`. Each throws an InvalidDefinitionError with everything that is wrong with its scope. What an add-on needs changes with its versions: the page at each of them is where to look.
 */
export interface AwsPolicies {
  /** Records of these hosted zones. https://kubernetes-sigs.github.io/external-dns/latest/docs/tutorials/aws/ */
  externalDns(scope: ExternalDnsScope): AwsPolicyDocument;
  /** TXT records of challenges in these hosted zones. https://cert-manager.io/docs/configuration/acme/dns01/route53/ */
  certManagerDns01(scope: CertManagerDns01Scope): AwsPolicyDocument;
  /** Groups with the cluster's tags. https://github.com/kubernetes/autoscaler/blob/master/cluster-autoscaler/cloudprovider/aws/README.md */
  clusterAutoscaler(scope: AwsClusterScope): AwsPolicyDocument;
  /** Volumes and snapshots of its own. https://github.com/kubernetes-sigs/aws-ebs-csi-driver/blob/master/docs/install.md */
  ebsCsi(scope: EbsCsiScope): AwsPolicyDocument;
  /** Access points of its own in these file systems. https://github.com/kubernetes-sigs/aws-efs-csi-driver/blob/master/docs/iam-policy-create.md */
  efsCsi(scope: EfsCsiScope): AwsPolicyDocument;
  /** These secrets and parameters. https://external-secrets.io/latest/provider/aws-secrets-manager/ */
  externalSecrets(scope: ExternalSecretsScope): AwsPolicyDocument;
  /** Load balancers, target groups and security groups of its cluster. https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/deploy/installation/ */
  loadBalancerController(scope: LoadBalancerControllerScope): AwsPolicyDocument;
  /** Instances of its cluster. https://karpenter.sh/docs/reference/cloudformation/ */
  karpenterController(scope: KarpenterControllerScope): AwsPolicyDocument;
}

/* eslint-disable @typescript-eslint/no-require-imports */
/** `{ inlinePolicies: { dns: awsPolicies.externalDns({ hostedZoneIds: ['Z0123456789ABCDEFGHIJ'] }) } }`. A policy is loaded when it is first asked for. */
export const awsPolicies: AwsPolicies = {
  externalDns: scope => (require('./external-dns') as typeof import('./external-dns')).externalDns(scope),
  certManagerDns01: scope => (require('./cert-manager') as typeof import('./cert-manager')).certManagerDns01(scope),
  clusterAutoscaler: scope => (require('./cluster-autoscaler') as typeof import('./cluster-autoscaler')).clusterAutoscaler(scope),
  ebsCsi: scope => (require('./ebs-csi') as typeof import('./ebs-csi')).ebsCsi(scope),
  efsCsi: scope => (require('./efs-csi') as typeof import('./efs-csi')).efsCsi(scope),
  externalSecrets: scope => (require('./external-secrets') as typeof import('./external-secrets')).externalSecrets(scope),
  loadBalancerController: scope => (require('./load-balancer-controller') as typeof import('./load-balancer-controller')).loadBalancerController(scope),
  karpenterController: scope => (require('./karpenter-controller') as typeof import('./karpenter-controller')).karpenterController(scope),
};
/* eslint-enable @typescript-eslint/no-require-imports */
