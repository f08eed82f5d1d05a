import { namedIn, type GrantReader } from './grant';
import { dataOf } from '../../kubernetes/data';

/** Policies that are attached to a role, and its own. https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_managed-vs-inline.html */
export const aws: GrantReader = (document, surroundings) => {
  const { RoleName, PolicyArn, PolicyName } = dataOf(document.request);
  const whose = namedIn(document, RoleName, surroundings);
  if (document.kind === 'iam.RolePolicyAttachment') return [{ ...whose, label: String(PolicyArn) }];
  return document.kind === 'iam.RolePolicy' ? [{ ...whose, label: `${String(PolicyName)} (its own policy)`, own: true }] : [];
};
