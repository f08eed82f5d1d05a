/** A witness is worth something only when it is true: asked anew, as a workload of its own, it has to be let in. */
import * as fc from 'fast-check';
import type { ClusterArtifact, TrustArtifact } from '../../src/proof/artifacts';
import { prove } from '../../src/proof/prove';
import { witnesses } from '../../src/proof/witness';

const ISSUERS = ['https://oidc.example.com/blue', 'https://oidc.example.com/green/'];
const ROLE = 'arn:aws:iam::111122223333:role/checkout';
const CLIENT = 'c3d4e5f6-0718-4293-a4b5-c6d7e8f90a1b';
const EMAIL = 'checkout@shop-prod.iam.gserviceaccount.com';

const name = fc.constantFrom('shop', 'checkout', 'pay', 'a-1');
const issuer = fc.constantFrom(...ISSUERS, 'https://oidc.example.com/elsewhere');

const aws = fc.record({ issuer, namespace: fc.oneof(name, fc.constant('*')), account: fc.oneof(name, fc.constant('*'), fc.constant('app-?')), pinsAudience: fc.boolean(), pinsSubject: fc.boolean() })
  .map(({ issuer: url, namespace, account, pinsAudience, pinsSubject }): TrustArtifact => {
    const host = url.replace('https://', '');
    const Condition = {
      ...(pinsSubject && { StringLike: { [`${host}:sub`]: `system:serviceaccount:${namespace}:${account}` } }),
      ...(pinsAudience && { StringEquals: { [`${host}:aud`]: 'sts.amazonaws.com' } }),
    };
    const Statement = [{ Effect: 'Allow', Principal: { Federated: `arn:aws:iam::111122223333:oidc-provider/${host}` }, Action: 'sts:AssumeRoleWithWebIdentity', Condition }];
    return { provider: 'aws', kind: 'iam.Role', name: ROLE, becomes: ROLE, request: { AssumeRolePolicyDocument: { Version: '2012-10-17', Statement } } };
  });

const azure = fc.record({ issuer, namespace: name, account: name, audience: fc.constantFrom('api://AzureADTokenExchange', 'api://other') }).map(({ issuer: url, namespace, account, audience }): TrustArtifact => ({
  provider: 'azure',
  kind: 'managedidentity.FederatedIdentityCredential',
  name: '/subscriptions/x/federatedIdentityCredentials/y',
  becomes: CLIENT,
  request: { properties: { issuer: url, subject: `system:serviceaccount:${namespace}:${account}`, audiences: [audience] } },
}));

const google = fc.record({ namespace: name, account: name }).map(({ namespace, account }): TrustArtifact => ({
  provider: 'gcp',
  kind: 'iam.ServiceAccountMember',
  name: `projects/shop-prod/serviceAccounts/${EMAIL} member`,
  becomes: EMAIL,
  request: { resource: `projects/shop-prod/serviceAccounts/${EMAIL}`, role: 'roles/iam.workloadIdentityUser', member: `serviceAccount:shop-prod.svc.id.goog[${namespace}/${account}]` },
}));

const alibaba = fc.record({ issuer, namespace: name, account: fc.oneof(name, fc.constant('*')) }).map(({ issuer: url, namespace, account }): TrustArtifact => ({
  provider: 'alibaba',
  kind: 'ram.Role',
  name: 'acs:ram::1234567890123456:role/checkout',
  becomes: 'acs:ram::1234567890123456:role/checkout',
  request: {
    AssumeRolePolicyDocument: {
      Version: '1',
      Statement: [{
        Effect: 'Allow',
        Action: 'sts:AssumeRole',
        Principal: { Federated: ['acs:ram::1234567890123456:oidc-provider/blue'] },
        Condition: { StringEquals: { 'oidc:iss': [url], 'oidc:aud': ['sts.aliyuncs.com'] }, StringLike: { 'oidc:sub': [`system:serviceaccount:${namespace}:${account}`] } },
      }],
    },
  },
}));

const vault = fc.record({ namespace: fc.oneof(name, fc.constant('*')), account: name, audience: fc.constantFrom('vault', 'https://vault.example.com') }).map(({ namespace, account, audience }): TrustArtifact => ({
  provider: 'vault',
  kind: 'kubernetes.Role',
  name: 'vault.example.com:8200/auth/kubernetes/role/checkout',
  becomes: 'vault.example.com:8200/auth/kubernetes/role/checkout',
  request: { bound_service_account_names: [account], bound_service_account_namespaces: [namespace], audience },
}));

const clusters: readonly ClusterArtifact[] = ISSUERS.map((url, i) => ({ name: `cluster-${i}`, issuer: url, objects: [] }));

test('every stranger of a trust for tokens has a witness', () => {
  fc.assert(fc.property(fc.oneof(aws, azure, google, alibaba, vault), document => {
    const proof = prove({ clusters, trust: [document] });
    expect(proof.strangers.length).toBeGreaterThan(0);
    const shown = witnesses(proof, { clusters, trust: [document] });
    expect(shown).toHaveLength(proof.strangers.length);
    shown.forEach(witness => expect(witness).toMatchObject({ subject: expect.stringMatching(/^system:serviceaccount:[a-z0-9-]+:[a-z0-9-]+$/) as string }));
  }));
});

/** A pod that carries what the witness says, by its own variables and a token of its own: the SDK of the cloud would ask with it. */
function podOf(witness: { readonly subject: string; readonly audience: string }): ClusterArtifact['objects'] {
  const [, , namespace = '', account = ''] = witness.subject.split(':');
  const env = [{ name: 'AWS_ROLE_ARN', value: ROLE }, { name: 'AWS_WEB_IDENTITY_TOKEN_FILE', value: '/t/token' }];
  const volumes = [{ name: 't', projected: { sources: [{ serviceAccountToken: { audience: witness.audience, path: 'token' } }] } }];
  return [{
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'witness', namespace },
    spec: { serviceAccountName: account, volumes, containers: [{ name: 'app', env, volumeMounts: [{ name: 't', mountPath: '/t' }] }] },
  }];
}

test('a pod that carries the claims of the witness is let in', () => {
  fc.assert(fc.property(aws, document => {
    const proof = prove({ clusters, trust: [document] });
    const [witness] = witnesses(proof, { clusters, trust: [document] });
    if (witness === undefined) throw new Error('no witness');
    const there = { name: 'there', issuer: witness.issuer, objects: podOf(witness) };
    const { issuer: signer, subject, audience } = witness;
    expect(prove({ clusters: [there], trust: [document] }).verdicts).toMatchObject([{ admitted: true, claims: { issuer: signer, subject, audience } }]);
  }));
});

test('a principal of the cloud itself has none', () => {
  const Statement = [{ Effect: 'Allow', Principal: { AWS: 'arn:aws:iam::999999999999:root' }, Action: 'sts:AssumeRole' }];
  const trust: TrustArtifact[] = [{ provider: 'aws', kind: 'iam.Role', name: ROLE, becomes: ROLE, request: { AssumeRolePolicyDocument: { Version: '2012-10-17', Statement } } }];
  expect(witnesses(prove({ clusters, trust }), { clusters, trust })).toEqual([undefined]);
});

test('a stranger of a pool of Google\'s comes from a cluster of its project: from one that is known, else from any', () => {
  const email = `projects/shop-prod/serviceAccounts/${EMAIL}`;
  const request = { resource: email, role: 'roles/iam.workloadIdentityUser', member: 'serviceAccount:shop-prod.svc.id.goog[shop/checkout]' };
  const document: TrustArtifact = { provider: 'gcp', kind: 'iam.ServiceAccountMember', name: `${email} member`, becomes: EMAIL, request };
  const shown = (known: readonly ClusterArtifact[]) => witnesses(prove({ clusters: known, trust: [document] }), { clusters: known, trust: [document] });
  const within = 'https://container.googleapis.com/v1/projects/shop-prod/locations/europe-west4/clusters/prod';
  const claims = { subject: 'system:serviceaccount:shop:checkout', audience: 'shop-prod.svc.id.goog' };
  expect(shown(clusters)).toEqual([{ ...claims, issuer: expect.stringMatching(/^https:\/\/container\.googleapis\.com\/v1\/projects\/shop-prod\//) as string }]);
  expect(shown([...clusters, { name: 'prod', issuer: within, objects: [] }])).toEqual([{ ...claims, issuer: within, cluster: 'prod' }]);
});
