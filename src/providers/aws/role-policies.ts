import { derive, isDeferred, type Deferrable } from '../../core/deferred';
import { byText } from '../../core/names';
import type { TrustLayout } from '../provider';
import type { AwsPolicyDocument } from './binding';
import type { AwsEdge, AwsSettings } from './settings';

export type RolePolicyDocument =
  | TrustLayout<'iam.RolePolicyAttachment', { readonly RoleName: string; readonly PolicyArn: Deferrable<string> }>
  | TrustLayout<'iam.RolePolicy', { readonly RoleName: string; readonly PolicyName: string; readonly PolicyDocument: Deferrable<AwsPolicyDocument> }>;

/** The name of the policy that lets a role become the targets of its associations. */
export const TARGET_POLICY = 'assume-target-roles';

/** What the role may do: managed policies, inline policies, and the way to its target roles. */
export function rolePolicies(edges: readonly AwsEdge[], base: string, arn: Deferrable<string>): readonly RolePolicyDocument[] {
  const [{ settings, binding, variant }] = edges as readonly [AwsEdge];
  const common = { provider: 'aws', binding, variant, owned: false, after: [base] };
  const documents: RolePolicyDocument[] = [];
  for (const policy of settings.managedPolicies) {
    documents.push(Object.assign({
      kind: 'iam.RolePolicyAttachment' as const,
      id: `${base}/managed/${policyId(policy)}`,
      name: derive([arn, policy.arn], (of, managed) => `${of} ${managed}`),
      request: { RoleName: settings.roleName, PolicyArn: policy.arn },
    }, common));
  }
  const inline = (id: string, name: string, document: Deferrable<AwsPolicyDocument>): void => void documents.push(Object.assign({
    kind: 'iam.RolePolicy' as const,
    id: `${base}/${id}`,
    name: derive([arn], of => `${of} ${name}`),
    request: { RoleName: settings.roleName, PolicyName: name, PolicyDocument: document },
  }, common));
  for (const name of Object.keys(settings.inlinePolicies)) inline(`inline/${name}`, name, withVersion(settings.inlinePolicies[name] as AwsPolicyDocument));
  const targets = edges.flatMap(edge => edge.settings.podIdentity?.targetRole ?? []);
  if (targets.length > 0) inline('targets', TARGET_POLICY, derive(targets, (...known) => targetPolicy(known)));
  return documents;
}

/** https://docs.aws.amazon.com/eks/latest/userguide/pod-id-assign-target-role.html */
function targetPolicy(targets: readonly string[]): AwsPolicyDocument {
  return { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: ['sts:AssumeRole', 'sts:TagSession'], Resource: [...new Set(targets)].sort(byText) }] };
}

export function withVersion(policy: AwsPolicyDocument): AwsPolicyDocument {
  return { Version: '2012-10-17', ...policy };
}

/** The account and the name: enough to tell the policies of a role apart. */
export function policyId({ given }: AwsSettings['managedPolicies'][number]): string {
  return given.replace(/^arn:[^:]*:iam::([^:]*):policy\//, '$1/');
}

/** Partition and account of the policy, where they are known and have the form of an ARN. */
export function homeOfPolicy(arn: Deferrable<string>): { readonly partition: string; readonly account: string } | undefined {
  const [, partition, account] = isDeferred(arn) ? [] : /^arn:([^:]*):iam::([^:]*):policy\//.exec(arn) ?? [];
  return partition === undefined || account === undefined ? undefined : { partition, account };
}
