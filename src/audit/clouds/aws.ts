import { hasAny, shownBy, type Habits } from './habits';

const DOMAIN = 'eks.amazonaws.com';
const TOKEN_FILES = ['AWS_WEB_IDENTITY_TOKEN_FILE', 'AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE'];

/** https://github.com/aws/amazon-eks-pod-identity-webhook */
export const aws: Habits = {
  name: 'AWS',
  keys: [
    // Some installations make an ARN of a name.
    { key: `${DOMAIN}/role-arn`, on: ['account annotation'], form: { pattern: /^(?:arn:aws[a-z0-9-]*:iam::\d{12}:role\/[\w\-/.@+=,]+|(?!arn:)[\w\-/.@+=,]+)$/, expected: 'the ARN of a role, such as arn:aws:iam::111122223333:role/checkout' } },
    { key: `${DOMAIN}/audience`, on: ['account annotation'] },
    { key: `${DOMAIN}/sts-regional-endpoints`, on: ['account annotation'] },
    { key: `${DOMAIN}/token-expiration`, on: ['account annotation', 'pod annotation'], lifetime: { min: 600, otherwise: 'the webhook raises what is less to 600, and ignores what is no whole number' } },
    { key: `${DOMAIN}/skip-containers`, on: ['pod annotation'], separator: ',' },
    { key: `${DOMAIN}/skip-pod-identity-webhook`, on: ['pod label'] },
  ],
  dead: [
    { key: 'iam.amazonaws.com/role', on: 'pod annotation', why: 'only kube2iam and kiam read it, which hand out roles by address and are no longer developed; on nodes without them it does nothing', fix: 'annotate the service account with eks.amazonaws.com/role-arn' },
  ],
  secrets: ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY'],
  mounts: ['/var/run/secrets/eks.amazonaws.com', '/var/run/secrets/pods.eks.amazonaws.com'],
  hasIdentity: (pod, container) => pod.accountAnnotations[`${DOMAIN}/role-arn`] !== undefined || hasAny(container, TOKEN_FILES),
  shows: (_pod, container) => shownBy(container, TOKEN_FILES),
};
