import type { TokenLifetime, VolumeSourceInput } from '../kubernetes/volume-input';

/** One projected token, for a relying party that verifies Kubernetes' tokens itself. */
export interface TokenFields {
  /** Whom the token is for. Exactly one, and never the API server's own. */
  readonly audience: string;
  /**
   * How long a token lives; the kubelet renews it at 80 %. Seconds, 600 to 4294967296, or a name: `shortest` is 600, `hour` 3600,
   * `half-day` 43200, `day` 86400. The definition has it in seconds. @default 3600
   */
  readonly expirationSeconds?: number | TokenLifetime;
  /** The file, relative to the mount. @default 'token'; in a shared volume the token's name */
  readonly path?: string;
  /** Where the token's own volume is mounted: an absolute path. @default `/var/run/secrets/symbolon/<name of the token>` */
  readonly mountPath?: string;
  /**
   * The name of one of the `volumes`, to put the file there. Then the volume says where it is mounted and in which containers: they all
   * can read all of its files. @default a volume of its own
   */
  readonly volume?: string;
  /** The environment variable that holds the file's path. @default the token's name in capitals and `_TOKEN_FILE`: `PAYMENTS_TOKEN_FILE` */
  readonly env?: string;
  /** The names of the containers that get the token, init containers among them. @default all */
  readonly containers?: readonly string[];
  /** The names of containers that do not get it. @default none */
  readonly skipContainers?: readonly string[];
}

/** One projected volume, for several tokens together or tokens beside other files. https://kubernetes.io/docs/concepts/storage/projected-volumes/ */
export interface VolumeFields {
  /** Where it is mounted, read-only: an absolute path. @default `/var/run/secrets/symbolon/<name of the volume>` */
  readonly mountPath?: string;
  /** What is in it besides the tokens that name it. @default nothing */
  readonly sources?: readonly VolumeSourceInput[];
  /**
   * The mode of its files: text of `0` or `0o` and three octal digits, such as `'0440'` or `'0o440'`, or the same as a number, 0 to 511, as JSON and
   * Kubernetes have it (288). Other text is an error (`volume/mode`), and nothing is made of it. The definition has it as a number. A file that is not for everybody belongs to root: who is to read it needs `fsGroup`. @default 0644
   */
  readonly defaultMode?: number | string;
  /** Variables that hold the path of one of its files, by the path in the volume: `{ CA_FILE: 'ca.crt' }`; `.` is the folder. Tokens have theirs. @default none */
  readonly env?: { readonly [variable: string]: string };
  /** The names of the containers that get the volume, init containers among them. @default all */
  readonly containers?: readonly string[];
  /** The names of containers that do not get it. @default none */
  readonly skipContainers?: readonly string[];
}

/** Tokens and volumes by name. */
export interface ProjectedTokensInput {
  /** Tokens for relying parties of your own. */
  readonly tokens?: { readonly [name: string]: TokenFields };
  /** Volumes that they share, or that hold other files. The name is that of the pod's volume. */
  readonly volumes?: { readonly [name: string]: VolumeFields };
  /** The group that may read every file of the pods' volumes, for containers that do not run as root: 1 to 2147483647. A pod's own is never overwritten. @default none */
  readonly fsGroup?: number;
}
