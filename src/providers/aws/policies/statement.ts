import type { AwsConditions, AwsPolicyDocument, AwsPolicyStatement } from '../binding';

/** What all of these policies are told of where they hold. */
export interface AwsPartitionScope {
  /** @default 'aws' */
  readonly partition?: string;
}

/** The cluster that an add-on runs in, and the account and region that it works in. */
export interface AwsClusterScope extends AwsPartitionScope {
  /** The name of the cluster in EKS. */
  readonly clusterName: string;
  /** 12 digits. */
  readonly accountId: string;
  readonly region: string;
  /** @default that of the region */
  readonly partition?: string;
}

export function allow(actions: readonly string[], resources: string | readonly string[], condition?: AwsConditions): AwsPolicyStatement {
  return { Effect: 'Allow', Action: actions, Resource: resources, ...(condition !== undefined && { Condition: condition }) };
}

export function policy(...statements: readonly (AwsPolicyStatement | readonly AwsPolicyStatement[])[]): AwsPolicyDocument {
  return { Version: '2012-10-17', Statement: statements.flat() };
}

/** `arn:aws:ec2:us-west-2:111122223333:volume/*`; account and region that are left out are empty, as for S3 and Route 53. */
export function arn({ partition = 'aws' }: AwsPartitionScope, service: string, region: string, account: string, resource: string): string {
  return `arn:${partition}:${service}:${region}:${account}:${resource}`;
}
