import { checkClusters } from './check-clusters';
import { checkProjected } from './check-projected';
import { checkRbac } from './check-rbac';
import { checkReplay } from './check-replay';
import { checkPlatformCap } from './check-token';
import { complainOfCollision } from './collision';
import type { ServiceAccountDefinition, WorkloadIdentityDefinition } from './definition';
import type { Layout } from './layout';
import { twinsIn } from './twins';
import { isDeferred } from '../core/deferred';
import { complain, joinPath, type Report } from '../core/issues';
import { checkDnsLabel, checkDnsSubdomain } from '../core/names';
import { checkMetadata } from '../kubernetes/metadata';
import { isForOthers } from '../kubernetes/rbac-forms';
import type { RbacInput } from '../kubernetes/rbac-input';
import { issuerOf } from '../platforms';
import { providerOf, type ProviderId } from '../providers';
import { groupBy, groupsOf } from '../providers/group';
import type { Edge } from '../providers/provider';

/** The rules of a definition, whatever its providers. `short` says that its author wrote namespace and service account, and not runsAs. */
export function checkDefinition(definition: WorkloadIdentityDefinition, report: Report, short: boolean): void {
  checkDnsSubdomain(definition.name, 'name', report, 'it names the service account and more, so choose a name that Kubernetes takes');
  checkAccounts(definition, report, short);
  checkClusters(definition, report);
  checkProjected(definition, definition.clusters, report);
  const issuers = definition.rbac.length === 0 ? [] : definition.clusters.map(issuerOf);
  for (let i = 0; i < definition.rbac.length; i++) checkRbac(definition.rbac[i] as RbacInput, joinPath('rbac', i), report, issuers);
  checkApiToken(definition, report);
  checkMetadata('label', definition.labels, 'labels', report);
  checkMetadata('annotation', definition.annotations, 'annotations', report);
}

/** The automounted token is off for the service account, so that pods with rights and without a token of ours are nobody to the API server. */
function checkApiToken({ apiToken, rbac }: WorkloadIdentityDefinition, report: Report): void {
  // What Vault reviews with a pod's token, it reviews with that which it was given.
  if (apiToken || !rbac.some(entry => !isForOthers(entry) && !('reviewTokens' in entry))) return;
  complain(report, 'identity/no-api-token', 'apiToken', {
    expected: 'true beside rbac', got: false, severity: 'warning', fix: 'the pods have rights in the Kubernetes API and no token for it: take apiToken out, unless they are given one elsewhere',
  });
}

function checkAccounts(definition: WorkloadIdentityDefinition, report: Report, short: boolean): void {
  if (definition.runsAs.length === 0) complain(report, 'identity/runs-as', short ? 'namespace' : 'runsAs', { expected: 'a namespace, or runsAs with at least one service account', got: short ? undefined : [], fix: 'say where the identity runs' });
  for (let i = 0; i < definition.runsAs.length; i++) {
    const { namespace, serviceAccount } = definition.runsAs[i] as ServiceAccountDefinition;
    const path = short ? '' : `${joinPath('runsAs', i)}.`;
    checkDnsLabel(namespace, `${path}namespace`, report, 'name an existing namespace, exactly as it is');
    checkDnsSubdomain(serviceAccount, `${path}serviceAccount`, report, 'name the service account exactly as it is');
    if (serviceAccount === 'default') complain(report, 'identity/default-account', `${path}serviceAccount`, { expected: 'a service account of its own', got: 'default', severity: 'warning', fix: 'every pod of the namespace that names none runs as this one, and is the identity too' });
  }
  for (const [key] of twinsIn(definition.runsAs, account => `${account.namespace}/${account.serviceAccount}`)) {
    complain(report, 'identity/runs-as', 'runsAs', { expected: 'every service account once', got: key, fix: 'take the second one out, and list all its clusters in one' });
  }
}

/** The rules of the layout: those of every provider, and what two parts of one pod both claim. */
export function checkLayout(layout: Layout, report: Report): void {
  for (const edge of layout.edges) {
    const provider = providerOf(edge.provider as ProviderId);
    if (!provider.mechanisms.includes(edge.mechanism)) {
      complain(report, 'binding/mechanism', edge.at('mechanism'), { expected: `one of ${provider.mechanisms.join(', ')}`, got: edge.mechanism, fix: 'this mechanism is not built yet; choose one that is, or leave this cluster out of the binding' });
    } else {
      let refused = false;
      provider.check(edge, issue => {
        refused ||= issue.code === 'token/lifetime';
        report(issue);
      });
      // Of a lifetime that is not taken at all, it is no news that the platform would shorten it.
      if (!refused) checkPlatformCap(provider.lifetimeOf(edge) ?? 0, edge.cluster, edge.at('expirationSeconds'), report);
    }
  }
  checkKeys(layout, report);
  checkReplay(layout, report);
  for (const group of groupsOf(layout.edges, edge => edge.binding)) providerOf((group[0] as Edge).provider as ProviderId).checkTrust(group, report);
  if (Object.keys(layout.definition.trustedBy).length > 1) checkShared(layout.edges, report);
  for (const collision of layout.collisions) complainOfCollision(collision, report);
  checkOwners(layout, report);
}

/** What bindings do to a cloud identity that several of them use. */
export function checkShared(edges: readonly Edge[], report: Report): void {
  for (const [provider, group] of groupBy(edges, edge => edge.provider)) providerOf(provider as ProviderId).checkShared?.(group, report);
}

function isUnder(key: string, prefix: string | undefined): boolean {
  return prefix !== undefined && key.startsWith(prefix);
}

/**
 * Keys that a binding's webhook reads are the binding's to set, where the webhook looks for them and with its rules: here they
 * would go onto the service account whatever they are, and past every check.
 */
function checkKeys({ definition, edges, collisions }: Layout, report: Report): void {
  for (const field of ['annotations', 'labels'] as const) {
    for (const key of Object.keys(definition[field])) {
      const edge = edges.find(({ provider, injection }) => injection !== 'none' && isUnder(key, providerOf(provider as ProviderId).ownKeys));
      if (edge === undefined || collisions.some(({ name }) => name === key)) continue;
      complain(report, 'identity/binding-key', joinPath(field, key), {
        expected: `no ${field} under ${key.replace(/\/.*/, '/')}, which trustedBy.${edge.binding} sets`, got: key, fix: 'take it out, and say it by a field of the binding',
      });
    }
  }
}

/** Two bindings of one identity, or two clusters of one, must not make the same thing. Most clouds compare names without regard to case. */
function checkOwners(layout: Layout, report: Report): void {
  // Documents are made only where two could be one: nearly every identity has one cloud identity at each provider.
  if (layout.edges.length < 2) return;
  const several = [...groupBy(layout.edges, edge => edge.provider).values()]
    .some(([first, ...others]) => others.some(({ binding, variant }) => binding !== first?.binding || variant !== first.variant));
  if (!several) return;
  const named = layout.trust.flatMap(({ kind, name, owned, ownedAs = name, binding }) => (owned && !isDeferred(ownedAs) ? [{ thing: `${kind} ${ownedAs}`, binding }] : []));
  for (const [, twins] of twinsIn(named, ({ thing }) => thing.toLowerCase())) {
    const [first, second] = twins as [{ thing: string; binding: string }, { binding: string }];
    complain(report, 'identity/owned-twice', joinPath('trustedBy', second.binding), {
      expected: `one owner of the ${first.thing}`, got: [first.binding, second.binding], fix: 'give one of them another name, or say existing: true in the one that uses what the other makes; a grant stands in one of them alone',
    });
  }
}
