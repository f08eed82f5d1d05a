import pulumi from '@pulumi/pulumi';
import { defineCluster, defineWorkloadIdentity } from 'symbolon';
import { WorkloadIdentity } from 'symbolon/pulumi';
import { symbolonMocks } from 'symbolon/testing';

const blue = defineCluster({ name: 'blue', issuer: 'https://oidc.example.com' });
const checkout = defineWorkloadIdentity({ name: 'checkout', namespace: 'shop', clusters: [blue], trustedBy: { aws: { accountId: '111122223333' } } });

async function main() {
  const mocks = symbolonMocks();
  await pulumi.runtime.setMocks(mocks);
  const identity = new WorkloadIdentity('checkout', { definition: checkout, halves: 'cloud' });
  const facts = await new Promise(resolve => { pulumi.all(identity.facts).apply(resolve); });
  await pulumi.runtime.disconnect();
  console.log(JSON.stringify({ types: mocks.resources.map(({ type }) => type), facts: typeof facts }));
}

void main();
