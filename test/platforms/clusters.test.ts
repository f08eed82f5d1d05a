import fc from 'fast-check';
import { issuerOf, platformOf } from '../../src/platforms';
import { clusterArb } from '../support/arbitraries';
import { aks, blue, gke, k3s, SENTENCE } from '../support/definitions';
import { checkWorkloadIdentity, defineCluster, InvalidDefinitionError, type ClusterInput, type Issue } from 'symbolon';

function issuesOf(input: unknown): readonly Issue[] {
  try {
    defineCluster(input as ClusterInput);
  } catch (error) {
    expect(error).toBeInstanceOf(InvalidDefinitionError);
    return (error as InvalidDefinitionError).issues;
  }
  return [];
}
const with_ = (cluster: ClusterInput, block: 'eks' | 'aks' | 'gke' | 'ack', fields: object): ClusterInput => ({ ...cluster, [block]: { ...cluster[block], ...fields } });
const ack: ClusterInput = { name: 'ack', issuer: 'https://oidc-ack-cn-hangzhou.oss-cn-hangzhou.aliyuncs.com/c1234', ack: { accountId: '1234567890123456', region: 'cn-hangzhou', clusterId: `c${'0a'.repeat(16)}` } };

const ACK_ISSUER = `https://oidc-ack-cn-hangzhou.oss-cn-hangzhou.aliyuncs.com/c${'0a'.repeat(16)}`;

test.each<[string, ClusterInput]>([
  ['ACK with the issuer that it has', { ...ack, issuer: ACK_ISSUER }], ['ACK behind an issuer of its own', { ...ack, issuer: 'https://oidc.example.com/' }],
  ['a cluster of one\'s own', k3s], ['without an issuer yet', { name: 'dev' }], ['EKS', blue], ['AKS', aks], ['GKE', gke], ['ACK', ack],
  ['EKS in China', { ...with_(blue, 'eks', { region: 'cn-north-1', partition: 'aws-cn' }), issuer: `https://oidc.eks.cn-north-1.amazonaws.com.cn/id/${'A1'.repeat(16)}` }],
  ['EKS for governments', { ...with_(blue, 'eks', { region: 'us-gov-west-1', partition: 'aws-us-gov' }), issuer: `https://oidc.eks.us-gov-west-1.amazonaws.com/id/${'A1'.repeat(16)}` }],
  ['EKS in the sovereign cloud of Europe', { ...with_(blue, 'eks', { region: 'eusc-de-east-1', partition: 'aws-eusc' }), issuer: `https://oidc.eks.eusc-de-east-1.amazonaws.eu/id/${'A1'.repeat(16)}` }],
  ['EKS in China, dual stack', { ...with_(blue, 'eks', { region: 'cn-north-1' }), issuer: `https://oidc-eks.cn-north-1.api.amazonwebservices.com.cn/id/${'A1'.repeat(16)}` }],
  ['EKS, dual stack', { ...blue, issuer: `https://oidc-eks.us-west-2.api.aws/id/${'A1'.repeat(16)}` }],
  ['an old AKS', { ...aks, issuer: 'https://oidc.prod-aks.azure.com/00000000-0000-4000-8000-000000000002/' }],
  ['AKS behind an issuer of its own', { ...aks, issuer: 'https://oidc.example.com' }],
  ['GKE without a location', { name: 'gke', gke: { projectId: 'shop-prod' } }],
  ['GKE with its own issuer said again', { ...gke, issuer: issuerOf(gke) as string }],
])('%s is a cluster', (_what, input) => {
  expect(issuesOf(input)).toEqual([]);
});

test.each<[string, ClusterInput, string, string, string]>([
  ['an EKS account of 11 digits', with_(blue, 'eks', { accountId: '11112222333' }), 'eks/account', 'eks.accountId', '"11112222333"'],
  ['an EKS region that is a zone', with_(blue, 'eks', { region: 'us-west-2a' }), 'eks/region', 'eks.region', '"us-west-2a"'],
  ['an EKS region without its number', with_(blue, 'eks', { region: 'us-west' }), 'eks/region', 'eks.region', '"us-west"'],
  ['a partition in which an EKS region is not', with_(blue, 'eks', { partition: 'aws-cn' }), 'eks/partition', 'eks.partition', '"aws-cn"'],
  ['the usual partition for a region in China', { ...with_(blue, 'eks', { region: 'cn-north-1', partition: 'aws' }), issuer: `https://oidc.eks.cn-north-1.amazonaws.com.cn/id/${'A1'.repeat(16)}` }, 'eks/partition', 'eks.partition', 'expected aws-cn'],
  ['a partition that there is not', with_(blue, 'eks', { partition: 'aws-mars' }), 'eks/partition', 'eks.partition', '"aws-mars"'],
  ['an EKS cluster name with a dot', with_(blue, 'eks', { clusterName: 'prod.blue' }), 'eks/cluster-name', 'eks.clusterName', '"prod.blue"'],
  ['an EKS issuer with a slash at its end', { ...blue, issuer: `${blue.issuer}/` }, 'issuer/trailing-slash', 'issuer', `${blue.issuer}/`],
  ['an EKS issuer of another region', with_(blue, 'eks', { region: 'eu-west-1' }), 'issuer/region', 'issuer', `${blue.issuer}`],
  ['an AKS tenant by name', with_(aks, 'aks', { tenantId: 'example.com' }), 'aks/guid', 'aks.tenantId', '"example.com"'],
  ['an AKS tenant in capitals', with_({ ...aks, issuer: 'https://oidc.example.com' }, 'aks', { tenantId: '00000000-0000-4000-8000-00000000000A' }), 'aks/guid', 'aks.tenantId', 'A"'],
  ['an AKS subscription by name', with_(aks, 'aks', { subscriptionId: 'shop' }), 'aks/guid', 'aks.subscriptionId', '"shop"'],
  ['an AKS issuer without its slash', { ...aks, issuer: `${aks.issuer}`.slice(0, -1) }, 'issuer/trailing-slash', 'issuer', `${aks.issuer}`.slice(0, -1)],
  ['an AKS issuer of another tenant', with_(aks, 'aks', { tenantId: '00000000-0000-4000-8000-000000000009' }), 'issuer/tenant', 'issuer', `${aks.issuer}`],
  ['a GKE project by number', with_(gke, 'gke', { projectId: '123456789012' }), 'gke/project', 'gke.projectId', '"123456789012"'],
  ['a GKE project number that is none', with_(gke, 'gke', { projectNumber: 'shop-prod' }), 'gke/project-number', 'gke.projectNumber', '"shop-prod"'],
  ['a GKE issuer of another cluster', { ...gke, issuer: 'https://container.googleapis.com/v1/projects/shop-prod/locations/europe-west4/clusters/other' }, 'issuer/shape', 'issuer', 'clusters/other'],
  ['an ACK account that is none', with_(ack, 'ack', { accountId: 'me' }), 'ack/account', 'ack.accountId', '"me"'],
  ['an ACK issuer of another region', with_({ ...ack, issuer: ACK_ISSUER }, 'ack', { region: 'cn-beijing' }), 'issuer/region', 'issuer', ACK_ISSUER],
  ['an ACK issuer of another cluster', { ...ack, issuer: ACK_ISSUER.replace(/a$/, 'b') }, 'issuer/cluster', 'issuer', 'cn-hangzhou'],
  ['two platforms', { ...blue, aks: aks.aks } as ClusterInput, 'cluster/platform', 'aks', 'eks and aks'],
  ['a name in capitals', { ...k3s, name: 'K3s' }, 'cluster/name', 'name', '"K3s"'],
  ['a name of 64 characters', { ...k3s, name: 'x'.repeat(64) }, 'cluster/name', 'name', 'xxx'],
  ['a platform that nobody knows', { ...k3s, doks: {} } as ClusterInput, 'structure/unknown-key', 'doks', '"doks"'],
  ['a platform without what it needs', { name: 'eks', eks: { accountId: '111122223333' } } as ClusterInput, 'structure/required', 'eks.region', 'nothing'],
])('%s is refused', (_what, input, code, path, given) => {
  const issue = issuesOf(input).find(each => each.code === code && each.path === path);
  expect(issue?.message).toMatch(SENTENCE);
  expect(issue?.message).toContain(given);
});

test('an issuer with hosts of another partition is a warning: they are said to be of the cluster\'s own', () => {
  const warned = (region: string, host: string): readonly string[] => {
    const cluster = { name: 'c', issuer: `https://${host}/id/${'A1'.repeat(16)}`, eks: { accountId: '111122223333', region, clusterName: 'c' } };
    return checkWorkloadIdentity({ name: 'checkout', namespace: 'shop', clusters: [cluster], trustedBy: {} }).map(({ code, severity }) => `${severity} ${code}`).filter(code => code.includes('issuer/'));
  };
  expect(warned('eusc-de-east-1', 'oidc.eks.eusc-de-east-1.amazonaws.eu')).toEqual([]);
  expect(warned('eusc-de-east-1', 'oidc.eks.eusc-de-east-1.amazonaws.com')).toEqual(['warning issuer/shape']);
  expect(warned('cn-north-1', 'oidc.eks.cn-north-1.amazonaws.com')).toEqual(['warning issuer/shape']);
  expect(warned('us-west-2', 'oidc-eks.us-west-2.amazonaws.com')).toEqual(['warning issuer/shape']);
  expect(warned('us-west-2', 'oidc.example.com')).toEqual(['warning issuer/shape']);
});

test('an issuer is kept byte for byte, or is refused', () => {
  fc.assert(fc.property(fc.oneof(fc.webUrl(), fc.string(), fc.webUrl().map(url => `${url}/`)), issuer => {
    const input = { name: 'k3s', issuer };
    if (issuesOf(input).length === 0) expect(defineCluster(input).issuer).toBe(issuer);
  }));
});

test('every kind of cluster has a platform, and only GKE says its issuer by itself', () => {
  fc.assert(fc.property(clusterArb, cluster => {
    expect(platformOf(cluster).title).not.toBe('');
    expect(issuerOf(cluster)).toBe(cluster.issuer ?? `https://container.googleapis.com/v1/projects/${cluster.gke?.projectId}/locations/${cluster.gke?.location}/clusters/${cluster.gke?.clusterName}`);
  }));
});

test('the longest lifetime that each platform grants', () => {
  expect([k3s, blue, aks, gke, ack].map(cluster => platformOf(cluster).maxTokenSeconds)).toEqual([undefined, 86400, 86400, undefined, 43200]);
});
