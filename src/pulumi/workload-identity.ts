import * as pulumi from '@pulumi/pulumi';
import type { WorkloadIdentityArgs } from './args';
import { makeDocuments } from './cloud-half';
import type { FactSources, StackFacts } from './facts';
import { makeObjects, type MadeObject } from './kubernetes-half';
import { IdentityOnCluster } from './on-cluster';
import { prepareIdentity } from './prepare-identity';
import { verifiersOf, type Verifiers } from './verifiers';
import { checkWorkloadIdentity, knownLayoutOf } from '../identity/define';
import { findCluster } from '../identity/half';
import { needsOfLayout, type Layout } from '../identity/layout';
import type { ClusterDefinition } from '../platforms/cluster';
import type { TrustLayout } from '../providers/provider';

/**
 * A workload identity in a stack: the cloud half, the Kubernetes half or both, as child resources.
 *
 * Everything is checked before anything is registered. What exists follows from the definition alone; values that the
 * stack computes are facts, and only what needs one of them waits for it. IAM roles, accounts and credentials carry the
 * names that the definition gives them, so that handles can be written down before they are made.
 *
 * ```ts
 * const identity = new WorkloadIdentity('checkout', {
 *   definition: checkout,
 *   halves: 'both',
 *   on: { 'prod-blue': { facts: { issuer: cluster.oidcIssuer }, kubernetes: k8sBlue } },
 * });
 * export const symbolon = identity.facts;
 * ```
 */
export class WorkloadIdentity extends pulumi.ComponentResource {
  /**
   * Every fact that was given, and what the clouds answer of those that the definition needs. Export it as `symbolon`,
   * and `pulumi stack output --json` is what `symbolon synth --facts` reads; a stack with several identities exports a list.
   */
  readonly facts: pulumi.Output<StackFacts>;

  /**
   * What each API of your own has to know of this identity, by the API's `audience`: for a ConfigMap, or for Istio by `istioPolicies`.
   * Several identities are callers of one API when the lists of their `callers` are put together. To read one throws a MissingFactError
   * where nobody gives the issuer.
   */
  readonly verifiers: Verifiers;

  readonly #layout: Layout;
  readonly #sources: FactSources;
  readonly #cloud: readonly pulumi.Resource[];
  readonly #objects: readonly MadeObject[];

  /**
   * @param name  the component's name in the stack; it begins the names of all its resources
   * @throws InvalidDefinitionError when the definition is a plain object with mistakes in it, when a fact breaks one of
   *   its rules, or when another component makes one of the same things
   * @throws InvalidArgsError (a `pulumi.InputPropertiesError`) when the arguments do not go with the definition
   * @throws InvalidFactsError when facts and definition contradict each other
   * @throws MissingFactError with every fact that these halves need and nobody gives
   * @throws MissingPeerError when the SDK of a cloud that the definition uses is not installed
   */
  constructor(name: string, args: WorkloadIdentityArgs, opts?: pulumi.ComponentResourceOptions) {
    const { layout, sources, documents, objects } = prepareIdentity(name, args);
    // The arguments are not recorded: the component, and with it everything, would wait for all of them.
    super('symbolon:index:WorkloadIdentity', name, {}, opts);
    this.#layout = layout;
    this.#sources = sources;
    const site = { name, parent: this, facts: sources };
    this.#cloud = makeDocuments(documents, site, document => ({ provider: cloudProvider(document, args, layout) }));
    this.#objects = makeObjects(objects, site, this.#cloud, cluster => args.on?.[cluster]?.kubernetes);
    const told = documents.flatMap(({ document: { provides = [] } }) => provides.filter(fact => fact.told === true));
    this.verifiers = verifiersOf(layout, sources);
    this.facts = sources.export([...needsOfLayout(knownLayoutOf(layout.definition)), ...told]);
    for (const warning of checkWorkloadIdentity(layout.definition)) void pulumi.log.warn(`${warning.message} [${warning.code}]`, this);
    this.registerOutputs({ facts: this.facts });
  }

  /**
   * The identity on one of its clusters: handles, and what its pods carry.
   *
   * @param cluster  one of the definition's clusters, or its name
   * @throws InvalidDefinitionError when the identity does not run there
   */
  on(cluster: ClusterDefinition | string): IdentityOnCluster {
    const home = findCluster(this.#layout.definition, cluster);
    const objects = this.#objects.filter(object => object.cluster === home).map(({ resource }) => resource);
    return new IdentityOnCluster(this.#layout, home, this.#sources, [...this.#cloud, ...objects]);
  }
}

/** The provider for the cloud identity that the document belongs to: of the cluster that has one of its own, else the binding's. */
function cloudProvider({ binding, variant = '' }: TrustLayout, { on, trustedBy }: WorkloadIdentityArgs, { edges }: Layout): pulumi.ProviderResource | undefined {
  const own = edges.filter(edge => variant !== '' && edge.binding === binding && edge.variant === variant).map(edge => on?.[edge.cluster.name]?.trustedBy?.[binding]?.provider);
  return own.find(provider => provider !== undefined) ?? trustedBy?.[binding]?.provider;
}
