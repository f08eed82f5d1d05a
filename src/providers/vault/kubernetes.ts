import type { PodRule } from '../../kubernetes/injection';
import type { ObjectLayout } from '../../kubernetes/manifest';
import { tokenVolume } from '../../kubernetes/projected-token';
import type { PodSide } from '../provider';
import type { VaultEdge } from './settings';

const VOLUME = 'vault-token';
const MOUNT = '/var/run/secrets/vault';
const FILE = 'token';

/** Of the agent injector: https://developer.hashicorp.com/vault/docs/platform/k8s/injector/annotations */
const DOMAIN = 'vault.hashicorp.com';
/** Where it mounts a volume that no container has, into its own containers only. */
const AGENT_MOUNT = '/var/run/secrets/vault.hashicorp.com/serviceaccount';
/** Where it puts secrets, in every container. */
const SECRETS = '/vault/secrets';

/** Vault's own clients take a token that is there, and never log in; those of OpenBao know both variables. https://developer.hashicorp.com/vault/docs/commands */
const TOKENS = ['VAULT_TOKEN', 'BAO_TOKEN'].map(field => ({ of: 'env', field, code: 'vault/own-identity', secret: true }) as const);
const NO_TOKENS: readonly PodRule[] = TOKENS.map(rule => ({
  ...rule,
  expected: `no ${rule.field} of the container's own (clients use it, and never log in)`,
  fix: 'take it out, or name the container under skipContainers if it is to be somebody else',
}));
const NO_TOKENS_BESIDE_AGENT: readonly PodRule[] = TOKENS.map(rule => ({
  ...rule,
  expected: `no ${rule.field} beside the agent, which logs in for all containers`,
  fix: 'take it out: clients in this container use it, and not what the agent got',
  severity: 'warning',
}));

export function podSideOf(edge: VaultEdge): PodSide {
  if (edge.injection === 'none') return {};
  const reviews = edge.settings.mechanism === 'kubernetes' && edge.settings.reviewer === 'client';
  return { injection: edge.injection === 'webhook' ? agent(edge) : explicit(edge), ...(reviews && { objects: [mayReview(edge)] }) };
}

/** Its own volume: of one with several tokens the injector takes whichever stands first. */
function volumeOf({ settings: { audience, expirationSeconds } }: VaultEdge) {
  return tokenVolume(VOLUME, { audience, expirationSeconds, path: FILE });
}

/** The token and what an application logs in with. `VAULT_ADDR` and `VAULT_NAMESPACE` are read by Vault's own clients, the rest is for yours. */
function explicit(edge: VaultEdge): NonNullable<PodSide['injection']> {
  const { address, vaultNamespace, mount, roleName, skipContainers } = edge.settings;
  const reach = skipContainers === undefined ? {} : { skipContainers };
  const env = {
    VAULT_ADDR: address,
    ...(vaultNamespace !== undefined && { VAULT_NAMESPACE: vaultNamespace }),
    VAULT_AUTH_PATH: `auth/${mount}`,
    VAULT_ROLE: roleName,
    VAULT_JWT_FILE: `${MOUNT}/${FILE}`,
  };
  return {
    volumes: [volumeOf(edge)],
    mounts: [{ name: VOLUME, mountPath: MOUNT, readOnly: true, ...reach }],
    env: Object.entries(env).map(([name, value]) => ({ name, value, ...reach })),
    rules: NO_TOKENS.map(rule => ({ ...rule, ...reach })),
  };
}

/** The injector's agent logs in, with a volume of ours that only its own containers mount. */
function agent(edge: VaultEdge): NonNullable<PodSide['injection']> {
  const { address, vaultNamespace, mount, roleName, mechanism } = edge.settings;
  return {
    reserved: [SECRETS],
    volumes: [volumeOf(edge)],
    rules: NO_TOKENS_BESIDE_AGENT,
    annotations: {
      [`${DOMAIN}/agent-inject`]: 'true',
      [`${DOMAIN}/service`]: address,
      ...(vaultNamespace !== undefined && { [`${DOMAIN}/namespace`]: vaultNamespace }),
      [`${DOMAIN}/auth-path`]: `auth/${mount}`,
      [`${DOMAIN}/role`]: roleName,
      [`${DOMAIN}/agent-service-account-token-volume-name`]: VOLUME,
      ...(mechanism === 'jwt' && {
        [`${DOMAIN}/auth-type`]: 'jwt',
        [`${DOMAIN}/auth-config-path`]: `${AGENT_MOUNT}/${FILE}`,
        // The agent would delete the file, and cannot: the volume is read-only.
        [`${DOMAIN}/auth-config-remove-jwt-after-reading`]: 'false',
      }),
    },
  };
}

/** Where Vault has no token to ask with, it asks with that of the pod, which may do so by this. */
function mayReview({ subject }: VaultEdge): ObjectLayout {
  const group = 'rbac.authorization.k8s.io';
  return {
    apiVersion: `${group}/v1`,
    kind: 'ClusterRoleBinding',
    // Upper case tells it apart from the bindings of the identity's own roles.
    metadata: { name: `vault:${subject.namespace}:${subject.serviceAccount}:TokenReview` },
    roleRef: { apiGroup: group, kind: 'ClusterRole', name: 'system:auth-delegator' },
    subjects: [{ kind: 'ServiceAccount', name: subject.serviceAccount, namespace: subject.namespace }],
  };
}
