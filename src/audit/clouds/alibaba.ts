import { hasAny, shownBy, type Habits } from './habits';
import { data } from '../../proof/pods';

const DOMAIN = 'pod-identity.alibabacloud.com';
const ROLE = `${DOMAIN}/role-name`;
const INJECTION = `${DOMAIN}/injection`;
const TOKEN_FILES = ['ALIBABA_CLOUD_OIDC_TOKEN_FILE'];

/** https://www.alibabacloud.com/help/en/ack/ack-managed-and-ack-dedicated/user-guide/use-rrsa-to-authorize-pods-to-access-different-cloud-services */
export const alibaba: Habits = {
  name: 'Alibaba Cloud',
  keys: [
    { key: ROLE, on: ['account annotation'], form: { pattern: /^[\w.-]+$/, expected: 'the name of a RAM role, and not its ARN' } },
    { key: `${DOMAIN}/service-account-token-expiration`, on: ['account annotation', 'pod annotation'], lifetime: { min: 600, max: 43200, otherwise: 'the webhook takes 3600 instead, and says nothing' } },
    { key: `${DOMAIN}/inject-sts-endpoint`, on: ['account annotation'] },
    { key: `${DOMAIN}/only-containers`, on: ['pod annotation'], separator: ',' },
    { key: `${DOMAIN}/skip-containers`, on: ['pod annotation'], separator: ',' },
    { key: INJECTION, on: ['namespace label', 'pod label'], form: { pattern: /^(?:on|off)$/, expected: 'the text "on"' } },
    { key: `${DOMAIN}/override-env`, on: ['namespace label', 'pod annotation'] },
  ],
  dead: [],
  secrets: ['ALIBABA_CLOUD_ACCESS_KEY_ID', 'ALIBABA_CLOUD_ACCESS_KEY_SECRET', 'ALICLOUD_ACCESS_KEY', 'ALICLOUD_SECRET_KEY'],
  mounts: ['/var/run/secrets/ack.alibabacloud.com'],
  hasIdentity: (pod, container) => pod.accountAnnotations[ROLE] !== undefined || hasAny(container, TOKEN_FILES),
  shows: (_pod, container) => shownBy(container, TOKEN_FILES),
  // A label of the namespace does as well, which only its manifest can tell.
  waitsFor: (pod, view) => {
    const namespace = view.namespace(pod.namespace);
    if (pod.accountAnnotations[ROLE] === undefined || namespace === undefined) return undefined;
    const told = pod.labels[INJECTION] !== undefined || data(data(namespace.metadata).labels)[INJECTION] !== undefined;
    const explicit = pod.containers.some(container => hasAny(container, TOKEN_FILES));
    return told || explicit ? undefined : { key: INJECTION, value: 'on', asked: ROLE, on: 'pod label' };
  },
};
