import type { AlibabaDocument } from './trust';
import { requirePeer } from '../../core/peer';
import { lift } from '../../pulumi/pending';
import { loaderOf } from '../../pulumi/resource';

/* eslint-disable @typescript-eslint/no-require-imports */
const load = <T>(module: () => T): T => requirePeer('@pulumi/alicloud@^3.92.0', 'an Alibaba Cloud binding in a Pulumi program', module);

/** Each resource from a file of its own: the package is large. https://www.pulumi.com/registry/packages/alicloud/api-docs/ram/ */
export const alibaba = loaderOf<AlibabaDocument>({
  'ims.OIDCProvider': () => {
    const { OidcProvider } = load(() => require('@pulumi/alicloud/ims/oidcProvider') as typeof import('@pulumi/alicloud/ims/oidcProvider'));
    return ({ name, request: { OIDCProviderName: oidcProviderName, IssuerUrl: issuerUrl, ClientIds: clientIds }, options, expect }) => {
      if (expect === undefined) return new OidcProvider(name, { oidcProviderName, issuerUrl, clientIds }, options);
      const there = OidcProvider.get(name, oidcProviderName, undefined, options);
      expect({ field: 'issuerUrl', has: there.issuerUrl, is: issuerUrl }, { field: 'clientIds', has: there.clientIds, includes: clientIds });
      return there;
    };
  },

  'ram.Role': () => {
    const { Role } = load(() => require('@pulumi/alicloud/ram/role') as typeof import('@pulumi/alicloud/ram/role'));
    return ({ name, request, options }) => new Role(name, {
      roleName: request.RoleName,
      assumeRolePolicyDocument: lift(request.AssumeRolePolicyDocument, policy => JSON.stringify(policy)),
      description: request.Description,
      maxSessionDuration: request.MaxSessionDuration,
    }, options);
  },

  'ram.Policy': () => {
    const { Policy } = load(() => require('@pulumi/alicloud/ram/policy') as typeof import('@pulumi/alicloud/ram/policy'));
    return ({ name, request, options }) => new Policy(name, {
      policyName: request.PolicyName, policyDocument: JSON.stringify(request.PolicyDocument),
    }, options);
  },

  'ram.RolePolicyAttachment': () => {
    const { RolePolicyAttachment } = load(() => require('@pulumi/alicloud/ram/rolePolicyAttachment') as typeof import('@pulumi/alicloud/ram/rolePolicyAttachment'));
    return ({ name, request, options, tied }) => new RolePolicyAttachment(name, {
      roleName: tied(request.RoleName), policyName: request.PolicyName, policyType: request.PolicyType,
    }, options);
  },
});
/* eslint-enable @typescript-eslint/no-require-imports */
