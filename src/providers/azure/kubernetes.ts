import { tokenVolume } from '../../kubernetes/projected-token';
import type { PodSide } from '../provider';
import { DEFAULT_SECONDS, type AzureEdge } from './settings';

/** What the Azure webhook reads: https://azure.github.io/azure-workload-identity/docs/topics/service-account-labels-and-annotations.html */
const DOMAIN = 'azure.workload.identity';

/** The names of the webhook up to 1.5; from 1.6 on it uses others, so that ours never stand in its way. */
const VOLUME = 'azure-identity-token';
const MOUNT = '/var/run/secrets/azure/tokens';
const FILE = 'azure-identity-token';
const MOUNT_FROM_1_6 = '/var/run/secrets/azure/wi';

export function podSideOf(edge: AzureEdge): PodSide {
  if (edge.injection === 'none') return {};
  return edge.injection === 'webhook' ? webhook(edge) : { injection: explicit(edge) };
}

/** Annotations on the ServiceAccount; the label belongs on the POD: on the account it has done nothing since 1.0. */
function webhook({ settings }: AzureEdge): PodSide {
  const seconds = settings.expirationSeconds;
  return {
    annotations: {
      [`${DOMAIN}/client-id`]: settings.clientId,
      [`${DOMAIN}/tenant-id`]: settings.tenantId,
      ...(seconds !== DEFAULT_SECONDS && { [`${DOMAIN}/service-account-token-expiration`]: String(seconds) }),
    },
    injection: { labels: { [`${DOMAIN}/use`]: 'true' }, reserved: [MOUNT, MOUNT_FROM_1_6] },
  };
}

/** No label: the webhook passes the pod by. */
function explicit({ settings }: AzureEdge): NonNullable<PodSide['injection']> {
  const { audience, expirationSeconds } = settings;
  return {
    volumes: [tokenVolume(VOLUME, { audience, expirationSeconds, path: FILE })],
    mounts: [{ name: VOLUME, mountPath: MOUNT, readOnly: true }],
    env: [
      { name: 'AZURE_CLIENT_ID', value: settings.clientId },
      { name: 'AZURE_TENANT_ID', value: settings.tenantId },
      { name: 'AZURE_FEDERATED_TOKEN_FILE', value: `${MOUNT}/${FILE}` },
      { name: 'AZURE_AUTHORITY_HOST', value: settings.authorityHost },
    ],
  };
}
