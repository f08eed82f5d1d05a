/**
 * The matrix: every kind of cluster by every mechanism and every way of injection. Each cell is asked: both halves are rendered and
 * proved, and what is not possible is refused with a finding, by its code.
 */
import { FACTS } from './providers';
import { checkWorkloadIdentity, defineWorkloadIdentity } from '../../src/identity/define';
import type { BindingInput, WorkloadIdentityInput } from '../../src/identity/input';
import { planWorkloadIdentities } from '../../src/identity/plan';
import type { ClusterInput, InjectionMode } from '../../src/platforms/cluster';
import type { Artifacts } from '../../src/proof/artifacts';
import { prove } from '../../src/proof/prove';
import { PROVIDER_IDS, providerOf, type ProviderId } from '../../src/providers';
import type { ProviderFacts } from '../../src/providers/facts';
import { halvesOf } from '../../src/testing/halves';

const GUID = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;

/** What those know of a cluster who have no word of their own for it: pools of Google's outside GKE, fleets, mounts of Vault. */
const COMMON = { fleet: { hostProjectId: 'shop-fleet', hostProjectNumber: '345678901234', membership: 'prod' }, vault: { host: 'https://api.prod.example.com', keys: 'discovery' } } as const;
const POOL = { gcpPool: { projectNumber: '123456789012' } };

/** A cluster of every kind, by the name of its column. */
export const PLATFORMS: { readonly [platform: string]: ClusterInput } = {
  'EKS': {
    name: 'prod',
    issuer: 'https://oidc.eks.us-west-2.amazonaws.com/id/EXAMPLED539D4633E53DE1B71EXAMPLE',
    eks: { accountId: '111122223333', region: 'us-west-2', clusterName: 'prod' },
    ...COMMON,
    ...POOL,
  },
  'AKS': {
    name: 'prod',
    issuer: `https://westeurope.oic.prod-aks.azure.com/${GUID(1)}/${GUID(2)}/`,
    aks: { tenantId: GUID(1), subscriptionId: GUID(3), resourceGroup: 'clusters', clusterName: 'prod' },
    ...COMMON,
    ...POOL,
  },
  'GKE': { name: 'prod', gke: { projectId: 'shop-prod', projectNumber: '234567890123', location: 'europe-west4', clusterName: 'prod' }, ...COMMON },
  'ACK': {
    name: 'prod',
    issuer: `https://oidc-ack-cn-hangzhou.oss-cn-hangzhou.aliyuncs.com/c${'0a'.repeat(16)}`,
    ack: { accountId: '1234567890123456', region: 'cn-hangzhou', clusterId: `c${'0a'.repeat(16)}` },
    ...COMMON,
    ...POOL,
  },
  'self-managed': { name: 'prod', issuer: 'https://oidc.prod.example.com', ...COMMON, ...POOL },
};

export const WAYS: readonly InjectionMode[] = ['webhook', 'explicit', 'none'];

/** One place of the matrix, for all ways of injection. */
export interface Cell {
  readonly provider: ProviderId;
  readonly mechanism: string;
  readonly platform: string;
}

/** A mechanism of a provider. */
export interface Row {
  readonly provider: ProviderId;
  readonly mechanism: string;
  readonly facts: ProviderFacts;
}

/** Every one that is built, in the order of the comparison. */
export const ROWS: readonly Row[] = FACTS.flatMap(facts => facts.mechanisms.flatMap(mechanism => {
  const provider = PROVIDER_IDS.find(id => id === facts.provider && providerOf(id).mechanisms.includes(mechanism));
  return provider === undefined ? [] : [{ provider, mechanism, facts }];
}));

/** What a user says of the relying party, where nothing of it follows from the cluster. */
const BINDINGS: { readonly [provider in ProviderId]: (cluster: ClusterInput, mechanism: string) => object } = {
  alibaba: ({ ack }) => ({ ...(ack === undefined && { accountId: '1234567890123456' }) }),
  // Pod Identity associates roles of the cluster's own account.
  aws: ({ eks }) => ({ ...(eks === undefined && { accountId: '111122223333', region: 'us-west-2' }) }),
  azure: ({ aks }, mechanism) => ({
    ...(aks === undefined && { tenantId: GUID(1), ...(mechanism !== 'application' && { subscriptionId: GUID(3) }) }),
    ...(mechanism === 'application' ? { applicationId: `/applications/${GUID(6)}` } : { resourceGroup: 'shop', location: 'westeurope' }),
    clientId: GUID(4),
    principalId: GUID(5),
  }),
  gcp: () => ({ projectId: 'shop-prod', accountId: 'checkout', grants: [{ role: 'roles/storage.objectViewer', bucket: 'orders' }] }),
  jwt: () => ({ audience: 'https://reports.example.com' }),
  vault: () => ({ address: 'https://vault.example.com' }),
};

/** What is said of the cell, left to itself or with a way of injection. */
export function definitionOf({ provider, mechanism, platform }: Cell, injection?: InjectionMode): WorkloadIdentityInput {
  return definitionFor(platform, { [provider]: bindingOf({ provider, mechanism, platform }, injection) });
}

export function bindingOf({ provider, mechanism, platform }: Cell, injection?: InjectionMode): BindingInput {
  return { mechanism, ...BINDINGS[provider](PLATFORMS[platform] as ClusterInput, mechanism), ...(injection !== undefined && { injection }) } as BindingInput;
}

/** An identity on one cluster. */
export function definitionFor(platform: string, trustedBy: { readonly [key: string]: BindingInput }): WorkloadIdentityInput {
  return { name: 'checkout', namespace: 'shop', clusters: [PLATFORMS[platform] as ClusterInput], trustedBy };
}

/** What came of one way of a cell. */
export type Answer =
  /** The workload is let in, and strangers are not; `also` are those that are the same principal by the cloud's own model. */
  | { readonly kind: 'in'; readonly also: readonly string[] }
  /** A definition that says so is refused, with these findings. */
  | { readonly kind: 'refused'; readonly codes: readonly string[] };

const ANOTHER_CLUSTER = 'another cluster';

/** The halves with somebody else in the place of the workload. */
export const STRANGERS: { readonly [who: string]: (halves: Artifacts) => Artifacts } = {
  'another service account': halves => renamed(halves, 'serviceAccountName', 'checkout', 'other'),
  'another namespace': halves => renamed(halves, 'namespace', 'shop', 'billing'),
  [ANOTHER_CLUSTER]: ({ clusters, trust }) => ({
    clusters: clusters.map(({ workloadPool, ...cluster }) => ({
      ...cluster,
      name: 'other',
      ...(cluster.issuer !== undefined && { issuer: 'https://oidc.other.example.com' }),
      ...(cluster.resourceId !== undefined && { resourceId: `${cluster.resourceId}-other` }),
      ...(cluster.clusterArn !== undefined && { clusterArn: `${cluster.clusterArn}-other` }),
      ...(workloadPool !== undefined && { workloadPool: 'other.svc.id.goog' }),
    })),
    trust,
  }),
};

/** The value of a field, wherever pods and what is beside them have it; who is let in by RBAC of the cluster stays. */
function renamed({ clusters, trust }: Artifacts, field: string, from: string, to: string): Artifacts {
  const change = <T>(object: T): T => JSON.parse(JSON.stringify(object).replaceAll(`"${field}":"${from}"`, `"${field}":"${to}"`)) as T;
  return { clusters: clusters.map(cluster => ({ ...cluster, objects: cluster.objects.map(object => (object.kind.startsWith('ClusterRole') ? object : change(object))) })), trust };
}

/**
 * Asks the proof about a definition: everybody whom it means is let in by all, and each stranger by nobody.
 *
 * @throws Error when that is not so, since a page would say it
 */
export function answerOf(input: WorkloadIdentityInput): Answer {
  const errors = checkWorkloadIdentity(input).filter(({ severity }) => severity === 'error');
  if (errors.length > 0) return { kind: 'refused', codes: [...new Set(errors.map(({ code }) => code))].sort() };
  const definition = defineWorkloadIdentity(input);
  const halves = halvesOf(definition);
  const proof = prove(halves);
  const handles = planWorkloadIdentities(definition).edges.map(({ provider, handle }) => `${provider} ${handle}`);
  const admitted = proof.verdicts.filter(verdict => verdict.admitted).map(({ provider, becomes }) => `${provider} ${becomes}`);
  const out = handles.filter(handle => !admitted.includes(handle));
  if (!proof.holds || out.length > 0) throw new Error(`${JSON.stringify(input.trustedBy)} is not let in: ${JSON.stringify([out, proof.verdicts, proof.strangers])}`);
  for (const [who, change] of Object.entries(STRANGERS)) {
    // Google's own pools tell no clusters of a project or a fleet apart: that is said, and nobody is surprised by it.
    const stranger = prove(change(halves)).verdicts.find(verdict => verdict.admitted && (verdict.alsoAdmits.length === 0 || who !== ANOTHER_CLUSTER));
    if (stranger !== undefined) throw new Error(`${who} is let in by ${stranger.provider} as ${stranger.becomes}: ${stranger.reason}`);
  }
  return { kind: 'in', also: [...new Set(proof.verdicts.flatMap(({ alsoAdmits }) => alsoAdmits))] };
}

/** The way that a platform takes for a mechanism by itself; undefined where nothing can be said without naming one. */
export function usualWay(cell: Cell): InjectionMode | undefined {
  const input = definitionOf(cell);
  return checkWorkloadIdentity(input).some(({ severity }) => severity === 'error') ? undefined : planWorkloadIdentities(defineWorkloadIdentity(input)).edges[0]?.injection;
}

/** Ways to have all providers in one pod. */
export const TOGETHER: { readonly [what: string]: InjectionMode | undefined } = { 'each as the platform has it': undefined, 'all explicitly': 'explicit' };

/** One identity that every provider trusts, by the mechanism that the platform takes for each. */
export function togetherOn(platform: string, injection: InjectionMode | undefined): WorkloadIdentityInput {
  return definitionFor(platform, Object.fromEntries(PROVIDER_IDS.map(provider => {
    const { mechanism } = ROWS.find(row => row.provider === provider && usualWay({ ...row, platform }) !== undefined) as Row;
    return [provider, bindingOf({ provider, mechanism, platform }, injection)];
  })));
}
