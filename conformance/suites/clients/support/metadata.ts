import { GKE_PROJECT, type PlatformCluster } from './platforms';
import type { MetadataContext } from '../../../systems/token-services/gke-metadata-server';
import type { StoredPod } from '../../api-server/support/kubelet';

const ANNOTATION = 'iam.gke.io/gcp-service-account';

/**
 * What the metadata server of the pod's node finds out about the pod. It asks in its own name, as no kubelet may. A
 * cluster that is none of GKE's pretends to be one, which the clouds have to see.
 */
export async function metadataContextOf({ metadata, spec }: StoredPod, { server, issuer }: PlatformCluster): Promise<Omit<MetadataContext, 'google'>> {
  const path = `/api/v1/namespaces/${metadata.namespace}/serviceaccounts/${spec.serviceAccountName}`;
  const { body: account } = await server.client.get<{ readonly metadata: { readonly annotations?: { readonly [key: string]: string } } }>(path);
  return {
    projectId: GKE_PROJECT,
    issuer,
    googleServiceAccount: account.metadata.annotations?.[ANNOTATION],
    token: async audience => {
      const { body } = await server.client.post<{ readonly status: { readonly token: string } }>(`${path}/token`, {
        apiVersion: 'authentication.k8s.io/v1',
        kind: 'TokenRequest',
        spec: { audiences: [audience], expirationSeconds: 3600, boundObjectRef: { apiVersion: 'v1', kind: 'Pod', name: metadata.name, uid: metadata.uid } },
      });
      return body.status.token;
    },
  };
}
