import { parsed, said, saidAt, withoutIssuer, type Form } from './text';
import { isData } from '../../kubernetes/data';
import type { Reader } from '../reader';

const ARN: Form = {
  form: /^arn:([^:]+):eks:([^:]+):(\d{12}):cluster\/([^/]+)$/,
  expected: 'the ARN of an EKS cluster: arn:aws:eks:REGION:ACCOUNT:cluster/NAME',
  fix: 'give all that aws eks describe-cluster prints, without --query',
};

/** Account, region and partition stand in the ARN alone. https://docs.aws.amazon.com/cli/latest/reference/eks/describe-cluster.html */
export const eks: Reader = {
  prints: ['aws eks describe-cluster'],
  read(document, report) {
    const { cluster } = document;
    if (!isData(cluster) || said(cluster.name) === undefined || !(said(cluster.arn)?.includes(':eks:') ?? isData(cluster.resourcesVpcConfig))) return undefined;
    const [partition, region, accountId, clusterName] = parsed(cluster.arn, 'cluster.arn', ARN, report) ?? [];
    const issuer = saidAt(cluster, 'identity', 'oidc', 'issuer');
    if (issuer === undefined) {
      withoutIssuer('cluster.identity.oidc.issuer', issuer, 'a cluster has one once it is active (aws eks wait cluster-active --name NAME), and a local cluster on Outposts never has: give what aws eks describe-cluster prints then', report);
    }
    if (region === undefined || accountId === undefined || clusterName === undefined) return {};
    return {
      cluster: {
        name: said(cluster.name),
        id: cluster.arn as string,
        fields: { issuer, eks: { accountId, region, clusterName, ...(partition !== undefined && partition !== 'aws' && { partition }) } },
      },
    };
  },
};
