import type { EksInput } from './cluster';
import type { Platform } from './platform';
import { complain } from '../core/issues';

/** `https://oidc.eks.<region>.amazonaws.com/id/<32 hex>`, in China with `.cn`; dual stack: `https://oidc-eks.<region>.api.aws/id/…`. */
const ISSUER = /^https:\/\/(?:oidc\.eks\.([a-z0-9-]+)\.amazonaws\.com(?:\.cn)?|oidc-eks\.([a-z0-9-]+)\.api\.aws)\/id\/[0-9A-Z]{32}$/;

/** https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonelastickubernetesservice.html */
export function clusterArnOf({ partition = 'aws', region, accountId, clusterName }: EksInput): string {
  return `arn:${partition}:eks:${region}:${accountId}:cluster/${clusterName}`;
}

/** https://docs.aws.amazon.com/eks/latest/userguide/iam-roles-for-service-accounts.html */
export const eks: Platform = {
  title: 'EKS',
  maxTokenSeconds: 86400,
  usual: { aws: { mechanism: 'irsa', injection: 'webhook' } },

  clusterArnOf: ({ eks: block }) => (block === undefined ? undefined : clusterArnOf(block)),

  check(cluster, path, report) {
    const block = cluster.eks;
    if (block === undefined) return;
    if (!/^\d{12}$/.test(block.accountId)) {
      complain(report, 'eks/account', `${path}eks.accountId`, { expected: '12 digits', got: block.accountId, fix: 'use the AWS account that the cluster lives in' });
    }
    if (!/^[a-z]{2}(-[a-z]+)+-\d+$/.test(block.region)) {
      complain(report, 'eks/region', `${path}eks.region`, { expected: 'an AWS region such as us-west-2', got: block.region, fix: 'use the region that the cluster lives in' });
    }
    if (!/^[0-9A-Za-z][0-9A-Za-z_-]{0,99}$/.test(block.clusterName)) {
      complain(report, 'eks/cluster-name', `${path}eks.clusterName`, { expected: '1 to 100 of the characters A-Z, a-z, 0-9, - and _, alphanumeric first', got: block.clusterName, fix: 'use the name of the cluster in EKS' });
    }
    if (cluster.issuer !== undefined) checkIssuer(cluster.issuer, block.region, `${path}issuer`, report);
  },
};

function checkIssuer(issuer: string, region: string, path: string, report: Parameters<Platform['check']>[2]): void {
  if (issuer.endsWith('/')) {
    complain(report, 'issuer/trailing-slash', path, { expected: 'an EKS issuer, which has no slash at its end', got: issuer, fix: 'read it from the cluster (aws eks describe-cluster --query cluster.identity.oidc.issuer)' });
    return;
  }
  const match = ISSUER.exec(issuer);
  if (match === null) {
    complain(report, 'issuer/shape', path, { expected: 'https://oidc.eks.<region>.amazonaws.com/id/<32 characters>', got: issuer, severity: 'warning', fix: 'read it from the cluster (aws eks describe-cluster --query cluster.identity.oidc.issuer)' });
  } else if ((match[1] ?? match[2]) !== region) {
    complain(report, 'issuer/region', path, { expected: `the issuer of a cluster in ${region}`, got: issuer, fix: 'issuer and eks.region belong to different clusters, so read both from the same one' });
  }
}
