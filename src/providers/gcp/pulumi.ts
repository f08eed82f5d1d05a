import type { WorkloadIdentityPoolProvider as Provider } from '@pulumi/gcp/iam/workloadIdentityPoolProvider';
import * as pulumi from '@pulumi/pulumi';
import type { CreatePoolProvider, GcpAnchor } from './anchors';
import type { GcpDocument } from './trust';
import { requirePeer } from '../../core/peer';
import type { Trait } from '../../pulumi/look-up';
import { loaderOf, type Order } from '../../pulumi/resource';
import { segment } from '../../pulumi/segment';

/* eslint-disable @typescript-eslint/no-require-imports */
const load = <T>(module: () => T): T => requirePeer('@pulumi/gcp@^9.0.0', 'a Google Cloud binding in a Pulumi program', module);

/**
 * A grant needs one resource of a service, so that its file alone is loaded, not the service.
 * https://www.pulumi.com/registry/packages/gcp/api-docs/serviceaccount/
 */
export const gcp = loaderOf<GcpAnchor | GcpDocument>({
  'iam.WorkloadIdentityPool': () => {
    const { WorkloadIdentityPool } = load(() => require('@pulumi/gcp/iam/workloadIdentityPool') as typeof import('@pulumi/gcp/iam/workloadIdentityPool'));
    return ({ name, fullName, request: { workloadIdentityPoolId }, options, expect }) => {
      if (expect === undefined) return new WorkloadIdentityPool(name, { project: segment(fullName, 'projects'), workloadIdentityPoolId }, options);
      const there = WorkloadIdentityPool.get(name, fullName, undefined, options);
      expect({ field: 'workloadIdentityPoolId', has: there.workloadIdentityPoolId, is: workloadIdentityPoolId });
      return there;
    };
  },

  'iam.WorkloadIdentityPoolProvider': () => {
    const { WorkloadIdentityPoolProvider } = load(() => require('@pulumi/gcp/iam/workloadIdentityPoolProvider') as typeof import('@pulumi/gcp/iam/workloadIdentityPoolProvider'));
    return ({ name, fullName, request, options, tied, expect }) => {
      if (expect === undefined) {
        return new WorkloadIdentityPoolProvider(name, {
          project: segment(fullName, 'projects'),
          workloadIdentityPoolId: tied(segment(fullName, 'workloadIdentityPools')),
          workloadIdentityPoolProviderId: request.workloadIdentityPoolProviderId,
          ...request.workloadIdentityPoolProvider,
        }, options);
      }
      const there = WorkloadIdentityPoolProvider.get(name, fullName, undefined, options);
      expect(...traitsOf(there, fullName, request.workloadIdentityPoolProvider));
      return there;
    };
  },

  'iam.ServiceAccount': () => {
    const { Account } = load(() => require('@pulumi/gcp/serviceaccount') as typeof import('@pulumi/gcp/serviceaccount'));
    return ({ name, fullName, request, options }) => new Account(name, {
      project: segment(fullName, 'projects'), accountId: request.accountId, displayName: request.serviceAccount.displayName,
    }, options);
  },

  'iam.ServiceAccountMember': () => {
    const { IAMMember } = load(() => require('@pulumi/gcp/serviceaccount') as typeof import('@pulumi/gcp/serviceaccount'));
    return ({ name, request: { resource, role, member }, options, tied }) => new IAMMember(name, { serviceAccountId: tied(resource), role, member }, options);
  },

  'cloudresourcemanager.ProjectMember': () => {
    const { IAMMember } = load(() => require('@pulumi/gcp/projects/iammember') as typeof import('@pulumi/gcp/projects/iammember'));
    return ({ name, request: { resource, role, member }, options, tied }) => new IAMMember(name, {
      project: segment(resource, 'projects'), role, member: tied(member),
    }, options);
  },

  'storage.BucketMember': () => {
    const { BucketIAMMember } = load(() => require('@pulumi/gcp/storage/bucketIAMMember') as typeof import('@pulumi/gcp/storage/bucketIAMMember'));
    return ({ name, request: { resource, role, member }, options, tied }) => new BucketIAMMember(name, {
      bucket: segment(resource, 'b'), role, member: tied(member),
    }, options);
  },

  'secretmanager.SecretMember': () => {
    const { SecretIamMember } = load(() => require('@pulumi/gcp/secretmanager/secretIamMember') as typeof import('@pulumi/gcp/secretmanager/secretIamMember'));
    return ({ name, request: { resource, role, member }, options, tied }) => new SecretIamMember(name, {
      project: segment(resource, 'projects'), secretId: segment(resource, 'secrets'), role, member: tied(member),
    }, options);
  },

  'pubsub.TopicMember': () => {
    const { TopicIAMMember } = load(() => require('@pulumi/gcp/pubsub/topicIAMMember') as typeof import('@pulumi/gcp/pubsub/topicIAMMember'));
    return ({ name, request: { resource, role, member }, options, tied }) => new TopicIAMMember(name, {
      project: segment(resource, 'projects'), topic: segment(resource, 'topics'), role, member: tied(member),
    }, options);
  },
});
/* eslint-enable @typescript-eslint/no-require-imports */

/** What identities rely on: whose tokens it takes, for whom, and what principal they become. */
function traitsOf({ oidc, attributeMapping }: Provider, name: Order['fullName'], wanted: Order<CreatePoolProvider>['request']['workloadIdentityPoolProvider']): readonly Trait[] {
  // Where none is listed, tokens are for the provider itself.
  const listed = (audiences: readonly string[] = [], own: string): readonly string[] => (audiences.length > 0 ? audiences : [`https://iam.googleapis.com/${own}`]);
  return [
    { field: 'oidc.issuerUri', has: oidc.apply(each => each?.issuerUri), is: wanted.oidc.issuerUri },
    {
      field: 'oidc.allowedAudiences',
      has: pulumi.all([oidc, name]).apply(([each, own]) => listed(each?.allowedAudiences, own)),
      includes: pulumi.all([wanted.oidc.allowedAudiences, name]).apply(([audiences, own]) => listed(audiences, own)),
    },
    { field: 'attributeMapping["google.subject"]', has: attributeMapping.apply(each => each?.['google.subject']), is: wanted.attributeMapping['google.subject'] ?? '' },
  ];
}
