import * as pulumi from '@pulumi/pulumi';
import type { TrustAnchorsArgs } from './anchor-args';
import { makeDocuments } from './cloud-half';
import type { StackFacts } from './facts';
import { agreeing, type Trait } from './look-up';
import { prepareAnchors, type Anchor } from './prepare-anchors';
import { tiedTo } from './resource';
import type { ProviderId } from '../providers';

/**
 * The clouds' side of "tokens of this cluster may be trusted at all": on AWS the IAM OIDC provider,
 * on Google Cloud a workload identity pool and its provider. They are made once for a cluster and an account, and every
 * identity refers to them by names that follow from the two. On Google Cloud, make identities depend on them: IAM takes
 * no member of a pool that is not there.
 *
 * Azure and Google Cloud on GKE need none: there, every credential or member says it for itself. An anchor that is there already
 * (`{ account, existing: true }`) is looked up: the identities may rely on it, and nothing here ever deletes it.
 *
 * ```ts
 * const anchors = new TrustAnchors('prod-blue', { cluster: blue, aws: ['111122223333'], facts: { issuer: cluster.oidcIssuer } });
 * ```
 *
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_create_oidc.html
 */
export class TrustAnchors extends pulumi.ComponentResource {
  /** The clouds' own names of what is made, on AWS ARNs, in the order of the accounts; on Google Cloud, for each project the pool and then the provider. */
  readonly anchors: { readonly [provider in ProviderId]?: readonly pulumi.Output<string>[] };

  /** The facts that were given: the cluster's, for `readFacts`. */
  readonly facts: pulumi.Output<StackFacts>;

  /**
   * @throws InvalidDefinitionError when the cluster is a plain object with mistakes in it, or when another component makes one of the same anchors
   * @throws InvalidArgsError (a `pulumi.InputPropertiesError`) when a provider has no anchors, or an account is named twice
   * @throws InvalidFactsError when the issuer breaks a rule, or differs from the cluster's
   * @throws MissingFactError when nobody says the issuer
   * @throws MissingPeerError when a cloud's SDK is not installed
   */
  constructor(name: string, args: TrustAnchorsArgs, opts?: pulumi.ComponentResourceOptions) {
    const { anchors, sources, documents } = prepareAnchors(name, args);
    super('symbolon:index:TrustAnchors', name, {}, opts);
    const found = new Map<string, readonly Trait[]>();
    const byId = new Map(anchors.map(anchor => [anchor.layout.id, anchor]));
    const made = makeDocuments(documents, { name, parent: this, facts: sources }, ({ id }) => {
      const { provider, existing } = byId.get(id) as Anchor;
      return { provider, ...(existing && { expect: (...traits) => void found.set(id, traits) }) };
    });
    const names: { [provider in ProviderId]?: pulumi.Output<string>[] } = {};
    made.forEach((anchor, i) => {
      const { path, layout: { id, provider, name: fullName } } = anchors[i] as Anchor;
      const whole = tiedTo(anchor, sources.settle(fullName));
      const traits = found.get(id);
      (names[provider as ProviderId] ??= []).push(traits === undefined ? whole : agreeing(`trust anchors ${JSON.stringify(name)}`, path, traits).apply(() => whole));
    });
    this.anchors = names;
    this.facts = sources.export([]);
    this.registerOutputs({ anchors: names, facts: this.facts });
  }
}
