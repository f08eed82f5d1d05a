import { createRequire } from 'node:module';
import { ApiObject, App, Chart } from 'cdk8s';

// Two copies of the package, in one tree: packages that depend on it may each have their own.
const [ours, theirs] = process.argv.slice(2).map(folder => {
  const load = createRequire(`${folder}/index.js`);
  return { ...load('symbolon'), testing: load('symbolon/testing'), cdk8s: load('symbolon/cdk8s') };
});
const blue = theirs.defineCluster({ name: 'blue', issuer: 'https://oidc.example.com' });
const checkout = ours.defineWorkloadIdentity({ name: 'checkout', namespace: 'shop', clusters: [blue], trustedBy: { aws: { accountId: '111122223333' } }, tokens: { api: { audience: 'https://api.example.com' } } });
const tokens = theirs.defineProjectedTokens({ tokens: { payments: { audience: 'https://payments.example.com' } } });

const chart = new Chart(new App(), 'shop');
const deployment = new ApiObject(chart, 'deployment', {
  apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'checkout', namespace: 'shop' },
  spec: { selector: { matchLabels: { app: 'checkout' } }, template: { metadata: { labels: { app: 'checkout' } }, spec: { containers: [{ name: 'app', image: 'checkout' }] } } },
});
new theirs.cdk8s.WorkloadIdentity(chart, 'identity', { definition: checkout, cluster: blue }).attachTo(deployment);
new ours.cdk8s.ProjectedTokens(chart, 'tokens', tokens).attachTo(deployment);
const { spec } = chart.toJson().find(({ kind }) => kind === 'Deployment').spec.template;
let error;
try {
  theirs.defineCluster({ name: 'blue', issuer: 'http://oidc.example.com' });
} catch (thrown) {
  error = thrown;
}
console.log(JSON.stringify({
  apart: ours.defineWorkloadIdentity !== theirs.defineWorkloadIdentity,
  known: theirs.isWorkloadIdentityDefinition(checkout) && ours.isClusterDefinition(blue) && ours.isProjectedTokensDefinition(tokens),
  same: theirs.defineWorkloadIdentity(checkout) === checkout,
  planned: JSON.stringify(theirs.planWorkloadIdentities(checkout)) === JSON.stringify(ours.planWorkloadIdentities(checkout)),
  admitted: theirs.prove(ours.testing.halvesOf(checkout, { workloads: [] })).strangers.length === 0,
  error: ours.isSymbolonError(error),
  volumes: spec.volumes.flatMap(({ projected }) => projected.sources.map(({ serviceAccountToken }) => serviceAccountToken?.audience)).sort(),
}));
