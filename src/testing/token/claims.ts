import { createHash } from 'node:crypto';
import { subjectOf } from '../../core/claims';
import type { TokenFile } from '../../proof/files';
import type { PodView } from '../../proof/pods';

/** An object that a token names. */
export interface BoundObject {
  readonly name: string;
  readonly uid: string;
}

/** The claims of a token that the kubelet projects, as Kubernetes 1.32 and newer make them. https://kubernetes.io/docs/reference/access-authn-authz/service-accounts-admin/ */
export interface PodTokenClaims {
  /** Always a list. */
  readonly 'aud': readonly string[];
  /** Seconds since 1970, as `iat` and `nbf` are. */
  readonly 'exp': number;
  readonly 'iat': number;
  readonly 'iss': string;
  readonly 'jti': string;
  readonly 'kubernetes.io': {
    readonly namespace: string;
    readonly node: BoundObject;
    readonly pod: BoundObject;
    readonly serviceaccount: BoundObject;
  };
  readonly 'nbf': number;
  readonly 'sub': string;
}

/** What the API server and the cluster make up, made of names alone, so that it is the same every time. */
export function claimsOf(pod: PodView, issuer: string, { audience, expirationSeconds }: TokenFile, issuedAt: number): PodTokenClaims {
  const { namespace, serviceAccount, workload, cluster } = pod;
  const name = podName(workload);
  const uidOf = (...what: readonly string[]): string => uuidOf([cluster.name, ...what]);
  // Without an audience the token is for the API server, whose audiences begin with its issuer.
  const aud = [audience ?? issuer];
  return {
    aud,
    'exp': issuedAt + expirationSeconds,
    'iat': issuedAt,
    'iss': issuer,
    'jti': uidOf('token', namespace, name, ...aud, String(expirationSeconds), String(issuedAt)),
    'kubernetes.io': {
      namespace,
      node: { name: 'node-1', uid: uidOf('node', 'node-1') },
      pod: { name, uid: uidOf('pod', namespace, name) },
      serviceaccount: { name: serviceAccount, uid: uidOf('serviceaccount', namespace, serviceAccount) },
    },
    'nbf': issuedAt,
    'sub': subjectOf({ namespace, serviceAccount }),
  };
}

/** Of a Pod its own name; of what makes pods, a name like those that they give. */
function podName(workload: string): string {
  const name = workload.slice(workload.lastIndexOf('/') + 1);
  if (workload.startsWith('Pod ')) return name;
  return workload.startsWith('StatefulSet ') ? `${name}-0` : `${name}-${uuidOf([workload]).slice(0, 5)}`;
}

/** A UUID of the version that random ones have, and always the same. */
function uuidOf(what: readonly string[]): string {
  const hex = createHash('sha256').update(JSON.stringify(what)).digest('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), `4${hex.slice(13, 16)}`, `8${hex.slice(17, 20)}`, hex.slice(20, 32)].join('-');
}
