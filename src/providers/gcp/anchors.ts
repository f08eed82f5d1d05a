import { derive, type Deferrable } from '../../core/deferred';
import { complain, type Report } from '../../core/issues';
import type { GcpPoolInput } from '../../platforms/cluster';
import { PROJECT_NUMBER, poolIdOf, providerIdOf } from '../../platforms/gcp-pool';
import type { AnchorArguments, AnchorNeed, AnchorRequest, TrustLayout } from '../provider';
import { checkIssuerReach } from '../reach';
import { GOOGLE, readsKeys } from './check-federation';
import { federationOf, poolName, projectNumberOf, providerName } from './federation';
import type { GcpEdge } from './settings';

/** https://cloud.google.com/iam/docs/reference/rest/v1/projects.locations.workloadIdentityPools/create */
export interface CreatePool {
  readonly workloadIdentityPoolId: string;
  readonly workloadIdentityPool: object;
}

/** https://cloud.google.com/iam/docs/reference/rest/v1/projects.locations.workloadIdentityPools.providers/create */
export interface CreatePoolProvider {
  readonly workloadIdentityPoolProviderId: string;
  readonly workloadIdentityPoolProvider: {
    readonly attributeMapping: { readonly [attribute: string]: string };
    readonly attributeCondition?: string;
    readonly oidc: { readonly issuerUri: Deferrable<string>; readonly allowedAudiences: Deferrable<readonly string[]>; readonly jwksJson?: string };
  };
}

/** The documents by which a project trusts a cluster at all. */
export type GcpAnchor =
  | TrustLayout<'iam.WorkloadIdentityPool', CreatePool>
  | TrustLayout<'iam.WorkloadIdentityPoolProvider', CreatePoolProvider>;

/** Pools of Google's own need nothing to be made. */
export function anchorNeedOf(edge: GcpEdge): AnchorNeed | undefined {
  if (edge.mechanism !== 'workload-identity-pool' || edge.cluster.gcpPool?.existing === 'provider') return undefined;
  return { home: projectNumberOf(edge), audience: federationOf(edge).audienceOf(edge) };
}

/** The pool and the provider of a cluster in a project, whose home is its number. */
export function anchorsOf({ cluster, issuer, home, audiences }: AnchorRequest): readonly GcpAnchor[] {
  const own = { provider: 'gcp', binding: 'gcp', owned: true } as const;
  const { gcpPool } = cluster;
  const nameIn = (number: string): string => providerName(number, { cluster });
  const pool: GcpAnchor = {
    ...own,
    kind: 'iam.WorkloadIdentityPool',
    id: 'gcp/pool',
    name: derive([home], number => poolName(number, { cluster })),
    ownedAs: derive([home], number => poolName(number, { cluster })),
    request: { workloadIdentityPoolId: poolIdOf(cluster), workloadIdentityPool: {} },
  };
  const provider: GcpAnchor = {
    ...own,
    kind: 'iam.WorkloadIdentityPoolProvider',
    id: 'gcp/provider',
    name: derive([home], nameIn),
    ownedAs: derive([home], nameIn),
    after: ['gcp/pool'],
    request: {
      workloadIdentityPoolProviderId: providerIdOf(cluster),
      workloadIdentityPoolProvider: {
        attributeMapping: mappingOf(gcpPool),
        ...(gcpPool?.attributeCondition !== undefined && { attributeCondition: gcpPool.attributeCondition }),
        oidc: {
          issuerUri: issuer,
          allowedAudiences: derive([home, ...audiences], (number, ...known) => allowed([...gcpPool?.allowedAudiences ?? [], ...known], nameIn(number))),
          ...(gcpPool?.jwksJson !== undefined && { jwksJson: gcpPool.jwksJson }),
        },
      },
    },
  };
  return gcpPool?.existing === 'pool' ? [provider] : [pool, provider];
}

/** Without a list Google takes the provider's own name, with `https:` before it and without: so that alone needs none. */
function allowed(audiences: readonly string[], own: string): readonly string[] {
  const distinct = [...new Set(audiences)];
  return distinct.every(audience => audience.replace(/^https:/, '') === `//iam.googleapis.com/${own}`) ? [] : distinct;
}

/** `google.subject` names the principal; it begins with the prefix where clusters share the pool. https://cloud.google.com/iam/docs/workload-identity-federation#mapping */
function mappingOf(pool: GcpPoolInput | undefined): CreatePoolProvider['workloadIdentityPoolProvider']['attributeMapping'] {
  const mapping: { [attribute: string]: string } = { 'google.subject': pool?.subjectPrefix === undefined ? 'assertion.sub' : `"${pool.subjectPrefix}::" + assertion.sub` };
  for (const [name, expression] of Object.entries(pool?.attributes ?? {})) mapping[`attribute.${name}`] = expression;
  return mapping;
}

/** A pool is made in the project that bindings on the cluster name, and where there is something to be made. */
export function checkAnchor({ cluster, issuer, home, existing, path }: AnchorArguments, report: Report): void {
  if (cluster.gke === undefined && !existing && readsKeys(cluster)) checkIssuerReach(issuer, 'cluster.issuer', GOOGLE, report);
  if (cluster.gke !== undefined) {
    complain(report, 'args/no-anchor', path, { expected: 'a cluster outside GKE', got: cluster.name, fix: 'take it out: every project has a pool for its clusters of GKE' });
  } else if (cluster.gcpPool?.existing === 'provider' && !existing) {
    complain(report, 'args/no-anchor', path, { expected: 'a cluster whose provider is made here', got: cluster.name, fix: 'say existing: true here, too, to have it looked up; or take it out, or take existing out of the cluster\'s gcpPool' });
  } else if (home !== undefined && !PROJECT_NUMBER.test(home)) {
    complain(report, 'args/account', path, { expected: 'the digits of a project number', got: home, fix: 'it is not the project\'s id: read it from gcloud projects describe' });
  } else if (home !== undefined && home !== (cluster.gcpPool?.projectNumber ?? home)) {
    complain(report, 'args/account', path, { expected: `the project of the cluster's gcpPool, ${String(cluster.gcpPool?.projectNumber)}`, got: home, fix: 'bindings on the cluster would look for the pool there: leave one of the two out' });
  }
}
