import { derive } from '../../core/deferred';
import type { PodSide } from '../provider';
import { federationOf } from './federation';
import type { GcpEdge } from './settings';

/** What the webhook reads: https://github.com/pfnet-research/gcp-workload-identity-federation-webhook */
const DOMAIN = 'cloud.google.com';

/** Where it mounts the token and the credential configuration. */
const MOUNTS: readonly string[] = ['/var/run/secrets/sts.googleapis.com/serviceaccount', '/var/run/secrets/workload-identity'];

/** Shorter lifetimes it takes for this one, without a word. */
export const MIN_WEBHOOK_SECONDS = 3600;

/**
 * Annotations for the webhook that people run outside GKE. Audience and lifetime are always said, since its own defaults
 * are those of a provider that allows `sts.googleapis.com`, and a day. Its direct mode needs no container beside the
 * pod's.
 */
export function webhook(edge: GcpEdge): PodSide {
  const { settings } = edge;
  const federation = federationOf(edge);
  return {
    annotations: {
      [`${DOMAIN}/workload-identity-provider`]: derive([federation.exchangeOf(edge)], exchange => exchange.replace(/^\/\/iam\.googleapis\.com\//, '')),
      [`${DOMAIN}/service-account-email`]: settings.email,
      [`${DOMAIN}/audience`]: federation.audienceOf(edge),
      [`${DOMAIN}/token-expiration`]: String(settings.expirationSeconds),
      [`${DOMAIN}/injection-mode`]: 'direct',
    },
    injection: {
      ...(settings.skipContainers !== undefined && { annotations: { [`${DOMAIN}/skip-containers`]: settings.skipContainers.join(',') } }),
      reserved: MOUNTS,
    },
  };
}
