import type { ApiServerFlag } from '../../core/api-server-flag';

/** Flags of kube-apiserver by name, without dashes: a list for those that are given several times. */
export interface ApiServerFlagMap {
  readonly [flag: string]: string | readonly string[];
}

/** One flag in a kubeadm configuration from v1beta4 on. */
export type KubeadmArgument = ApiServerFlag;

/**
 * A kubeadm ClusterConfiguration, of which the flags of kube-apiserver are looked at.
 * https://kubernetes.io/docs/reference/config-api/kubeadm-config.v1beta4/
 */
export interface KubeadmClusterConfiguration {
  /** `kubeadm.k8s.io/v1beta4` or `kubeadm.k8s.io/v1beta3`. */
  readonly apiVersion: string;
  readonly kind: 'ClusterConfiguration';
  readonly networking?: {
    /** @default 'cluster.local' */
    readonly dnsDomain?: string;
    readonly [field: string]: unknown;
  };
  readonly apiServer?: {
    /** A list from v1beta4 on, so that a flag can be there twice; a map before. */
    readonly extraArgs?: readonly KubeadmArgument[] | { readonly [flag: string]: string };
    readonly [field: string]: unknown;
  };
  readonly [field: string]: unknown;
}

/** A whole command line (`['--service-account-issuer=…', …]`, as in a static pod), the flags by name, or a kubeadm configuration. */
export type ApiServerFlags = readonly string[] | ApiServerFlagMap | KubeadmClusterConfiguration;
