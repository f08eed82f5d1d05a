/** The conditions of RAM, row by row. https://www.alibabacloud.com/help/en/ram/user-guide/policy-structure-and-syntax */
import { allowsAction, isPositive, meets, pins, ramConditions, ramStatements, textsOf } from '../../../src/proof/admits/ram-policy';

const KEYS = { 'oidc:iss': 'https://issuer', 'oidc:sub': 'system:serviceaccount:shop:checkout', 'oidc:aud': 'sts.aliyuncs.com' };

test.each<[operator: string, key: string, wanted: readonly string[], boolean]>([
  ['StringEquals', 'oidc:aud', ['sts.aliyuncs.com'], true],
  ['StringEquals', 'OIDC:AUD', ['x', 'sts.aliyuncs.com'], true],
  ['StringEquals', 'oidc:aud', ['sts.ALIYUNCS.com'], false],
  ['StringEquals', 'oidc:aud', ['sts.*'], false],
  ['StringEquals', 'oidc:aud', [], false],
  ['StringEqualsIgnoreCase', 'oidc:aud', ['STS.aliyuncs.com'], true],
  ['StringEqualsIgnoreCase', 'oidc:aud', ['x'], false],
  ['StringLike', 'oidc:sub', ['system:serviceaccount:shop:*'], true],
  ['StringLike', 'oidc:sub', ['system:serviceaccount:shop:checkou?'], true],
  ['StringLike', 'oidc:sub', ['serviceaccount:shop:*'], false],
  ['StringLike', 'oidc:aud', ['sts?aliyuncs.com'], true],
  ['StringLike', 'oidc:aud', ['sts.aliyuncs'], false],
  ['StringNotEquals', 'oidc:aud', ['x'], true],
  ['StringNotEquals', 'oidc:aud', ['x', 'sts.aliyuncs.com'], false],
  ['StringNotEqualsIgnoreCase', 'oidc:aud', ['STS.ALIYUNCS.COM'], false],
  ['StringNotLike', 'oidc:sub', ['system:*'], false],
  ['StringNotLike', 'oidc:sub', ['other:*'], true],
  // What is not there, and what is not known, is never taken to be met.
  ['StringEquals', 'acs:SourceIp', ['10.0.0.1'], false],
  ['StringNotEquals', 'acs:SourceIp', ['10.0.0.1'], false],
  ['IpAddress', 'oidc:aud', ['sts.aliyuncs.com'], false],
  ['stringequals', 'oidc:aud', ['sts.aliyuncs.com'], false],
])('%s on %s with %j: %s', (operator, key, wanted, answer) => {
  expect(meets({ operator, key, wanted }, KEYS)).toBe(answer);
});

test.each<[operator: string, wanted: readonly string[], pinned: boolean, positive: boolean]>([
  ['StringEquals', ['a*'], true, true],
  ['StringLike', ['a'], true, true],
  ['StringLike', ['a', 'b*'], false, true],
  ['StringLike', ['a?'], false, true],
  ['StringEqualsIgnoreCase', ['a'], false, true],
  ['StringNotEquals', ['a'], false, false],
  ['IpAddress', ['a'], false, false],
])('%s with %j pins: %s, wants a value: %s', (operator, wanted, pinned, positive) => {
  expect(pins({ operator, key: 'oidc:sub', wanted })).toBe(pinned);
  expect(isPositive(operator)).toBe(positive);
});

test('parts of a policy', () => {
  expect(ramStatements({ Statement: { Effect: 'Allow' } })).toEqual([{ Effect: 'Allow' }]);
  expect(ramStatements('{"Statement":[{"Effect":"Allow"},{}]}')).toEqual([{ Effect: 'Allow' }, {}]);
  expect([textsOf(undefined), textsOf('a'), textsOf(['a', 1])]).toEqual([[], ['a'], ['a', '1']]);
  expect([{ Action: 'sts:AssumeRole' }, { Action: ['x', 'STS:*'] }, { Action: 'sts:Assume' }, { Action: 'sts.AssumeRole' }, {}].map(each => allowsAction(each, 'sts:AssumeRole'))).toEqual([true, true, false, false, false]);
  expect(ramConditions({ Condition: { StringEquals: { 'oidc:iss': ['a', 'b'] }, StringLike: { 'oidc:sub': 'c', 'oidc:aud': 'd' } } })).toEqual([
    { operator: 'StringEquals', key: 'oidc:iss', wanted: ['a', 'b'] }, { operator: 'StringLike', key: 'oidc:sub', wanted: ['c'] }, { operator: 'StringLike', key: 'oidc:aud', wanted: ['d'] },
  ]);
});
