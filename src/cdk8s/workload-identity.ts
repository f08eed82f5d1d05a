import { Chart, JsonPatch, type ApiObject } from 'cdk8s';
import { Construct, type IConstruct } from 'constructs';
import { claimAccount, type Account, type MadeObject } from './accounts';
import { injectWhenRendered } from './inject';
import { KnownObject } from './known-object';
import { located } from './located';
import { warnOnce } from './warn';
import { accountNamedBy, refuseLists, workloadOf, workloadsIn } from './workloads';
import type { Subject } from '../core/claims';
import { checkShape, type Shape } from '../core/shape';
import { chooseAccount, type Wish } from '../identity/choose-account';
import { checkWorkloadIdentity, defineWorkloadIdentity } from '../identity/define';
import type { WorkloadIdentityDefinition } from '../identity/definition';
import type { Facts } from '../identity/facts';
import { factsIn } from '../identity/given';
import { halfOf, handlesOf, knownObject, type AccountHalf, type KubernetesHalf } from '../identity/half';
import type { WorkloadIdentityInput } from '../identity/input';
import { complainNoneRunsAs, type WorkloadChoice } from '../identity/workload-choice';
// Loaded with the first definition elsewhere: nobody loads this door without one.
import '../identity/structure.generated';
import type { KubernetesObject, ObjectLayout } from '../kubernetes/manifest';
import type { ClusterDefinition } from '../platforms/cluster';

/** What a {@link WorkloadIdentity} is made from. */
export interface WorkloadIdentityProps {
  /** What `defineWorkloadIdentity` returned, or what it takes. */
  readonly definition: WorkloadIdentityDefinition | WorkloadIdentityInput;
  /** The cluster that the chart is for: one of the definition's, or its name. */
  readonly cluster: ClusterDefinition | string;
  /** Values that only the environment knows, such as an Azure client id. @default none: everything is in the definition or follows from it */
  readonly facts?: Facts;
}

/** How a workload is attached. */
export interface AttachOptions {
  /**
   * The service account that the workload's pods run as: its name, or `<namespace>/<name>`.
   * @default the identity's only one, else its only one in the workload's namespace
   */
  readonly as?: string;
  /**
   * Which of several workloads in a Helm chart, an Include or any construct is meant: `Deployment/web`, or by kind, name, namespace and labels.
   * @default the only one
   */
  readonly workload?: WorkloadChoice;
}

const PROPS: Shape<WorkloadIdentityProps> = { definition: 'value', cluster: 'value?', facts: 'value?' };
const OPTIONS: Shape<AttachOptions> = { as: 'text?', workload: 'value?' };

/** Where the command line finds what a construct was made from; shared by all copies of the package. */
const MADE_FROM = Symbol.for('symbolon.WorkloadIdentity');

/**
 * The Kubernetes half of a workload identity, in one cluster: its service accounts, with their roles and bindings, in
 * the chart that it is made in; and in the pods of the workloads that it is attached to, their tokens.
 *
 * A namespace of the chart is not used for them: the definition says where the identity runs.
 */
export class WorkloadIdentity extends Construct {
  private readonly half: KubernetesHalf;
  private readonly accounts = new Map<Subject, Account>();

  /**
   * @throws InvalidDefinitionError when the definition is a plain object with mistakes in it, when the identity does not run in the cluster,
   *   or when the chart has one of its service accounts already
   * @throws MissingFactError with every fact that the Kubernetes half needs and nobody gave
   * @throws InvalidFactsError when facts and definition contradict each other
   */
  constructor(scope: Construct, id: string, props: WorkloadIdentityProps) {
    super(scope, id);
    located(this, () => checkShape(props, PROPS, 'workload identity'));
    const facts = located(this, () => factsIn(props.facts ?? {}));
    this.half = located(this, () => halfOf(defineWorkloadIdentity(props.definition), props.cluster, facts));
    Object.defineProperty(this, MADE_FROM, { value: { definition: this.half.layout.definition, cluster: this.half.cluster, facts } });
    located(this, () => this.makeObjects());
    for (const warning of checkWorkloadIdentity(this.half.layout.definition)) warnOnce(this, warning);
  }

  /** The service accounts that the identity runs as in this cluster, made here or elsewhere. */
  get serviceAccounts(): readonly Subject[] {
    return this.half.accounts.map(account => account.subject);
  }

  /**
   * The name of the only service account.
   *
   * @throws InvalidDefinitionError when there are several, or none in this cluster
   */
  get serviceAccountName(): string {
    return located(this, () => this.account({}, 'serviceAccountName').subject.serviceAccount);
  }

  /**
   * What the pods are at each of their relying parties, by binding: a role's ARN, a client id, an e-mail address.
   *
   * @throws MissingFactError when one of them is not known
   */
  get handles(): { readonly [binding: string]: string } {
    return located(this, () => handlesOf(this.half));
  }

  /**
   * Gives the identity to the pods of a workload: service account, tokens, mounts, environment and labels. Containers
   * that are added later get them as well. What the workload says already is never overwritten: a contradiction fails
   * the synthesis, with a code.
   *
   * @param workload  a workload of any cdk8s-plus, an object of `cdk8s import`, an ApiObject, or a construct with one
   *   workload in it, such as an Include or a Helm chart
   * @returns this, so that several can be attached in one go
   * @throws InvalidDefinitionError when there is no workload or more than one, or when it does not follow which service account it runs as
   */
  attachTo(workload: IConstruct, options: AttachOptions = {}): this {
    return located(this, () => {
      checkShape(options, OPTIONS, 'attachTo');
      const object = workloadOf(workload, options.workload);
      return this.give(object, this.account({ as: options.as, namespace: object.metadata.namespace }, object.node.path));
    });
  }

  /**
   * Gives the identity to all workloads inside a construct whose pods say that they run as one of its service accounts: for a Helm
   * chart or an Include, or for a whole chart. Those that name another service account, or none, are left alone.
   *
   * @param scope  what is inside it when this is called
   * @returns this, so that several can be attached in one go
   * @throws InvalidDefinitionError when none of them does, or when one of them is an item of a List
   */
  attachToAll(scope: IConstruct): this {
    const isOurs = (name: string | undefined, namespace: string | undefined): boolean =>
      this.half.accounts.some(({ subject }) => subject.serviceAccount === name && (namespace ?? subject.namespace) === subject.namespace);
    const workloads = located(this, () => workloadsIn(scope)).map(object => ({ object, name: accountNamedBy(object) }));
    located(this, () => refuseLists(scope.node.findAll(), 'attachToAll', ({ account, namespace }) => isOurs(account, namespace)));
    let found = false;
    for (const { object, name } of workloads) {
      const { namespace } = object.metadata;
      if (!isOurs(name, namespace)) continue;
      found = true;
      this.give(object, located(this, () => this.account({ as: name, namespace }, object.node.path)));
    }
    if (!found) located(this, () => complainNoneRunsAs(scope.node.path, this.serviceAccounts, workloads.map(({ object, name }) => `${object.kind}/${object.name} as ${name ?? 'default'}`)));
    return this;
  }

  private give(object: ApiObject, { subject, injection }: AccountHalf): this {
    const account = this.accounts.get(subject);
    account?.charts.add(object.chart);
    account?.workloads.push(object);
    injectWhenRendered(object, injection, account?.made);
    return this;
  }

  private account(wish: Wish, at: string): AccountHalf {
    const { accounts, cluster, layout } = this.half;
    const whose = `${layout.definition.name} in ${cluster.name}`;
    return chooseAccount(accounts, wish, { what: 'service account', whose, at, say: 'attachTo(workload, { as: "<namespace>/<name>" })' });
  }

  private makeObjects(): void {
    const ids = new Map<string, number>();
    const chart = Chart.of(this);
    for (const { subject, objects, expected } of this.half.accounts) {
      let account: ApiObject | undefined;
      const makes: MadeObject[] = [];
      for (const object of objects) {
        // Ids are the same for every identity: cdk8s is slow with keys that it has not met before.
        const count = (ids.get(object.kind) ?? 0) + 1;
        ids.set(object.kind, count);
        const made = this.make(count === 1 ? object.kind : `${object.kind}-${count}`, object);
        makes.push({ object: made, namespace: object.metadata.namespace });
        if (object.kind === 'ServiceAccount') account = made;
      }
      const look = (): KubernetesObject => located(this, () => knownObject(expected[0] as ObjectLayout));
      const claimed: Account = { maker: this, subject, made: account, objects: makes, expected: look, charts: new Set([chart]), workloads: [] };
      this.accounts.set(subject, claimed);
      claimAccount(claimed);
    }
  }

  private make(id: string, manifest: KubernetesObject): ApiObject {
    const object = new KnownObject(this, id, manifest);
    // cdk8s puts the chart's namespace into every object that has none, and these have none on purpose.
    if (manifest.metadata.namespace === undefined && object.metadata.namespace !== undefined) object.addJsonPatch(JsonPatch.remove('/metadata/namespace'));
    return object;
  }
}
