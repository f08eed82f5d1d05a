import type { ContainerResourceInput, PodCertificateSourceInput, TrustBundleSourceInput } from './volume-input';
import type { Deferrable } from '../core/deferred';

/** Names and values of a label or annotation map. */
export type StringMap = { readonly [key: string]: string };

/** Any Kubernetes object, as data. */
export interface KubernetesObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: ObjectMeta;
  readonly [field: string]: unknown;
}

/** The part of an object's metadata that identity is about. */
export interface ObjectMeta {
  readonly name: string;
  readonly namespace?: string;
  readonly labels?: StringMap;
  readonly annotations?: StringMap;
}

/** An object whose leaves may still wait for facts. Which objects there are never waits. */
export interface ObjectLayout {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: Deferrable<string>;
    readonly namespace?: string;
    readonly labels?: StringMap;
    readonly annotations?: { readonly [key: string]: Deferrable<string> };
  };
  readonly [field: string]: unknown;
}

/** A projected volume, and nothing else: the only kind that Symbolon makes. */
export interface ProjectedVolume {
  readonly name: string;
  readonly projected: {
    readonly sources: readonly ProjectedSource[];
    /** In decimal, as JSON has it: 288 is `0440`. */
    readonly defaultMode?: number;
  };
}

/** One source of a projected volume. https://kubernetes.io/docs/concepts/storage/projected-volumes/ */
export type ProjectedSource =
  | { readonly serviceAccountToken: TokenProjection }
  | { readonly configMap: KeysProjection }
  | { readonly secret: KeysProjection }
  | { readonly downwardAPI: { readonly items: readonly DownwardItem[] } }
  | { readonly clusterTrustBundle: TrustBundleSourceInput }
  | { readonly podCertificate: PodCertificateSourceInput };

/** Keys of a ConfigMap or Secret as files; without items, all of them. */
export interface KeysProjection {
  readonly name: Deferrable<string>;
  readonly items?: readonly { readonly key: string; readonly path: string; readonly mode?: number }[];
  readonly optional?: boolean;
}

/** A field of the pod, or of what a container may use, as a file. */
export interface DownwardItem {
  readonly path: string;
  readonly fieldRef?: { readonly apiVersion: string; readonly fieldPath: string };
  readonly resourceFieldRef?: ContainerResourceInput;
  readonly mode?: number;
}

/** What the kubelet is asked for. Without an audience it asks for the API server's own. */
export interface TokenProjection {
  readonly audience?: Deferrable<string>;
  /** Seconds, 600 to 4294967296. */
  readonly expirationSeconds: number;
  /** Relative to the mount. */
  readonly path: string;
}
