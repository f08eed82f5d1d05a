import type { AwsClusterScope, AwsPartitionScope } from './statement';
import { InvalidDefinitionError } from '../../../core/errors';
import { Findings, complain, joinPath, type Report } from '../../../core/issues';
import { readShape, type Shape } from '../../../core/shape';
import { PARTITIONS, REGION, isRegion, partitionOf } from '../../../platforms/eks-regions';

export const PARTITION_SHAPE: Shape<AwsPartitionScope> = { partition: 'text?' };
export const CLUSTER_SHAPE: Shape<AwsClusterScope> = { ...PARTITION_SHAPE, clusterName: 'text', accountId: 'text', region: 'text' };

const FIX = 'write it as AWS shows it';

type Rule = readonly [pattern: RegExp, expected: string];

/** What a value has to be like, by the field that holds it or a list of it. Whatever IAM would read as a wildcard is none of them. */
const RULES: { readonly [field: string]: Rule } = {
  accountId: [/^\d{12}$/, '12 digits'],
  clusterName: [/^[0-9A-Za-z][0-9A-Za-z._-]{0,99}$/, '1 to 100 of the characters A-Z, a-z, 0-9, ., - and _, alphanumeric first'],
  hostedZoneIds: [/^[A-Za-z0-9]{1,32}$/, 'the id of a hosted zone, without /hostedzone/ and wildcards'],
  vpcId: [/^vpc-[0-9a-z]+$/, 'the id of a VPC, such as vpc-0123456789abcdef0'],
  region: [REGION, 'an AWS region such as us-west-2'],
};

/** The service, and what of it, as the ARN names them. Region and account stand between the two. */
type Kind = readonly [service: string, resource: RegExp, what: string];

const ARNS: { readonly [field: string]: Kind } = {
  fileSystemArns: ['elasticfilesystem', /^[a-z0-9-]+:\d{12}:file-system\/[\w-]+$/, 'a file system of EFS'],
  interruptionQueueArn: ['sqs', /^[a-z0-9-]+:\d{12}:[\w.-]+$/, 'a queue of SQS'],
  // An alias is not the key: what is granted on it is granted on nothing.
  kmsKeyArns: ['kms', /^[a-z0-9-]+:\d{12}:key\/[\w-]+$/, 'a key of KMS, by its id and not by an alias'],
  nodeRoleArns: ['iam', /^:\d{12}:role\/(?:[^*?\s]+\/)?[\w+=,.@-]{1,64}$/, 'a role'],
  parameterArns: ['ssm', /^[a-z0-9-]+:\d{12}:parameter\/[^*?\s]\S*$/, 'a parameter of Systems Manager, with wildcards at most after the beginning of its name'],
  secretArns: ['secretsmanager', /^[a-z0-9-]+:\d{12}:secret:[^*?\s]\S*$/, 'a secret of Secrets Manager, with wildcards at most after the beginning of its name'],
  serverCertificateArns: ['iam', /^:\d{12}:server-certificate\/[^*?\s]+$/, 'a server certificate of IAM'],
  userPoolArns: ['cognito-idp', /^[a-z0-9-]+:\d{12}:userpool\/[\w-]+$/, 'a user pool of Cognito'],
  webAclArns: ['wafv2', /^[a-z0-9-]+:\d{12}:(?:regional|global)\/webacl\/[\w-]+\/[\w-]+$/, 'a web ACL of WAFv2'],
};

/**
 * The scope of a policy, if it is one, with its partition where a region says it.
 *
 * @param policy  its name in `awsPolicies`
 * @param limits  fields of which one at least has to name something: IAM would refuse the policy, or it would allow nothing
 * @throws InvalidDefinitionError with everything that is wrong with it
 */
export function checkedScope<T extends object>(policy: string, scope: T, shape: Shape<T>, limits: readonly (keyof T & string)[] = []): T {
  const findings = new Findings();
  const { report } = findings;
  const whole = readShape(scope, shape, '', report);
  const where: Partial<AwsClusterScope> = whole;
  for (const [field, value] of Object.entries<unknown>(whole)) {
    if (typeof value === 'string') checkText(field, value, field, where, report);
    else if (Array.isArray(value)) value.forEach((item: string, i) => checkText(field, item, joinPath(field, i), where, report));
  }
  const isThere = (field: keyof T): boolean => {
    const value: unknown = whole[field];
    return Array.isArray(value) && value.length > 0;
  };
  if (findings.errors.length === 0 && limits.length > 0 && !limits.some(isThere)) {
    complain(report, 'aws/policy-scope', limits[0] as string, { expected: `at least one of ${limits.join(' or ')}`, got: whole[limits[0] as keyof T], fix: 'a policy for nothing is no policy: name what it is for' });
  }
  if (findings.errors.length > 0) throw new InvalidDefinitionError(`awsPolicies.${policy}`, findings.all);
  return where.region === undefined ? scope : { ...scope, partition: where.partition ?? partitionOf(where.region) };
}

function checkText(field: string, value: string, path: string, where: Partial<AwsClusterScope>, report: Report): void {
  if (field === 'partition') {checkPartition(value, where.region, path, report);} else if (ARNS[field] !== undefined) {checkArn(ARNS[field], value, path, where, report);} else {
    const [pattern, expected] = RULES[field] as Rule;
    if (!pattern.test(value)) complain(report, 'aws/policy-scope', path, { expected, got: value, fix: FIX });
  }
}

function checkPartition(partition: string, region: string | undefined, path: string, report: Report): void {
  if (!PARTITIONS.includes(partition)) {complain(report, 'aws/partition', path, { expected: `one of ${PARTITIONS.join(', ')}`, got: partition, fix: 'use the partition of the account' });} else if (region !== undefined && isRegion(region) && partitionOf(region) !== partition) {
    complain(report, 'aws/partition', path, { expected: `${partitionOf(region)}, the partition of ${region}`, got: partition, fix: 'leave it out: it follows from the region' });
  }
}

/** An ARN of the right kind, in the partition of the policy as far as that is said. */
function checkArn([service, resource, what]: Kind, value: string, path: string, { partition, region }: Partial<AwsClusterScope>, report: Report): void {
  const [, home = '', rest = ''] = new RegExp(`^arn:([^:]+):${service}:(.*)$`).exec(value) ?? [];
  const said = partition ?? (region === undefined ? undefined : partitionOf(region));
  const [at = ''] = rest.split(':');
  if (!resource.test(rest) || !PARTITIONS.includes(home) || (at !== '' && !(isRegion(at) && partitionOf(at) === home))) {
    complain(report, 'aws/policy-scope', path, { expected: `the ARN of ${what}`, got: value, fix: FIX });
  } else if (said !== undefined && PARTITIONS.includes(said) && said !== home) {
    complain(report, 'aws/policy-scope', path, { expected: `an ARN of the partition ${said}`, got: value, fix: 'name what it is called there, or correct partition or region' });
  }
}
