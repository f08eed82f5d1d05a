import type { GcpAnchor } from './anchors';
import type { GcpDocument } from './trust';
import { requirePeer } from '../../core/peer';
import { loaderOf } from '../../pulumi/resource';
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
    return ({ name, fullName, request: { workloadIdentityPoolId }, options }) => new WorkloadIdentityPool(name, {
      project: segment(fullName, 'projects'), workloadIdentityPoolId,
    }, options);
  },

  'iam.WorkloadIdentityPoolProvider': () => {
    const { WorkloadIdentityPoolProvider } = load(() => require('@pulumi/gcp/iam/workloadIdentityPoolProvider') as typeof import('@pulumi/gcp/iam/workloadIdentityPoolProvider'));
    return ({ name, fullName, request, options, tied }) => new WorkloadIdentityPoolProvider(name, {
      project: segment(fullName, 'projects'),
      workloadIdentityPoolId: tied(segment(fullName, 'workloadIdentityPools')),
      workloadIdentityPoolProviderId: request.workloadIdentityPoolProviderId,
      ...request.workloadIdentityPoolProvider,
    }, options);
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
