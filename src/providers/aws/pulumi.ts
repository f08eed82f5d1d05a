import type { AwsDocument } from './trust';
import { requirePeer } from '../../core/peer';
import { lift } from '../../pulumi/pending';
import { loaderOf } from '../../pulumi/resource';

// eslint-disable-next-line @typescript-eslint/no-require-imports
const iam = () => requirePeer('@pulumi/aws@^7.2.0', 'an AWS binding in a Pulumi program', () => require('@pulumi/aws/iam') as typeof import('@pulumi/aws/iam'));

// eslint-disable-next-line @typescript-eslint/no-require-imports
const eks = () => requirePeer('@pulumi/aws@^7.2.0', 'an AWS binding in a Pulumi program', () => require('@pulumi/aws/eks/podIdentityAssociation') as typeof import('@pulumi/aws/eks/podIdentityAssociation'));

/** https://www.pulumi.com/registry/packages/aws/api-docs/iam/ */
export const aws = loaderOf<AwsDocument>({
  'iam.OpenIDConnectProvider': () => {
    const { OpenIdConnectProvider } = iam();
    return ({ name, fullName, request, options, expect }) => {
      if (expect === undefined) return new OpenIdConnectProvider(name, { url: request.Url, clientIdLists: request.ClientIDList }, options);
      const there = OpenIdConnectProvider.get(name, fullName, undefined, options);
      // IAM gives the URL back without its scheme.
      const bare = (url: string): string => url.replace(/^https:\/\//, '');
      expect({ field: 'url', has: there.url.apply(bare), is: lift(request.Url, bare) }, { field: 'clientIdLists', has: there.clientIdLists, includes: request.ClientIDList });
      return there;
    };
  },

  'iam.Role': () => {
    const { Role } = iam();
    return ({ name, request, options }) => new Role(name, {
      name: request.RoleName,
      path: request.Path,
      assumeRolePolicy: lift(request.AssumeRolePolicyDocument, policy => JSON.stringify(policy)),
      description: request.Description,
      maxSessionDuration: request.MaxSessionDuration,
      permissionsBoundary: request.PermissionsBoundary,
      tags: request.Tags && Object.fromEntries(request.Tags.map(({ Key, Value }) => [Key, Value])),
    }, options);
  },

  'iam.RolePolicyAttachment': () => {
    const { RolePolicyAttachment } = iam();
    return ({ name, request, options, tied }) => new RolePolicyAttachment(name, { role: tied(request.RoleName), policyArn: request.PolicyArn }, options);
  },

  'iam.RolePolicy': () => {
    const { RolePolicy } = iam();
    return ({ name, request, options, tied }) => new RolePolicy(name, {
      role: tied(request.RoleName), name: request.PolicyName, policy: lift(request.PolicyDocument, document => JSON.stringify(document)),
    }, options);
  },

  'eks.PodIdentityAssociation': () => {
    const { PodIdentityAssociation } = eks();
    return ({ name, fullName, request, options }) => new PodIdentityAssociation(name, {
      ...request,
      policy: request.policy && JSON.stringify(request.policy),
      // EKS is regional, and the provider's region is mostly that of its other resources.
      region: lift(fullName, arn => arn.split(':')[3]),
    }, options);
  },
});
