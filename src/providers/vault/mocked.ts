import { mountUrl, nameOfMount } from './names';
import { given, textOf, type Fields, type MockedProvider } from '../mocked';

/** Which Vault it is. */
export interface VaultPlace {
  /** With scheme, and without a slash at the end. */
  readonly address: string;
}

/** Mounts say where they are by `path`, what is in them by `backend`. */
function mountIn({ namespace, path, backend }: Fields, type: string, { address }: VaultPlace): string {
  const vaultNamespace = textOf(namespace) || undefined;
  return nameOfMount(mountUrl({ address, vaultNamespace, mount: textOf(path ?? backend) || type }));
}

const roleIn = (inputs: Fields, type: string, place: VaultPlace): string => `${mountIn(inputs, type, place)}/role/${textOf(inputs.roleName)}`;

/** What every role says of Vault's own token. */
const tokenOf = (inputs: Fields): Fields => ({ token_policies: inputs.tokenPolicies, token_ttl: inputs.tokenTtl, token_max_ttl: inputs.tokenMaxTtl });

/** Several values of one claim are parted by commas here. */
const claimsOf = (claims: unknown): Fields | undefined => (typeof claims === 'object' && claims !== null
  ? Object.fromEntries(Object.entries(claims as Fields).map(([claim, value]) => [claim, typeof value === 'string' && value.includes(',') ? value.split(',') : value]))
  : undefined);

/** Vault as a Pulumi program sees it: https://www.pulumi.com/registry/packages/vault/api-docs/ */
export const vault: MockedProvider<VaultPlace> = {
  place: { address: 'https://vault.example.com' },
  types: {
    'vault:index/authBackend:AuthBackend': {
      outputs: ({ type, path }) => ({ id: textOf(path) || textOf(type), path: textOf(path) || textOf(type), accessor: `auth_${textOf(type)}` }),
      document: ({ inputs }, place) => (inputs.type === 'kubernetes' ? { kind: 'kubernetes.AuthMount', name: mountIn(inputs, 'kubernetes', place), request: { type: 'kubernetes' } } : undefined),
    },

    'vault:kubernetes/authBackendConfig:AuthBackendConfig': {
      outputs: ({ backend }) => ({ id: `auth/${textOf(backend) || 'kubernetes'}/config` }),
      // The reviewer's token is a secret: it stands in no document.
      document: ({ inputs }, place) => ({
        kind: 'kubernetes.Config',
        name: `${mountIn(inputs, 'kubernetes', place)}/config`,
        request: given({ kubernetes_host: inputs.kubernetesHost, kubernetes_ca_cert: inputs.kubernetesCaCert, disable_local_ca_jwt: inputs.disableLocalCaJwt }),
      }),
    },

    'vault:jwt/authBackend:AuthBackend': {
      outputs: ({ type, path }) => ({ id: textOf(path) || textOf(type) || 'jwt', path: textOf(path) || textOf(type) || 'jwt' }),
      document: ({ inputs }, place) => ({
        kind: 'jwt.AuthMount',
        name: mountIn(inputs, 'jwt', place),
        request: {
          type: inputs.type ?? 'jwt',
          config: given({
            oidc_discovery_url: inputs.oidcDiscoveryUrl,
            jwks_url: inputs.jwksUrl,
            jwt_validation_pubkeys: inputs.jwtValidationPubkeys,
            bound_issuer: inputs.boundIssuer,
          }),
        },
      }),
    },

    'vault:kubernetes/authBackendRole:AuthBackendRole': {
      outputs: ({ backend, roleName }) => ({ id: `auth/${textOf(backend) || 'kubernetes'}/role/${textOf(roleName)}` }),
      document: ({ inputs }, place) => {
        const name = roleIn(inputs, 'kubernetes', place);
        const { boundServiceAccountNames: names, boundServiceAccountNamespaces: namespaces, audience, aliasNameSource } = inputs;
        return {
          kind: 'kubernetes.Role', name, becomes: name, request: given({ bound_service_account_names: names, bound_service_account_namespaces: namespaces, audience, alias_name_source: aliasNameSource, ...tokenOf(inputs) }),
        };
      },
    },

    'vault:jwt/authBackendRole:AuthBackendRole': {
      outputs: ({ backend, roleName }) => ({ id: `auth/${textOf(backend) || 'jwt'}/role/${textOf(roleName)}` }),
      document: ({ inputs }, place) => {
        const name = roleIn(inputs, 'jwt', place);
        const request = given({
          role_type: inputs.roleType,
          user_claim: inputs.userClaim,
          user_claim_json_pointer: inputs.userClaimJsonPointer,
          bound_audiences: inputs.boundAudiences,
          bound_subject: inputs.boundSubject,
          bound_claims_type: inputs.boundClaimsType,
          bound_claims: claimsOf(inputs.boundClaims),
          ...tokenOf(inputs),
        });
        return { kind: 'jwt.Role', name, becomes: name, request };
      },
    },
  },
};
