/** What docs/providers/aws.md shows and says beside the example. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { reports } from '../../examples/aws-pod-identity/identities';
import { knownLayoutOf } from '../../src/identity/define';
import { defineWorkloadIdentity, planWorkloadIdentities, type AwsPolicyDocument } from 'symbolon';

interface Role { readonly AssumeRolePolicyDocument: { readonly Statement: readonly unknown[] } }
interface TargetStatement {
  readonly Principal: { readonly AWS: string };
  readonly Action: string;
  readonly Condition?: { readonly StringEquals: { readonly [key: string]: string } };
}

const read = (path: string): unknown => JSON.parse(readFileSync(join(__dirname, path), 'utf8'));

test('by Pod Identity there is the role with its statement and last the association, without a provider', () => {
  const orders = defineWorkloadIdentity({
    name: 'orders',
    namespace: 'shop',
    clusters: [{ name: 'prod', eks: { accountId: '111122223333', region: 'eu-west-1', clusterName: 'prod' } }],
    // region: pod-identity
    trustedBy: { aws: { mechanism: 'pod-identity' } },
    // endregion
  });
  const { trust } = planWorkloadIdentities(orders);
  expect(trust.map(({ kind }) => kind)).toEqual(['iam.Role', 'eks.PodIdentityAssociation']);
  expect((trust[0]?.request as Role).AssumeRolePolicyDocument.Statement).toEqual([read('orders-statement.json')]);
});

test('what the owners of a target write lets in the role that is made, for all that it may ask, by the fact that EKS makes up', () => {
  const [open, tags] = (read('../../examples/aws-pod-identity/target-trust.json') as { Statement: readonly TargetStatement[] }).Statement;
  const { trust } = knownLayoutOf(reports);
  const requestOf = (wanted: string): unknown => trust.find(({ kind }) => kind === wanted)?.request;
  const association = trust.find(({ kind }) => kind === 'eks.PodIdentityAssociation');

  expect(association?.request).toMatchObject({ roleArn: open?.Principal.AWS, targetRoleArn: 'arn:aws:iam::444455556666:role/reports-reader' });
  expect(tags?.Principal).toEqual(open?.Principal);
  expect((requestOf('iam.RolePolicy') as { PolicyDocument: AwsPolicyDocument }).PolicyDocument.Statement).toMatchObject([{ Action: [open?.Action, tags?.Action] }]);

  const fact = association?.provides?.[0]?.at ?? [];
  expect(fact.slice(0, -1).join('.')).toBe('identities.reports.aws.on.prod');
  expect(open?.Condition?.StringEquals).toEqual({ 'sts:ExternalId': `the fact ${fact.at(-1)}` });
});
