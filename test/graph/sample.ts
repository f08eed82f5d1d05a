import { gather, verifyGathered, type ClusterDescription, type EvidenceDocument, type Gathered } from '../../src/evidence';
import { mapOf, type TrustMap } from '../../src/graph';

const EKS = 'https://oidc.eks.eu-west-1.amazonaws.com/id/EXAMPLED539D4633E53DE1B71EXAMPLE';
const AKS = 'https://westeurope.oic.prod-aks.azure.com/00000000-0000-4000-8000-000000000001/00000000-0000-4000-8000-000000000002/';

export const CLUSTERS: readonly ClusterDescription[] = [
  { name: 'blue', issuer: EKS },
  { name: 'green', issuer: AKS },
  { name: 'grey', issuer: 'https://container.googleapis.com/v1/projects/shop-prod/locations/europe-west4/clusters/grey', workloadPool: 'shop-prod.svc.id.goog' },
];

/** What the n-th identity has to do with: one cloud after the other, ten in a namespace, and here and there something that is wrong. */
interface One {
  readonly n: number;
  readonly namespace: string;
  readonly name: string;
  /** Whom the trust lets in. */
  readonly subject: string;
}

/** Documents as people have them: for each identity a workload, its account, the trust, and what the identity may do. */
export function documentsOf(identities: number): readonly EvidenceDocument[] {
  return Array.from({ length: identities }, (_, n) => n).flatMap(n => {
    const [namespace, name] = [`team-${Math.floor(n / 10)}`, `app-${n}`];
    const subject = `system:serviceaccount:${namespace}:${n % 9 === 4 ? `${name}-old` : name}`;
    return [aws, azure, gcp][n % 3]?.({ n, namespace, name, subject }) ?? [];
  });
}

export function gatheredOf(identities: number): Gathered {
  return gather(documentsOf(identities), CLUSTERS);
}

export function sampleOf(identities: number): TrustMap {
  const gathered = gatheredOf(identities);
  return mapOf(verifyGathered(gathered), gathered);
}

function workload({ namespace, name }: One, cluster: string, annotations: object, labels: object = {}): readonly EvidenceDocument[] {
  const metadata = { name, namespace };
  const spec = { template: { metadata: { labels }, spec: { serviceAccountName: name, containers: [{ name: 'app', image: 'shop/app:1' }] } } };
  return [
    { value: { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { ...metadata, annotations } }, cluster, at: { file: `k8s/${cluster}/${name}.yaml`, document: 0, path: '' } },
    { value: { apiVersion: 'apps/v1', kind: 'Deployment', metadata, spec }, cluster, at: { file: `k8s/${cluster}/${name}.yaml`, document: 1, path: '' } },
  ];
}

function cloud({ name }: One, provider: string, ...documents: readonly object[]): EvidenceDocument {
  return { value: { documents }, at: { file: `cloud/${provider}/${name}.json`, document: 0, path: '' } };
}

function aws(one: One): readonly EvidenceDocument[] {
  const { name, n, subject } = one;
  const arn = `arn:aws:iam::111122223333:role/${name}`;
  const host = EKS.slice('https://'.length);
  const open = n % 27 === 6;
  const Condition = open
    ? { StringLike: { [`${host}:sub`]: 'system:serviceaccount:*' }, StringEquals: { [`${host}:aud`]: 'sts.amazonaws.com' } }
    : { StringEquals: { [`${host}:sub`]: subject, [`${host}:aud`]: 'sts.amazonaws.com' } };
  const Statement = [{ Effect: 'Allow', Principal: { Federated: `arn:aws:iam::111122223333:oidc-provider/${host}` }, Action: 'sts:AssumeRoleWithWebIdentity', Condition }];
  const attachments = ['AmazonS3ReadOnlyAccess', `shop-${n}`, `logs-${n}`, `queue-${n}`].slice(0, n % 5)
    .map(policy => ({ kind: 'iam.RolePolicyAttachment', name: `${arn} ${policy}`, request: { RoleName: name, PolicyArn: `arn:aws:iam::aws:policy/${policy}` } }));
  return [
    ...workload(one, 'blue', { 'eks.amazonaws.com/role-arn': arn }),
    cloud(one, 'aws', { kind: 'iam.Role', name: arn, becomes: arn, request: { RoleName: name, AssumeRolePolicyDocument: { Version: '2012-10-17', Statement } } }, ...attachments),
  ];
}

function azure(one: One): readonly EvidenceDocument[] {
  const { name, n, subject } = one;
  const client = `00000000-0000-4000-9000-${String(n).padStart(12, '0')}`;
  const id = `/subscriptions/00000000-0000-4000-8000-000000000003/resourceGroups/shop/providers/Microsoft.ManagedIdentity/userAssignedIdentities/${name}`;
  const properties = { issuer: AKS, subject, audiences: ['api://AzureADTokenExchange'] };
  const scope = '/subscriptions/00000000-0000-4000-8000-000000000003/resourceGroups/shop';
  return [
    ...workload(one, 'green', { 'azure.workload.identity/client-id': client }, { 'azure.workload.identity/use': 'true' }),
    cloud(
      one, 'azure',
      { kind: 'managedidentity.FederatedIdentityCredential', name: `${id}/federatedIdentityCredentials/green`, becomes: client, request: { properties } },
      {
        kind: 'authorization.RoleAssignment',
        name: `${scope}/providers/Microsoft.Authorization/roleAssignments/${client}`,
        request: { properties: { roleDefinitionId: `${scope}/providers/Microsoft.Authorization/roleDefinitions/reader`, principalId: `principal-${n}` } },
      },
    ),
  ];
}

function gcp(one: One): readonly EvidenceDocument[] {
  const { name, subject } = one;
  const email = `${name}@shop-prod.iam.gserviceaccount.com`;
  const [resource, role] = [`projects/shop-prod/serviceAccounts/${email}`, 'roles/iam.workloadIdentityUser'];
  const member = `serviceAccount:shop-prod.svc.id.goog[${subject.split(':').slice(2).join('/')}]`;
  const project = { resource: 'projects/shop-prod', role: 'roles/storage.objectViewer', member: `serviceAccount:${email}` };
  return [
    ...workload(one, 'grey', { 'iam.gke.io/gcp-service-account': email }),
    cloud(
      one, 'gcp',
      { kind: 'iam.ServiceAccountMember', name: `${resource} ${role} ${member}`, becomes: email, request: { resource, role, member } },
      { kind: 'cloudresourcemanager.ProjectMember', name: `${project.resource} ${project.role} ${project.member}`, request: project },
    ),
  ];
}
