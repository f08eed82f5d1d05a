import type { ConsumerName } from '../parts/consumers';

/**
 * What the suites are told of the systems that run, as JSON in an environment variable. A system that does not run is
 * left out.
 */
export interface Systems {
  readonly apiServer?: ApiServerFacts;
  readonly eksWebhook?: EksWebhookFacts;
  readonly azureWebhook?: AzureWebhookFacts;
  readonly pulumi?: PulumiFacts;
  readonly platforms?: PlatformsFacts;
  readonly sdkClients?: SdkClientsFacts;
  readonly moto?: MotoFacts;
  readonly consumers?: ConsumersFacts;
}

export interface ApiServerFacts {
  /** The path of a kubeconfig whose user may do everything. */
  readonly kubeconfig: string;
  /** The issuer of the tokens. */
  readonly issuer: string;
  /** The path of the key that signs the tokens, for a server of ours. */
  readonly signingKey?: string;
  /** `v1.36.3`. */
  readonly version: string;
  /** False for somebody's cluster, where nothing may be touched but what the suites made. */
  readonly own: boolean;
  /** In somebody's cluster: how the names begin of all namespaces, and of all things without one, that the suites make. They are removed at the end. */
  readonly prefix: string;
}

/** A webhook sees the pods of the namespaces that have its labels. */
export interface EksWebhookFacts {
  /** The file in which they read which service accounts have an association of Pod Identity. */
  readonly associationsFile: string;
  /** By the region that the webhook was told; `none` for one that was told none. */
  readonly namespaceLabels: { readonly [region: string]: { readonly [label: string]: string } };
}

export interface AzureWebhookFacts {
  /** By the cloud that the webhook was told, as definitions name it. */
  readonly namespaceLabels: { readonly [cloud: string]: { readonly [label: string]: string } };
  /** The tenant of service accounts that name none. */
  readonly tenantId: string;
}

/** An API server of ours for each platform, whose issuer is one of that platform. */
export interface PlatformsFacts {
  readonly [platform: string]: ApiServerFacts;
}

/** The folders in which programs find the SDKs of a provider; left out for one that could not be had. */
export interface SdkClientsFacts {
  readonly aws?: string;
  readonly azure?: string;
  readonly gcp?: string;
  readonly alibaba?: string;
  /** An API of one's own, for which there is no SDK: any folder will do. */
  readonly jwt?: string;
  /** Vault's API is plain enough to need no SDK: any folder will do. */
  readonly vault?: string;
  /** Where the files of pods are laid out, and removed with everything else. */
  readonly scratch: string;
}

export interface MotoFacts {
  /** The address of an AWS that keeps what it is told, in any account. */
  readonly url: string;
  /** The folder of the SDK with which it is asked. */
  readonly sdk: string;
}

export interface ConsumersFacts {
  /** The packed library. */
  readonly tarball: string;
  /** What consumers have installed, each in a folder that nobody may change. */
  readonly folders: { readonly [name in ConsumerName]?: string };
  /** Why a folder is not there. */
  readonly missing: { readonly [name: string]: string };
  /** Where projects are made, and removed with everything else. */
  readonly scratch: string;
}

export interface PulumiFacts {
  /** The folder of an installation: `bin/pulumi`. */
  readonly root: string;
  /** The recording providers, as a project names them. */
  readonly plugins: readonly { readonly name: string; readonly path: string }[];
  /** The folder of the real provider of Kubernetes; left out where it could not be had. */
  readonly kubernetes?: string;
  /** Where stacks are kept, and removed with everything else. */
  readonly scratch: string;
}

/** The variable that holds the {@link Systems}. */
export const SYSTEMS_VARIABLE = 'SYMBOLON_CONFORMANCE_SYSTEMS';
/** The file to which the suites add what belongs in the report, a JSON value on each line. */
export const NOTES_VARIABLE = 'SYMBOLON_CONFORMANCE_NOTES';
