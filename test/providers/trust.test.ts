/** What each cloud is asked to make, by meaning. Whether it lets the right ones in is for the proof to say. */
import fc from 'fast-check';
import { isDeferred } from '../../src/core/deferred';
import { knownLayoutOf } from '../../src/identity/define';
import { assignmentName, BUILT_IN_ROLES, roleDefinitionId, roleGuid } from '../../src/providers/azure/roles';
import { identityArb } from '../support/arbitraries';
import { aks, blue, BINDINGS, boundTo, checkoutWith, gke, green, k3s } from '../support/definitions';
import { defineWorkloadIdentity, planWorkloadIdentities, type TrustDocument, type WorkloadIdentityInput } from 'symbolon';

const trustOf = (input: WorkloadIdentityInput): readonly TrustDocument[] => planWorkloadIdentities(defineWorkloadIdentity(input)).trust;
const requests = <T>(input: WorkloadIdentityInput, kind: string): readonly T[] =>
  trustOf(input).filter(document => document.kind === kind).map(document => document.request as T);

interface Statement {
  Effect: string;
  Principal: { Federated: string } | { Service: string };
  Action: string | string[];
  Condition: { StringEquals: { [key: string]: string | string[] } };
}
interface Role { RoleName: string; AssumeRolePolicyDocument: { Version: string; Statement: Statement[] } }
interface Credential { properties: { issuer: string; subject: string; audiences: string[] } }
interface Binding { properties: { managedIdentity: { resourceId: string } } }
interface Member { resource: string; role: string; member: string }

describe('aws', () => {
  test('every statement of every trust policy pins who is meant, exactly: issuer, subject and audience, or cluster, namespace and service account', () => {
    fc.assert(fc.property(identityArb, input => {
      for (const { AssumeRolePolicyDocument } of requests<Role>(input, 'iam.Role')) {
        for (const { Effect, Action, Principal, Condition, ...more } of AssumeRolePolicyDocument.Statement) {
          expect([Effect, more]).toEqual(['Allow', {}]);
          const { StringEquals, ...conditions } = Condition;
          // What the binding says besides can only narrow it.
          expect([{}, { Null: { 'sts:ExternalId': 'true' } }]).toContainEqual(conditions);
          if ('Service' in Principal) {
            expect({ Action, Principal }).toEqual({ Action: ['sts:AssumeRole', 'sts:TagSession'], Principal: { Service: 'pods.eks.amazonaws.com' } });
            expect(Object.keys(StringEquals)).toEqual(['aws:RequestTag/eks-cluster-arn', 'aws:RequestTag/kubernetes-namespace', 'aws:RequestTag/kubernetes-service-account']);
            for (const tag of ['eks-cluster-arn', 'kubernetes-namespace']) expect(typeof StringEquals[`aws:RequestTag/${tag}`]).toBe('string');
            expect(JSON.stringify(StringEquals)).not.toMatch(/[*?]/);
            continue;
          }
          expect(Action).toBe('sts:AssumeRoleWithWebIdentity');
          const issuer = /:oidc-provider\/(.+)$/.exec(Principal.Federated)?.[1] as string;
          expect(Object.keys(StringEquals)).toEqual([`${issuer}:aud`, `${issuer}:sub`]);
          expect(typeof StringEquals[`${issuer}:aud`]).toBe('string');
          for (const subject of [StringEquals[`${issuer}:sub`]].flat()) expect(subject).toMatch(/^system:serviceaccount:[a-z0-9-]+:[a-z0-9.-]+$/);
        }
      }
    }), { numRuns: 100 });
  });

  test('an issuer keeps the slash at its end in the ARN and in the condition keys', () => {
    const [role] = requests<Role>(boundTo('aws', k3s), 'iam.Role');
    expect(role?.AssumeRolePolicyDocument.Statement).toEqual([{
      Effect: 'Allow',
      Action: 'sts:AssumeRoleWithWebIdentity',
      Principal: { Federated: 'arn:aws:iam::111122223333:oidc-provider/k3s.example.com/' },
      Condition: { StringEquals: { 'k3s.example.com/:aud': 'sts.amazonaws.com', 'k3s.example.com/:sub': 'system:serviceaccount:shop:checkout' } },
    }]);
  });

  test('one statement for each issuer and audience; service accounts of one share it', () => {
    const [role] = requests<Role>(checkoutWith({ namespace: undefined, runsAs: [{ namespace: 'shop' }, { namespace: 'billing' }], clusters: [blue, green], trustedBy: { aws: { on: { green: { audience: 'other' } } } } }), 'iam.Role');
    expect(role?.AssumeRolePolicyDocument.Statement.map(({ Condition }) => Object.values(Condition.StringEquals))).toEqual([
      ['sts.amazonaws.com', ['system:serviceaccount:billing:checkout', 'system:serviceaccount:shop:checkout']],
      ['other', ['system:serviceaccount:billing:checkout', 'system:serviceaccount:shop:checkout']],
    ]);
  });

  test('a role has what was said of it, and nothing that was not', () => {
    const said = { rolePath: '/teams/', description: 'd', maxSessionDuration: 7200, permissionsBoundary: 'arn:aws:iam::aws:policy/b', tags: { team: 'shop' }, managedPolicies: ['arn:aws:iam::aws:policy/m'], inlinePolicies: { i: { Statement: [{ Effect: 'Allow', Action: 'sqs:ReceiveMessage', Resource: '*' }] } } };
    const documents = trustOf(boundTo('aws', blue, said)).filter(document => document.cluster === undefined);
    const arn = 'arn:aws:iam::111122223333:role/teams/checkout';
    expect(documents.map(({ kind, name }) => [kind, name])).toEqual([['iam.Role', arn], ['iam.RolePolicyAttachment', `${arn} arn:aws:iam::aws:policy/m`], ['iam.RolePolicy', `${arn} i`]]);
    expect(documents[0]?.request).toMatchObject({ RoleName: 'checkout', Path: '/teams/', Description: 'd', MaxSessionDuration: 7200, PermissionsBoundary: 'arn:aws:iam::aws:policy/b', Tags: [{ Key: 'team', Value: 'shop' }] });
    expect(documents[2]?.request).toMatchObject({ PolicyName: 'i', PolicyDocument: { Version: '2012-10-17', Statement: [{ Action: 'sqs:ReceiveMessage' }] } });
    expect(Object.keys(requests<object>(boundTo('aws', blue), 'iam.Role')[0] as object)).toEqual(['RoleName', 'Path', 'AssumeRolePolicyDocument']);
  });

  test.each([{}, { partition: 'aws-cn' }])('in another partition, said (%j) or by its region, role, issuer and association are named in it, and the audience stays', partition => {
    const cn = { name: 'cn', issuer: `https://oidc.eks.cn-north-1.amazonaws.com.cn/id/${'A1'.repeat(16)}`, eks: { accountId: '111122223333', region: 'cn-north-1', clusterName: 'cn', ...partition } };
    const trust = trustOf(checkoutWith({ clusters: [cn], trustedBy: { aws: {} } }));
    expect(trust.map(document => document.name.split(':').slice(0, 2).join(':'))).toEqual(['arn:aws-cn', 'arn:aws-cn']);
    expect(JSON.stringify(trust)).not.toContain('sts.amazonaws.com.cn');
    const pods = trustOf(checkoutWith({ clusters: [cn], trustedBy: { aws: { mechanism: 'pod-identity' } } }));
    expect(JSON.stringify(pods)).not.toContain('arn:aws:');
    expect(JSON.stringify(pods)).toContain('arn:aws-cn:eks:cn-north-1:111122223333:cluster/cn');
  });

  test.each([
    ['us-west-2', 'aws'], ['eu-west-1', 'aws'], ['cn-northwest-1', 'aws-cn'], ['us-gov-east-1', 'aws-us-gov'], ['us-iso-east-1', 'aws-iso'], ['us-isob-east-1', 'aws-iso-b'],
    ['us-isof-south-1', 'aws-iso-f'], ['eu-isoe-west-1', 'aws-iso-e'], ['eusc-de-east-1', 'aws-eusc'],
  ])('a cluster in %s has roles of the partition %s', (region, partition) => {
    const cluster = { name: 'c', issuer: 'https://oidc.example.com', eks: { accountId: '111122223333', region, clusterName: 'c' } };
    expect(trustOf(checkoutWith({ clusters: [cluster], trustedBy: { aws: {} } })).map(({ name }) => name.split(':')[1])).toEqual([partition, partition]);
  });

  test('on a cluster of no cloud, the binding says the partition, and the OIDC provider is the one that the role trusts', () => {
    const trust = trustOf(boundTo('aws', k3s, { accountId: '111122223333', partition: 'aws-cn' }));
    const [anchor, role] = trust as [TrustDocument, TrustDocument];
    expect(anchor.name).toMatch(/^arn:aws-cn:/);
    expect((role.request as Role).AssumeRolePolicyDocument).toMatchObject({ Statement: [{ Principal: { Federated: anchor.name } }] });
  });
});

describe('azure', () => {
  test('every credential has one audience, and names issuer and subject as they are', () => {
    fc.assert(fc.property(identityArb, input => {
      const plan = planWorkloadIdentities(defineWorkloadIdentity(input));
      const edges = plan.edges.filter(edge => edge.provider === 'azure' && edge.mechanism !== 'identity-binding').map(edge => JSON.stringify([edge.claims.issuer, edge.claims.subject, [edge.claims.audience]]));
      const credentials = plan.trust.flatMap(({ kind, request }) => (kind === 'managedidentity.FederatedIdentityCredential' ? [Object.values((request as Credential).properties)]
        : kind === 'graph.FederatedIdentityCredential' ? [Object.values(request as object).slice(1)] : []));
      expect(credentials.map(properties => JSON.stringify(properties)).sort()).toEqual(edges.sort());
    }), { numRuns: 100 });
  });

  test('the credentials of one identity are one series, since Azure refuses to write two at a time; those of another are another', () => {
    fc.assert(fc.property(identityArb, input => {
      for (const { series, name, kind, request } of knownLayoutOf(defineWorkloadIdentity(input)).trust) {
        const identity = isDeferred(name) ? '' : /^(.*)\/federatedIdentityCredentials\//.exec(name)?.[1];
        if (kind === 'containerservice.IdentityBinding') expect(series).toBe((request as Binding).properties.managedIdentity.resourceId);
        else expect(series).toBe(/\.FederatedIdentityCredential$/.test(kind) ? identity : undefined);
      }
    }), { numRuns: 100 });
  });

  test('a role is assigned to the principal, by the definition in the scope\'s own subscription, without a look-up', () => {
    const scope = '/subscriptions/00000000-0000-4000-8000-00000000000a/resourceGroups/data';
    const input = boundTo('azure', aks, { principalId: '00000000-0000-4000-8000-000000000006', roleAssignments: [{ role: 'Reader', scope }, { role: 'Reader', scope: `${scope}/providers/Microsoft.Storage/storageAccounts/orders` }] });
    expect(requests(input, 'authorization.RoleAssignment')[0]).toEqual({
      properties: {
        roleDefinitionId: '/subscriptions/00000000-0000-4000-8000-00000000000a/providers/Microsoft.Authorization/roleDefinitions/acdd72a7-3385-48ef-bd42-f606fba81ae7',
        principalId: '00000000-0000-4000-8000-000000000006',
        principalType: 'ServicePrincipal',
      },
    });
    const names = trustOf(input).filter(document => document.kind === 'authorization.RoleAssignment').map(document => document.name);
    expect(new Set(names).size).toBe(2);
    for (const name of names) expect(name).toMatch(/roleAssignments\/[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/);
  });

  test('the name of an assignment follows from what is assigned', () => {
    fc.assert(fc.property(fc.array(fc.stringMatching(/^[a-z]+$/), { minLength: 3, maxLength: 3 }), fc.array(fc.stringMatching(/^[a-z]+$/), { minLength: 3, maxLength: 3 }), (a, b) => {
      expect(assignmentName(...a) === assignmentName(...b)).toBe(a.join() === b.join());
    }));
  });

  test('every role that is known by name has a GUID of its own; other names have none', () => {
    const guids = BUILT_IN_ROLES.map(roleGuid);
    for (const guid of guids) expect(guid).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
    expect(new Set(guids).size).toBe(guids.length);
    // https://learn.microsoft.com/en-us/azure/role-based-access-control/built-in-roles
    expect(roleGuid('Storage Blob Data Contributor')).toBe('ba92f5b4-2d11-453d-a403-e96b0029c9fe');
    expect([roleGuid('toString'), roleGuid('__proto__'), roleGuid('reader'), roleGuid('')]).toEqual([undefined, undefined, undefined, undefined]);
    expect(roleDefinitionId('acdd72a7-3385-48ef-bd42-f606fba81ae7', '/subscriptions/s/x')).toBe(roleDefinitionId('Reader', '/subscriptions/s'));
  });

  test.each([['public', 'api://AzureADTokenExchange', 'https://login.microsoftonline.com/'], ['us-government', 'api://AzureADTokenExchangeUSGov', 'https://login.microsoftonline.us/'], ['china', 'api://AzureADTokenExchangeChina', 'https://login.chinacloudapi.cn/']])('the %s cloud has its own audience and authority', (cloud, audience, host) => {
    const plan = planWorkloadIdentities(defineWorkloadIdentity(boundTo('azure', aks, { cloud, injection: 'explicit' })));
    expect(plan.edges[0]?.claims.audience).toBe(audience);
    expect(plan.clusters[0]?.injections[0]?.env).toContainEqual(expect.objectContaining({ name: 'AZURE_AUTHORITY_HOST', value: host }));
    // The webhook asks for one audience in every cloud.
    expect(planWorkloadIdentities(defineWorkloadIdentity(boundTo('azure', aks, { cloud }))).edges[0]?.claims.audience).toBe('api://AzureADTokenExchange');
  });

  test('the label that asks the webhook stands on the pod, not on the service account', () => {
    const { clusters: [cluster] } = planWorkloadIdentities(defineWorkloadIdentity(boundTo('azure', aks, { expirationSeconds: 7200 })));
    expect(cluster?.injections[0]?.labels).toEqual({ 'azure.workload.identity/use': 'true' });
    expect(cluster?.objects[0]?.metadata.labels).toBeUndefined();
    expect(cluster?.objects[0]?.metadata.annotations).toMatchObject({ 'azure.workload.identity/service-account-token-expiration': '7200' });
  });
});

describe('gcp', () => {
  test('the member is the service account in the pool of the cluster\'s own project, whichever project owns the account', () => {
    const input = boundTo('gcp', gke, { projectId: 'identities-1' });
    expect(requests<Member>(input, 'iam.ServiceAccountMember')).toEqual([{
      resource: 'projects/identities-1/serviceAccounts/checkout@identities-1.iam.gserviceaccount.com', role: 'roles/iam.workloadIdentityUser', member: 'serviceAccount:shop-prod.svc.id.goog[shop/checkout]',
    }]);
  });

  test.each([
    [{}, 'cloudresourcemanager.ProjectMember', 'projects/shop-prod'], [{ project: 'other-1' }, 'cloudresourcemanager.ProjectMember', 'projects/other-1'], [{ bucket: 'orders' }, 'storage.BucketMember', 'b/orders'],
    [{ secret: 'key' }, 'secretmanager.SecretMember', 'projects/shop-prod/secrets/key'], [{ secret: 'projects/p/secrets/key' }, 'secretmanager.SecretMember', 'projects/p/secrets/key'], [{ topic: 'events' }, 'pubsub.TopicMember', 'projects/shop-prod/topics/events'],
  ])('a grant of %j is a member of %s on %s', (resource, kind, name) => {
    expect(requests<Member>(boundTo('gcp', gke, { grants: [{ role: 'roles/viewer', ...resource }] }), kind)).toEqual([{ resource: name, role: 'roles/viewer', member: 'serviceAccount:checkout@shop-prod.iam.gserviceaccount.com' }]);
  });

  test('the same grant from two clusters is made once', () => {
    const east = { name: 'east', gke: { projectId: 'shop-prod', location: 'us-east1', clusterName: 'east' } };
    expect(requests(checkoutWith({ clusters: [gke, east], trustedBy: { gcp: { ...BINDINGS.gcp, grants: [{ role: 'roles/viewer' }] } } }), 'cloudresourcemanager.ProjectMember')).toHaveLength(1);
  });

  test('explicitly, the credential configuration reads the token where it is, and its name changes when it does', () => {
    const configOf = (cluster: typeof gke) => {
      const { clusters: [planned] } = planWorkloadIdentities(defineWorkloadIdentity(boundTo('gcp', cluster, { injection: 'explicit' })));
      const map = planned?.objects.find(object => object.kind === 'ConfigMap');
      const [file] = Object.values(map?.data as { [file: string]: string });
      return { name: map?.metadata.name, config: JSON.parse(file as string) as { [key: string]: unknown }, injection: planned?.injections[0] };
    };
    const one = configOf(gke);
    const other = configOf({ ...gke, gke: { projectId: 'shop-prod', location: 'us-east1', clusterName: 'gke' } });
    expect(one.config).toMatchObject({ type: 'external_account', audience: 'identitynamespace:shop-prod.svc.id.goog:https://container.googleapis.com/v1/projects/shop-prod/locations/europe-west4/clusters/gke', token_url: 'https://sts.googleapis.com/v1/token' });
    expect(one.config.service_account_impersonation_url).toContain('checkout@shop-prod.iam.gserviceaccount.com:generateAccessToken');
    const [mount] = one.injection?.mounts ?? [];
    expect((one.config.credential_source as { file: string }).file).toBe(`${mount?.mountPath}/token`);
    expect(JSON.stringify(one.injection?.volumes)).toContain(`"configMap":{"name":"${one.name}"`);
    expect(one.name).toMatch(/^checkout-gcp-[0-9a-f]{10}$/);
    expect(other.name).not.toBe(one.name);
  });
});
