import type { AzureBindingFields, AzureMechanism } from './binding';
import type { AzureEdge } from './settings';
import type { Report } from '../../core/issues';
import { checkIdle, checkUnused } from '../unused';

/** Fields that are for some mechanisms alone. */
const FIELDS: readonly (readonly [field: keyof AzureBindingFields, mechanisms: readonly AzureMechanism[]])[] = [
  ['applicationName', ['application']],
  ['applicationId', ['application']],
  ['identityName', ['managed-identity', 'identity-binding']],
  ['identityBindingName', ['identity-binding']],
];

/** What has no use for any cluster that it is said for, and would else go without a word. */
export function checkNoUse(edges: readonly AzureEdge[], report: Report): void {
  const code = 'azure/no-use';
  for (const [field, mechanisms] of FIELDS) {
    checkIdle(edges, {
      code,
      field,
      said: ({ said }) => said[field] !== undefined,
      used: ({ mechanism }) => mechanisms.includes(mechanism as AzureMechanism),
      beside: `mechanism: "${edges[0]?.mechanism}"`,
      fix: `it is for mechanism: "${mechanisms.join('" or "')}" and changes nothing here: take it out`,
    }, report);
  }
  // Of an application no tags are made at all, which is a rule of its own.
  checkIdle(edges.filter(({ mechanism }) => mechanism !== 'application'), {
    code,
    field: 'tags',
    said: ({ tags }) => Object.keys(tags).length > 0,
    used: ({ settings }) => !settings.existing,
    beside: 'existing: true',
    fix: 'the managed identity has the tags that it was made with: take them out',
  }, report);
  checkUnused(edges, { code, field: 'expirationOn', injection: 'webhook', own: ({ said }) => said.expirationOn !== undefined }, report);
}
