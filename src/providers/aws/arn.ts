import type { AwsEdge } from './settings';
import { derive, type Deferrable } from '../../core/deferred';

/** The issuer as AWS names it in ARNs and condition keys: without its scheme, every other byte kept. */
export function issuerPath(issuer: string): string {
  return issuer.replace(/^https:\/\//, '');
}

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html */
export function roleArn({ settings }: AwsEdge): Deferrable<string> {
  return derive([settings.accountId], account => `arn:${settings.partition}:iam::${account}:role${settings.rolePath}${settings.roleName}`);
}

export function oidcProviderArn(partition: string, account: string, issuer: string): string {
  return `arn:${partition}:iam::${account}:oidc-provider/${issuerPath(issuer)}`;
}

/** What a pod becomes in the end: the role, or the target that Pod Identity goes on to. */
export function handleOf(edge: AwsEdge): Deferrable<string> {
  return (edge.mechanism === 'pod-identity' ? edge.settings.podIdentity?.targetRole : undefined) ?? roleArn(edge);
}
