/** Whole programs, against an engine: what waits for what, what a preview knows, and how a program fails. */
import { ISSUERS, onAks } from './support/definitions';
import { UNKNOWN, runProgram, type Registration, type RunResult } from './support/engine';
import { AZURE, ENTRA } from './support/mocks';
import { defineWorkloadIdentity, planWorkloadIdentities, readFacts } from 'symbolon';

jest.setTimeout(60_000);

const of = ({ resources }: RunResult, type: RegExp, name = /./): readonly Registration[] => resources.filter(resource => type.test(resource.type) && name.test(resource.name));
const one = (result: RunResult, type: RegExp, name?: RegExp): Registration => {
  const [found, ...more] = of(result, type, name);
  expect(more.map(each => each.urn)).toEqual([]);
  expect(found).toBeDefined();
  return found as Registration;
};

test('credentials on one managed identity are written one after the other, whichever component makes them', async () => {
  const result = await runProgram('azure-on-one-identity', { delay: ({ type }) => (/Credential/.test(type) ? 25 : 0) });
  expect(result).toMatchObject({ code: 0, log: '' });
  const credentials = of(result, /FederatedIdentityCredential/);
  expect(credentials).toHaveLength(4);
  const written = [...credentials].sort((a, b) => a.began - b.began);
  written.slice(1).forEach((credential, i) => expect(credential.began).toBeGreaterThan((written[i] as Registration).ended));
});

describe('a cluster that the stack makes', () => {
  let result: RunResult;
  beforeAll(async () => {
    result = await runProgram('late-cluster', {
      answer: ({ type }) => (type === 'test:index:Cluster' ? { issuer: ISSUERS.green } : {}),
      delay: ({ type }) => (/RolePolicyAttachment/.test(type) ? 25 : 0),
    });
  });

  test('is all that a preview does not know', async () => {
    const preview = await runProgram('late-cluster', { preview: true });
    const annotation = (cluster: string): unknown => one(preview, /ServiceAccount$/, new RegExp(`/${cluster}/`)).inputs.metadata;
    expect(preview).toMatchObject({ code: 0, log: '' });
    expect(one(preview, /iam\/role:Role/, /aws$/).inputs.assumeRolePolicy).toContain(ISSUERS.blue.slice('https://'.length));
    expect(one(preview, /iam\/role:Role/, /green$/).inputs).toMatchObject({ name: 'checkout-green', assumeRolePolicy: UNKNOWN });
    expect(annotation('prod-blue')).toMatchObject({ annotations: { 'eks.amazonaws.com/role-arn': 'arn:aws:iam::111122223333:role/checkout' } });
    expect(annotation('prod-green')).toMatchObject({ annotations: { 'eks.amazonaws.com/role-arn': 'arn:aws:iam::111122223333:role/checkout-green' } });
    for (const attachment of of(preview, /RolePolicyAttachment/)) expect(Object.values(attachment.inputs)).not.toContain(UNKNOWN);
    expect(preview.outputs.handle).toBe('arn:aws:iam::111122223333:role/checkout-green');
  });

  test('is waited for by its own role, and by nothing of the other cluster', () => {
    expect(result).toMatchObject({ code: 0, log: '' });
    const cluster = one(result, /Cluster/);
    expect(one(result, /iam\/role:Role/, /green$/).propertyDependencies.assumeRolePolicy).toEqual([cluster.urn]);
    expect(one(result, /iam\/role:Role/, /aws$/).dependencies).toEqual([]);
    expect(readFacts(result.outputs)).toEqual({ clusters: { 'prod-blue': { issuer: ISSUERS.blue }, 'prod-green': { issuer: ISSUERS.green } }, identities: {} });
  });

  test('every child has the component for its parent, and what hangs on a role is replaced with it', () => {
    const component = one(result, /^symbolon:index:WorkloadIdentity$/);
    const children = result.resources.filter(({ name, type }) => name.startsWith('checkout/') && type !== component.type);
    expect(new Set(children.map(({ parent }) => parent))).toEqual(new Set([component.urn]));
    for (const name of ['aws', 'aws/roleName=checkout-green']) {
      const role = one(result, /iam\/role:Role/, new RegExp(`^checkout/${name}$`));
      const [attachment] = of(result, /RolePolicyAttachment/, new RegExp(`^checkout/${name}/managed`));
      expect(attachment?.propertyDependencies.role).toEqual([role.urn]);
    }
  });

  test('the cloud half is there before any ServiceAccount', () => {
    const cloud = of(result, /^aws:/);
    expect(cloud.length).toBe(4);
    for (const account of of(result, /ServiceAccount$/)) {
      expect(account.dependencies).toEqual(expect.arrayContaining(cloud.map(({ urn }) => urn)));
      for (const document of cloud) expect(account.began).toBeGreaterThan(document.ended);
    }
  });
});

describe('an Entra application', () => {
  const answer = ({ type }: Registration): { readonly [key: string]: unknown } => {
    if (/:Application$/.test(type)) return { id: ENTRA.applicationId, clientId: ENTRA.clientId };
    return /:ServicePrincipal$/.test(type) ? { objectId: ENTRA.objectId } : {};
  };

  test('its credentials are written one after the other, on the id that Entra made; those of an existing one too, whoever makes them', async () => {
    const result = await runProgram('azure-applications', { answer, delay: ({ type }) => (/Credential/.test(type) ? 25 : 0) });
    expect(result).toMatchObject({ code: 0, log: '' });
    const credentials = of(result, /ApplicationFederatedIdentityCredential/);
    const byApplication = new Map<unknown, Registration[]>();
    for (const credential of credentials) {
      const { applicationId } = credential.inputs;
      byApplication.set(applicationId, [...byApplication.get(applicationId) ?? [], credential]);
    }
    expect([...byApplication].map(([id, group]) => `${String(id)} ${group.length}`).sort()).toEqual([`${ENTRA.applicationId} 2`, `${ENTRA.applicationId.replace('b1', 'e1')} 4`]);
    for (const group of byApplication.values()) {
      const written = group.sort((a, b) => a.began - b.began);
      written.slice(1).forEach((credential, i) => expect(credential.began).toBeGreaterThan((written[i] as Registration).ended));
    }
  });

  test('the pods name the client id, the roles the principal, and the outputs say both', async () => {
    const result = await runProgram('azure-applications', { answer });
    const account = one(result, /ServiceAccount$/, /^checkout\/prod-aks/);
    expect(account.inputs.metadata).toMatchObject({ annotations: { 'azure.workload.identity/client-id': ENTRA.clientId } });
    const assignment = one(result, /RoleAssignment$/);
    expect(assignment.inputs).toMatchObject({ principalId: ENTRA.objectId, principalType: 'ServicePrincipal' });
    expect(assignment.propertyDependencies.principalId).toEqual([one(result, /:ServicePrincipal$/).urn]);
    const azure = { applicationId: ENTRA.applicationId, clientId: ENTRA.clientId, principalId: ENTRA.objectId };
    expect(result.outputs.symbolon).toMatchObject([{ identities: { checkout: { azure } } }, {}, {}]);
  });

  test('is unknown to a preview where Entra makes it, and nothing else is', async () => {
    const result = await runProgram('azure-applications', { preview: true });
    expect(result).toMatchObject({ code: 0, log: '' });
    const unknown = (inputs: object): readonly string[] => Object.entries(inputs).flatMap(([key, value]) => (value === UNKNOWN ? [key] : []));
    for (const credential of of(result, /Credential$/, /^checkout/)) expect(unknown(credential.inputs)).toEqual(['applicationId']);
    for (const credential of of(result, /Credential$/, /^(billing|audit)/)) expect(unknown(credential.inputs)).toEqual([]);
    expect(unknown(one(result, /:ServicePrincipal$/).inputs)).toEqual(['clientId']);
    expect(one(result, /:Application$/).inputs).toEqual({ displayName: 'checkout' });
  });
});

describe('what Azure makes', () => {
  const answer = ({ type, name }: Registration) => (/UserAssignedIdentity/.test(type) ? { ...AZURE, clientId: AZURE.clientId.replace('c11e', name.startsWith('checkout') ? 'c11e' : 'b111') } : {});

  test('comes back from the stack\'s outputs: with them, the plan has the objects that the program wrote', async () => {
    const result = await runProgram('azure-identities', { answer });
    expect(result).toMatchObject({ code: 0, log: '' });
    // As `pulumi stack output --json` prints it.
    const facts = readFacts(JSON.parse(JSON.stringify(result.outputs)));
    const plan = planWorkloadIdentities(['checkout', 'billing'].map(name => defineWorkloadIdentity({ ...onAks, name })), facts);
    const written = of(result, /^kubernetes:/).map(({ inputs }) => inputs);
    expect(written).toHaveLength(6);
    expect(plan.clusters[0]?.objects).toEqual(expect.arrayContaining([...written]));
  });

  test('is unknown to a preview, and nothing else is', async () => {
    const result = await runProgram('azure-identities', { preview: true });
    expect(result).toMatchObject({ code: 0, log: '' });
    for (const account of of(result, /ServiceAccount$/)) {
      expect(account.inputs.metadata).toMatchObject({ annotations: { 'azure.workload.identity/client-id': UNKNOWN, 'azure.workload.identity/tenant-id': AZURE.tenantId } });
    }
    for (const credential of of(result, /Credential$/)) expect(JSON.stringify(credential.inputs)).not.toContain(UNKNOWN);
    for (const assignment of of(result, /RoleAssignment$/)) expect(Object.keys(assignment.inputs).filter(key => assignment.inputs[key] === UNKNOWN)).toEqual(['principalId']);
  });
});

describe('EKS Pod Identity', () => {
  const target = 'arn:aws:iam::444455556666:role/data';

  test('waits for no issuer: a preview knows all but what the target role is called', async () => {
    const result = await runProgram('pod-identity', { preview: true });
    expect(result).toMatchObject({ code: 0, log: '' });
    expect(one(result, /iam\/role:Role/).inputs.assumeRolePolicy).toContain('arn:aws:eks:us-west-2:111122223333:cluster/prod-green');
    for (const association of of(result, /PodIdentityAssociation/)) {
      expect(Object.keys(association.inputs).filter(key => association.inputs[key] === UNKNOWN)).toEqual(['targetRoleArn']);
      expect(association.inputs).toMatchObject({ region: 'us-west-2', namespace: 'shop', serviceAccount: 'checkout', roleArn: 'arn:aws:iam::111122223333:role/checkout' });
    }
  });

  test('associations come after the role and all that it may do, and tell the external ids that targets ask for', async () => {
    const result = await runProgram('pod-identity', { answer: ({ type, name }) => (type === 'test:index:Account' ? { roleArn: target } : /Association/.test(type) ? { externalId: `id of ${name}` } : {}) });
    expect(result).toMatchObject({ code: 0, log: '' });
    const [role, ...policies] = [...of(result, /iam\/role:Role$/), ...of(result, /rolePolicy/i)];
    const associations = of(result, /PodIdentityAssociation/);
    expect(associations.map(({ inputs }) => inputs.clusterName)).toEqual(['prod-blue', 'prod-green']);
    for (const { dependencies, inputs } of associations) {
      expect([...dependencies].sort()).toEqual([role?.urn, ...policies.map(({ urn }) => urn), ...dependencies.filter(urn => /Account/.test(urn))].sort());
      expect(inputs.targetRoleArn).toBe(target);
    }
    expect(one(result, /rolePolicy:/, /targets$/).inputs.policy).toContain(target);
    expect(readFacts(result.outputs).identities?.checkout?.aws).toMatchObject({
      target,
      on: { 'prod-blue': { 'externalId of shop/checkout': 'id of checkout/aws/association/prod-blue/shop/checkout' }, 'prod-green': { 'externalId of shop/checkout': expect.any(String) } },
    });
  });
});

describe('a program fails, with a code and before anything is made of the mistake, when', () => {
  const wrong = (): string => 'http://oidc.example.com/id/1';
  const eksIssuer = (cluster: string): string => ISSUERS.green.replace(/.{4}$/, cluster.replace(/\D/g, '').padStart(4, '0'));
  test.each<[string, (name: string) => string, RegExp, readonly string[]]>([
    ['nobody gives the issuer', wrong, /ERR_MISSING_FACT/, []],
    ['the issuer that arrives breaks a rule', wrong, /clusters\.prod-blue\.issuer: expected the https URL .* got "http:\/\/oidc\.example\.com\/id\/1".*\[issuer\/format\]/, []],
    ['the issuer that arrives is not the one of the definition', eksIssuer, /facts\/contradiction/, ['aws:iam/role:Role', 'aws:iam/rolePolicyAttachment:RolePolicyAttachment']],
    ['with the issuers that arrive the trust policy is too long', eksIssuer, /aws\/trust-policy-size/, []],
    ['the environment that arrives is not ours', () => 'arn:aws:iam::111122223333:role/other', /template\.spec\.containers\[0\]\.env\[0\].*\[workload\/collision\]/, ['aws:iam/role:Role', 'aws:iam/rolePolicyAttachment:RolePolicyAttachment']],
  ])('%s', async (name, issuerOf, message, most) => {
    const result = await runProgram('refused', { env: { CASE: name }, answer: resource => (resource.type === 'test:index:Cluster' ? { issuer: issuerOf(resource.name) } : {}) });
    expect(result.code).toBe(32);
    expect(result.log).toMatch(message);
    const types = result.resources.map(({ type }) => type);
    for (const type of types) if (!/^(pulumi|test|symbolon):/.test(type)) expect(most).toContain(type);
    if (name === 'nobody gives the issuer') expect(types).toEqual(['pulumi:pulumi:Stack']);
  });
});

test.each([
  ['onEks', 'cloud', ['aws', 'pulumi']],
  ['onAks', 'cloud', ['azure-native', 'pulumi']],
  ['asApplication', 'cloud', ['azure-native', 'azuread', 'pulumi']],
  ['onAck', 'cloud', ['alicloud', 'pulumi']],
  ['onVault', 'cloud', ['pulumi', 'vault']],
  ['onApi', 'cloud', ['pulumi']],
  ['onGke', 'both', ['gcp', 'kubernetes', 'pulumi']],
])('%s, %s: only the SDKs of what is made are loaded', async (DEFINITION, HALVES, expected) => {
  const { outputs, code } = await runProgram('loaded', { env: { DEFINITION, HALVES }, answer: () => AZURE });
  expect(code).toBe(0);
  expect(outputs).toMatchObject({ byTheDoor: ['pulumi'], byTheDefinition: expected });
});

test('a fact that arrives and breaks a rule ends the program, and says which', async () => {
  const { code, log, resources } = await runProgram('late-refused', { answer: ({ type }) => (type === 'test:index:Cluster' ? { issuer: 'http://oidc.example.com' } : {}) });
  expect(code).not.toBe(0);
  expect(log).toContain('clusters.prod-blue.issuer: expected');
  expect(resources.filter(({ type }) => type.startsWith('aws:'))).toEqual([]);
});
