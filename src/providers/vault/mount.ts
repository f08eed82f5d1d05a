import { derive, type Deferrable } from '../../core/deferred';
import { complain, type Report } from '../../core/issues';
import type { AnchorArguments, AnchorNeed, AnchorRequest, TrustLayout } from '../provider';
import type { VaultMechanism } from './binding';
import { mountUrl, nameOfMount, piecesOf } from './names';
import type { VaultEdge } from './settings';

/** Body of `POST sys/auth/:path`; `config` is that of `POST auth/:path/config`, where both are one resource. https://developer.hashicorp.com/vault/api-docs/system/auth */
export interface AuthMount<Type extends VaultMechanism, Config = never> {
  readonly type: Type;
  readonly config?: Config;
}

/** Body of `POST auth/:path/config`, with the reviewer's token where a Pulumi program gives it. */
export interface KubernetesConfig {
  readonly kubernetes_host: string;
  readonly kubernetes_ca_cert?: string;
  /** Whether Vault leaves its own service account out of it. */
  readonly disable_local_ca_jwt: boolean;
  readonly token_reviewer_jwt?: Deferrable<string>;
}

/** Body of `POST auth/:path/config` of the method `jwt`: keys from one place. https://developer.hashicorp.com/vault/api-docs/auth/jwt#configure */
export interface JwtConfig {
  readonly oidc_discovery_url?: Deferrable<string>;
  readonly jwks_url?: string;
  readonly jwt_validation_pubkeys?: readonly string[];
  readonly bound_issuer: Deferrable<string>;
}

export type MountDocument =
  | TrustLayout<'kubernetes.AuthMount', AuthMount<'kubernetes'>>
  | TrustLayout<'kubernetes.Config', KubernetesConfig>
  | TrustLayout<'jwt.AuthMount', AuthMount<'jwt', JwtConfig>>;

/** The name of the one secret: the token of the service account that asks for reviews. */
const REVIEWER = 'reviewerToken';

const CONFIGURED: { readonly [mechanism in VaultMechanism]: (vault: NonNullable<AnchorRequest['cluster']['vault']>) => boolean } = {
  kubernetes: vault => vault.host !== undefined,
  jwt: vault => vault.keys !== undefined,
};

/** A mount is made where the cluster says how Vault knows it, and has been made by somebody else otherwise. */
export function anchorNeedOf({ cluster, settings }: VaultEdge): AnchorNeed | undefined {
  if (settings.existing || cluster.vault === undefined || !CONFIGURED[settings.mechanism](cluster.vault)) return undefined;
  return { home: mountUrl(settings), realm: settings.mechanism, audience: settings.audience };
}

/** The mount, and how it knows the cluster. */
export function anchorsOf({ cluster, issuer, home, realm, secrets = {} }: AnchorRequest): readonly MountDocument[] {
  const name = derive([home], nameOfMount);
  const common = { provider: 'vault', binding: 'vault', owned: true } as const;
  if (realm === 'jwt') return [{ ...common, kind: 'jwt.AuthMount', id: 'vault', name, request: { type: 'jwt', config: jwtConfig(cluster, issuer) } }];
  return [
    { ...common, kind: 'kubernetes.AuthMount', id: 'vault', name, request: { type: 'kubernetes' } },
    { ...common, kind: 'kubernetes.Config', id: 'vault/config', after: ['vault'], name: derive([name], of => `${of}/config`), request: kubernetesConfig(cluster, secrets[REVIEWER]) },
  ];
}

function kubernetesConfig({ vault }: AnchorRequest['cluster'], token: Deferrable<string> | undefined): KubernetesConfig {
  return {
    kubernetes_host: vault?.host ?? '',
    ...(vault?.caCert !== undefined && { kubernetes_ca_cert: vault.caCert }),
    disable_local_ca_jwt: vault?.reviewer !== 'own-service-account',
    ...(token !== undefined && { token_reviewer_jwt: token }),
  };
}

function jwtConfig({ vault }: AnchorRequest['cluster'], issuer: Deferrable<string>): JwtConfig {
  switch (vault?.keys) {
    case 'jwks': return { jwks_url: vault.jwksUrl ?? '', bound_issuer: issuer };
    case 'pem': return { jwt_validation_pubkeys: vault.publicKeys ?? [], bound_issuer: issuer };
    default: return { oidc_discovery_url: issuer, bound_issuer: issuer };
  }
}

/** The rules of a mount that a program asks for. */
export function checkAnchor({ cluster, home, realm = 'kubernetes', secrets, existing, path }: AnchorArguments, report: Report): void {
  if (realm !== 'kubernetes' && realm !== 'jwt') {
    complain(report, 'vault/realm', `${path}.realm`, { expected: 'kubernetes or jwt', got: realm, fix: 'name the auth method of the mount' });
    return;
  }
  if (home !== undefined && (!/^https?:\/\/[^/]+\/v1\/.*auth\/[^/]/.test(home) || piecesOf(nameOfMount(home)).mount === '')) {
    complain(report, 'vault/mount-url', `${path}.account`, { expected: 'where the mount answers: https://vault.example.com/v1/auth/kubernetes', got: home, fix: 'put the address, /v1/, a namespace where there is one, and auth/<mount> together' });
  }
  const field = realm === 'kubernetes' ? 'host' : 'keys';
  if (!existing && cluster.vault?.[field] === undefined) {
    complain(report, 'vault/unconfigured', `cluster.vault.${field}`, { expected: 'how Vault knows the cluster', got: undefined, fix: 'say it in defineCluster' });
  }
  const wanted = !existing && realm === 'kubernetes' && (cluster.vault?.reviewer ?? 'token') === 'token' ? [REVIEWER] : [];
  for (const name of wanted) {
    if (!secrets.includes(name)) complain(report, 'vault/reviewer', `${path}.secrets.${name}`, { expected: 'the token of a service account that may ask for reviews', got: undefined, fix: 'give it as a secret, or say another reviewer in defineCluster' });
  }
  for (const name of secrets) {
    if (!wanted.includes(name)) complain(report, 'vault/secrets', `${path}.secrets.${name}`, { expected: wanted.length === 0 ? 'no secret here' : `no secret but ${wanted.join(', ')}`, got: name, fix: 'take it out' });
  }
}
