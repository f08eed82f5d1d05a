import { identityId } from './identity-id';
import type { AzureEdge } from './settings';
import { isDeferred } from '../../core/deferred';
import { complain, under, type Report } from '../../core/issues';
import { groupBy } from '../group';

/** How many credentials the edges have on the one identity that they share: AKS adds one for all its identity bindings. */
function countOf(edges: readonly AzureEdge[]): number {
  const own = edges.filter(({ mechanism }) => mechanism !== 'identity-binding').length;
  return own === edges.length ? own : own + 1;
}

function wordsOf({ mechanism }: AzureEdge): readonly [what: string, chooser: string] {
  return mechanism === 'application' ? ['application', 'applicationName'] : ['managed identity', 'identityName'];
}

/** The credentials that one binding has on one identity. */
export function checkCount(first: AzureEdge, group: readonly AzureEdge[], report: Report): void {
  const count = countOf(group);
  const { credentialQuota, spreadOver } = first.settings;
  // A quota that is none is a finding of its own.
  if (count <= credentialQuota || !(credentialQuota >= 1)) return;
  const [what, chooser] = wordsOf(first);
  complain(report, 'azure/credential-count', first.at(chooser), {
    expected: `at most ${credentialQuota} federated credentials on one ${what}`,
    got: `${count} service accounts in clusters`,
    fix: `${wayOut(group, count, credentialQuota, spreadOver)}, or give some of their own (on: { "<cluster>": { ${chooser} } })`,
  });
}

/** Clusters are spread, and not the service accounts of one: where one cluster alone has too many, no number of identities helps. */
function wayOut(group: readonly AzureEdge[], count: number, quota: number, spreadOver: number): string {
  const most = Math.max(...[...groupBy(group, ({ cluster }) => cluster.name).values()].map(countOf));
  return most > quota
    ? `one cluster alone has ${most} of them, so make several identities of it, each with some of the service accounts`
    : `spread the clusters over several (spreadOver: ${Math.max(spreadOver + 1, Math.ceil(count / quota) + 1)})`;
}

/** The credentials that several bindings have on one identity, which each of them alone could have. */
export function checkShared(edges: readonly AzureEdge[], report: Report): void {
  for (const [key, group] of groupBy(edges, sharedKey)) {
    const users = groupBy(group, ({ identity, binding }) => `${identity}\n${binding}`);
    if (key === '' || users.size < 2) continue;
    const quota = Math.min(...group.map(({ settings }) => settings.credentialQuota));
    const count = countOf(group);
    if (count <= quota || [...users.values()].some(own => countOf(own) > quota)) continue;
    const last = group[group.length - 1] as AzureEdge;
    const several = new Set(group.map(({ identity }) => identity)).size > 1;
    const [what, chooser] = wordsOf(last);
    complain(several ? under(last.identity, report) : report, 'azure/credential-count', last.at(chooser), {
      expected: `at most ${quota} federated credentials on one ${what}, whoever adds them`,
      got: `${count}: ${[...users.values()].map(own => `${countOf(own)} by ${several ? `${own[0]?.identity} ` : ''}trustedBy.${own[0]?.binding}`).join(', ')}`,
      fix: `use another ${what} in one of them, or say the credentialQuota in each where Azure takes more`,
    });
  }
}

/** What is the same identity for sure: names alone could be of two subscriptions, or of two applications. Empty where it cannot be told. */
function sharedKey(edge: AzureEdge): string {
  const { settings, mechanism } = edge;
  if (mechanism === 'application') return settings.saidApplicationId ?? (isDeferred(settings.clientId) ? '' : settings.clientId as string);
  return settings.subscriptionId === undefined ? '' : identityId(edge).toLowerCase();
}
