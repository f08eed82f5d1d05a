import { isData, type Data } from '../../kubernetes/data';
import type { TrustArtifact } from '../../proof/artifacts';
import type { Part } from '../document';
import type { MapDocument, Reader, Reading } from '../reader';
import { pick, said } from '../said';

/** What gcloud prints of IAM policies, of workload identity pools and of service accounts. https://cloud.google.com/sdk/gcloud/reference/iam */
export const gcp: Reader = {
  prints: [
    'gcloud iam service-accounts get-iam-policy', 'gcloud projects get-iam-policy', 'gcloud storage buckets get-iam-policy', 'gcloud secrets get-iam-policy', 'gcloud pubsub topics get-iam-policy',
    'gcloud iam workload-identity-pools describe|list', 'gcloud iam workload-identity-pools providers describe|list', 'gcloud iam service-accounts describe|list',
  ],
  read: document => policy(document) ?? pool(document.value) ?? account(document.value),
};

const EXAMPLE = 'projects/shop-prod/serviceAccounts/checkout@shop-prod.iam.gserviceaccount.com';

/** What a policy can belong to, by the resource name that its API takes. */
const RESOURCES: readonly (readonly [RegExp, string])[] = [
  [/^projects\/[^/]+\/serviceAccounts\/[^/@]+@[^/@]+$/, 'iam.ServiceAccountMember'],
  [/^projects\/[^/]+$/, 'cloudresourcemanager.ProjectMember'],
  [/^b\/[^/]+$/, 'storage.BucketMember'],
  [/^projects\/[^/]+\/secrets\/[^/]+$/, 'secretmanager.SecretMember'],
  [/^projects\/[^/]+\/topics\/[^/]+$/, 'pubsub.TopicMember'],
];

/** It says nothing of what it belongs to, but for a bucket's. https://cloud.google.com/sdk/gcloud/reference/iam/service-accounts/get-iam-policy https://cloud.google.com/iam/docs/reference/rest/v1/Policy */
function policy({ value, of }: MapDocument): Reading | undefined {
  const { bindings = [], etag, resourceId } = value;
  const known = ['bindings', 'etag', 'version', 'auditConfigs', 'kind', 'resourceId'];
  const isOne = (typeof etag === 'string' || 'bindings' in value) && Object.keys(value).every(key => known.includes(key)) && Array.isArray(bindings) && bindings.every(isBinding);
  if (!isOne) return undefined;
  const given = of ?? said(resourceId);
  if (given === undefined) return { unsaid: [{ path: '', what: 'which resource the policy belongs to', example: EXAMPLE }] };
  const resource = resourceOf(given);
  const [, kind] = RESOURCES.find(([form]) => form.test(resource)) ?? [];
  if (kind === undefined) return { unsaid: [{ path: '', what: `whose policy it is: ${given} is no service account, project, bucket, secret or topic`, example: EXAMPLE }] };
  return { trust: bindings.flatMap((binding: Binding, i) => binding.members.flatMap((member, j) => granted(kind, resource, binding, member, `bindings[${i}].members[${j}]`))) };
}

interface Binding {
  readonly role: string;
  readonly members: readonly string[];
  readonly condition?: unknown;
}

function isBinding(value: unknown): value is Binding {
  return isData(value) && typeof value.role === 'string' && Array.isArray(value.members) && value.members.every(member => typeof member === 'string');
}

/** Commands call the resources by what the user gave them: the e-mail address of an account, the URL of a bucket. */
function resourceOf(given: string): string {
  if (/^[^/@]+@[^/@]+$/.test(given)) return `projects/-/serviceAccounts/${given}`;
  return given.replace(/^\/\/[a-z]+\.googleapis\.com\//, '').replace(/^(gs:\/\/|projects\/_\/buckets\/)([^/]+)\/?$/, 'b/$2');
}

/** One member of one role. A condition stays with it, since under another one it is another grant. */
function granted(kind: string, resource: string, { role, condition }: Binding, member: string, path: string): readonly Part<TrustArtifact>[] {
  // Who has been deleted is nobody. https://cloud.google.com/iam/docs/policies#handle-deleted-members
  if (member.startsWith('deleted:')) return [];
  const under = isData(condition) ? ` if ${said(condition.expression) ?? JSON.stringify(condition)}` : '';
  const becomes = becomesBy(kind, resource, member);
  const value = {
    provider: 'gcp',
    kind,
    name: `${resource} ${role} ${member}${under}`,
    ...(becomes !== undefined && { becomes }),
    request: { resource, role, member, ...(condition !== undefined && condition !== null && { condition }) },
  };
  return [{ path, value }];
}

/** On a service account, it; elsewhere what is granted to a pod is granted to it as itself, and what is granted to others lets no pod in. */
function becomesBy(kind: string, resource: string, member: string): string | undefined {
  if (kind === 'iam.ServiceAccountMember') return resource.slice(resource.lastIndexOf('/') + 1);
  return /^principal(Set)?:\/\/|^serviceAccount:[^[\]]+\.svc\.id\.goog\[/.test(member) ? member : undefined;
}

/** Pools and their providers, by names that have the project's number. https://cloud.google.com/sdk/gcloud/reference/iam/workload-identity-pools/providers/describe */
function pool(value: Data): Reading | undefined {
  const name = said(value.name) ?? '';
  const [, poolId, providerId] = /^projects\/[^/]+\/locations\/global\/workloadIdentityPools\/([^/]+)(?:\/providers\/([^/]+))?$/.exec(name) ?? [];
  if (poolId === undefined) return undefined;
  const state = { ...(value.disabled === true && { disabled: true }), ...(value.state !== 'ACTIVE' && pick(value, ['state'])) };
  const made: TrustArtifact = providerId === undefined
    ? { provider: 'gcp', kind: 'iam.WorkloadIdentityPool', name, request: { workloadIdentityPoolId: poolId, workloadIdentityPool: state } }
    : {
      provider: 'gcp',
      kind: 'iam.WorkloadIdentityPoolProvider',
      name,
      request: { workloadIdentityPoolProviderId: providerId, workloadIdentityPoolProvider: { ...pick(value, ['attributeMapping', 'attributeCondition', 'oidc']), ...state } },
    };
  return { trust: [{ path: '', value: made }] };
}

/** https://cloud.google.com/sdk/gcloud/reference/iam/service-accounts/describe */
function account(value: Data): Reading | undefined {
  const [name, email] = [said(value.name) ?? '', said(value.email)];
  if (email === undefined || !/^projects\/[^/]+\/serviceAccounts\/[^/]+$/.test(name)) return undefined;
  const [accountId] = email.split('@');
  const serviceAccount = { displayName: said(value.displayName) ?? '', ...(value.disabled === true && { disabled: true }) };
  return { trust: [{ path: '', value: { provider: 'gcp', kind: 'iam.ServiceAccount', name, request: { accountId, serviceAccount } } }] };
}
