import { MADE_BY_AZURE, PLATFORMS, clusterInputOf } from './platforms';
import { checkWorkloadIdentity, type BindingInput, type InjectionMode, type WorkloadIdentityInput } from 'symbolon';

/** One place of the matrix: where pods run, who trusts them, by what, and how the pod side comes about. */
export interface Cell {
  readonly platform: string;
  readonly provider: string;
  readonly mechanism: string;
  readonly injection: InjectionMode;
}

/** Everything that a binding can say, built or not. */
const MECHANISMS: { readonly [provider: string]: readonly string[] } = {
  aws: ['irsa', 'pod-identity'],
  azure: ['managed-identity', 'application', 'identity-binding'],
  gcp: ['service-account', 'principal', 'workload-identity-pool'],
  alibaba: ['rrsa'],
  vault: ['kubernetes', 'jwt'],
  jwt: ['signature'],
};
const INJECTIONS: readonly InjectionMode[] = ['webhook', 'explicit', 'none'];

export const CELLS: readonly Cell[] = Object.entries(MECHANISMS).flatMap(([provider, mechanisms]) =>
  mechanisms.flatMap(mechanism => PLATFORMS.flatMap(platform => INJECTIONS.map(injection => ({ platform, provider, mechanism, injection })))));

export function nameOf({ platform, provider, mechanism, injection }: Cell): string {
  return `${provider}, ${mechanism}, on ${platform}, ${({ webhook: 'by webhook', explicit: 'explicitly', none: 'by hand' })[injection]}`;
}

/** What a user says of the cloud: everything that no platform says. */
export function fieldsOf({ provider, platform, mechanism }: Pick<Cell, 'provider' | 'platform'> & { readonly mechanism?: string }): object {
  switch (provider) {
    case 'aws': return { ...(platform !== 'eks' && { accountId: '444455556666', region: 'eu-west-1' }), rolePath: '/shop/' };
    case 'azure': return {
      ...(platform !== 'aks' && { tenantId: MADE_BY_AZURE.tenantId, subscriptionId: '6e7f8091-a2b3-44c5-96d7-e8f9a0b1c2d3' }),
      ...(mechanism === 'application' ? { applicationId: MADE_BY_AZURE.applicationId } : { resourceGroup: 'shop', location: 'westeurope' }),
      clientId: MADE_BY_AZURE.clientId,
      principalId: 'd4e5f607-1829-43a4-b5c6-d7e8f90a1b2c',
    };
    case 'gcp': return { projectId: 'shop-accounts', grants: [{ role: 'roles/storage.objectViewer', bucket: 'orders' }] };
    case 'alibaba': return { ...(platform !== 'ack' && { accountId: '6543210987654321', region: 'eu-central-1' }) };
    case 'jwt': return { audience: 'https://reports.example.com' };
    case 'vault': return { address: 'https://vault.example.com', tokenPolicies: ['shop'] };
    default: return {};
  }
}

/** The definition that a user would write for the cell. Every cell has namespaces of its own. */
export function definitionOf(cell: Cell): WorkloadIdentityInput {
  const { platform, provider, mechanism, injection } = cell;
  return {
    name: 'checkout',
    namespace: `shop-${platform}-${provider}-${mechanism}-${injection}`,
    serviceAccount: 'checkout-api',
    clusters: [clusterInputOf(platform)],
    trustedBy: { [provider]: { mechanism, injection, ...fieldsOf(cell) } as BindingInput },
  };
}

/** Why the library refuses the cell; undefined for one that is built. */
export function refusalOf(cell: Cell): string | undefined {
  const codes = checkWorkloadIdentity(definitionOf(cell)).filter(issue => issue.severity === 'error').map(issue => issue.code);
  if (codes.length === 0) return undefined;
  return codes.every(code => ['binding/not-built', 'binding/mechanism'].includes(code)) ? 'not built yet' : `refused: ${[...new Set(codes)].join(', ')}`;
}

/** The matrix, in rows for the report; what is the same on every platform is one row. */
export function matrixOf(mark: (cell: Cell) => string): readonly (readonly string[])[] {
  return Object.entries(MECHANISMS).flatMap(([provider, mechanisms]) => mechanisms.flatMap(mechanism => {
    const rows = PLATFORMS.map(platform => [platform, ...INJECTIONS.map(injection => mark({ platform, provider, mechanism, injection }))]);
    const isSame = new Set(rows.flatMap(([, ...marks]) => marks)).size === 1;
    const [[, ...marks] = []] = rows;
    return isSame ? [[provider, mechanism, 'all', ...marks]] : rows.map(row => [provider, mechanism, ...row]);
  }));
}
