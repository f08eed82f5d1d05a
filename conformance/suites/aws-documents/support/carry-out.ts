import { iam } from './client';
import type { TrustDocument } from 'symbolon';

/** A document's request, with every field that any of them has. */
interface Request {
  readonly Url: string;
  readonly ClientIDList: readonly string[];
  readonly RoleName: string;
  readonly AssumeRolePolicyDocument: object;
  readonly PermissionsBoundary?: string;
  readonly PolicyArn: string;
  readonly PolicyName: string;
  readonly PolicyDocument: object;
}

interface Kind {
  /** Sends the request as it is; policies travel as text. */
  create(arn: string, request: Request): Promise<unknown>;
  /** What IAM says of it afterwards, in the words of the request. */
  read(arn: string, request: Request): Promise<object>;
}

const KINDS: { readonly [kind: string]: Kind } = {
  'iam.OpenIDConnectProvider': {
    create: (arn, request) => iam(arn, 'CreateOpenIDConnectProvider', request),
    read: async arn => {
      const { Url, ClientIDList } = await iam<Request>(arn, 'GetOpenIDConnectProvider', { OpenIDConnectProviderArn: arn });
      return { Url: `https://${Url}`, ClientIDList };
    },
  },
  'iam.Role': {
    create: async (arn, request) => {
      const text = JSON.stringify(request.AssumeRolePolicyDocument);
      await iam(arn, 'CreateRole', { ...request, AssumeRolePolicyDocument: text });
      // moto keeps what a role is created with, and parses what it is updated with.
      await iam(arn, 'UpdateAssumeRolePolicy', { RoleName: request.RoleName, PolicyDocument: text });
    },
    read: async (arn, request) => {
      const { Role } = await iam<{ readonly Role: { readonly [field: string]: unknown } }>(arn, 'GetRole', { RoleName: request.RoleName });
      if (Role.Arn !== arn) throw new Error(`${arn} is called ${String(Role.Arn)}`);
      const { PermissionsBoundaryArn } = (Role.PermissionsBoundary ?? {}) as { readonly PermissionsBoundaryArn?: string };
      const all = { ...Role, AssumeRolePolicyDocument: policyIn(Role.AssumeRolePolicyDocument), PermissionsBoundary: PermissionsBoundaryArn };
      return Object.fromEntries(Object.keys(request).map(field => [field, all[field as keyof typeof all]]));
    },
  },
  'iam.RolePolicyAttachment': {
    create: (arn, request) => iam(arn, 'AttachRolePolicy', request),
    read: async (arn, { RoleName, PolicyArn }) => {
      const { AttachedPolicies } = await iam<{ readonly AttachedPolicies: readonly Request[] }>(arn, 'ListAttachedRolePolicies', { RoleName });
      return { RoleName, PolicyArn: AttachedPolicies.find(policy => policy.PolicyArn === PolicyArn)?.PolicyArn };
    },
  },
  'iam.RolePolicy': {
    create: (arn, request) => iam(arn, 'PutRolePolicy', { ...request, PolicyDocument: JSON.stringify(request.PolicyDocument) }),
    read: async (arn, { RoleName, PolicyName }) => {
      const read = await iam<Request>(arn, 'GetRolePolicy', { RoleName, PolicyName });
      return { RoleName: read.RoleName, PolicyName: read.PolicyName, PolicyDocument: policyIn(read.PolicyDocument) };
    },
  },
};

/** IAM gives policies in the words of a URL. */
function policyIn(text: unknown): unknown {
  return JSON.parse(decodeURIComponent(String(text)));
}

/** Carries the document out, and gives what IAM made of it. */
export async function carryOut({ kind, name, request }: Pick<TrustDocument, 'kind' | 'name' | 'request'>): Promise<object> {
  const known = KINDS[kind];
  if (known === undefined) throw new Error(`nobody has said how ${kind} is carried out`);
  const [arn = ''] = name.split(' ');
  await known.create(arn, request as Request);
  return known.read(arn, request as Request);
}

/** The policies that documents name and nobody here makes: they are there already, as they are for the user who names them. */
export async function providePolicies(documents: readonly Pick<TrustDocument, 'request'>[]): Promise<void> {
  const named = new Set(documents.flatMap(({ request }) => [(request as Request).PolicyArn, (request as Request).PermissionsBoundary ?? '']));
  for (const arn of named) {
    const [, path = '', name = ''] = /^arn:[^:]+:iam::\d{12}:policy(\/(?:.+\/)?)([^/]+)$/.exec(arn) ?? [];
    if (name === '') continue;
    const everything = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] };
    await iam(arn, 'CreatePolicy', { PolicyName: name, Path: path, PolicyDocument: JSON.stringify(everything) });
  }
}
