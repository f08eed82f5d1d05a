/** An identity that goes takes nothing away that another one uses. */
import { ack, aks, BINDINGS, blue, gke, k3s } from '../support/definitions';
import { checkWorkloadIdentity, comparePlans, defineWorkloadIdentity, planWorkloadIdentities, type ClusterInput, type Plan, type WorkloadIdentityInput } from 'symbolon';

type Fields = { readonly [field: string]: unknown };

const ROLE = { principalId: '00000000-0000-4000-8000-000000000006', roleAssignments: [{ role: 'Reader', scope: '/subscriptions/00000000-0000-4000-8000-000000000003' }] };
const GRANTS = [{ role: 'roles/storage.objectViewer', bucket: 'orders' }];
const numbered: ClusterInput = { ...k3s, gcpPool: { projectNumber: '123456789012' } };

/** Every way in, on a cluster that two identities share. */
const WAYS: readonly (readonly [string, ClusterInput, keyof typeof BINDINGS, Fields])[] = [
  ['IAM roles for service accounts', blue, 'aws', { managedPolicies: ['arn:aws:iam::aws:policy/ReadOnlyAccess'] }],
  ['EKS Pod Identity', blue, 'aws', { mechanism: 'pod-identity' }],
  ['managed identities', aks, 'azure', ROLE],
  ['GKE service accounts', gke, 'gcp', { grants: GRANTS }],
  ['GKE principals', gke, 'gcp', { mechanism: 'principal', grants: GRANTS }],
  ['pools', numbered, 'gcp', { grants: GRANTS }],
  ['RRSA', ack, 'alibaba', { policies: [{ name: 'AliyunOSSReadOnlyAccess' }] }],
  ['Vault, kubernetes', { ...k3s, vault: { host: 'https://k3s.example.com' } }, 'vault', {}],
  ['Vault, jwt', { ...k3s, vault: { keys: 'discovery' } }, 'vault', { mechanism: 'jwt' }],
  ['an API', k3s, 'jwt', {}],
];

/** Whatever names a cloud identity is left out, so that each has one of its own. */
function planOf(names: readonly string[], cluster: ClusterInput, provider: keyof typeof BINDINGS, fields: Fields): Plan {
  const { roleName: _role, accountId, identityName: _identity, ...binding } = BINDINGS[provider] as Fields;
  const account = provider === 'gcp' ? {} : { accountId };
  const facts = { version: 1, clusters: { [cluster.name]: { projectNumber: '123456789012' } }, identities: {} };
  return planWorkloadIdentities(names.map(name => defineWorkloadIdentity({ name, namespace: 'shop', clusters: [cluster], trustedBy: { [provider]: { ...binding, ...account, ...fields } } } as WorkloadIdentityInput)), facts);
}

describe.each(WAYS)('%s', (_name, cluster, provider, fields) => {
  const together = planOf(['checkout', 'billing'], cluster, provider, fields);
  const alone = planOf(['checkout'], cluster, provider, fields);

  test('what is left is what one has alone: documents, objects and who is let in', () => {
    for (const document of alone.trust) expect(together.trust).toContainEqual(document);
    const gone = comparePlans(together, alone);
    expect(new Set(gone.map(({ change }) => change))).toEqual(new Set(['removed']));
    expect(gone.filter(({ part }) => part === 'admission').map(({ name }) => name).join()).not.toContain('checkout');
  });

  test('no two documents are of one thing, so that nobody deletes it for the other', () => {
    const names = together.trust.map(({ kind, name }) => `${kind} ${name}`);
    expect(names.filter((name, i) => names.indexOf(name) !== i)).toEqual([]);
  });
});

test.each<[string, ClusterInput, keyof typeof BINDINGS, Fields]>([
  ['role assignment', aks, 'azure', { ...ROLE, existing: true, identityName: 'shared' }],
  ['grant to one service account', gke, 'gcp', { existing: true, accountId: 'shared-account', grants: GRANTS }],
])('one %s in two definitions is refused: it would go with either', (_what, cluster, provider, fields) => {
  const made = (): Plan => planOf(['checkout', 'billing'], cluster, provider, { ...fields });
  expect(made).toThrow(/expected one owner of the .*; let one of them use what the other makes .*a grant or a role assignment stands in one alone.*\[identity\/owned-twice\]/);
  const { roleAssignments: _roles, grants: _grants, ...without } = fields;
  expect(checkWorkloadIdentity({ name: 'billing', namespace: 'shop', clusters: [cluster], trustedBy: { [provider]: { ...BINDINGS[provider], ...without } } }).filter(({ severity }) => severity === 'error')).toEqual([]);
});
