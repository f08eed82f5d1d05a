import { fromJson, notYet, type Fields, type Made, type Row } from './resource';
import { dataOf, listOf, type Data } from '../../../kubernetes/data';
import type { TrustArtifact } from '../../../proof/artifacts';

/** The provider of Google Cloud. https://registry.terraform.io/providers/hashicorp/google/latest/docs/resources/iam_workload_identity_pool_provider */
export const gcp: { readonly [type: string]: Row } = {
  google_service_account: fields => {
    const [name, accountId] = [fields.peek('name'), fields.peek('account_id')];
    return name === undefined ? {} : { trust: [fields.artifact('gcp', 'iam.ServiceAccount', name, { accountId, serviceAccount: { displayName: fields.peek('display_name'), ...(fields.get('disabled') === true && { disabled: true }) } })] };
  },

  google_iam_workload_identity_pool: fields => {
    const id = fields.text('workload_identity_pool_id');
    const name = nameIn(fields, id);
    if (name === undefined) return notYet(`the number of the project of ${fields.resource.address}`);
    return { trust: [fields.artifact('gcp', 'iam.WorkloadIdentityPool', name, { workloadIdentityPoolId: id, workloadIdentityPool: closedOf(fields) })] };
  },

  google_iam_workload_identity_pool_provider: fields => {
    const id = fields.text('workload_identity_pool_provider_id');
    const pool = fields.text('workload_identity_pool_id');
    const name = nameIn(fields, pool && id && `${pool.replace(/^.*\//, '')}/providers/${id}`);
    if (name === undefined) return notYet(`the number of the project of ${fields.resource.address}`);
    const oidc = fields.block('oidc');
    const request = {
      workloadIdentityPoolProviderId: id,
      workloadIdentityPoolProvider: {
        attributeMapping: fields.get('attribute_mapping'),
        attributeCondition: fields.text('attribute_condition'),
        oidc: oidc && { issuerUri: oidc.text('issuer_uri'), allowedAudiences: oidc.texts('allowed_audiences') },
        ...closedOf(fields),
      },
    };
    return { trust: [fields.artifact('gcp', 'iam.WorkloadIdentityPoolProvider', name, request)] };
  },
};

/** A pool or provider that is disabled, or deleted and not gone yet. */
function closedOf(fields: Fields): object {
  const [disabled, state] = [fields.get('disabled'), fields.peek('state')];
  return { ...(disabled === true && { disabled }), ...(state !== undefined && state !== 'ACTIVE' && { state }) };
}

/** Its own name has the project's number. Before it is made, it is known only where the project is given by number. */
function nameIn(fields: Fields, rest: string | undefined): string | undefined {
  const name = fields.peek('name');
  if (name !== undefined) return name;
  const project = fields.peek('project');
  return project === undefined || !/^\d+$/.test(project) || rest === undefined || rest === '' ? undefined : `projects/${project}/locations/global/workloadIdentityPools/${rest}`;
}

/** Memberships of every resource that has a policy: one, those of a role, or all. https://registry.terraform.io/providers/hashicorp/google/latest/docs/resources/google_service_account_iam */
export function googleIam(type: string): Row | undefined {
  const [, of, how] = /^google_(.+)_iam_(member|binding|policy)$/.exec(type) ?? [];
  return of === undefined ? undefined : fields => memberships(fields, of, how as 'member' | 'binding' | 'policy');
}

interface Membership {
  readonly role?: string;
  readonly member?: string;
  readonly condition?: Data;
}

function memberships(fields: Fields, of: string, how: 'member' | 'binding' | 'policy'): Made {
  const { address } = fields.resource;
  const { kind, resourceOf } = Object.hasOwn(RESOURCES, of) ? RESOURCES[of] as ResourceRow : { kind: 'iam.Member', resourceOf: anyResource };
  const resource = resourceOf(fields);
  const account = of === 'service_account';
  if (resource === undefined) return notYet(account ? `the e-mail address of the service account of ${address}` : `which resource ${address} belongs to`);
  const before = fields.unknown;
  const found = how === 'policy' ? ofPolicy(fields) : ofRole(fields, how);
  if (found === undefined) return { unsaid: [{ what: `in JSON whom ${address} lets in`, fix: 'correct its policy_data' }] };
  // A list that nobody can read may have anybody in it.
  const open = fields.unknown.length > before.length && found.length === 0;
  return { trust: (open ? [{}] : found).flatMap(each => artifactOf(fields, kind, resource, account, each)) };
}

function artifactOf(fields: Fields, kind: string, resource: string, account: boolean, { role, member, condition }: Membership): readonly TrustArtifact[] {
  const email = resource.replace(/^.*\//, '');
  const becomes = account ? email : /^principal(?:Set)?:\/\/|^serviceAccount:[^[\]]+\.svc\.id\.goog\[/.test(member ?? '') ? member : undefined;
  const title = condition === undefined ? '' : ` if ${JSON.stringify(condition)}`;
  return [fields.artifact('gcp', kind, `${resource} ${role ?? WORKLOAD_IDENTITY_USER} ${member ?? 'somebody'}${title}`, { resource, role: role ?? WORKLOAD_IDENTITY_USER, member, condition }, becomes)];
}

/** A role that nobody can read may be the one that matters. */
const WORKLOAD_IDENTITY_USER = 'roles/iam.workloadIdentityUser';

function ofRole(fields: Fields, how: 'member' | 'binding'): readonly Membership[] {
  const role = fields.text('role');
  const members = how === 'member' ? [fields.text('member')].filter(member => member !== undefined) : fields.texts('members') ?? [];
  const condition = fields.has('condition') ? { condition: conditionOf(fields.block('condition')) } : {};
  return members.map(member => ({ ...(role !== undefined && { role }), member, ...condition }));
}

function conditionOf(block: Fields | undefined): Data {
  const [title, expression] = [block?.text('title'), block?.text('expression')];
  return { ...(title !== undefined && { title }), ...(expression !== undefined && { expression }) };
}

function ofPolicy(fields: Fields): readonly Membership[] | undefined {
  const text = fields.text('policy_data');
  const policy = fromJson(text);
  if (policy === undefined) return text === undefined ? [] : undefined;
  return listOf(policy.bindings).flatMap(({ role, members, condition }) => (Array.isArray(members) ? members : []).map((member: unknown): Membership => ({
    role: String(role), member: String(member), ...(condition !== undefined && condition !== null && { condition: dataOf(condition) }),
  })));
}

interface ResourceRow {
  readonly kind: string;
  readonly resourceOf: (fields: Fields) => string | undefined;
}

const RESOURCES: { readonly [type: string]: ResourceRow } = {
  service_account: { kind: 'iam.ServiceAccountMember', resourceOf: fields => [fields.text('service_account_id')].find(id => id?.includes('@') === true) },
  project: { kind: 'cloudresourcemanager.ProjectMember', resourceOf: fields => prefixed('projects/', fields.text('project')) },
  storage_bucket: { kind: 'storage.BucketMember', resourceOf: fields => prefixed('b/', fields.text('bucket')) },
  secret_manager_secret: { kind: 'secretmanager.SecretMember', resourceOf: fields => inProject(fields, 'secrets', fields.text('secret_id')) },
  pubsub_topic: { kind: 'pubsub.TopicMember', resourceOf: fields => inProject(fields, 'topics', fields.text('topic')) },
};

function prefixed(prefix: string, name: string | undefined): string | undefined {
  return name === undefined ? undefined : name.startsWith(prefix) ? name : `${prefix}${name}`;
}

function inProject(fields: Fields, collection: string, name: string | undefined): string | undefined {
  if (name === undefined || name.startsWith('projects/')) return name;
  const project = fields.text('project');
  return project === undefined ? undefined : `projects/${project}/${collection}/${name}`;
}

/** The id of a membership begins with what it is on. */
function anyResource(fields: Fields): string {
  return fields.peek('id')?.replace(/ .*$/, '') ?? fields.resource.address;
}
