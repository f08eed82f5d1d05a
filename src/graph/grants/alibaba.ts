import { namedIn, type GrantReader } from './grant';
import { dataOf } from '../../kubernetes/data';

/** Policies that are attached to a RAM role. https://www.alibabacloud.com/help/en/ram/developer-reference/api-ram-2015-05-01-attachpolicytorole */
export const alibaba: GrantReader = (document, surroundings) => {
  if (document.kind !== 'ram.RolePolicyAttachment') return [];
  const { RoleName, PolicyName, PolicyType } = dataOf(document.request);
  return [{ ...namedIn(document, RoleName, surroundings), label: `${String(PolicyName)} (${String(PolicyType)})` }];
};
