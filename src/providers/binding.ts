import type { InjectionMode } from '../platforms/cluster';

/** A value that is not in the definition: the environment gives it under this name. */
export interface FactReference {
  /**
   * The fact's name: letters, digits, `-` and `_`. It stands under the identity and the binding in a facts file.
   * @pattern ^[\w-]+$
   */
  readonly fact: string;
}

/** A value, or the name of the fact that will give it: an ARN, a scope or a bucket that another part of the stack makes. */
export type ValueOrFact = string | FactReference;

/** What every binding says about itself, whatever its provider. */
export interface BindingHead {
  /** The names of the clusters that this binding is for. @default every cluster of the identity */
  readonly clusters?: readonly string[];
}

/** The fields that a binding of any provider has, and that may differ from cluster to cluster. */
export interface BindingCommon {
  /** How the pod side comes about. @default the identity's, else the cluster's, else what the platform usually does */
  readonly injection?: InjectionMode;
  /** The names of containers, init containers among them, that do not get the credentials: by webhook in the form that it reads, explicitly by leaving them out. @default none */
  readonly skipContainers?: readonly string[];
}
