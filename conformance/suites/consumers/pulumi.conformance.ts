/** A Pulumi program of a project that has the packed library, run under Pulumi's mocks. The real engine has a suite of its own. */
import { describeConsumers } from './support/consumers';
import { count } from '../support/report';

/** Everything that the program registers, whatever the versions of its peers. */
const RESOURCES = [
  'alicloud:ims/oidcProvider:OidcProvider',
  'alicloud:ram/role:Role',
  'alicloud:ram/rolePolicyAttachment:RolePolicyAttachment',
  'aws:iam/openIdConnectProvider:OpenIdConnectProvider',
  'aws:iam/role:Role',
  'aws:iam/rolePolicyAttachment:RolePolicyAttachment',
  'azure-native:authorization:RoleAssignment',
  'azure-native:managedidentity:FederatedIdentityCredential',
  'azure-native:managedidentity:UserAssignedIdentity',
  'azuread:index/application:Application',
  'azuread:index/applicationFederatedIdentityCredential:ApplicationFederatedIdentityCredential',
  'azuread:index/servicePrincipal:ServicePrincipal',
  'gcp:projects/iAMMember:IAMMember',
  'gcp:serviceaccount/account:Account',
  'gcp:serviceaccount/iAMMember:IAMMember',
  'kubernetes:core/v1:ServiceAccount',
  'kubernetes:core/v1:ServiceAccount',
  'kubernetes:core/v1:ServiceAccount',
  'kubernetes:core/v1:ServiceAccount',
  'kubernetes:core/v1:ServiceAccount',
  'kubernetes:rbac.authorization.k8s.io/v1:Role',
  'kubernetes:rbac.authorization.k8s.io/v1:Role',
  'kubernetes:rbac.authorization.k8s.io/v1:Role',
  'kubernetes:rbac.authorization.k8s.io/v1:Role',
  'kubernetes:rbac.authorization.k8s.io/v1:Role',
  'kubernetes:rbac.authorization.k8s.io/v1:RoleBinding',
  'kubernetes:rbac.authorization.k8s.io/v1:RoleBinding',
  'kubernetes:rbac.authorization.k8s.io/v1:RoleBinding',
  'kubernetes:rbac.authorization.k8s.io/v1:RoleBinding',
  'kubernetes:rbac.authorization.k8s.io/v1:RoleBinding',
  'vault:jwt/authBackend:AuthBackend',
  'vault:jwt/authBackendRole:AuthBackendRole',
];

describeConsumers('a Pulumi program', [
  ['the oldest peers, on Node.js 20.0', { node: 'node-20.0', packages: 'pulumi-oldest' }],
  ['the last peers that Node.js 20 may have', { node: 'node-20', packages: 'pulumi-node-20' }],
  ['the newest peers, on the newest Node.js with long-term support', { node: 'node-lts', packages: 'pulumi-newest' }],
], project => {
  test('the library is installed without changing anything else', () => project().install());

  test('compiles, with the declarations of every package', () => {
    for (const file of ['index.ts', 'mocked.ts', 'policy.ts', 'tsconfig.json']) project().add(`pulumi/${file}`);
    expect(project().run('typescript/bin/tsc', ['--noEmit', '--pretty', 'false'])).toEqual({ code: 0, out: '' });
  });

  test('registers what it defines, and gives its facts', () => {
    const { code, out } = project().run('ts-node/dist/bin.js', ['mocked.ts']);
    expect({ code, out: code === 0 ? '' : out }).toEqual({ code: 0, out: '' });
    const { resources, facts } = JSON.parse(out) as { resources: readonly string[]; facts: object };
    expect(resources.map(each => each.split(' ')[0] as string).filter(type => !/^(symbolon|pulumi):/.test(type))).toEqual(RESOURCES);
    expect(facts).toEqual(expect.arrayContaining([expect.objectContaining({ identities: { writer: { azure: expect.objectContaining({ clientId: '00000000-0000-4000-8000-00000000c11e' }) as object } } })]));
    count('consumers', 'resources of Pulumi programs registered', resources.length);
  });
});
