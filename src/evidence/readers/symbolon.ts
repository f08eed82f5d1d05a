import { dataOf, isData, type Data } from '../../kubernetes/data';
import type { TrustArtifact } from '../../proof/artifacts';
import type { Part } from '../document';
import type { Reader } from '../reader';

/** Whose request it is, by what it makes. */
const PROVIDERS: { readonly [kind: string]: string } = {
  'iam.OpenIDConnectProvider': 'aws',
  'iam.Role': 'aws',
  'iam.RolePolicy': 'aws',
  'iam.RolePolicyAttachment': 'aws',
  'eks.PodIdentityAssociation': 'aws',
  'managedidentity.UserAssignedIdentity': 'azure',
  'managedidentity.FederatedIdentityCredential': 'azure',
  'graph.Application': 'azure',
  'graph.ServicePrincipal': 'azure',
  'graph.FederatedIdentityCredential': 'azure',
  'containerservice.IdentityBinding': 'azure',
  'authorization.RoleAssignment': 'azure',
  'iam.ServiceAccount': 'gcp',
  'iam.ServiceAccountMember': 'gcp',
  'iam.WorkloadIdentityPool': 'gcp',
  'iam.WorkloadIdentityPoolProvider': 'gcp',
  'cloudresourcemanager.ProjectMember': 'gcp',
  'storage.BucketMember': 'gcp',
  'secretmanager.SecretMember': 'gcp',
  'pubsub.TopicMember': 'gcp',
  'ims.OIDCProvider': 'alibaba',
  'ram.Role': 'alibaba',
  'ram.Policy': 'alibaba',
  'ram.RolePolicyAttachment': 'alibaba',
  'jwt.Verifier': 'jwt',
  'kubernetes.AuthMount': 'vault',
  'kubernetes.Config': 'vault',
  'kubernetes.Role': 'vault',
  'jwt.AuthMount': 'vault',
  'jwt.Role': 'vault',
};

/** The cloud half as `symbolon synth` writes it. */
export const symbolon: Reader = {
  prints: ['symbolon synth (the files in cloud/)'],
  read: ({ value, at }) => {
    if (isPatch(value, at.file)) return {};
    const { documents } = value;
    if (!Array.isArray(documents) || documents.length === 0 || !documents.every(isRequest)) return undefined;
    const [, cluster] = /(?:^|[\\/])_anchors\.([^\\/]+)\.json$/.exec(at.file) ?? [];
    return { trust: documents.map((document: Data, i): Part<TrustArtifact> => ({ path: `documents[${i}]`, value: requestOf(document, cluster) })) };
  },
};

/** What pods that are made elsewhere have to carry: no object, and nothing that anybody is. */
function isPatch({ apiVersion, kind, metadata, spec }: Data, file: string): boolean {
  return /(?:^|[\\/])patches[\\/]/.test(file) && apiVersion === undefined && kind === undefined && (isData(spec) || isData(metadata));
}

function isRequest(document: unknown): boolean {
  const { kind, name, request } = dataOf(document);
  return typeof kind === 'string' && Object.hasOwn(PROVIDERS, kind) && typeof name === 'string' && isData(request);
}

function requestOf({ kind, name, becomes, request }: Data, cluster: string | undefined): TrustArtifact {
  return {
    provider: PROVIDERS[kind as string] as string,
    kind: kind as string,
    name: name as string,
    ...(cluster !== undefined && { cluster }),
    ...(typeof becomes === 'string' && { becomes }),
    request,
  };
}
