/** Accounts and parts that several cases have. */
import { account, config, deployment } from './support';

export const ROLE = 'arn:aws:iam::111122223333:role/checkout';
export const CLIENT = 'c3d4e5f6-0718-4293-a4b5-c6d7e8f90a1b';
export const GSA = 'checkout@shop-prod.iam.gserviceaccount.com';
export const aws = (more: object = {}) => account({ annotations: { 'eks.amazonaws.com/role-arn': ROLE, ...more } });
export const azure = (more: object = {}) => account({ annotations: { 'azure.workload.identity/client-id': CLIENT, ...more } });
export const ack = (more: object = {}) => account({ annotations: { 'pod-identity.alibabacloud.com/role-name': 'checkout', ...more } });
export const gke = account({ annotations: { 'iam.gke.io/gcp-service-account': GSA } });
export const USE = { labels: { 'azure.workload.identity/use': 'true' } };
export const namespace = (labels: object = {}) => ({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop', labels } });
export const open = account({}, {});
export const automounted = deployment({ automountServiceAccountToken: undefined });
export const WEB_IDENTITY = [{ name: 'AWS_ROLE_ARN', value: ROLE }, { name: 'AWS_WEB_IDENTITY_TOKEN_FILE', value: '/var/run/tokens/token' }];
export const fromSecret = (name: string, key = 'key') => ({ name, valueFrom: { secretKeyRef: { name: 'kept', key } } });
export const external = (file: string) => JSON.stringify({ type: 'external_account', audience: '//iam.googleapis.com/x', credential_source: { file } });
export const withConfig = (text: string) => [config({ 'c.json': text }), deployment({
  containers: [{ name: 'app', env: [{ name: 'GOOGLE_APPLICATION_CREDENTIALS', value: '/etc/gcp/c.json' }], volumeMounts: [{ name: 'gcp', mountPath: '/etc/gcp' }, { name: 'token', mountPath: '/var/run/tokens' }] }],
  volumes: [{ name: 'gcp', configMap: { name: 'settings' } }, { name: 'token', projected: { sources: [{ serviceAccountToken: { path: 'token' } }] } }],
})];
export const INJECT = { annotations: { 'vault.hashicorp.com/agent-inject': 'true', 'vault.hashicorp.com/role': 'checkout' } };
export const INJECT_BY_VOLUME = { annotations: { ...INJECT.annotations, 'vault.hashicorp.com/agent-service-account-token-volume-name': 'token' } };

