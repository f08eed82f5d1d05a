import * as pulumi from '@pulumi/pulumi';
import type { AnchorArgs, TrustAnchorsArgs } from './anchor-args';
import { checkFacts, isLate } from './check-args';
import { readyDocuments, type ReadyDocument } from './cloud-half';
import { FactSources } from './facts';
import { factsAt, missingFacts } from './given-facts';
import { InvalidArgsError } from './invalid-args';
import { claim } from './run';
import { awaitFact, isDeferred, needsOf, type Deferrable } from '../core/deferred';
import { InvalidFactsError } from '../core/errors';
import { Findings, complain, joinPath } from '../core/issues';
import { readShape, type Shape } from '../core/shape';
import { checkAudienceCount } from '../identity/anchors';
import { checkCluster } from '../identity/check-facts';
import { defineCluster } from '../identity/define-cluster';
import type { Facts } from '../identity/facts';
import { issuerOf } from '../platforms';
import type { ClusterDefinition } from '../platforms/cluster';
import { PROVIDER_IDS, providerOf, type ProviderId } from '../providers';
import type { TrustLayout } from '../providers/provider';

/** One anchor to be made, or to be looked up: with whose credentials, and where. */
export interface Anchor {
  readonly layout: TrustLayout;
  readonly account: string | undefined;
  readonly existing: boolean;
  /** The argument that asks for it: `aws[0]`. */
  readonly path: string;
  readonly provider: pulumi.ProviderResource | undefined;
}

/** A cluster, and its issuer as far as it is known before anything is made. */
interface Issuing {
  readonly cluster: ClusterDefinition;
  readonly issuer: string | undefined;
}

interface Prepared {
  readonly anchors: readonly Anchor[];
  readonly documents: readonly ReadyDocument[];
  readonly sources: FactSources;
}

/** Everything that can fail without a cloud, before the first resource is registered. */
export function prepareAnchors(name: string, args: TrustAnchorsArgs): Prepared {
  checkFields(name, args);
  const cluster = defineCluster(args.cluster);
  const what = `trust anchors of ${JSON.stringify(cluster.name)}`;
  const sources = new FactSources(factsAt(['clusters', cluster.name], args.facts), facts => checkIssuer(facts, cluster));
  const issuer = issuerOf(cluster) ?? sources.known.clusters?.[cluster.name]?.issuer;
  checkAccounts(args, cluster, issuer, what);
  checkIssuer(sources.known, cluster);
  const anchors = PROVIDER_IDS.flatMap(id => (args[id] ?? []).flatMap((entry, i) => anchorsIn(id, i, argsOf(entry), { cluster, issuer }, sources)));
  const missing = sources.missing(needsOf(anchors.map(({ layout }) => [layout.name, layout.request])));
  if (missing.length > 0) throw missingFacts(missing, () => 'facts.issuer');
  const documents = readyDocuments(anchors.map(({ layout }) => layout));
  claim(anchors.flatMap(thingsOf(cluster)), what, name);
  return { anchors, documents, sources };
}

const ACCOUNT: Shape<AnchorArgs> = { account: 'value', audiences: 'list?', realm: 'text?', secrets: 'map?', existing: 'yes or no?', provider: 'value?' };

/** Whether the arguments are any: the cluster, facts, and lists of accounts. */
function checkFields(name: string, args: unknown): void {
  const findings = new Findings();
  const { report } = findings;
  const lists = Object.fromEntries(PROVIDER_IDS.map(id => [id, 'list?'])) as { readonly [id in ProviderId]: 'list?' };
  const whole = readShape<TrustAnchorsArgs>(args, { cluster: 'value', facts: 'map?', ...lists }, '', report);
  checkFacts(whole.facts, 'facts', report);
  for (const id of PROVIDER_IDS) {
    (whole[id] ?? []).forEach((entry: unknown, i) => {
      const path = joinPath(id, i);
      const isAccount = (value: unknown): boolean => typeof value === 'string' || isLate(value);
      const account: unknown = isAccount(entry) ? entry : readShape<AnchorArgs>(entry, ACCOUNT, path, report).account;
      if (account !== undefined && !isAccount(account)) complain(report, 'args/account', `${path}.account`, { expected: 'an account as text, or an Output of one', got: account, fix: 'put it in quotes' });
    });
  }
  if (findings.errors.length > 0) throw new InvalidArgsError(`trust anchors ${JSON.stringify(name)}`, findings.errors);
}

/** What an anchor is one of: that of the cluster in the account; and, where clusters share something there, that. Whoever looks one up makes no claim. */
function thingsOf(cluster: ClusterDefinition): (anchor: Anchor) => readonly string[] {
  return ({ layout: { kind, ownedAs }, account, existing }) => (existing ? [] : [
    ...(account === undefined ? [] : [`${kind} of ${cluster.name} in ${account}`]),
    ...(ownedAs === undefined || isDeferred(ownedAs) ? [] : [`${kind} ${ownedAs}`]),
  ]);
}

function checkAccounts(args: TrustAnchorsArgs, cluster: ClusterDefinition, issuer: string | undefined, what: string): void {
  const findings = new Findings();
  for (const id of PROVIDER_IDS) {
    const accounts = (args[id] ?? []).map(entry => argsOf(entry).account);
    if (accounts.length > 0 && providerOf(id).anchorsOf === undefined) {
      complain(findings.report, 'args/no-anchor', id, { expected: 'a provider that has trust anchors', got: id, fix: 'take it out: it needs none' });
    }
    (args[id] ?? []).map(argsOf).forEach(({ account, realm, audiences = [], secrets = {}, existing = false }, i) => {
      checkAudienceCount(id, new Set(audiences).size, `${joinPath(id, i)}.audiences`, findings.report);
      const home = typeof account === 'string' ? account : undefined;
      providerOf(id).checkAnchor?.({ cluster, issuer, home, realm, existing, secrets: Object.keys(secrets), path: joinPath(id, i) }, findings.report);
    });
    accounts.forEach((account, i) => {
      if (typeof account === 'string' && accounts.indexOf(account) !== i) complain(findings.report, 'args/account', joinPath(id, i), { expected: 'every account once', got: account, fix: 'take the second one out' });
    });
  }
  if (findings.errors.length > 0) throw new InvalidArgsError(what, findings.errors);
}

function checkIssuer(facts: Facts, cluster: ClusterDefinition): void {
  const findings = new Findings();
  checkCluster(facts, cluster, findings.report);
  if (findings.errors.length > 0) throw new InvalidFactsError(findings.all);
}

/** The anchors in one account. */
function anchorsIn(id: ProviderId, index: number, args: AnchorArgs, { cluster, issuer }: Issuing, sources: FactSources): readonly Anchor[] {
  const { account, realm, audiences = [], secrets = {}, existing = false, provider } = args;
  const value = (input: pulumi.Input<string>, field: string): Deferrable<string> => {
    if (typeof input === 'string') return input;
    const at = [id, String(index), field];
    sources.provide(at, input);
    return awaitFact({ name: `${joinPath(id, index)}.${field}`, at, how: 'is computed by the stack' });
  };
  const layouts = providerOf(id).anchorsOf?.({
    cluster,
    issuer: issuer ?? awaitFact({
      name: `clusters.${cluster.name}.issuer`, at: ['clusters', cluster.name, 'issuer'], how: 'is made with the cluster; set it in defineCluster, or give it as a fact',
    }),
    home: value(account, 'account'),
    ...(realm !== undefined && { realm }),
    // Always as Outputs, so that no layout ever holds one.
    secrets: Object.fromEntries(Object.entries(secrets).map(([name, secret]) => [name, value(pulumi.secret(secret), joinPath('secrets', name))])),
    audiences: audiences.map((audience, i) => value(audience, joinPath('audiences', i))),
  }) ?? [];
  // An account that the stack computes is told from the others by its place.
  const known = typeof account === 'string' ? account : undefined;
  const own = (anchor: string): string => `${anchor}/${known ?? index}`;
  return layouts.map(layout => ({
    layout: { ...layout, id: own(layout.id), after: (layout.after ?? []).map(own) }, account: known, existing, path: joinPath(id, index), provider,
  }));
}

function argsOf(entry: pulumi.Input<string> | AnchorArgs): AnchorArgs {
  return typeof entry === 'object' && !pulumi.Output.isInstance(entry) && !(entry instanceof Promise) ? entry : { account: entry };
}
