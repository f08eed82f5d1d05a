import { defineCluster, defineWorkloadIdentity } from 'symbolon';
import { halvesOf, symbolonMatchers, symbolonSerializer, workloadIn } from 'symbolon/testing';

expect.extend(symbolonMatchers);
expect.addSnapshotSerializer(symbolonSerializer);

const blue = defineCluster({
  name: 'prod-blue',
  issuer: 'https://oidc.eks.us-west-2.amazonaws.com/id/EXAMPLED539D4633E53DE1B71EXAMPLE',
  eks: { accountId: '111122223333', region: 'us-west-2', clusterName: 'prod-blue' },
});

const checkout = defineWorkloadIdentity({ name: 'checkout', namespace: 'shop', clusters: [blue], trustedBy: { aws: {} } });

const halves = halvesOf(checkout);

test('checkout becomes its role, and nobody else does', () => {
  expect(workloadIn(halves, 'Pod shop/checkout-specimen')).toBecome('arn:aws:iam::111122223333:role/checkout');
  expect(halves).toLetInNobodyElse();
});

test('both halves are what they were', () => {
  expect(halves).toMatchSnapshot();
});
