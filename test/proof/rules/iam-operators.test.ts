/** The condition operators of IAM, row by row. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html */
import { comparisonOf, like } from '../../../src/proof/admits/aws-operators';
import { actsOn, conditionsOf, holds, outcomeOf, permissionsIn, statementsOf, valuesOf, type RequestContext } from '../../../src/proof/admits/aws-policy';

const ARN = 'arn:aws:iam::111122223333:role/team/checkout';

/** What is known of the request: `a` is one value, `many` are two, `gone` is certainly not there, and of everything else nothing is known. */
const CONTEXT: RequestContext = { known: { a: 'Shop', empty: '', arn: ARN, many: ['x', 'y'], none: [], flag: 'true' }, lacks: key => key.startsWith('gone') };

test.each<[operator: string, key: string, wanted: readonly string[], boolean | undefined]>([
  ['StringEquals', 'a', ['Shop'], true],
  ['StringEquals', 'A', ['Shop'], true],
  ['StringEquals', 'a', ['other', 'Shop'], true],
  ['StringEquals', 'a', ['shop'], false],
  ['StringEquals', 'a', ['Sho'], false],
  ['StringEquals', 'a', ['Sh*'], false],
  ['StringEquals', 'a', [], false],
  ['StringEquals', 'empty', [''], true],
  ['stringequals', 'a', ['Shop'], true],
  ['StringEquals', 'gone', ['Shop'], false],
  ['StringEquals', 'unheard', ['Shop'], undefined],
  ['StringEquals', 'a', ['${aws:username}'], undefined],
  ['StringEquals', 'a', ['Shop', '${aws:username}'], true],
  ['StringEqualsIgnoreCase', 'a', ['SHOP'], true],
  ['StringEqualsIgnoreCase', 'a', ['SHOPS'], false],
  ['StringNotEquals', 'a', ['other'], true],
  ['StringNotEquals', 'a', ['other', 'Shop'], false],
  ['StringNotEquals', 'gone', ['x'], true],
  ['StringNotEqualsIgnoreCase', 'a', ['sHOP'], false],
  ['StringNotEqualsIgnoreCase', 'a', ['x'], true],
  ['StringLike', 'a', ['Sh*'], true],
  ['StringLike', 'a', ['Sh?p'], true],
  ['StringLike', 'a', ['Sh?'], false],
  ['StringLike', 'a', ['sh*'], false],
  ['StringLike', 'a', ['Shop'], true],
  ['StringNotLike', 'a', ['Sh*'], false],
  ['StringNotLike', 'a', ['x*'], true],
  ['StringNotLike', 'gone', ['*'], true],
  ['ArnEquals', 'arn', ['arn:aws:iam::111122223333:role/*'], true],
  ['ArnLike', 'arn', ['arn:aws:iam::*:role/team/checkout'], true],
  ['ArnLike', 'arn', ['arn:*'], false],
  ['ArnLike', 'arn', ['arn:aws:iam::111122223333:user/*'], false],
  ['ArnLike', 'arn', ['arn:aws:iam:*:role/team/checkout'], false],
  ['ArnNotEquals', 'arn', ['arn:aws:iam::111122223333:role/*'], false],
  ['ArnNotLike', 'arn', ['arn:aws:iam::444455556666:role/*'], true],
  ['Null', 'a', ['false'], true],
  ['Null', 'a', ['False'], true],
  ['Null', 'a', ['true'], false],
  ['Null', 'gone', ['true'], true],
  ['Null', 'gone', ['false'], false],
  ['Null', 'unheard', ['true'], undefined],
  ['StringEqualsIfExists', 'gone', ['x'], true],
  ['StringEqualsIfExists', 'a', ['x'], false],
  ['StringEqualsIfExists', 'a', ['Shop'], true],
  ['ForAnyValue:StringEquals', 'many', ['x'], true],
  ['ForAnyValue:StringEquals', 'many', ['z'], false],
  ['ForAnyValue:StringEquals', 'none', ['x'], false],
  ['ForAnyValue:StringEquals', 'gone', ['x'], false],
  ['ForAnyValue:StringNotEquals', 'gone', ['x'], false],
  ['ForAnyValue:StringNotEquals', 'many', ['x'], true],
  ['ForAnyValue:StringEquals', 'a', ['Shop'], true],
  ['ForAllValues:StringEquals', 'many', ['x', 'y', 'z'], true],
  ['ForAllValues:StringEquals', 'many', ['x'], false],
  ['ForAllValues:StringEquals', 'none', ['x'], true],
  ['ForAllValues:StringEquals', 'gone', ['x'], true],
  ['ForAllValues:StringNotEquals', 'many', ['z'], true],
  ['ForAllValues:StringNotEquals', 'many', ['y'], false],
  ['ForAnyValue:StringLike', 'many', ['*'], true],
  // One value is wanted, and there are two.
  ['StringEquals', 'many', ['x'], undefined],
  // What nobody here understands is neither met nor unmet.
  ['DateLessThan', 'a', ['2030-01-01'], undefined],
  ['ForAnyValue:DateLessThan', 'many', ['2030-01-01'], undefined],
  ['DateLessThan', 'gone', ['2030-01-01'], false],
  ['DateLessThanIfExists', 'gone', ['2030-01-01'], true],
  ['Nonsense', 'a', ['Shop'], undefined],
  ['', 'a', ['Shop'], undefined],
  ['Bool', 'flag', ['true'], undefined],
])('%s on %s with %j: %s', (operator, key, wanted, answer) => {
  expect(holds({ operator, key, wanted }, CONTEXT)).toBe(answer);
});

test.each<[operator: string, pins: boolean, readsWildcards: boolean]>([
  ['StringEquals', true, false],
  ['StringEqualsIgnoreCase', true, false],
  ['StringLike', true, true],
  ['ArnEquals', true, true],
  ['ArnLike', true, true],
  ['ForAnyValue:StringEquals', true, false],
  ['StringNotEquals', false, false],
  ['ArnNotLike', false, true],
  ['StringEqualsIfExists', false, false],
  ['ForAllValues:StringEquals', false, false],
  ['Null', false, false],
  ['DateEquals', false, false],
])('%s pins: %s, reads wildcards: %s', (operator, pins, readsWildcards) => {
  expect(comparisonOf(operator)).toMatchObject({ pins, readsWildcards });
});

test.each<[pattern: string, value: string, boolean]>([
  ['a*c', 'abc', true],
  ['a*c', 'ac', true],
  ['a*c', 'abcd', false],
  ['a*c', 'xabc', false],
  ['a?c', 'ac', false],
  ['a?c', 'abbc', false],
  ['*', '', true],
  ['*', 'two\nlines', true],
  ['?', '\n', true],
  ['a.c*', 'abc', false],
  ['a.c*', 'a.c', true],
  ['*[a-z]', 'xb', false],
  ['*[a-z]', 'x[a-z]', true],
  ['*(x|y)+^$\\{1}', '(x|y)+^$\\{1}', true],
  ['a.c', 'a.c', true],
  ['a.c', 'abc', false],
])('%s is like %j: %s', (pattern, value, answer) => {
  expect(like(pattern, value)).toBe(answer);
});

test.each<[statement: object, action: string, boolean]>([
  [{ Action: 'sts:AssumeRole' }, 'sts:AssumeRole', true],
  [{ Action: 'STS:assumerole' }, 'sts:AssumeRole', true],
  [{ Action: ['x', 'sts:*'] }, 'sts:AssumeRole', true],
  [{ Action: 'sts:AssumeRol?' }, 'sts:AssumeRole', true],
  [{ Action: 'sts:AssumeRoleWithSAML' }, 'sts:AssumeRole', false],
  [{}, 'sts:AssumeRole', false],
  [{ NotAction: 'sts:AssumeRole' }, 'sts:AssumeRole', false],
  [{ NotAction: 'STS:*' }, 'sts:AssumeRole', false],
  [{ NotAction: ['s3:*', 'iam:*'] }, 'sts:AssumeRole', true],
])('%j acts on %s: %s', (statement, action, answer) => {
  expect(actsOn(statement as { readonly [key: string]: unknown }, action)).toBe(answer);
});

test('statements are one or a list, as data or as JSON', () => {
  expect(statementsOf({ Statement: { Effect: 'Allow' } })).toEqual([{ Effect: 'Allow' }]);
  expect(statementsOf(JSON.stringify({ Statement: [{ Effect: 'Allow' }, { Effect: 'Deny' }] }))).toEqual([{ Effect: 'Allow' }, { Effect: 'Deny' }]);
  expect(statementsOf({})).toEqual([{}]);
  expect(() => statementsOf('{')).toThrow(/expected a policy document, as data or as JSON, got "\{"; give what the cloud's API is given/);
  expect([valuesOf(undefined), valuesOf('a'), valuesOf(['a', 1]), valuesOf(true)]).toEqual([[], ['a'], ['a', '1'], ['true']]);
});

test('every condition is asked, and what is unmet is told from what is open', () => {
  const statement = { Condition: { StringEquals: { a: 'Shop', gone: 'x' }, StringLike: { unheard: ['x', 'y'] }, StringNotEquals: { many: 'z', a: 'Shop' } } };
  expect(conditionsOf(statement).map(({ operator, key, wanted }) => [operator, key, wanted])).toEqual([
    ['StringEquals', 'a', ['Shop']], ['StringEquals', 'gone', ['x']], ['StringLike', 'unheard', ['x', 'y']], ['StringNotEquals', 'many', ['z']], ['StringNotEquals', 'a', ['Shop']],
  ]);
  expect(outcomeOf(statement, CONTEXT)).toEqual({
    unmet: [{ operator: 'StringEquals', key: 'gone', wanted: ['x'], got: undefined }, { operator: 'StringNotEquals', key: 'a', wanted: ['Shop'], got: 'Shop' }],
    undecided: [{ operator: 'StringLike', key: 'unheard', wanted: ['x', 'y'], got: undefined }, { operator: 'StringNotEquals', key: 'many', wanted: ['z'], got: 'x, y' }],
  });
  expect(outcomeOf({}, CONTEXT)).toEqual({ unmet: [], undecided: [] });
});

test('what a policy lets somebody do, in words', () => {
  const statements = [
    { Effect: 'Allow', Action: ['s3:Get*', 's3:List*'], Resource: '*' },
    { Effect: 'Deny', NotAction: 'iam:*', NotResource: ['a', 'b'], Condition: { Bool: { x: 'true' } } },
  ];
  expect(permissionsIn({ Statement: statements })).toEqual(['Allow s3:Get*, s3:List* on *', 'Deny everything but iam:* on everything but a, b where {"Bool":{"x":"true"}}']);
});
