/** An anchor that is looked up: the engine reads it, and neither makes it nor takes it away; one that is not as it has to be ends the deployment. */
import { programFile } from './support/programs';
import { TestStack, written, type Operated } from './support/stack';

const ARN = 'arn:aws:iam::111122223333:oidc-provider/oidc.eks.us-west-2.amazonaws.com/id/EXAMPLED539D4633E53DE1B71EXAMPLE';
const PROVIDER = 'aws:iam/openIdConnectProvider:OpenIdConnectProvider';
const RIGHT = { url: ARN.replace(/^.*oidc-provider\//, ''), clientIdLists: ['sts.amazonaws.com', 'sigstore'] };
const there = (found: object): NodeJS.ProcessEnv => ({ THERE: JSON.stringify(found) });

const stacks: TestStack[] = [];
const fresh = (): TestStack => {
  const stack = new TestStack(programFile('existing-anchors'));
  stacks.push(stack);
  return stack;
};
afterAll(() => stacks.forEach(stack => stack.remove()));

const typesOf = (operated: Operated): readonly string[] => written(operated).map(({ method, type }) => `${method} ${type}`);

test('it is read, in a preview too, and what trusts it is made; when all goes, it stays', async () => {
  const stack = fresh();
  const preview = await stack.run('preview', there({ [ARN]: RIGHT }));
  expect([preview.failure, preview.log]).toEqual([undefined, []]);
  const up = await stack.run('up', there({ [ARN]: RIGHT }));
  expect([up.failure, up.log]).toEqual([undefined, []]);
  expect(up.records.filter(({ method }) => method === 'read').map(({ type }) => type)).toEqual([PROVIDER]);
  expect(typesOf(up)).toEqual(['create aws:iam/role:Role']);
  expect(up.outputs).toMatchObject({ anchors: { aws: [ARN] } });
  const destroyed = await stack.run('destroy', there({ [ARN]: RIGHT }));
  expect(destroyed.failure).toBeUndefined();
  expect(typesOf(destroyed)).toEqual(['delete aws:iam/role:Role']);
}, 300_000);

test.each<[string, object, RegExp]>([
  ['that is not there', {}, /does not exist|not found/i],
  ['without the audience of the pods', { [ARN]: { ...RIGHT, clientIdLists: ['sigstore'] } }, /clientIdLists/],
])('one %s ends the preview already, and the deployment', async (_what, found, why) => {
  const stack = fresh();
  for (const operation of ['preview', 'up'] as const) {
    const operated = await stack.run(operation, there(found));
    expect(operated.failure).toBeDefined();
    expect([operated.failure, ...operated.log].join('\n')).toMatch(why);
    // Who depends on it waits for it to be read, and not for what is found wrong with it: a role may be made, the anchor is not.
    expect(typesOf(operated).filter(each => each !== 'create aws:iam/role:Role')).toEqual([]);
    if (operation === 'preview' || Object.keys(found).length === 0) expect(typesOf(operated)).toEqual([]);
  }
}, 300_000);
