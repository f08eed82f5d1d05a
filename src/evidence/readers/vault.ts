import { dataOf, isData, type Data } from '../../kubernetes/data';
import type { TrustArtifact } from '../../proof/artifacts';
import type { MapDocument, Reader, Reading } from '../reader';
import { pick, said } from '../said';

/**
 * What the CLIs of Vault and OpenBao print with -format=json. None says what was read: that is for `of`, as pods call it, with the
 * server in front where they name it. https://developer.hashicorp.com/vault/docs/commands/read
 */
export const vault: Reader = {
  prints: ['vault read -format=json auth/MOUNT/role/NAME', 'vault read -format=json auth/MOUNT/config', 'vault auth list -format=json', 'vault read -format=json sys/auth'],
  read: document => {
    const { value } = document;
    const mounts = mountsIn(isAnswer(value) ? dataOf(value.data) : value);
    if (mounts !== undefined) return { trust: mounts.map(path => ({ path: `${path}/`, value: artifact('kubernetes.AuthMount', [serverIn(document.of), 'auth', path].filter(part => part !== '').join('/'), { type: 'kubernetes' }) })) };
    if (!isAnswer(value)) return undefined;
    return role(document, value.data) ?? config(document, value.data);
  },
};

type Answer = Data & { readonly data: Data };

function isAnswer(value: Data): value is Answer {
  return isData(value.data) && ['request_id', 'lease_id', 'lease_duration', 'renewable', 'mount_type'].some(key => key in value);
}

/** Fields that one method has, and the other has not. */
const KUBERNETES_ROLE = 'bound_service_account_names';
const JWT_ROLE = ['role_type', 'bound_audiences', 'user_claim'];
const KUBERNETES_CONFIG = 'kubernetes_host';
const JWT_CONFIG = ['bound_issuer', 'oidc_discovery_url', 'jwks_url', 'jwks_pairs', 'jwt_validation_pubkeys'];

/** https://developer.hashicorp.com/vault/api-docs/auth/kubernetes#read-role https://developer.hashicorp.com/vault/api-docs/auth/jwt#read-role */
function role({ of }: MapDocument, value: Data): Reading | undefined {
  const kind = KUBERNETES_ROLE in value ? 'kubernetes.Role' : JWT_ROLE.every(field => field in value) ? 'jwt.Role' : undefined;
  if (kind === undefined) return undefined;
  const path = pathIn(of);
  const example = `vault.example.com/auth/${kind === 'jwt.Role' ? 'jwt' : 'kubernetes'}/role/checkout`;
  if (path === undefined || !/(^|\/)auth\/.+\/role\/[^/]+$/.test(path)) return { unsaid: [{ path: '', what: path === undefined ? 'which role it is' : `which role it is, for ${path} is the path of none`, example }] };
  return { trust: [{ path: 'data', value: artifact(kind, path, pick(value, Object.keys(value)), path) }] };
}

/** https://developer.hashicorp.com/vault/api-docs/auth/kubernetes#read-config https://developer.hashicorp.com/vault/api-docs/auth/jwt#read-config */
function config({ of, cluster }: MapDocument, value: Data): Reading | undefined {
  const kind = KUBERNETES_CONFIG in value ? 'kubernetes.Config' : JWT_CONFIG.some(field => field in value) ? 'jwt.AuthMount' : undefined;
  if (kind === undefined) return undefined;
  const path = pathIn(of);
  const example = `vault.example.com/auth/${kind === 'jwt.AuthMount' ? 'jwt' : 'kubernetes'}/config`;
  if (path === undefined || !/(^|\/)auth\/.+\/config$/.test(path)) return { unsaid: [{ path: '', what: path === undefined ? 'which mount it configures' : `which mount it configures, for ${path} is the path of no config`, example }] };
  const request = pick(value, Object.keys(value));
  const made = kind === 'jwt.AuthMount' ? artifact(kind, path.replace(/\/config$/, ''), { type: 'jwt', config: request }) : { ...artifact(kind, path, request), ...(cluster !== undefined && { cluster }) };
  return { trust: [{ path: 'data', value: made }] };
}

/** As the proof calls it: `vault.example.com/auth/kubernetes/role/checkout`, without the scheme, and without the `/v1` of its API. */
function pathIn(of: string | undefined): string | undefined {
  return said(of)?.replace(/^https?:\/\/([^/]+)(\/v1(?=\/|$))?/, '$1').replace(/\/$/, '');
}

/** A list of mounts is of a server, or of a namespace of one. */
function serverIn(of: string | undefined): string {
  return (pathIn(of) ?? '').replace(/(^|\/)sys\/auth$/, '');
}

/** The mounts of the method `kubernetes`; of the others the list says nothing that decides. https://developer.hashicorp.com/vault/docs/commands/auth/list */
function mountsIn(value: Data): readonly string[] | undefined {
  const entries = Object.entries(value);
  const isList = entries.length > 0 && entries.every(([path, mount]) => path.endsWith('/') && said(dataOf(mount).type) !== undefined && 'accessor' in dataOf(mount));
  return isList ? entries.filter(([, mount]) => dataOf(mount).type === 'kubernetes').map(([path]) => path.slice(0, -1)) : undefined;
}

function artifact(kind: string, name: string, request: Data, becomes?: string): TrustArtifact {
  return { provider: 'vault', kind, name, ...(becomes !== undefined && { becomes }), request };
}
