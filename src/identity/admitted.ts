import type { WorkloadIdentityDefinition } from './definition';
import type { Facts } from './facts';
import type { Layout, SubjectLayout } from './layout';
import { missingFacts } from './missing';
import type { Subject } from '../core/claims';
import { needsOf, type Deferrable } from '../core/deferred';
import type { AdmittedNamespace, AdmittedPods, TokenAllowance } from '../kubernetes/admission/input';
import { AUTOMOUNTED_SECONDS } from '../kubernetes/projected-token';
import { providerOf, type ProviderId } from '../providers';
import type { Edge } from '../providers/provider';

/** What a platform makes by itself, such as the token of a metadata server, lives for no longer than any platform lets it. */
const PLATFORM_SECONDS = 86400;

/** What definitions say of one cluster. */
export interface Here {
  readonly layouts: readonly Layout[];
  readonly subjects: readonly SubjectLayout[];
}

/** The part of the layouts that is of the cluster. */
export function partIn(layouts: readonly Layout[], cluster: string): Here {
  return { layouts, subjects: layouts.flatMap(({ subjects }) => subjects).filter(each => each.cluster.name === cluster) };
}

/**
 * What pods and tokens of a namespace may be: what the definitions ask for by themselves, what webhooks add for them, and what is said besides.
 *
 * @throws MissingFactError with every audience that waits for a fact
 */
export function admittedIn(namespace: string, cluster: string, { layouts }: Here, also: readonly AdmittedPods[]): AdmittedNamespace {
  const accounts = new Map<string, { [audience: string]: number }>();
  const allow = (account: string, allowance: TokenAllowance): void => {
    const before = accounts.get(account) ?? {};
    accounts.set(account, before);
    for (const [audience, seconds] of Object.entries(allowance)) before[audience] = Math.max(before[audience] ?? 0, seconds);
  };
  for (const layout of layouts) {
    for (const each of layout.subjects) {
      if (each.cluster.name !== cluster || each.subject.namespace !== namespace) continue;
      for (const allowance of [{}, ...askedBy(layout, each)]) allow(each.subject.serviceAccount, allowance);
    }
  }
  const here = also.filter(entry => entry.namespace === namespace);
  for (const { serviceAccount } of here) if (serviceAccount !== undefined) allow(serviceAccount, {});
  for (const { serviceAccount, audiences = {}, automount } of here) {
    const allowance = automount === true ? { ...audiences, '': AUTOMOUNTED_SECONDS } : audiences;
    for (const account of serviceAccount === undefined ? [...accounts.keys()] : [serviceAccount]) allow(account, allowance);
  }
  return { namespace, accounts };
}

/** Every audience must be known: one that is not would be refused to everybody. */
export function checkKnown({ layouts, subjects }: Here, cluster: string, facts: Facts, definitions: readonly WorkloadIdentityDefinition[]): void {
  const edges = layouts.flatMap(layout => layout.edges).filter(edge => edge.cluster.name === cluster);
  const missing = needsOf([subjects.map(({ injection }) => injection.volumes), edges.map(audienceOf)]);
  if (missing.length > 0) throw missingFacts(missing, facts, definitions);
}

/** What the pods of one service account of a definition have, whoever gives it to them. */
function askedBy({ definition, edges }: Layout, { cluster, subject, injection }: SubjectLayout): readonly TokenAllowance[] {
  const isThis = (each: Subject): boolean => each.namespace === subject.namespace && each.serviceAccount === subject.serviceAccount;
  const projected = injection.volumes.flatMap(volume => volume.projected.sources).flatMap(source => ('serviceAccountToken' in source ? [source.serviceAccountToken] : []));
  const account = definition.runsAs.find(each => isThis(each) && (each.clusters?.includes(cluster.name) ?? true));
  return [
    ...projected.map(({ audience = '', expirationSeconds }) => ({ [audience as string]: expirationSeconds })),
    ...edges.filter(edge => edge.cluster.name === cluster.name && isThis(edge.subject)).map(asked),
    // Whether the account of somebody else is automounted is for its maker to say.
    ...(definition.apiToken || account?.create === false ? [{ '': AUTOMOUNTED_SECONDS }] : []),
  ];
}

function asked(edge: Edge): TokenAllowance {
  const provider = providerOf(edge.provider as ProviderId);
  const seconds = provider.lifetimeOf(edge) ?? PLATFORM_SECONDS;
  const audiences = [audienceOf(edge) as string, ...provider.otherAudiencesOf?.(edge) ?? []];
  return Object.fromEntries(audiences.map(audience => [audience, seconds]));
}

function audienceOf(edge: Edge): Deferrable<string> {
  return providerOf(edge.provider as ProviderId).audienceOf(edge);
}
