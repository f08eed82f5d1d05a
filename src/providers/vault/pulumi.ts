import { piecesOf } from './names';
import type { VaultDocument, VaultTokenFields } from './trust';
import { requirePeer } from '../../core/peer';
import { lift } from '../../pulumi/pending';
import { loaderOf, type Order } from '../../pulumi/resource';

/* eslint-disable @typescript-eslint/no-require-imports */
const load = <T>(module: () => T): T => requirePeer('@pulumi/vault@^7.8.0', 'a Vault binding in a Pulumi program', module);

type Name = Order['fullName'];

/** The fields that are there: the types of this SDK take none that is undefined. */
function given<T extends object>(fields: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as { [K in keyof T]?: Exclude<T[K], undefined> };
}

const mountOf = (name: Name): Name => lift(name, text => piecesOf(text).mount);
const roleIn = (name: Name) => ({ backend: mountOf(name), roleName: lift(name, text => piecesOf(text).role), ...namespaceOf(name) });
const namespaceOf = (name: Name) => given({ namespace: lift(name, text => piecesOf(text).namespace) as Name | undefined });
const tokenOf = (role: VaultTokenFields) => given({ tokenPolicies: role.token_policies?.slice(), tokenTtl: role.token_ttl, tokenMaxTtl: role.token_max_ttl });

/** Each resource from a file of its own. https://www.pulumi.com/registry/packages/vault/api-docs/kubernetes/ */
export const vault = loaderOf<VaultDocument>({
  'kubernetes.AuthMount': () => {
    const { AuthBackend } = load(() => require('@pulumi/vault/authBackend') as typeof import('@pulumi/vault/authBackend'));
    return ({ name, fullName, request: { type }, options, expect }) => {
      if (expect === undefined) return new AuthBackend(name, { type, path: mountOf(fullName), ...namespaceOf(fullName) }, options);
      const there = AuthBackend.get(name, mountOf(fullName), namespaceOf(fullName), options);
      expect({ field: 'type', has: there.type, is: type });
      return there;
    };
  },

  'kubernetes.Config': () => {
    const module = load(() => require('@pulumi/vault/kubernetes/authBackendConfig') as typeof import('@pulumi/vault/kubernetes/authBackendConfig'));
    return ({ name, fullName, request, options, tied, expect }) => {
      // How it reaches the API server is for whoever made it to say.
      if (expect !== undefined) return module.AuthBackendConfig.get(name, lift(mountOf(fullName), mount => `auth/${mount}/config`), namespaceOf(fullName), options);
      return new module.AuthBackendConfig(name, {
        backend: tied(mountOf(fullName)),
        kubernetesHost: request.kubernetes_host,
        disableLocalCaJwt: request.disable_local_ca_jwt,
        ...given({ kubernetesCaCert: request.kubernetes_ca_cert, tokenReviewerJwt: request.token_reviewer_jwt }),
        ...namespaceOf(fullName),
      }, options);
    };
  },

  'jwt.AuthMount': () => {
    const { AuthBackend } = load(() => require('@pulumi/vault/jwt/authBackend') as typeof import('@pulumi/vault/jwt/authBackend'));
    return ({ name, fullName, request: { type, config }, options, expect }) => {
      if (expect !== undefined) {
        const there = AuthBackend.get(name, mountOf(fullName), namespaceOf(fullName), options);
        expect({ field: 'type', has: there.type, is: type });
        return there;
      }
      return new AuthBackend(name, {
        type,
        path: mountOf(fullName),
        ...given({
          oidcDiscoveryUrl: config?.oidc_discovery_url,
          jwksUrl: config?.jwks_url,
          jwtValidationPubkeys: config?.jwt_validation_pubkeys,
          boundIssuer: config?.bound_issuer,
        }),
        ...namespaceOf(fullName),
      }, options);
    };
  },

  'kubernetes.Role': () => {
    const module = load(() => require('@pulumi/vault/kubernetes/authBackendRole') as typeof import('@pulumi/vault/kubernetes/authBackendRole'));
    return ({ name, fullName, request, options }) => new module.AuthBackendRole(name, {
      ...roleIn(fullName),
      boundServiceAccountNames: request.bound_service_account_names,
      boundServiceAccountNamespaces: request.bound_service_account_namespaces,
      audience: request.audience,
      aliasNameSource: request.alias_name_source,
      ...tokenOf(request),
    }, options);
  },

  'jwt.Role': () => {
    const module = load(() => require('@pulumi/vault/jwt/authBackendRole') as typeof import('@pulumi/vault/jwt/authBackendRole'));
    return ({ name, fullName, request, options }) => new module.AuthBackendRole(name, {
      ...roleIn(fullName),
      roleType: request.role_type,
      userClaim: request.user_claim,
      boundAudiences: request.bound_audiences,
      boundClaimsType: request.bound_claims_type,
      // Several values of one claim are parted by commas here; no subject has one, and no issuer may.
      boundClaims: { iss: request.bound_claims.iss, ...given({ sub: request.bound_claims.sub?.join(',') }) },
      ...given({ userClaimJsonPointer: request.user_claim_json_pointer, boundSubject: request.bound_subject }),
      ...tokenOf(request),
    }, options);
  },
});
/* eslint-enable @typescript-eslint/no-require-imports */
