import { oidcProviderArn } from './arn';
import { given, parsed, textOf, type MockedProvider } from '../mocked';

/** Where RAM roles are made. */
export interface AlibabaPlace {
  /** Digits. */
  readonly accountId: string;
}

const roleArn = (role: unknown, { accountId }: AlibabaPlace): string => `acs:ram::${accountId}:role/${textOf(role)}`;

/** Alibaba Cloud as a Pulumi program sees it: https://www.pulumi.com/registry/packages/alicloud/api-docs/ram/ */
export const alibaba: MockedProvider<AlibabaPlace> = {
  place: { accountId: '1234567890123456' },
  types: {
    'alicloud:ims/oidcProvider:OidcProvider': {
      outputs: ({ oidcProviderName }, name, { accountId }) => {
        const id = textOf(oidcProviderName) || name;
        return { id, arn: oidcProviderArn(accountId, id) };
      },
      document: ({ inputs: { oidcProviderName, issuerUrl, clientIds }, outputs: { arn } }) => ({
        kind: 'ims.OIDCProvider', name: textOf(arn), request: { OIDCProviderName: oidcProviderName, IssuerUrl: issuerUrl, ClientIds: clientIds },
      }),
    },

    'alicloud:ram/role:Role': {
      outputs: ({ roleName }, name, place) => ({ id: textOf(roleName) || name, arn: roleArn(textOf(roleName) || name, place) }),
      document: ({ id, inputs: { assumeRolePolicyDocument, description, maxSessionDuration }, outputs: { arn } }) => ({
        kind: 'ram.Role',
        name: textOf(arn),
        becomes: textOf(arn),
        request: given({
          RoleName: id,
          AssumeRolePolicyDocument: parsed(assumeRolePolicyDocument),
          Description: description,
          MaxSessionDuration: maxSessionDuration,
        }),
      }),
    },

    'alicloud:ram/policy:Policy': {
      outputs: ({ policyName }, name) => ({ id: textOf(policyName) || name, policyName: textOf(policyName) || name, type: 'Custom' }),
      document: ({ id, inputs: { policyDocument } }, { accountId }) => ({ kind: 'ram.Policy', name: `acs:ram::${accountId}:policy/${id}`, request: { PolicyName: id, PolicyDocument: parsed(policyDocument) } }),
    },

    'alicloud:ram/rolePolicyAttachment:RolePolicyAttachment': {
      outputs: ({ roleName, policyName, policyType }) => ({ id: ['role', policyName, policyType, roleName].map(textOf).join(':') }),
      document: ({ inputs: { roleName, policyName, policyType } }, place) => ({
        kind: 'ram.RolePolicyAttachment', name: `${roleArn(roleName, place)} ${textOf(policyType)} ${textOf(policyName)}`, request: { RoleName: roleName, PolicyName: policyName, PolicyType: policyType },
      }),
    },
  },
};
