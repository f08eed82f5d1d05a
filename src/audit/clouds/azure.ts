import { hasAny, shownBy, type Habits } from './habits';

const DOMAIN = 'azure.workload.identity';
const CLIENT = `${DOMAIN}/client-id`;
const USE = `${DOMAIN}/use`;
const TOKEN_FILES = ['AZURE_FEDERATED_TOKEN_FILE'];
const GUID = { pattern: /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i, expected: 'an id such as c3d4e5f6-0718-4293-a4b5-c6d7e8f90a1b' };

/** https://azure.github.io/azure-workload-identity/docs/topics/service-account-labels-and-annotations.html */
export const azure: Habits = {
  name: 'Azure',
  keys: [
    { key: CLIENT, on: ['account annotation'], form: GUID },
    { key: `${DOMAIN}/tenant-id`, on: ['account annotation'], form: GUID },
    { key: `${DOMAIN}/service-account-token-expiration`, on: ['account annotation', 'pod annotation'], lifetime: { min: 3600, max: 86400, otherwise: 'the webhook rejects the pod' } },
    { key: USE, on: ['pod label'], form: { pattern: /^true$/, expected: 'the text "true", which alone the webhook looks for' } },
    { key: `${DOMAIN}/skip-containers`, on: ['pod annotation'], separator: ';' },
    { key: `${DOMAIN}/inject-proxy-sidecar`, on: ['pod annotation'] },
    { key: `${DOMAIN}/proxy-sidecar-port`, on: ['pod annotation'] },
    { key: `${DOMAIN}/use-identity-binding`, on: ['pod annotation'] },
  ],
  dead: [
    { key: `${DOMAIN}/inject-proxy-sidecar`, on: 'pod annotation', value: /^(?!true$)/, why: 'the webhook looks only whether it is there, so that the sidecar is put in whatever the value is', fix: 'take it out, or write "true"' },
    { key: 'aadpodidbinding', on: 'pod label', why: 'only the Pod Identity of Azure AD reads it, which Microsoft has given up', fix: `annotate the service account with ${CLIENT}, and label the pod template with ${USE}: "true"` },
  ],
  secrets: ['AZURE_CLIENT_SECRET', 'AZURE_CLIENT_CERTIFICATE_PATH'],
  mounts: ['/var/run/secrets/azure'],
  hasIdentity: (pod, container) => pod.labels[USE] === 'true' || hasAny(container, TOKEN_FILES),
  shows: (_pod, container) => shownBy(container, TOKEN_FILES),
  waitsFor: pod => {
    const asked = pod.accountAnnotations[CLIENT];
    const explicit = pod.containers.some(container => hasAny(container, TOKEN_FILES));
    return asked === undefined || explicit || pod.labels[USE] !== undefined ? undefined : { key: USE, value: 'true', asked: CLIENT, on: 'pod label' };
  },
  onHostNetwork: pod => (`${DOMAIN}/inject-proxy-sidecar` in pod.annotations
    ? { why: `the webhook rejects a pod that has ${DOMAIN}/inject-proxy-sidecar and the network of the host`, fix: 'take out the annotation, or hostNetwork' }
    : undefined),
};
