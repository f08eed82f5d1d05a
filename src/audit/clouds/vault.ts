import { hasAny, shownBy, type Habits } from './habits';

const DOMAIN = 'vault.hashicorp.com';
const VOLUME = `${DOMAIN}/agent-service-account-token-volume-name`;

/** https://developer.hashicorp.com/vault/docs/platform/k8s/injector/annotations */
export const vault: Habits = {
  name: 'Vault',
  keys: ['agent-inject', 'role', 'auth-path', 'auth-type', 'agent-service-account-token-volume-name', 'agent-pre-populate', 'agent-pre-populate-only', 'service']
    .map(name => ({ key: `${DOMAIN}/${name}`, on: ['pod annotation'] as const })),
  dead: [],
  secrets: ['VAULT_TOKEN', 'BAO_TOKEN'],
  mounts: [],
  hasIdentity: (pod, container) => pod.annotations[`${DOMAIN}/agent-inject`] === 'true' || hasAny(container, ['VAULT_JWT_FILE']),
  shows: (_pod, container) => shownBy(container, ['VAULT_JWT_FILE']),
  // Without the name of a volume, the injector takes the first mount whose path has "serviceaccount" in it.
  takesApiToken: ({ annotations }) => (annotations[`${DOMAIN}/agent-inject`] === 'true' && annotations[VOLUME] === undefined
    ? `the agent of Vault, which ${DOMAIN}/agent-inject puts into the pod`
    : undefined),
  usesVolume: ({ annotations }, volume) => annotations[VOLUME] === volume,
};
