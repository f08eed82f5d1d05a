import { NODES, accountSubject, type PolicyRule, type RbacSubject, type ResourceRule, type RoleRef } from './rbac';
import type {
  ApiResourceInput, RbacAllowInput, RbacClusterRoleInput, RbacInput, RbacNodesMayRequestInput, RbacReadInput, RbacReadWriteInput, RbacRequestTokensInput,
  RbacReviewTokensInput, RbacRoleInput, RbacRuleInput, RbacTokensRequestedByInput, RbacUrlInput,
} from './rbac-input';
import { resourceOf } from './rbac-resources';
import type { Subject } from '../core/claims';

/** What one entry of `rbac` comes to. */
export interface Grants {
  readonly rules?: readonly PolicyRule[];
  /** A role that is there, to be bound. */
  readonly role?: RoleRef;
  /** Whom it is for, where that is not the identity, and what the role is called then. */
  readonly others?: { readonly called: string; readonly subjects: readonly RbacSubject[] };
  /** True where it holds in the whole cluster, whatever is said. */
  readonly clusterWide?: true;
}

/** One way to write an entry of `rbac`. */
interface Form<I = never> {
  /** The type of the entry. */
  readonly structure: string;
  /** The field that says on what, for findings. */
  readonly field: string;
  /** Whether the author wrote the verbs themselves. */
  readonly verbs?: true;
  /** Whether a rule that comes to nothing is left to its author. */
  readonly raw?: true;
  /** What to write in place of a key of other forms that would be missed. */
  readonly instead?: { readonly [key: string]: string };
  /** Whether it grants nothing to the identity itself. */
  readonly forOthers?: true;
  readonly grants: (input: I, subject: Subject) => Grants;
}

const READ = ['get', 'list', 'watch'];
const READ_WRITE = [...READ, 'create', 'update', 'patch', 'delete'];

const raw: Form<RbacRuleInput> = {
  structure: 'RbacRuleInput',
  field: 'resources',
  verbs: true,
  raw: true,
  grants: ({ apiGroups = [''], resources, resourceNames, verbs }) => ({ rules: [{ apiGroups, resources, ...(resourceNames !== undefined && { resourceNames }), verbs }] }),
};
const allow: Form<RbacAllowInput> = {
  structure: 'RbacAllowInput', field: 'on', verbs: true, grants: ({ on, allow: verbs, resourceNames }) => ({ rules: rulesOn(on, verbs, resourceNames) }),
};
const urls: Form<RbacUrlInput> = {
  structure: 'RbacUrlInput', field: 'nonResourceURLs', grants: ({ nonResourceURLs, allow: verbs }) => ({ rules: [{ nonResourceURLs, verbs }], clusterWide: true }),
};
const read: Form<RbacReadInput> = { structure: 'RbacReadInput', field: 'read', grants: input => ({ rules: rulesOn(input.read, READ, input.resourceNames) }) };
const readWrite: Form<RbacReadWriteInput> = {
  structure: 'RbacReadWriteInput',
  field: 'readWrite',
  // To take them out would grant all that they keep back.
  instead: { resourceNames: 'to create cannot be limited to names, so write what can, { allow: ["get", "update", "patch", "delete"], on: […], resourceNames: […] }, and { allow: ["create"], on: […] } as an entry of its own where it is needed' },
  grants: input => ({ rules: rulesOn(input.readWrite, READ_WRITE) }),
};
const clusterRole: Form<RbacClusterRoleInput> = { structure: 'RbacClusterRoleInput', field: 'clusterRole', grants: ({ clusterRole: name }) => ({ role: { kind: 'ClusterRole', name } }) };
const role: Form<RbacRoleInput> = { structure: 'RbacRoleInput', field: 'role', grants: ({ role: name }) => ({ role: { kind: 'Role', name } }) };
const requestTokensOf: Form<RbacRequestTokensInput> = {
  structure: 'RbacRequestTokensInput', field: 'requestTokensOf', grants: input => ({ rules: [tokensOf(input.requestTokensOf)] }),
};
const reviewTokens: Form<RbacReviewTokensInput> = {
  structure: 'RbacReviewTokensInput', field: 'reviewTokens', grants: () => ({ role: { kind: 'ClusterRole', name: 'system:auth-delegator' }, clusterWide: true }),
};
const tokensRequestedBy: Form<RbacTokensRequestedByInput> = {
  structure: 'RbacTokensRequestedByInput',
  field: 'tokensRequestedBy',
  forOthers: true,
  grants: (input, subject) => ({ rules: [tokensOf([subject.serviceAccount])], others: { called: 'Tokens', subjects: subjectsNamed(input.tokensRequestedBy) } }),
};
const nodesMayRequest: Form<RbacNodesMayRequestInput> = {
  structure: 'RbacNodesMayRequestInput',
  field: 'nodesMayRequest',
  forOthers: true,
  // The node restriction takes the audience for a resource of the core group.
  grants: (input, subject) => ({
    rules: [{ apiGroups: [''], resources: input.nodesMayRequest, resourceNames: [subject.serviceAccount], verbs: ['request-serviceaccounts-token-audience'] }],
    others: { called: 'NodeTokens', subjects: [NODES] },
  }),
};

/** By the key that each alone has. */
const FORMS: { readonly [key: string]: Form } = {
  verbs: raw,
  resources: raw,
  // Before its other key, which is that of another form, too.
  nonResourceURLs: urls,
  allow,
  on: allow,
  read,
  readWrite,
  clusterRole,
  role,
  requestTokensOf,
  reviewTokens,
  tokensRequestedBy,
  nodesMayRequest,
};

const KEYS = Object.keys(FORMS);

/** The keys that say which form an entry has, as users come upon them. */
export const RBAC_KEYS = Object.values(FORMS).map(({ field }) => field).filter((field, i, all) => all.indexOf(field) === i);

/** The form of an entry: that of the first key that one has. */
export function rbacFormOf(entry: object): Form<RbacInput> | undefined {
  for (const key of KEYS) if ((entry as { readonly [key: string]: unknown })[key] !== undefined) return FORMS[key] as Form<RbacInput>;
  return undefined;
}

/** What an entry of the right structure comes to, for one service account. */
export function grantsOf(entry: RbacInput, subject: Subject): Grants {
  return (rbacFormOf(entry) as Form<RbacInput>).grants(entry, subject);
}

/** Whether what an entry grants is for others than the identity. */
export function isForOthers(entry: RbacInput): boolean {
  return rbacFormOf(entry)?.forOthers === true;
}

/** The account that is written `<namespace>/<name>`. */
export function accountNamed(name: string): Subject {
  const [namespace = '', serviceAccount = ''] = name.split('/');
  return { namespace, serviceAccount };
}

function subjectsNamed(names: readonly string[]): readonly RbacSubject[] {
  return names.map(name => accountSubject(accountNamed(name)));
}

function tokensOf(resourceNames: readonly string[]): ResourceRule {
  return { apiGroups: [''], resources: ['serviceaccounts/token'], resourceNames, verbs: ['create'] };
}

/** A rule for each group, so that none grants a resource in the group of another. */
function rulesOn(inputs: readonly ApiResourceInput[], verbs: readonly string[], resourceNames?: readonly string[]): readonly ResourceRule[] {
  const groups = new Map<string, string[]>();
  for (const input of inputs) {
    const found = resourceOf(input);
    if (found === undefined) continue;
    const list = groups.get(found.apiGroup) ?? [];
    groups.set(found.apiGroup, list);
    list.push(found.resource);
  }
  return [...groups].map(([apiGroup, resources]) => ({ apiGroups: [apiGroup], resources, ...(resourceNames !== undefined && { resourceNames }), verbs }));
}
