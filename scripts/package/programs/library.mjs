import { defineCluster, defineWorkloadIdentity, isSymbolonError, planWorkloadIdentities, prove } from 'symbolon';
import { halvesOf, mintToken, workloadIn } from 'symbolon/testing';

const blue = defineCluster({
  name: 'blue', issuer: 'https://oidc.eks.us-west-2.amazonaws.com/id/EXAMPLED539D4633E53DE1B71EXAMPLE', eks: { accountId: '111122223333', region: 'us-west-2', clusterName: 'blue' },
});
const checkout = defineWorkloadIdentity({ name: 'checkout', namespace: 'shop', clusters: [blue], trustedBy: { aws: {} }, tokens: { payments: { audience: 'https://payments.example.com' } } });
const deployment = {
  apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'checkout', namespace: 'shop' },
  spec: { selector: { matchLabels: { app: 'checkout' } }, template: { metadata: { labels: { app: 'checkout' } }, spec: { serviceAccountName: 'checkout', containers: [{ name: 'app', image: 'checkout' }] } } },
};

const halves = halvesOf(checkout, { workloads: [deployment] });
const refused = [];
try {
  defineCluster({ name: 'blue', issuer: 'http://oidc.example.com' });
} catch (error) {
  if (isSymbolonError(error)) refused.push(...error.issues.map(({ code }) => code));
}
console.log(JSON.stringify({
  handles: planWorkloadIdentities(checkout).edges.map(({ handle }) => handle),
  verdicts: prove(halves).verdicts.map(({ admitted }) => admitted),
  token: mintToken(workloadIn(halves, 'Deployment shop/checkout'), { issuedAt: new Date(0), audience: 'https://payments.example.com' }).claims.sub,
  refused,
}));
