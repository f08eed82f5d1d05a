import type { AwsClusterScope, AwsPartitionScope } from './statement';
import { InvalidDefinitionError } from '../../../core/errors';
import { Findings, complain, joinPath, type Report } from '../../../core/issues';
import { readShape, type Shape } from '../../../core/shape';
import { PARTITIONS } from '../../../platforms/eks-regions';

export const PARTITION_SHAPE: Shape<AwsPartitionScope> = { partition: 'text?' };
export const CLUSTER_SHAPE: Shape<AwsClusterScope> = { ...PARTITION_SHAPE, clusterName: 'text', accountId: 'text', region: 'text' };

/** What a value has to be like, by the field that holds it or a list of it; of all others, that it is one word. */
const RULES: { readonly [field: string]: readonly [pattern: RegExp, expected: string] } = {
  accountId: [/^\d{12}$/, '12 digits'],
  hostedZoneIds: [/^[A-Za-z0-9]{1,32}$/, 'the id of a hosted zone, without /hostedzone/ and wildcards'],
};
const ARN = [/^arn:\S+$/, 'an ARN'] as const;
const WORD = [/^\S+$/, 'text that is not empty, without blanks'] as const;

/**
 * The scope of a policy, if it is one.
 *
 * @param policy  its name in `awsPolicies`
 * @param limits  fields of which one at least has to name something: IAM would refuse the policy, or it would allow nothing
 * @throws InvalidDefinitionError with everything that is wrong with it
 */
export function checkedScope<T extends object>(policy: string, scope: T, shape: Shape<T>, limits: readonly (keyof T & string)[] = []): T {
  const findings = new Findings();
  const { report } = findings;
  const whole = readShape(scope, shape, '', report);
  for (const [field, value] of Object.entries<unknown>(whole)) {
    if (typeof value === 'string') checkText(field, value, field, report);
    else if (Array.isArray(value)) value.forEach((item: string, i) => checkText(field, item, joinPath(field, i), report));
  }
  const isThere = (field: keyof T): boolean => {
    const value: unknown = whole[field];
    return Array.isArray(value) && value.length > 0;
  };
  if (findings.errors.length === 0 && limits.length > 0 && !limits.some(isThere)) {
    complain(report, 'aws/policy-scope', limits[0] as string, { expected: `at least one of ${limits.join(' or ')}`, got: whole[limits[0] as keyof T], fix: 'a policy for nothing is no policy: name what it is for' });
  }
  if (findings.errors.length > 0) throw new InvalidDefinitionError(`awsPolicies.${policy}`, findings.all);
  return scope;
}

function checkText(field: string, value: string, path: string, report: Report): void {
  if (field === 'partition') {
    if (!PARTITIONS.includes(value)) complain(report, 'aws/partition', path, { expected: `one of ${PARTITIONS.join(', ')}`, got: value, fix: 'use the partition of the account' });
    return;
  }
  const [pattern, expected] = RULES[field] ?? (/Arns?$/.test(field) ? ARN : WORD);
  if (!pattern.test(value)) complain(report, 'aws/policy-scope', path, { expected, got: value, fix: 'write it as AWS shows it' });
}
