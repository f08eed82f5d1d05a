import type { Fields, Row, Surroundings } from './resource';
import { dataOf } from '../../../kubernetes/data';

/** The provider of Vault and OpenBao. https://registry.terraform.io/providers/hashicorp/vault/latest/docs/resources/kubernetes_auth_backend_role */
export const vault: { readonly [type: string]: Row } = {
  vault_auth_backend: (fields, around) => {
    const [type, path] = [fields.text('type'), fields.text('path')];
    return type !== 'kubernetes' ? {} : made(fields, around, path ?? type, '', 'kubernetes.AuthMount', { type });
  },

  vault_kubernetes_auth_backend_config: (fields, around) => made(fields, around, fields.text('backend') ?? 'kubernetes', '/config', 'kubernetes.Config', {
    kubernetes_host: fields.text('kubernetes_host'),
  }),

  vault_kubernetes_auth_backend_role: (fields, around) => role(fields, around, 'kubernetes', {
    bound_service_account_names: fields.texts('bound_service_account_names'),
    bound_service_account_namespaces: fields.texts('bound_service_account_namespaces'),
    bound_service_account_namespace_selector: fields.text('bound_service_account_namespace_selector'),
    audience: fields.text('audience'),
    alias_name_source: fields.text('alias_name_source'),
  }),

  vault_jwt_auth_backend: (fields, around) => made(fields, around, fields.text('path') ?? 'jwt', '', 'jwt.AuthMount', {
    type: fields.text('type') ?? 'jwt',
    config: {
      oidc_discovery_url: fields.text('oidc_discovery_url'),
      jwks_url: fields.text('jwks_url'),
      jwt_validation_pubkeys: fields.texts('jwt_validation_pubkeys'),
      bound_issuer: fields.text('bound_issuer'),
      jwt_supported_algs: fields.texts('jwt_supported_algs'),
    },
  }),

  vault_jwt_auth_backend_role: (fields, around) => {
    const whole = fields.get('disable_bound_claims_parsing') === true;
    const claims = Object.entries(dataOf(fields.get('bound_claims')));
    return role(fields, around, 'jwt', {
      role_type: fields.text('role_type'),
      user_claim: fields.text('user_claim'),
      bound_audiences: fields.texts('bound_audiences'),
      bound_subject: fields.text('bound_subject'),
      bound_claims_type: fields.text('bound_claims_type'),
      // The provider parts several values of one claim by commas, if it is not told to leave them.
      bound_claims: claims.length === 0 ? undefined : Object.fromEntries(claims.map(([claim, value]) => [claim, whole ? String(value) : String(value).split(',').map(each => each.trim())])),
    });
  },
};

function role(fields: Fields, around: Surroundings, method: 'kubernetes' | 'jwt', request: object): ReturnType<Row> {
  const [backend, name] = [fields.text('backend') ?? method, fields.text('role_name')];
  if (fields.unknown.some(field => field === 'backend' || field === 'role_name') || name === undefined) return { unsaid: [{ what: `which role ${fields.resource.address} is`, fix: 'give the state once it is made' }] };
  return made(fields, around, backend, `/role/${name}`, `${method}.Role`, request);
}

/** Which Vault it is stands with the provider; else the user may say it. An injector's default address stands in no manifest either, so that both can do without. */
function made(fields: Fields, { said }: Surroundings, mount: string, rest: string, kind: string, request: object): ReturnType<Row> {
  const { address, namespace } = fields.resource.provider;
  const url = typeof address === 'string' && address !== '' ? address : said.find(word => /^https?:\/\//.test(word));
  const parts = [url?.replace(/^https?:\/\//, '').replace(/\/+$/, ''), namespace, fields.text('namespace'), 'auth', mount];
  const name = `${parts.filter(part => typeof part === 'string' && part !== '').map(part => String(part).replace(/^\/|\/$/g, '')).join('/')}${rest}`;
  const artifact = fields.artifact('vault', kind, name, request, rest.startsWith('/role/') ? name : undefined);
  return { trust: [artifact], ...(url === undefined && artifact.becomes !== undefined && { unsaid: [{ what: `at which address the Vault of ${fields.resource.address} is`, example: 'https://vault.example.com' }] }) };
}
