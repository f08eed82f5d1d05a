import { issuerPath, oidcProviderArn } from './arn';
import { hashOf } from '../../core/names';
import { given, parsed, textOf, type Fields, type MockedProvider } from '../mocked';

/** Where roles are made. */
export interface AwsPlace {
  /** 12 digits. */
  readonly accountId: string;
  /** Of resources that do not say it. */
  readonly region: string;
  readonly partition: string;
}

const ROLE = 'aws:iam/role:Role';

const tagsOf = (tags: unknown): Fields => (typeof tags === 'object' && tags !== null ? { Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value: Value as string })) } : {});

const roleArn = (inputs: Fields, name: string, { partition, accountId }: AwsPlace): string => `arn:${partition}:iam::${accountId}:role${textOf(inputs.path) || '/'}${textOf(inputs.name) || name}`;

/** AWS as a Pulumi program sees it: https://www.pulumi.com/registry/packages/aws/api-docs/iam/role/ */
export const aws: MockedProvider<AwsPlace> = {
  place: { accountId: '123456789012', region: 'us-east-1', partition: 'aws' },
  types: {
    'aws:iam/openIdConnectProvider:OpenIdConnectProvider': {
      outputs: ({ url }, _name, { partition, accountId }) => {
        const arn = oidcProviderArn(partition, accountId, textOf(url));
        return { id: arn, arn, url: issuerPath(textOf(url)) };
      },
      document: ({ inputs: { url, clientIdLists }, outputs }) => ({ kind: 'iam.OpenIDConnectProvider', name: textOf(outputs.arn), request: { Url: url, ClientIDList: clientIdLists } }),
    },

    [ROLE]: {
      outputs: (inputs, name, place) => {
        const arn = roleArn(inputs, name, place);
        return { id: textOf(inputs.name) || name, name: textOf(inputs.name) || name, arn, path: textOf(inputs.path) || '/', uniqueId: `AROA${hashOf(arn, 17).toUpperCase()}` };
      },
      document: ({ inputs: { assumeRolePolicy, description, maxSessionDuration, permissionsBoundary, tags }, outputs }) => ({
        kind: 'iam.Role',
        name: textOf(outputs.arn),
        becomes: textOf(outputs.arn),
        request: given({
          RoleName: outputs.name,
          Path: outputs.path,
          AssumeRolePolicyDocument: parsed(assumeRolePolicy),
          Description: description,
          MaxSessionDuration: maxSessionDuration,
          PermissionsBoundary: permissionsBoundary,
          ...tagsOf(tags),
        }),
      }),
    },

    'aws:iam/rolePolicyAttachment:RolePolicyAttachment': {
      outputs: ({ role, policyArn }) => ({ id: `${textOf(role)}/${textOf(policyArn)}` }),
      document: ({ inputs: { role, policyArn } }, place, all) => ({
        kind: 'iam.RolePolicyAttachment', name: `${arnIn(all, textOf(role), place)} ${textOf(policyArn)}`, request: { RoleName: role, PolicyArn: policyArn },
      }),
    },

    'aws:iam/rolePolicy:RolePolicy': {
      outputs: ({ role, name: said }, name) => ({ id: `${textOf(role)}:${textOf(said) || name}`, name: textOf(said) || name }),
      document: ({ inputs: { role, policy }, outputs: { name } }, place, all) => ({
        kind: 'iam.RolePolicy', name: `${arnIn(all, textOf(role), place)} ${textOf(name)}`, request: { RoleName: role, PolicyName: name, PolicyDocument: parsed(policy) },
      }),
    },

    'aws:eks/podIdentityAssociation:PodIdentityAssociation': {
      outputs: ({ clusterName, namespace, serviceAccount, region: said }, _name, { partition, accountId, region }) => {
        const associationId = `a-${hashOf([clusterName, namespace, serviceAccount].map(textOf).join('\n'), 17)}`;
        return { id: associationId, associationId, externalId: hashOf(associationId, 32), associationArn: `arn:${partition}:eks:${textOf(said) || region}:${accountId}:podidentityassociation/${textOf(clusterName)}/${associationId}` };
      },
      document: ({ inputs: { region: said, policy, ...request } }, { partition, accountId, region }) => ({
        kind: 'eks.PodIdentityAssociation',
        name: `arn:${partition}:eks:${textOf(said) || region}:${accountId}:cluster/${textOf(request.clusterName)} ${textOf(request.namespace)}/${textOf(request.serviceAccount)}`,
        becomes: textOf(request.targetRoleArn) || textOf(request.roleArn),
        request: given({ ...request, policy: parsed(policy) }),
      }),
    },
  },
};

/** The role that another resource names; of one that is made elsewhere, the place that it would have. */
function arnIn(all: readonly { readonly type: string; readonly outputs: Fields }[], role: string, place: AwsPlace): string {
  const found = all.find(({ type, outputs }) => type === ROLE && outputs.name === role);
  return found === undefined ? roleArn({ name: role }, role, place) : textOf(found.outputs.arn);
}
