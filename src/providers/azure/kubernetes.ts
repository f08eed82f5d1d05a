import { explicit } from './explicit';
import { bindingObjects } from './identity-binding';
import { rulesByWebhook } from './pod-rules';
import { DEFAULT_SECONDS, type AzureEdge } from './settings';
import type { Deferrable } from '../../core/deferred';
import type { InjectionPart } from '../../kubernetes/injection';
import type { PodSide } from '../provider';

/** What the Azure webhook reads: https://azure.github.io/azure-workload-identity/docs/topics/service-account-labels-and-annotations.html */
const DOMAIN = 'azure.workload.identity';

/** Where the webhook mounts: up to 1.5, and from 1.6 on. */
const TAKEN = ['/var/run/secrets/azure/tokens', '/var/run/secrets/azure/wi'] as const;

export function podSideOf(edge: AzureEdge): PodSide {
  if (edge.injection === 'none') return {};
  return edge.injection === 'webhook' ? webhook(edge) : { injection: explicit(edge) };
}

/** Annotations on the ServiceAccount; the label belongs on the POD: on the account it has done nothing since 1.0. */
function webhook(edge: AzureEdge): PodSide {
  const { settings } = edge;
  const { expirationSeconds: seconds, expirationOn, skipContainers = [], authorityHost = '', ownAuthorityHost } = settings;
  const annotations: { [key: string]: Deferrable<string> } = { [`${DOMAIN}/client-id`]: settings.clientId, [`${DOMAIN}/tenant-id`]: settings.tenantId };
  const onPod: { [key: string]: string } = {};
  if (expirationOn === 'pod') onPod[`${DOMAIN}/service-account-token-expiration`] = String(seconds);
  else if (seconds !== DEFAULT_SECONDS) annotations[`${DOMAIN}/service-account-token-expiration`] = String(seconds);
  // This webhook alone wants semicolons.
  if (skipContainers.length > 0) onPod[`${DOMAIN}/skip-containers`] = skipContainers.join(';');
  if (edge.mechanism === 'identity-binding') onPod[`${DOMAIN}/use-identity-binding`] = 'true';
  const injection: InjectionPart = {
    labels: { [`${DOMAIN}/use`]: 'true' },
    ...(Object.keys(onPod).length > 0 && { annotations: onPod }),
    // The webhook knows the host of its own cloud alone, and leaves a variable alone that is there.
    ...(ownAuthorityHost && { env: [{ name: 'AZURE_AUTHORITY_HOST', value: authorityHost, yieldsTo: ['AZURE_AUTHORITY_HOST'], ...(skipContainers.length > 0 && { skipContainers }) }] }),
    reserved: TAKEN,
    rules: rulesByWebhook(edge),
  };
  return edge.mechanism === 'identity-binding' ? { annotations, injection, objects: bindingObjects(edge) } : { annotations, injection };
}
