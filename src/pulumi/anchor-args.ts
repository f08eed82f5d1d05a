import type * as pulumi from '@pulumi/pulumi';
import type { FactArgs } from './args';
import type { ClusterDefinition, ClusterInput } from '../platforms/cluster';
import type { ProviderId } from '../providers';

/** One account that is to trust the cluster. */
export interface AnchorArgs {
  /**
   * The account, as bindings name it: on AWS its 12 digits, on Google Cloud the number of the project that holds the pool;
   * of Vault, where the mount answers: `https://vault.example.com/v1/auth/kubernetes`.
   */
  readonly account: pulumi.Input<string>;
  /** Whom tokens may be for. @default the provider's usual audience: on AWS `sts.amazonaws.com`, on Google Cloud the provider's own name, or what the cluster's `gcpPool` says */
  readonly audiences?: readonly pulumi.Input<string>[];
  /** On AWS the partition, of Vault the auth method. @default the partition of the cluster; `kubernetes` */
  readonly realm?: string;
  /** What nobody may read, by name: of Vault the `reviewerToken`. It is a secret in the stack's state, whatever it was before, and stands nowhere else. */
  readonly secrets?: { readonly [name: string]: pulumi.Input<string> };
  /**
   * The anchor is there: `eksctl`, Terraform, the console or another stack made it. It is looked up and compared with what
   * identities of the cluster need of it, and never made, changed or deleted here. Where it is not there, the deployment fails.
   * https://www.pulumi.com/docs/iac/concepts/resources/get/
   * @default false: it is made here
   */
  readonly existing?: boolean;
  /** The cloud's provider, with credentials for this account. @default the provider of the component */
  readonly provider?: pulumi.ProviderResource;
}

/** The accounts that are to trust a cluster, by provider. */
export type AnchorsIn = { readonly [provider in ProviderId]?: readonly (pulumi.Input<string> | AnchorArgs)[] };

/** What `TrustAnchors` is made from: `{ cluster: blue, aws: ['111122223333'] }`. */
export interface TrustAnchorsArgs extends AnchorsIn {
  /** The cluster: what `defineCluster` returned, or what it takes. */
  readonly cluster: ClusterDefinition | ClusterInput;
  /** Values that the stack computes: `issuer`, where the definition does not say it. */
  readonly facts?: FactArgs;
}
