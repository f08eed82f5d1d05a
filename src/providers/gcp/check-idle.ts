import type { GcpBindingFields } from './binding';
import type { GcpEdge } from './settings';
import type { Report } from '../../core/issues';
import { checkIdle } from '../unused';

const OF_ACCOUNTS = ['accountId', 'displayName', 'existing'] as const satisfies readonly (keyof GcpBindingFields)[];

/** What has no use for any cluster that it is said for, and would else go without a word. */
export function checkNoUse(edges: readonly GcpEdge[], report: Report): void {
  const code = 'gcp/no-use';
  for (const field of OF_ACCOUNTS) {
    checkIdle(edges, {
      code,
      field,
      said: ({ said }) => said[field] !== undefined && said[field] !== false,
      used: ({ settings }) => settings.impersonates,
      beside: 'grants to the pod\'s own principal',
      fix: 'no service account takes part in it: take it out',
    }, report);
  }
  const acting = edges.filter(({ settings }) => settings.impersonates);
  checkIdle(acting, {
    code,
    field: 'displayName',
    said: ({ said }) => said.displayName !== undefined,
    used: ({ settings }) => !settings.existing,
    beside: 'existing: true',
    fix: 'the service account has the name that it was made with: take it out',
  }, report);
  checkIdle(edges, {
    code,
    field: 'expirationSeconds',
    said: ({ said }) => said.expirationSeconds !== undefined,
    used: edge => !asksMetadataServer(edge),
    beside: 'the metadata server of GKE',
    fix: 'it asks for the tokens itself, and for how long is its own business: take it out, or say injection: "explicit"',
  }, report);
}

function asksMetadataServer({ injection, mechanism }: GcpEdge): boolean {
  return injection === 'webhook' && (mechanism === 'service-account' || mechanism === 'principal');
}
