import fc from 'fast-check';
import { ackIdOf, eksIdOf, given, guidOf, labelArb, maybe } from './names';
import type { ClusterInput, InjectionMode } from 'symbolon';

/** Small pools, so that clusters share accounts, tenants and projects as often as not. */
export const ACCOUNTS = ['111122223333', '444455556666'] as const;
export const TENANTS = [guidOf('tenant 0'), guidOf('tenant 1')] as const;
export const SUBSCRIPTIONS = [guidOf('subscription 0'), guidOf('subscription 1')] as const;
export const UIDS = ['1234567890123456', '6543210987654321'] as const;
export const PROJECTS = ['shop-prod', 'shop-staging'] as const;
const NUMBERS = ['123456789012', '210987654321'] as const;

/** How Google knows a cluster: what is drawn is how much of it is said. Names follow from the cluster's, so that no two pools are one but where their subjects have prefixes. */
function googleOf(name: string, pool: 0 | 1, shape: number, isGke: boolean): Pick<ClusterInput, 'gcpPool' | 'fleet'> {
  const fleet = { hostProjectId: 'shop-fleet', hostProjectNumber: '345678901234', membership: name };
  const gcpPool = [
    {},
    { poolId: `pool-${name}`.slice(0, 32), attributes: { ns: 'assertion[\'kubernetes.io\'].namespace' }, attributeCondition: 'assertion.sub.startsWith("system:serviceaccount:") && attribute.ns != ""' },
    { existing: 'pool', poolId: `shared-${pool}`, subjectPrefix: name.slice(0, 32) },
    { allowedAudiences: [`sts.${name}.example.com`, 'sts.googleapis.com'], jwksJson: '{"keys":[{"kty":"RSA","n":"AQAB","e":"AQAB","kid":"1","alg":"RS256","use":"sig"}]}' },
  ] as const;
  return { ...(!isGke && { gcpPool: { projectNumber: NUMBERS[pool], ...gcpPool[shape % 4] } }), ...(shape > 1 && { fleet }) };
}

/** Where the EKS clusters of one draw are: a role never leaves its partition. */
const HOMES = [
  { region: 'us-west-2', suffix: 'amazonaws.com' },
  { region: 'us-gov-west-1', suffix: 'amazonaws.com', partition: 'aws-us-gov' },
  { region: 'cn-north-1', suffix: 'amazonaws.com.cn', partition: 'aws-cn' },
] as const;

type Platform = 'none' | 'eks' | 'aks' | 'gke' | 'ack';
interface RawCluster { name: string; platform: Platform; pool: 0 | 1; shape: number; google: number; injection: InjectionMode | undefined }

const poolArb = fc.constantFrom<(0 | 1)[]>(0, 1);
const homeArb = fc.oneof({ weight: 4, arbitrary: fc.constant(HOMES[0]) }, { weight: 1, arbitrary: fc.constantFrom(...HOMES) });

function rawArb(modes: readonly InjectionMode[]): fc.Arbitrary<RawCluster> {
  return fc.record({
    name: labelArb,
    platform: fc.constantFrom<Platform[]>('none', 'eks', 'aks', 'gke', 'ack'),
    pool: poolArb,
    shape: fc.nat(2),
    google: fc.nat(3),
    injection: maybe(fc.constantFrom(...modes)),
  });
}

/** The issuer and every id follow from the cluster's name: two clusters are never one. */
function clusterOf({ name, platform, pool, shape, google, injection }: RawCluster, home: (typeof HOMES)[number]): ClusterInput {
  const base = { name, ...given({ injection }), ...googleOf(name, pool, google, platform === 'gke') };
  switch (platform) {
    case 'eks': return {
      ...base,
      issuer: `https://oidc.eks.${home.region}.${home.suffix}/id/${eksIdOf(name)}`,
      eks: { accountId: ACCOUNTS[pool], region: home.region, clusterName: name, ...('partition' in home && { partition: home.partition }) },
    };
    case 'aks': return {
      ...base,
      issuer: `https://westeurope.oic.prod-aks.azure.com/${TENANTS[pool]}/${guidOf(name)}/`,
      aks: { tenantId: TENANTS[pool], ...(shape > 0 && { subscriptionId: SUBSCRIPTIONS[pool] }), ...(shape > 1 && { resourceGroup: 'clusters', clusterName: name }) },
    };
    case 'gke': return shape > 0
      ? { ...base, gke: { projectId: PROJECTS[pool], projectNumber: NUMBERS[pool], location: 'europe-west4', clusterName: name } }
      : { ...base, gke: { projectId: PROJECTS[pool], projectNumber: NUMBERS[pool] }, issuer: `https://container.googleapis.com/v1/projects/${PROJECTS[pool]}/locations/europe-west4/clusters/${name}` };
    case 'ack': return {
      ...base,
      issuer: `https://oidc-ack-cn-hangzhou.oss-cn-hangzhou.aliyuncs.com/${ackIdOf(name)}${shape > 0 ? '' : '/'}`,
      ack: { accountId: UIDS[pool], region: 'cn-hangzhou', clusterId: ackIdOf(name) },
    };
    case 'none': return { ...base, issuer: [`https://oidc.${name}.example.com`, `https://oidc.example.com/${name}/`, `https://oidc.example.com/clusters/${name}`][shape] as string };
  }
}

/** Clusters that are valid together. */
export function clustersArbOf(modes: readonly InjectionMode[]): fc.Arbitrary<readonly ClusterInput[]> {
  return fc.tuple(fc.uniqueArray(rawArb(modes), { minLength: 1, maxLength: 3, selector: raw => raw.name }), homeArb)
    .map(([raws, home]) => raws.map(raw => clusterOf(raw, home)));
}

/** A cluster on any platform, its issuer known. */
export const clusterArb: fc.Arbitrary<ClusterInput> = fc.tuple(rawArb(['webhook', 'explicit', 'none']), homeArb).map(([raw, home]) => clusterOf(raw, home));
