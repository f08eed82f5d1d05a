/** The AWS documents, as they are rendered, carried out by an IAM that parses policies, and read back. */
import fc from 'fast-check';
import { carryOut, providePolicies } from './support/carry-out';
import { iam, reset } from './support/client';
import { OPEN } from './support/open';
import { renderedBy } from './support/rendered';
import { identitiesArbOf } from '../../../test/support/arbitraries';
import { count, notRun } from '../support/report';
import { defineWorkloadIdentity, planWorkloadIdentities, type TrustDocument } from 'symbolon';

type Document = Pick<TrustDocument, 'kind' | 'name' | 'request'>;

notRun('aws-documents', 'eks.PodIdentityAssociation', 'moto does not have it');

async function expectTaken(documents: readonly Document[]): Promise<void> {
  await reset();
  await providePolicies(documents);
  for (const document of documents) {
    // moto has no associations of Pod Identity.
    if (document.kind === 'eks.PodIdentityAssociation') continue;
    const open = OPEN.find(each => each.is(document));
    if (open !== undefined) {
      await expect(carryOut(document)).rejects.toMatchObject({ name: open.refusedWith });
      count('aws-documents', `${document.kind} refused by IAM and not by us: ${open.what}`, 1);
      continue;
    }
    expect({ name: document.name, made: await carryOut(document) }).toEqual({ name: document.name, made: document.request });
    count('aws-documents', `${document.kind} carried out and read back`, 1);
  }
}

test.each<[string, readonly string[]]>([
  ['three-clouds', ['examples/three-clouds/app.ts']],
  ['blue-green, staging', ['examples/blue-green/identities.ts', '--env', 'staging']],
  ['blue-green, production', ['examples/blue-green/identities.ts', '--env', 'production']],
  ['plain-yaml', ['examples/plain-yaml/identities.yaml']],
  ['aws-pod-identity', ['examples/aws-pod-identity/identities.ts', '--env', 'switched']],
])('the documents of %s are taken as they are', async (_name, argv) => {
  const documents = renderedBy(...argv);
  expect(documents).not.toHaveLength(0);
  await expectTaken(documents);
});

test('the documents of any definition are taken as they are', async () => {
  await fc.assert(fc.asyncProperty(identitiesArbOf(), async inputs => {
    await expectTaken(planWorkloadIdentities(inputs.map(defineWorkloadIdentity)).trust.filter(({ provider }) => provider === 'aws'));
  }), { numRuns: 200 });
}, 600_000);

const MALFORMED = 'MalformedPolicyDocumentException';

/** A role that is right in everything else. */
const ROLE = 'arn:aws:iam::111122223333:role/probe';
const policy = (statement: object): object => ({ Version: '2012-10-17', Statement: [statement] });
const trust = (statement: object): Document => ({ kind: 'iam.Role', name: ROLE, request: { RoleName: 'probe', Path: '/', AssumeRolePolicyDocument: policy(statement) } });
const RIGHT = { Effect: 'Allow', Principal: { Federated: 'arn:aws:iam::111122223333:oidc-provider/oidc.example.com' }, Action: 'sts:AssumeRoleWithWebIdentity' };

test.each<[string, string, Document]>([
  ['an effect that there is not', MALFORMED, trust({ ...RIGHT, Effect: 'Permit' })],
  ['an action without a service', MALFORMED, trust({ ...RIGHT, Action: 'AssumeRoleWithWebIdentity' })],
  ['a field that there is not', MALFORMED, trust({ ...RIGHT, Actions: ['sts:TagSession'] })],
  ['a condition that is a list', MALFORMED, trust({ ...RIGHT, Condition: [] })],
  ['a policy of no version', MALFORMED, { ...trust(RIGHT), request: { RoleName: 'probe', Path: '/', AssumeRolePolicyDocument: { Version: '2012', Statement: [RIGHT] } } }],
  ['an issuer without its scheme', 'ValidationError', { kind: 'iam.OpenIDConnectProvider', name: 'arn:aws:iam::111122223333:oidc-provider/oidc.example.com', request: { Url: 'oidc.example.com', ClientIDList: ['a'] } }],
  ['a policy that is not there', 'NoSuchEntityException', { kind: 'iam.RolePolicyAttachment', name: ROLE, request: { RoleName: 'probe', PolicyArn: 'arn:aws:iam::111122223333:policy/nobody' } }],
  ['an inline policy without resources', MALFORMED, { kind: 'iam.RolePolicy', name: ROLE, request: { RoleName: 'probe', PolicyName: 'inline', PolicyDocument: policy({ Effect: 'Allow', Action: 's3:GetObject' }) } }],
])('it can refuse: %s', async (_what, name, document) => {
  await reset();
  if (document.kind.startsWith('iam.RolePolicy')) await iam(ROLE, 'CreateRole', { RoleName: 'probe', AssumeRolePolicyDocument: JSON.stringify(policy(RIGHT)) });
  await expect(carryOut(document)).rejects.toMatchObject({ name });
  count('aws-documents', 'documents refused, to show that it refuses', 1);
});

test('what is right is not what it refuses', async () => {
  await reset();
  await carryOut(trust(RIGHT));
});
