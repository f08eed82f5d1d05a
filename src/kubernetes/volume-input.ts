/** Lifetimes by name: the shortest that Kubernetes grants (600 seconds), an hour, half a day and a day. */
export type TokenLifetime = 'shortest' | 'hour' | 'half-day' | 'day';

/** One key of a ConfigMap or Secret, as a file. */
export interface KeyToFileInput {
  readonly key: string;
  /** The file, relative to the volume's folder. */
  readonly path: string;
  /** As the volume's `defaultMode` (`'0440'`, `'0o440'` or 288), for this file alone. @default the volume's */
  readonly mode?: number | string;
}

/** Keys of a ConfigMap or a Secret, in the namespace of the pods. */
export interface KeysSourceInput {
  /** The name of the object. */
  readonly name: string;
  /** The keys that become files. @default every key, as a file of its name: beside other sources such a file may hide one of theirs */
  readonly items?: readonly KeyToFileInput[];
  /** Whether pods start without the object or a key. @default false */
  readonly optional?: boolean;
}

/** A field of the pod. */
export interface PodFieldInput {
  readonly apiVersion?: 'v1';
  /** `metadata.name`, `metadata.namespace`, `metadata.uid`, `metadata.labels`, `metadata.annotations`, `metadata.labels['<key>']`, `metadata.annotations['<key>']`. */
  readonly fieldPath: string;
}

/** What a container may use. */
export interface ContainerResourceInput {
  /** The name of the container. */
  readonly containerName: string;
  /** `limits.cpu`, `requests.memory`, `limits.ephemeral-storage`, `requests.hugepages-2Mi`, … */
  readonly resource: string;
  /** The unit that it is counted in: `1m` or `1` for cpu, `1Mi` and the like for the others. @default '1' */
  readonly divisor?: string;
}

/** A field of the pod, or of what a container may use, as a file. Exactly one of the two. */
export interface DownwardFileInput {
  readonly path: string;
  readonly fieldRef?: PodFieldInput;
  readonly resourceFieldRef?: ContainerResourceInput;
  /** As the volume's `defaultMode` (`'0440'`, `'0o440'` or 288), for this file alone. @default the volume's */
  readonly mode?: number | string;
}

/** What the pod is, as files. https://kubernetes.io/docs/concepts/workloads/pods/downward-api/ */
export interface DownwardSourceInput {
  readonly items: readonly DownwardFileInput[];
}

/** One condition of a label selector. */
export interface LabelRequirementInput {
  readonly key: string;
  readonly operator: LabelOperator;
  /** For `In` and `NotIn` at least one; for the others none. */
  readonly values?: readonly string[];
}

/** How a label is compared. */
export type LabelOperator = 'In' | 'NotIn' | 'Exists' | 'DoesNotExist';

/** Objects by their labels. Without any condition: all of them. */
export interface LabelSelectorInput {
  readonly matchLabels?: { readonly [key: string]: string };
  readonly matchExpressions?: readonly LabelRequirementInput[];
}

/**
 * Certificates to be trusted, as one file. Exactly one of `name` and `signerName`.
 *
 * Needs a cluster with the gates ClusterTrustBundle and ClusterTrustBundleProjection, which are off by default: where they are off,
 * the API server drops the source without a word.
 * https://kubernetes.io/docs/reference/access-authn-authz/certificate-signing-requests/#cluster-trust-bundles
 */
export interface TrustBundleSourceInput {
  /** The bundle of this name. */
  readonly name?: string;
  /** The bundles of this signer, those that `labelSelector` selects: `example.com/signer`. */
  readonly signerName?: string;
  /** Goes with `signerName`. Kubernetes takes a missing one for "none of them", so that it has to be said: `{}` is all. */
  readonly labelSelector?: LabelSelectorInput;
  readonly path: string;
  /** Whether pods start where there is no such bundle. @default false */
  readonly optional?: boolean;
}

/** The key that the kubelet makes for a certificate. */
export type PodCertificateKeyType = 'RSA3072' | 'RSA4096' | 'ECDSAP256' | 'ECDSAP384' | 'ECDSAP521' | 'ED25519';

/**
 * A certificate of the pod's own, renewed by the kubelet. At least one of the three paths.
 *
 * Needs a cluster with the gate PodCertificateRequest, which is off by default: where it is off, the API server drops the
 * source without a word. https://kubernetes.io/docs/reference/access-authn-authz/certificate-signing-requests/#pod-certificate-requests
 */
export interface PodCertificateSourceInput {
  /** Who signs: `example.com/signer`. */
  readonly signerName: string;
  readonly keyType: PodCertificateKeyType;
  /** Seconds, 3600 to 7862400; at signers of `kubernetes.io` to 86400. @default 86400 */
  readonly maxExpirationSeconds?: number;
  /** Key and certificates in one file, which is never half renewed. */
  readonly credentialBundlePath?: string;
  readonly keyPath?: string;
  readonly certificateChainPath?: string;
  /** For the signer to read; every key with a domain: `example.com/team`. */
  readonly userAnnotations?: { readonly [key: string]: string };
}

/** One source of a volume: exactly one of these, in Kubernetes' own words. Tokens are `tokens` with the volume's name. */
export interface VolumeSourceInput {
  readonly configMap?: KeysSourceInput;
  readonly secret?: KeysSourceInput;
  readonly downwardAPI?: DownwardSourceInput;
  readonly clusterTrustBundle?: TrustBundleSourceInput;
  readonly podCertificate?: PodCertificateSourceInput;
}
