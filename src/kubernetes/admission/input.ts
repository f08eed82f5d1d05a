/** What the API server does with what a policy does not allow. `Deny` refuses it, `Warn` tells whoever asks, `Audit` writes it into the audit log. */
export type AdmissionAction = 'Deny' | 'Warn' | 'Audit';

/** For how long tokens may live, in seconds, by their audience. */
export interface TokenAllowance {
  readonly [audience: string]: number;
}

/** More that may run in a namespace of the definitions: what no definition says, and is there for a reason. */
export interface AdmittedPods {
  /** One of the namespaces of the definitions. */
  readonly namespace: string;
  /** The service account that pods may run as. @default every one that may run in the namespace by the definitions and by the other entries */
  readonly serviceAccount?: string;
  /** The audiences of its tokens, each with the seconds that they live at most: `{ 'istio-ca': 43200 }` for what Istio adds to pods. @default none */
  readonly audiences?: TokenAllowance;
  /** Whether its pods may have the token that Kubernetes mounts by itself, for its own API. @default false */
  readonly automount?: boolean;
}

/** What the pods and the tokens of one namespace may be. */
export interface AdmittedNamespace {
  readonly namespace: string;
  /** By service account. The audience `''` stands for the API server's own, as a pod asks for it: by naming none. */
  readonly accounts: ReadonlyMap<string, TokenAllowance>;
}
