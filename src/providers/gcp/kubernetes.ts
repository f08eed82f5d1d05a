import { derive } from '../../core/deferred';
import { hashOf } from '../../core/names';
import type { PodSide } from '../provider';
import type { GcpEdge } from './settings';

const VOLUME = 'gcp-ksa';
const MOUNT = '/var/run/secrets/gcp-ksa';
const TOKEN = 'token';
const CONFIG = 'google-application-credentials.json';

/** On GKE nothing is injected: its metadata server answers the pod, by the annotation. https://cloud.google.com/kubernetes-engine/docs/concepts/workload-identity */
export function podSideOf(edge: GcpEdge): PodSide {
  if (edge.injection === 'none') return {};
  return edge.injection === 'webhook' ? { annotations: { 'iam.gke.io/gcp-service-account': edge.settings.email } } : explicit(edge);
}

/**
 * Token and credential configuration in one volume; the configuration is no secret, and the hash in the name of its
 * ConfigMap rolls the pods when it changes. https://google.aip.dev/auth/4117
 */
function explicit(edge: GcpEdge): PodSide {
  const { subject, settings } = edge;
  const config = derive([edge.facts.issuer()], issuer => `${JSON.stringify(credentialConfiguration(edge, issuer), null, 2)}\n`);
  const name = derive([config], text => `${subject.serviceAccount.slice(0, 230).replace(/[-.]+$/, '')}-gcp-${hashOf(`${subject.serviceAccount}\n${text}`, 10)}`);
  return {
    objects: [{ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace: subject.namespace }, data: { [CONFIG]: config } }],
    injection: {
      volumes: [{
        name: VOLUME,
        projected: {
          sources: [
            { serviceAccountToken: { audience: settings.workloadPool ?? '', expirationSeconds: settings.expirationSeconds, path: TOKEN } },
            { configMap: { name, items: [{ key: CONFIG, path: CONFIG }] } },
          ],
        },
      }],
      mounts: [{ name: VOLUME, mountPath: MOUNT, readOnly: true }],
      env: [{ name: 'GOOGLE_APPLICATION_CREDENTIALS', value: `${MOUNT}/${CONFIG}` }],
    },
  };
}

function credentialConfiguration({ settings }: GcpEdge, issuer: string): object {
  return {
    type: 'external_account',
    audience: `identitynamespace:${settings.workloadPool ?? ''}:${issuer}`,
    subject_token_type: 'urn:ietf:params:oauth:token-type:jwt',
    token_url: 'https://sts.googleapis.com/v1/token',
    credential_source: { file: `${MOUNT}/${TOKEN}`, format: { type: 'text' } },
    service_account_impersonation_url: `https://iamcredentials.googleapis.com/v1/projects/-/serviceAccounts/${settings.email}:generateAccessToken`,
  };
}
