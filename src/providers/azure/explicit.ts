import type { AzureLayout } from './binding';
import { rulesExplicitly } from './pod-rules';
import type { AzureEdge } from './settings';
import { hashOf } from '../../core/names';
import type { InjectionPart } from '../../kubernetes/injection';
import { tokenVolume } from '../../kubernetes/projected-token';

interface Layout {
  readonly mountPath: string;
  /** Relative to the mount. */
  readonly file: string;
  volumeOf(edge: AzureEdge): string;
}

/** As long as Kubernetes lets the name of a volume be. */
const VOLUME_LENGTH = 63;
const RESERVED = 'azure-workload-identity-reserved-';

/**
 * The webhook's names, by its version. From 1.6 on the volume has a hash of the pod's name, or of the prefix that a name is
 * generated from, which only the API server knows: ours is of the service account's, so that it is the same in all its pods.
 */
const LAYOUTS: { readonly [layout in AzureLayout]: Layout } = {
  'webhook-1.5': { mountPath: '/var/run/secrets/azure/tokens', file: 'azure-identity-token', volumeOf: () => 'azure-identity-token' },
  'webhook-1.6': {
    mountPath: '/var/run/secrets/azure/wi',
    file: 'token/azure-identity-token',
    volumeOf: ({ subject }) => `${RESERVED}${hashOf(subject.serviceAccount, VOLUME_LENGTH - RESERVED.length)}`,
  },
};

/** Everything that the webhook would add, and no label: it passes the pod by. Pods on Windows find the same paths. */
export function explicit(edge: AzureEdge): InjectionPart {
  const { audience, expirationSeconds, skipContainers, clientId, tenantId, authorityHost, layout } = edge.settings;
  const { mountPath, file, volumeOf } = LAYOUTS[layout];
  const name = volumeOf(edge);
  const reach = skipContainers === undefined ? {} : { skipContainers };
  return {
    volumes: [tokenVolume(name, { audience, expirationSeconds, path: file })],
    mounts: [{ name, mountPath, readOnly: true, ...reach }],
    env: [
      { name: 'AZURE_CLIENT_ID', value: clientId, ...reach },
      { name: 'AZURE_TENANT_ID', value: tenantId, ...reach },
      { name: 'AZURE_FEDERATED_TOKEN_FILE', value: `${mountPath}/${file}`, ...reach },
      // Whom to ask is the container's to choose; who it is, is not: another value there is a finding.
      { name: 'AZURE_AUTHORITY_HOST', value: authorityHost ?? '', yieldsTo: ['AZURE_AUTHORITY_HOST'], ...reach },
    ],
    rules: rulesExplicitly(edge),
  };
}
