/** The policies are what @pulumi/policy takes, without a word of help. */
import type { PolicyPackArgs } from '@pulumi/policy';
import { symbolonPolicies } from 'symbolon/policy';

test('the policies are the arguments of a policy pack', () => {
  const args: PolicyPackArgs = symbolonPolicies({ clusters: [] });
  expect(args.policies).toHaveLength(4);
});
