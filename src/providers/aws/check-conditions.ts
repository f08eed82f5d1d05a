import type { AwsConditions } from './binding';
import type { Wrong } from './check';
import { isPinnedKey } from './trust-policy';
import { joinPath } from '../../core/issues';

const COMPARISONS = [
  'StringEquals', 'StringNotEquals', 'StringEqualsIgnoreCase', 'StringNotEqualsIgnoreCase', 'StringLike', 'StringNotLike',
  'NumericEquals', 'NumericNotEquals', 'NumericLessThan', 'NumericLessThanEquals', 'NumericGreaterThan', 'NumericGreaterThanEquals',
  'DateEquals', 'DateNotEquals', 'DateLessThan', 'DateLessThanEquals', 'DateGreaterThan', 'DateGreaterThanEquals',
  'Bool', 'BinaryEquals', 'IpAddress', 'NotIpAddress', 'ArnEquals', 'ArnLike', 'ArnNotEquals', 'ArnNotLike',
];
const OPERATOR = new RegExp(`^(?:(?:ForAllValues|ForAnyValue):)?(?:Null|(?:${COMPARISONS.join('|')})(?:IfExists)?)$`);

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html */
export function checkConditions(conditions: AwsConditions, wrong: Wrong): void {
  for (const [operator, keys] of Object.entries(conditions)) {
    const at = joinPath('conditions', operator);
    if (!OPERATOR.test(operator)) wrong(at, 'condition', 'an operator of IAM, such as StringEquals or ForAnyValue:StringLike', operator, 'write it as IAM does, capitals included');
    if (Object.keys(keys).length === 0) wrong(at, 'condition', 'at least one key', {}, 'take the operator out');
    for (const [key, value] of Object.entries(keys)) {
      if (isPinnedKey(key)) wrong(joinPath(at, key), 'condition', 'a key that the statements do not pin themselves', key, 'take it out: who is trusted follows from the definition');
      else if (!/^[^\s:]+:.+$/.test(key)) wrong(joinPath(at, key), 'condition', 'a condition key such as aws:PrincipalOrgID', key, 'write the prefix of its service, too');
      if (Array.isArray(value) && value.length === 0) wrong(joinPath(at, key), 'condition', 'at least one value', value, 'nobody would be let in: take the key out');
    }
  }
}
