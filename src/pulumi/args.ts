import type * as pulumi from '@pulumi/pulumi';
import type { WorkloadIdentityDefinition } from '../identity/definition';
import type { WorkloadIdentityInput } from '../identity/input';

/** Which halves a component makes. */
export type Halves =
  /** Roles, credentials, members: what the clouds hold. The Kubernetes half is applied by somebody else, such as a GitOps controller. */
  | 'cloud'
  /** ServiceAccounts and RBAC, in every cluster of the definition. */
  | 'kubernetes'
  /** Both, the cloud half first. */
  | 'both';

/** What a `WorkloadIdentity` is made from. */
export interface WorkloadIdentityArgs {
  /** What `defineWorkloadIdentity` returned, or what it takes. Plain data: values that a stack computes are facts. */
  readonly definition: WorkloadIdentityDefinition | WorkloadIdentityInput;
  /**
   * The halves that are made here.
   * @default 'cloud': objects are written to a cluster only where a program says so
   */
  readonly halves?: Halves;
  /** What is known here about each cluster, by its name in the definition. */
  readonly on?: { readonly [cluster: string]: ClusterArgs };
  /** What is known here about each binding, by its key in the definition. */
  readonly trustedBy?: { readonly [binding: string]: BindingArgs };
}

/** Facts by name. An Output is waited for, by nothing but what needs it. A fact is no secret: `readFacts` refuses one that the stack hides. */
export interface FactArgs {
  readonly [fact: string]: pulumi.Input<string>;
}

/** One cluster. */
export interface ClusterArgs {
  /** Values that belong to the cluster, such as its `issuer`. What the definition says already can be left out; it must not differ. */
  readonly facts?: FactArgs;
  /**
   * The `@pulumi/kubernetes` provider that writes to this cluster.
   * @default with one cluster, the provider of the component; with several, each needs its own
   */
  readonly kubernetes?: pulumi.ProviderResource;
  /** Bindings that have a cloud identity of their own on this cluster (`on` in the definition), by key. */
  readonly trustedBy?: { readonly [binding: string]: BindingArgs };
}

/** One binding. */
export interface BindingArgs {
  /** Values that belong to the binding: `clientId`, or the name that a `{ fact: … }` of the definition gives. */
  readonly facts?: FactArgs;
  /**
   * The cloud's provider, with credentials for the account, subscription or project that the definition names.
   * @default the provider of the component
   */
  readonly provider?: pulumi.ProviderResource;
}
