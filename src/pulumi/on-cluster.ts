import * as pulumi from '@pulumi/pulumi';
import type { FactSources } from './facts';
import { missingFacts } from './given-facts';
import type { Pending } from './pending';
import { injectInto } from './pod-template';
import { needsOf } from '../core/deferred';
import { chooseAccount } from '../identity/choose-account';
import type { Layout, SubjectLayout } from '../identity/layout';
import type { PodInjection } from '../kubernetes/injection';
import type { ObjectLayout } from '../kubernetes/manifest';
import type { ClusterDefinition } from '../platforms/cluster';
import { providerOf, type ProviderId } from '../providers';

/** An identity on one of its clusters. Pods of your own wait for what it makes by naming it: `{ dependsOn: identity }`. */
export class IdentityOnCluster {
  readonly #layout: Layout;
  readonly #cluster: ClusterDefinition;
  readonly #facts: FactSources;

  /** @internal */
  constructor(layout: Layout, cluster: ClusterDefinition, facts: FactSources) {
    this.#layout = layout;
    this.#cluster = cluster;
    this.#facts = facts;
  }

  /**
   * What pods name at each of their relying parties, by binding: a role's ARN, a client id, an e-mail address.
   *
   * @throws MissingFactError when one that nobody gives is read
   */
  get handles(): { readonly [binding: string]: pulumi.Output<string> } {
    const handles = {};
    for (const edge of this.#layout.edges.filter(each => each.cluster === this.#cluster)) {
      const get = (): pulumi.Output<string> => pulumi.output(this.#settle(providerOf(edge.provider as ProviderId).handleOf(edge)));
      Object.defineProperty(handles, edge.binding, { get, enumerable: true, configurable: true });
    }
    return handles;
  }

  /**
   * The ServiceAccount, whether it is made here or elsewhere (`create: false`): whoever makes it, a Helm chart for one,
   * has to give it these annotations and labels.
   *
   * @param as  the service account, by name or `<namespace>/<name>`. @default the identity's only one on this cluster
   * @throws InvalidDefinitionError when there is no such service account, or several and none is named
   * @throws MissingFactError when nobody gives a value that stands in it
   */
  serviceAccount(as?: string): Pending<ObjectLayout> {
    const { objects, expected } = this.#subject(as);
    return this.#settle([...objects, ...expected].find(object => object.kind === 'ServiceAccount') as ObjectLayout);
  }

  /**
   * What the pods of a service account carry: labels, volumes, mounts, environment.
   *
   * @param as  the service account, by name or `<namespace>/<name>`. @default the identity's only one on this cluster
   * @throws InvalidDefinitionError when there is no such service account, or several and none is named
   * @throws MissingFactError when nobody gives a value that stands in it
   */
  injection(as?: string): Pending<PodInjection> {
    return this.#settle(this.#subject(as).injection);
  }

  /**
   * The pod template with all that in it, for a workload that the program itself makes. What the template says already
   * is never overwritten. The workload has to be in the service account's namespace.
   *
   * ```ts
   * new k8s.apps.v1.Deployment('web', {
   *   metadata: { namespace: 'shop' },
   *   spec: { selector, template: identity.on('prod-blue').podTemplate({ metadata, spec }) },
   * }, { provider: k8sBlue, dependsOn: identity });
   * ```
   *
   * @param template  `metadata` and `spec`; Outputs may stand anywhere in it
   * @param as  the service account, by name or `<namespace>/<name>`. @default the identity's only one on this cluster
   * @returns the template, as plain as it was; an Output where an Output stands in the way, such as in the place of `containers`
   * @throws InvalidDefinitionError when there is no such service account, or several and none is named, or when the
   *   template runs as another one or uses a name of the injection for something else
   * @throws MissingFactError when nobody gives a value that pods need
   */
  podTemplate<T extends object>(template: pulumi.Input<T>, as?: string): pulumi.Input<T> {
    return injectInto(template, this.injection(as), `pod template of ${JSON.stringify(this.#layout.definition.name)} on ${this.#cluster.name}`);
  }

  #settle<T>(tree: T): Pending<T> {
    const missing = this.#facts.missing(needsOf(tree));
    if (missing.length > 0) throw missingFacts(missing);
    return this.#facts.settle(tree);
  }

  #subject(as: string | undefined): SubjectLayout {
    const all = this.#layout.subjects.filter(({ cluster }) => cluster === this.#cluster);
    const { name } = this.#layout.definition;
    const what = `workload identity ${JSON.stringify(name)}`;
    return chooseAccount(all, { as }, { what, whose: `${name} in ${this.#cluster.name}`, at: 'as', say: 'podTemplate(template, "<namespace>/<name>")' });
  }
}
