/**
 * A cluster joins the fleet, and an old one retires: what changes in the clusters and at AWS, before anything is done.
 *   npx ts-node examples/fleet/changes.ts
 */
import { comparePlans, defineCluster, defineWorkloadIdentity, planWorkloadIdentities, type ClusterDefinition, type Plan } from 'symbolon';

const cluster = (name: string, id: string): ClusterDefinition => defineCluster({
  name,
  issuer: `https://oidc.eks.eu-west-1.amazonaws.com/id/${id}`,
  eks: { accountId: '111122223333', region: 'eu-west-1', clusterName: name },
});

const blue = cluster('blue', '0123456789ABCDEF0123456789ABCDEF');
const green = cluster('green', 'FEDCBA9876543210FEDCBA9876543210');

// region: fleet
const fleet = (clusters: readonly ClusterDefinition[]): Plan => planWorkloadIdentities(
  ['checkout', 'billing'].map(name => defineWorkloadIdentity({ name, namespace: 'shop', clusters, trustedBy: { aws: {} } })),
);

/** Green comes first, blue goes when nothing runs in it any more: at no moment is a pod without its role. */
export const joins = comparePlans(fleet([blue]), fleet([blue, green]));
export const retires = comparePlans(fleet([blue, green]), fleet([green]));
// endregion

// region: guard
const touched = joins.filter(({ change, cluster: where }) => change !== 'added' && where !== 'green');
if (touched.some(({ part }) => part !== 'trust')) throw new Error('a new cluster must not change what runs in the others');
// endregion

if (require.main === module) {
  for (const [what, differences] of [['green joins', joins], ['blue retires', retires]] as const) {
    console.log(`${what}:`);
    for (const { change, part, cluster: where = 'aws', name, fields } of differences) console.log(`  ${change} ${part} in ${where}: ${name} ${fields.map(field => field.path).join(', ')}`);
  }
}
