import { Findings, complain, joinPath, show } from '../../src/core/issues';

test('a finding reads as one sentence: where, what is allowed, what was given, what to do', () => {
  const findings = new Findings();
  complain(findings.report, 'aws/account', 'trustedBy.aws.accountId', { expected: '12 digits', got: '1234', fix: 'use the account that owns the role' });
  expect(findings.all).toEqual([{
    code: 'aws/account',
    severity: 'error',
    path: 'trustedBy.aws.accountId',
    message: 'trustedBy.aws.accountId: expected 12 digits, got "1234"; use the account that owns the role',
  }]);
});

test('about the whole of something a finding has no path to begin with', () => {
  const findings = new Findings();
  complain(findings.report, 'x/y', '', { expected: 'an object', got: undefined, fix: 'give one' });
  expect(findings.all[0]?.message).toBe('expected an object, got nothing; give one');
});

test('the same finding twice is one; errors and warnings are told apart', () => {
  const findings = new Findings();
  for (const severity of ['error', 'warning', 'error'] as const) complain(findings.report, `x/${severity}`, 'a', { expected: 'b', fix: 'c', severity });
  expect(findings.all.map(issue => issue.code)).toEqual(['x/error', 'x/warning']);
  expect([findings.errors.length, findings.warnings.length]).toEqual([1, 1]);
});

const cycle: { self?: unknown } = {};
cycle.self = cycle;

test.each<[unknown, string]>([
  [undefined, 'nothing'], [null, 'null'], ['a\n b', '"a\\n b"'], ['', '""'], [0, '0'], [false, 'false'], [() => 1, 'a function'], [Symbol('x'), 'Symbol(x)'], [7n, '7n'],
  [NaN, 'NaN'], [-Infinity, '-Infinity'], [[NaN], '["NaN"]'], ['a\u200bb\u00a0', '"a\\u200bb\\u00a0"'], ['\u{e0001}', '"\\udb40\\udc01"'], ['bücher 支付', '"bücher 支付"'],
  [['a', 1], '["a",1]'], [{ a: 1 }, '{"a":1}'], [cycle, 'a value that cannot be shown'], [['a', cycle], '["a",a value that cannot be shown]'], [[[cycle]], '[a value that cannot be shown]'],
])('%p is shown as %s', (value, text) => {
  expect(show(value)).toBe(text);
});

test('what is shown is never longer than a line', () => {
  for (const value of ['x'.repeat(1000), Array.from({ length: 1000 }, () => 'x'), { x: 'x'.repeat(1000) }, '\u200b'.repeat(1000)]) expect(show(value).length).toBeLessThanOrEqual(120);
});

test.each<[string, string | number, string]>([
  ['', 'name', 'name'], ['trustedBy', 'aws', 'trustedBy.aws'], ['runsAs', 0, 'runsAs[0]'], ['tokens', 'a.b', 'tokens["a.b"]'], ['annotations', 'eks.amazonaws.com/role-arn', 'annotations["eks.amazonaws.com/role-arn"]'],
  ['on', 'prod-green', 'on.prod-green'], ['', '0', '["0"]'], ['x', '', 'x[""]'], ['x', '"', 'x["\\""]'],
])('below %j, the key %j is written as a user would write it', (path, key, text) => {
  expect(joinPath(path, key)).toBe(text);
});
