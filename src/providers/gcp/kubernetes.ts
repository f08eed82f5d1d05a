import { derive } from '../../core/deferred';
import { hashOf } from '../../core/names';
import type { InjectedEnv, PodRule } from '../../kubernetes/injection';
import type { PodSide } from '../provider';
import { federationOf } from './federation';
import type { GcpEdge } from './settings';
import { webhook } from './webhook';

const VOLUME = 'gcp-ksa';
const MOUNT = '/var/run/secrets/gcp-ksa';
const TOKEN = 'token';
const CONFIG = 'google-application-credentials.json';

export function podSideOf(edge: GcpEdge): PodSide {
  if (edge.injection === 'none') return {};
  if (edge.injection === 'explicit') return explicit(edge);
  return edge.mechanism === 'workload-identity-pool' ? webhook(edge) : metadataServer(edge);
}

/** The host's metadata server is that of the node: pods in the host's network get the node's identity, and no error. Client libraries ask it last. */
const RULES: readonly PodRule[] = [{
  field: 'hostNetwork',
  value: true,
  code: 'gcp/host-network',
  expected: 'a pod with a network of its own, since in the host\'s the metadata server answers with the identity of the node',
  fix: 'leave hostNetwork out, or say injection: "explicit" in the binding',
}, {
  of: 'env',
  field: 'GOOGLE_APPLICATION_CREDENTIALS',
  code: 'gcp/own-identity',
  severity: 'warning',
  expected: 'no GOOGLE_APPLICATION_CREDENTIALS of the container\'s own (client libraries become whom that file names, and never ask the metadata server)',
  fix: 'take it out, unless this container is to be somebody else',
}];

/** On GKE nothing is injected: its metadata server answers the pod, as the service account that the annotation names, else as the pod's own principal. https://cloud.google.com/kubernetes-engine/docs/concepts/workload-identity */
function metadataServer({ settings }: GcpEdge): PodSide {
  const injection = { rules: RULES };
  return settings.impersonates ? { annotations: { 'iam.gke.io/gcp-service-account': settings.email }, injection } : { injection };
}

/**
 * Token and credential configuration in one volume; the configuration is no secret, and the hash in the name of its
 * ConfigMap rolls the pods when it changes. https://google.aip.dev/auth/4117
 */
function explicit(edge: GcpEdge): PodSide {
  const { subject, settings } = edge;
  const federation = federationOf(edge);
  const config = derive([federation.exchangeOf(edge)], audience => `${JSON.stringify(credentialConfiguration(edge, audience), null, 2)}\n`);
  const name = derive([config], text => `${subject.serviceAccount.slice(0, 230).replace(/[-.]+$/, '')}-gcp-${hashOf(`${subject.serviceAccount}\n${text}`, 10)}`);
  const reach = settings.skipContainers === undefined ? {} : { skipContainers: settings.skipContainers };
  return {
    objects: [{ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace: subject.namespace }, data: { [CONFIG]: config } }],
    injection: {
      volumes: [{
        name: VOLUME,
        projected: {
          sources: [
            { serviceAccountToken: { audience: federation.audienceOf(edge), expirationSeconds: settings.expirationSeconds, path: TOKEN } },
            { configMap: { name, items: [{ key: CONFIG, path: CONFIG }] } },
          ],
        },
      }],
      mounts: [{ name: VOLUME, mountPath: MOUNT, readOnly: true, ...reach }],
      env: [
        { name: 'GOOGLE_APPLICATION_CREDENTIALS', value: `${MOUNT}/${CONFIG}`, windowsValue: `C:${MOUNT}/${CONFIG}`.replaceAll('/', '\\'), ...reach },
        ...projectVariable(edge).map(variable => ({ ...variable, ...reach })),
      ],
    },
  };
}

/** Outside GKE no metadata server tells the project, and a credential configuration has none. Whoever has named one already is left alone. */
function projectVariable({ cluster, settings: { projectId } }: GcpEdge): readonly InjectedEnv[] {
  if (cluster.gke !== undefined || projectId === undefined) return [];
  return [{ name: 'GOOGLE_CLOUD_PROJECT', value: projectId, yieldsTo: ['GOOGLE_CLOUD_PROJECT', 'GCLOUD_PROJECT', 'CLOUDSDK_CORE_PROJECT'] }];
}

function credentialConfiguration({ settings }: GcpEdge, audience: string): object {
  return {
    type: 'external_account',
    audience,
    subject_token_type: 'urn:ietf:params:oauth:token-type:jwt',
    token_url: 'https://sts.googleapis.com/v1/token',
    credential_source: { file: `${MOUNT}/${TOKEN}`, format: { type: 'text' } },
    ...(settings.impersonates && { service_account_impersonation_url: `https://iamcredentials.googleapis.com/v1/projects/-/serviceAccounts/${settings.email}:generateAccessToken` }),
  };
}
