/** What a preview does not know, it does not make up; and what it knows does not wait. */
import { programFile } from './support/programs';
import { TestStack, type Operated } from './support/stack';
import { UNKNOWN, type Inputs } from '../../systems/pulumi-records';

const stack = new TestStack(programFile('late-cluster'));
let [preview, up]: Operated[] = [];
afterAll(() => stack.remove());
beforeAll(async () => [preview, up] = [await stack.run('preview'), await stack.run('up')], 300_000);

const inputsOf = (operated: Operated | undefined, name: RegExp): Inputs => {
  const found = operated?.records.filter(({ method, urn }) => method === 'check' && name.test(urn)) ?? [];
  expect(found).toHaveLength(1);
  return found[0]?.inputs ?? {};
};

test('only what needs the issuer of a cluster that is to be made is unknown', () => {
  expect([preview?.failure, preview?.log]).toEqual([undefined, []]);
  const unknown = preview?.records.filter(({ method, inputs }) => method === 'check' && JSON.stringify(inputs).includes(UNKNOWN)) ?? [];
  expect(unknown.map(({ type, inputs }) => [type, Object.keys(inputs).filter(key => inputs[key] === UNKNOWN)]).sort()).toEqual([
    ['aws:iam/openIdConnectProvider:OpenIdConnectProvider', ['url']],
    ['aws:iam/role:Role', ['assumeRolePolicy']],
  ]);
  expect(inputsOf(preview, /iam\/role:Role::checkout\/aws$/).assumeRolePolicy).toContain('EXAMPLED539D4633E53DE1B71EXAMPLE');
  expect(preview?.steps.map(({ op }) => op)).not.toContain('replace');
});

test('the same resources are made, with the issuer that came', () => {
  expect([up?.failure, up?.log]).toEqual([undefined, []]);
  const { url } = inputsOf(up, /OpenIdConnectProvider/);
  expect(url).toMatch(/^https:\/\/oidc\.eks\.us-west-2\.amazonaws\.com\/id\/[0-9A-F]{32}$/);
  expect(inputsOf(up, /iam\/role:Role::.*green/).assumeRolePolicy).toContain(String(url).slice('https://'.length));
  expect(up?.outputs).toMatchObject({ handle: 'arn:aws:iam::111122223333:role/checkout-green', symbolon: { clusters: { green: { issuer: url } } } });
});
