import type { EksInput } from './cluster';
import { PARTITIONS, hostsOf, isRegion, partitionOf } from './eks-regions';
import type { Platform } from './platform';
import { complain, type Report } from '../core/issues';

/** `https://oidc.eks.<region>.amazonaws.com/id/<32 hex>`; dual stack: `https://oidc-eks.<region>.api.aws/id/…`. Each partition has hosts of its own. */
const ISSUER = /^https:\/\/(oidc\.eks|oidc-eks)\.([a-z0-9-]+)\.([a-z0-9.-]+)\/id\/[0-9A-Z]{32}$/;

/** The partition of a cluster, said or by its region. */
export function partitionOfEks({ partition, region }: EksInput): string {
  return partition ?? partitionOf(region);
}

/** https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonelastickubernetesservice.html */
export function clusterArnOf(block: EksInput): string {
  return `arn:${partitionOfEks(block)}:eks:${block.region}:${block.accountId}:cluster/${block.clusterName}`;
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
    if (!isRegion(block.region)) {
      complain(report, 'eks/region', `${path}eks.region`, { expected: 'an AWS region such as us-west-2', got: block.region, fix: 'use the region that the cluster lives in' });
    } else if (block.partition !== undefined) {
      checkPartition(block.partition, block.region, `${path}eks.partition`, report);
    }
    if (!/^[0-9A-Za-z][0-9A-Za-z_-]{0,99}$/.test(block.clusterName)) {
      complain(report, 'eks/cluster-name', `${path}eks.clusterName`, { expected: '1 to 100 of the characters A-Z, a-z, 0-9, - and _, alphanumeric first', got: block.clusterName, fix: 'use the name of the cluster in EKS' });
    }
    if (cluster.issuer !== undefined) checkIssuer(cluster.issuer, block.region, `${path}issuer`, report);
  },
};

/** A region is in one partition: whoever says another one has mistaken one of the two. */
function checkPartition(partition: string, region: string, path: string, report: Report): void {
  const known = PARTITIONS.includes(partition);
  if (known && partition === partitionOf(region)) return;
  complain(report, 'eks/partition', path, {
    expected: known ? `${partitionOf(region)}, the partition of ${region}` : `one of ${PARTITIONS.join(', ')}`, got: partition, fix: 'leave it out: it follows from the region',
  });
}

function checkIssuer(issuer: string, region: string, path: string, report: Report): void {
  const read = 'read it from the cluster (aws eks describe-cluster --query cluster.identity.oidc.issuer)';
  if (issuer.endsWith('/')) {
    complain(report, 'issuer/trailing-slash', path, { expected: 'an EKS issuer, which has no slash at its end', got: issuer, fix: read });
    return;
  }
  const [, service, where, host] = ISSUER.exec(issuer) ?? [];
  const [usual, dual] = hostsOf(where ?? region);
  if (host !== (service === 'oidc.eks' ? usual : dual)) {
    complain(report, 'issuer/shape', path, { expected: `https://oidc.eks.<region>.${usual}/id/<32 characters>`, got: issuer, severity: 'warning', fix: read });
  } else if (where !== region) {
    complain(report, 'issuer/region', path, { expected: `the issuer of a cluster in ${region}`, got: issuer, fix: 'issuer and eks.region belong to different clusters, so read both from the same one' });
  }
}
