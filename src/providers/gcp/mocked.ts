import { hashOf } from '../../core/names';
import { given, textOf, type Fields, type MockedProvider, type MockedType } from '../mocked';
import { emailOf } from './email';
import { RESOURCES } from './resources';

/** Where pools and service accounts are made. */
export interface GcpPlace {
  /** Of resources that do not say it. */
  readonly projectId: string;
  /** Digits: what Google names pools by, where a resource says the id of its project. */
  readonly projectNumber: string;
}

const POOL_INPUTS = ['attributeMapping', 'attributeCondition', 'oidc', 'displayName', 'description', 'disabled'];

const projectOf = ({ project }: Fields, { projectId }: GcpPlace): string => textOf(project) || projectId;

/** Names of pools begin with the number of their project. */
function poolName(inputs: Fields, place: GcpPlace): string {
  const project = projectOf(inputs, place);
  return `projects/${/^\d+$/.test(project) ? project : place.projectNumber}/locations/global/workloadIdentityPools/${textOf(inputs.workloadIdentityPoolId)}`;
}

const providerName = (inputs: Fields, place: GcpPlace): string => `${poolName(inputs, place)}/providers/${textOf(inputs.workloadIdentityPoolProviderId)}`;

/** Who is granted something as itself, and not by a service account. */
const PRINCIPAL = /^principal(Set)?:/;

function itself(member: string, _resource: string): string | undefined {
  return PRINCIPAL.test(member) ? member : undefined;
}

/** A grant on one kind of resource; whoever it grants to as itself becomes what it is. */
function grant(kind: string, resourceOf: (inputs: Fields, place: GcpPlace) => string, becomesOf = itself): MockedType<GcpPlace> {
  const partsOf = (inputs: Fields, place: GcpPlace) => ({ resource: resourceOf(inputs, place), role: textOf(inputs.role), member: textOf(inputs.member) });
  return {
    outputs: (inputs, _name, place) => {
      const { resource, role, member } = partsOf(inputs, place);
      return { id: `${resource}/${role}/${member}`, etag: hashOf(`${resource} ${role}`, 11) };
    },
    document: ({ inputs }, place) => {
      const request = partsOf(inputs, place);
      const becomes = becomesOf(request.member, request.resource);
      return { kind, name: `${request.resource} ${request.role} ${request.member}`, ...(becomes !== undefined && { becomes }), request };
    },
  };
}

/** Google Cloud as a Pulumi program sees it: https://www.pulumi.com/registry/packages/gcp/api-docs/ */
export const gcp: MockedProvider<GcpPlace> = {
  place: { projectId: 'my-project', projectNumber: '123456789012' },
  types: {
    'gcp:iam/workloadIdentityPool:WorkloadIdentityPool': {
      outputs: (inputs, _name, place) => ({ id: `projects/${projectOf(inputs, place)}/locations/global/workloadIdentityPools/${textOf(inputs.workloadIdentityPoolId)}`, name: poolName(inputs, place), state: 'ACTIVE' }),
      document: ({ inputs }, place) => ({ kind: 'iam.WorkloadIdentityPool', name: poolName(inputs, place), request: { workloadIdentityPoolId: inputs.workloadIdentityPoolId, workloadIdentityPool: {} } }),
    },

    'gcp:iam/workloadIdentityPoolProvider:WorkloadIdentityPoolProvider': {
      outputs: (inputs, _name, place) => ({
        id: `projects/${projectOf(inputs, place)}/locations/global/workloadIdentityPools/${textOf(inputs.workloadIdentityPoolId)}/providers/${textOf(inputs.workloadIdentityPoolProviderId)}`,
        name: providerName(inputs, place),
        state: 'ACTIVE',
      }),
      document: ({ inputs }, place) => ({
        kind: 'iam.WorkloadIdentityPoolProvider',
        name: providerName(inputs, place),
        request: {
          workloadIdentityPoolProviderId: inputs.workloadIdentityPoolProviderId,
          workloadIdentityPoolProvider: given(Object.fromEntries(POOL_INPUTS.map(field => [field, inputs[field]]))),
        },
      }),
    },

    'gcp:serviceaccount/account:Account': {
      outputs: (inputs, _name, place) => {
        const project = projectOf(inputs, place);
        const email = emailOf(textOf(inputs.accountId), project);
        const name = `projects/${project}/serviceAccounts/${email}`;
        return { id: name, name, email, member: `serviceAccount:${email}`, project, uniqueId: String(BigInt(`0x1${hashOf(email, 16)}`)) };
      },
      document: ({ inputs: { accountId, displayName }, outputs: { name } }) => ({ kind: 'iam.ServiceAccount', name: textOf(name), request: { accountId, serviceAccount: given({ displayName }) } }),
    },

    'gcp:serviceaccount/iAMMember:IAMMember': grant('iam.ServiceAccountMember', ({ serviceAccountId }) => textOf(serviceAccountId), (_member, resource) => resource.slice(resource.lastIndexOf('/') + 1)),
    'gcp:projects/iAMMember:IAMMember': grant(RESOURCES.project.kind, (inputs, place) => RESOURCES.project.nameOf(projectOf(inputs, place))),
    'gcp:storage/bucketIAMMember:BucketIAMMember': grant(RESOURCES.bucket.kind, ({ bucket }) => RESOURCES.bucket.nameOf(textOf(bucket))),
    'gcp:secretmanager/secretIamMember:SecretIamMember': grant(RESOURCES.secret.kind, (inputs, place) => RESOURCES.secret.nameOf(textOf(inputs.secretId), projectOf(inputs, place))),
    'gcp:pubsub/topicIAMMember:TopicIAMMember': grant(RESOURCES.topic.kind, (inputs, place) => RESOURCES.topic.nameOf(textOf(inputs.topic), projectOf(inputs, place))),
  },
};
