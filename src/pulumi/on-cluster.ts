import * as pulumi from '@pulumi/pulumi';
import type { FactSources } from './facts';
import { missingFacts } from './given-facts';
import type { Pending } from './pending';
import { injectInto } from './pod-template';
import { transformOf } from './transform';
import { needsOf } from '../core/deferred';
import { checkShape, type Shape } from '../core/shape';
import { chooseAccount } from '../identity/choose-account';
import type { Layout, SubjectLayout } from '../identity/layout';
import { readChoice, type WorkloadChoice } from '../identity/workload-choice';
import type { PodInjection } from '../kubernetes/injection';
import type { ObjectLayout } from '../kubernetes/manifest';
import type { ClusterDefinition } from '../platforms/cluster';
import { providerOf, type ProviderId } from '../providers';

/** Which workloads a transform is for. */
export interface TransformOptions {
  /**
   * The one that is meant: `Deployment/web`, or by kind, name, namespace and labels.
   * @default every one whose pods say that they run as one of the identity's service accounts
   */
  readonly workload?: WorkloadChoice;
  /** The service account, by name or `<namespace>/<name>`. @default the identity's only one on this cluster; without `workload`, all of them */
  readonly as?: string;
}

const TRANSFORM: Shape<TransformOptions> = { workload: 'value?', as: 'text?' };

/** An identity on one of its clusters. Pods of your own wait for what it makes by naming it: `{ dependsOn: identity }`. */
export class IdentityOnCluster {
  readonly #layout: Layout;
  readonly #cluster: ClusterDefinition;
  readonly #facts: FactSources;
  readonly #made: readonly pulumi.Resource[];

  /** @internal */
  constructor(layout: Layout, cluster: ClusterDefinition, facts: FactSources, made: readonly pulumi.Resource[]) {
    this.#layout = layout;
    this.#cluster = cluster;
    this.#facts = facts;
    this.#made = made;
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

  /**
   * Gives all that to workloads that somebody else makes, as a transform of resources: of a Helm chart, a ConfigGroup or YAML file, of a
   * component, or of one Deployment. They wait for what the identity makes. All other resources are left alone; but a ServiceAccount of
   * the same name that is made elsewhere (`create: false`) gets the annotations and labels that its pods need.
   *
   * ```ts
   * new k8s.helm.v4.Chart('shop', { chart: './shop', namespace: 'shop' }, {
   *   transforms: [identity.on('prod-blue').transform({ workload: 'Deployment/web' })],
   * });
   * ```
   *
   * A workload whose name or service account a preview does not know yet is shown as it was.
   *
   * @throws InvalidDefinitionError when there is no such service account, or several and a workload is named, or when the workload is
   *   chosen by nothing. What contradicts the identity, such as another service account, fails the resource with the same error
   * @throws MissingFactError when nobody gives a value that pods need
   */
  transform(options: TransformOptions = {}): pulumi.ResourceTransform {
    checkShape(options, TRANSFORM, 'transform');
    const { workload, as } = options;
    const { name } = this.#layout.definition;
    const subjects = workload === undefined && as === undefined ? this.#subjects() : [this.#subject(as)];
    return transformOf({
      whose: `${JSON.stringify(name)} on ${this.#cluster.name}`,
      selector: workload === undefined ? undefined : readChoice(workload),
      after: this.#made,
      accounts: subjects.map(({ injection, expected: [expected] }) => ({
        injection: this.#settle(injection), made: expected === undefined, expected: () => this.#settle(expected as ObjectLayout),
      })),
    });
  }

  #settle<T>(tree: T): Pending<T> {
    const missing = this.#facts.missing(needsOf(tree));
    if (missing.length > 0) throw missingFacts(missing);
    return this.#facts.settle(tree);
  }

  #subjects(): readonly SubjectLayout[] {
    return this.#layout.subjects.filter(({ cluster }) => cluster === this.#cluster);
  }

  #subject(as: string | undefined): SubjectLayout {
    const { name } = this.#layout.definition;
    const what = `workload identity ${JSON.stringify(name)}`;
    return chooseAccount(this.#subjects(), { as }, { what, whose: `${name} in ${this.#cluster.name}`, at: 'as', say: 'podTemplate(template, "<namespace>/<name>")' });
  }
}
