import type { ProjectedVolume, TokenProjection } from './manifest';
import type { TokenLifetime } from './volume-input';
import { complain, type Report } from '../core/issues';

/** Kubernetes' own bounds, in seconds. https://kubernetes.io/docs/reference/kubernetes-api/config-and-storage-resources/volume/ */
export const MIN_TOKEN_SECONDS = 600;
export const MAX_TOKEN_SECONDS = 4294967296;

/** The seconds that each lifetime with a name stands for. */
export const TOKEN_LIFETIMES: { readonly [name in TokenLifetime]: number } = Object.freeze({ 'shortest': MIN_TOKEN_SECONDS, 'hour': 3600, 'half-day': 43200, 'day': 86400 });

/** The lifetime in seconds. */
export function readLifetime(lifetime: number | TokenLifetime): number {
  return typeof lifetime === 'string' ? TOKEN_LIFETIMES[lifetime] : lifetime;
}

/** The one lifetime that the API server extends to a year for tokens of its own audience: that of what it mounts by itself. */
export const AUTOMOUNTED_SECONDS = 3607;

/** The volume that holds one token. No `defaultMode`: with one, a container that is not root could not read the file. */
export function tokenVolume(name: string, { audience, expirationSeconds, path }: Required<TokenProjection>): ProjectedVolume {
  return { name, projected: { sources: [{ serviceAccountToken: { audience, expirationSeconds, path } }] } };
}

/**
 * What in-cluster clients look for at `/var/run/secrets/kubernetes.io/serviceaccount`, with a token that lives an hour
 * instead of the automounted one, which the API server extends to a year.
 * https://kubernetes.io/docs/reference/access-authn-authz/service-accounts-admin/#bound-service-account-token-volume
 */
export function apiAccessVolume(name: string): ProjectedVolume {
  return {
    name,
    projected: {
      sources: [
        { serviceAccountToken: { expirationSeconds: 3600, path: 'token' } },
        { configMap: { name: 'kube-root-ca.crt', items: [{ key: 'ca.crt', path: 'ca.crt' }] } },
        { downwardAPI: { items: [{ path: 'namespace', fieldRef: { apiVersion: 'v1', fieldPath: 'metadata.namespace' } }] } },
      ],
    },
  };
}

/** When the kubelet asks for a new token: at 80 % of its life, or after a day. */
export function refreshSeconds(expirationSeconds: number): number {
  return Math.min(Math.floor(expirationSeconds * 0.8), 86400);
}

/** Whether a lifetime is in the given bounds; the platform's own limit is a warning, since it shortens silently and breaks nothing. */
export function checkLifetime(seconds: number, path: string, report: Report, bounds: { min: number; max: number; whose: string }): boolean {
  const min = Math.max(bounds.min, MIN_TOKEN_SECONDS);
  const max = Math.min(bounds.max, MAX_TOKEN_SECONDS);
  if (!Number.isInteger(seconds) || seconds < min || seconds > max) {
    complain(report, 'token/lifetime', path, { expected: `a whole number of seconds from ${min} to ${max} (${bounds.whose})`, got: seconds, fix: seconds > max ? `give at most ${max}` : seconds < min ? `give at least ${min}` : 'leave the fraction out' });
    return false;
  }
  if (seconds === AUTOMOUNTED_SECONDS) {
    complain(report, 'token/lifetime-3607', path, { expected: 'a lifetime other than 3607', got: seconds, severity: 'warning', fix: 'it is the number by which the API server knows its automounted tokens, so take 3600' });
  }
  return true;
}
