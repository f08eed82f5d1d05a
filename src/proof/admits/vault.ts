import type { TrustArtifact } from '../artifacts';
import { fileAt, firstTokenIn } from '../files';
import { data, shown, text, type ContainerView, type Data, type PodView } from '../pods';
import { unreadOf } from '../unread';
import type { Admission, Admitter, Ask, BearerToken, Judgement, Objection, TrustIndex } from './admitter';
import { closest, differences, refusalOf, type Compared } from './difference';
import { comesFromElsewhere, mayComeFromElsewhere } from './elsewhere';
import { mint } from './mint';
import { objectionBy } from './objections';

const DOMAIN = 'vault.hashicorp.com';

/** Vault and OpenBao, by their auth methods `kubernetes` and `jwt`. https://developer.hashicorp.com/vault/docs/auth */
export const vault: Admitter = {
  kinds: ['kubernetes.AuthMount', 'kubernetes.Config', 'kubernetes.Role', 'jwt.AuthMount', 'jwt.Role'],
  asksOf: pod => [...byAgent(pod), ...pod.containers.flatMap(container => byVariables(pod, container))],
  // A mount knows one cluster, and which role is asked for is said apart.
  keyOf: ({ subject, audience }) => [subject, audience].join('\n'),
  judge,
  objectionTo,
  admissionsOf,
  permissionsOf: ({ request }) => texts(data(request).token_policies).map(policy => `policy ${policy}`),
};

const LOGIN = ['VAULT_AUTH_PATH', 'VAULT_ROLE', 'VAULT_JWT_FILE'];
const SERVER = ['VAULT_ADDR', 'VAULT_NAMESPACE'];
/** Clients of OpenBao know both, and take their own first. */
const TOKENS = ['VAULT_TOKEN', 'BAO_TOKEN'];

/** An application logs in with what these variables say, all or nothing. */
function byVariables(pod: PodView, container: ContainerView): readonly Ask[] {
  const { name, env } = container;
  if (!LOGIN.every(variable => env.has(variable))) return [];
  const [path, role, file] = LOGIN.map(variable => env.get(variable));
  const [address, namespace] = SERVER.map(variable => env.get(variable));
  const unnamed = comesFromElsewhere(container, [...LOGIN.slice(0, 2), ...SERVER]);
  const becomes = unnamed === undefined && path !== undefined && role !== undefined ? roleAt(address ?? '', namespace, path, role) : '';
  // Clients take a token that is there before they log in anywhere, and an empty one for none. https://developer.hashicorp.com/vault/docs/commands
  const token = TOKENS.find(variable => env.has(variable) && env.get(variable) !== '');
  if (token !== undefined) return [{ becomes, claims: mint(pod, ''), fault: `the container ${name} has ${token}, which ${token === 'BAO_TOKEN' ? 'OpenBao' : 'Vault'}'s clients use instead of logging in` }];
  const doubt = unnamed ?? comesFromElsewhere(container, LOGIN) ?? mayComeFromElsewhere(container, 'VAULT_TOKEN');
  if (file === undefined || doubt !== undefined) return [{ becomes, claims: mint(pod, ''), doubt: doubt ?? '' }];
  const found = fileAt(pod, container, file);
  if (found.kind !== 'token') return [{ becomes, claims: mint(pod, ''), fault: found.kind === 'missing' ? found.why : `${file} is no token` }];
  return [{ becomes, claims: mint(pod, found.token.audience ?? '') }];
}

/** What the injector makes of a pod: its agent logs in once, for all containers. https://github.com/hashicorp/vault-k8s */
function byAgent(pod: PodView): readonly Ask[] {
  const said = (name: string): string | undefined => pod.annotations[`${DOMAIN}/${name}`];
  if (said('agent-inject') !== 'true') return [];
  const becomes = roleAt(said('service') ?? '', said('namespace'), said('auth-path') ?? 'auth/kubernetes', said('role') ?? '');
  const volume = said('agent-service-account-token-volume-name') ?? pod.containers.flatMap(({ mounts }) => mounts).find(({ path }) => path.includes('serviceaccount'))?.volume;
  const token = volume === undefined ? undefined : firstTokenIn(pod, volume);
  if (token === undefined) return [{ becomes, claims: mint(pod, ''), fault: `the injector finds no service account token in ${volume ?? 'any volume that is mounted'}` }];
  const claims = mint(pod, token.audience ?? '');
  return said('role') === undefined ? [{ becomes, claims, fault: `the pod has no ${DOMAIN}/role` }] : [{ becomes, claims }];
}

function roleAt(address: string, namespace: string | undefined, path: string, role: string): string {
  return [address.replace(/^https?:\/\//, '').replace(/\/$/, ''), namespace, path.replace(/^\/|\/$/g, ''), 'role', role].filter(part => part !== undefined && part !== '').join('/');
}

function judge(ask: Ask, trust: TrustIndex): Judgement {
  const role = trust.byHandle(ask.becomes).find(({ kind }) => kind === 'kubernetes.Role' || kind === 'jwt.Role');
  if (role === undefined) return { admitted: false, decided: false, reason: `the role ${ask.becomes} is not among the documents`, alsoAdmits: [] };
  return role.kind === 'jwt.Role' ? bySignature(ask, role, trust) : byReview(ask, role, trust);
}

/** Vault asks the API server that the mount knows for the role's audience, and compares the account that it is told. */
function byReview({ claims }: Ask, { name, request }: TrustArtifact, trust: TrustIndex): Judgement {
  const { bound_service_account_names: names, bound_service_account_namespaces: namespaces, audience } = data(request);
  const refused = (why: Compared | string): Judgement => ({ admitted: false, decided: true, by: name, ...refusalOf(why), alsoAdmits: [] });
  const mount = name.replace(/\/role\/[^/]+$/, '');
  const mounted = trust.named(`${mount}/config`);
  const unread = mounted && unreadOf(mounted);
  if (unread !== undefined) return { ...refused(unread), decided: false };
  const known = mounted?.cluster;
  if (known !== undefined && known !== claims.cluster.name) return refused(`${mount} asks the API server of ${known}, which does not know the tokens of ${claims.cluster.name}`);
  const isForServer = audience === undefined || audience === '';
  if (isForServer && claims.audience !== '') return refused(`the role has no audience, so that only a token for the API server itself would do; the token has ${JSON.stringify(claims.audience)}`);
  if (!isForServer && audience !== claims.audience) return refused({ claim: 'audience', token: claims.audience, trust: shown(audience) });
  const wanted = `${texts(namespaces).join(', ')} with the names ${texts(names).join(', ')}`;
  const isNamed = texts(names).some(pattern => globs(pattern, claims.serviceAccount));
  const isIn = texts(namespaces).some(pattern => globs(pattern, claims.namespace));
  const selector = selectorOf(data(request));
  if (isNamed && !isIn && selector !== undefined) return { ...refused(`whether ${selector} selects the namespace ${claims.namespace} is not told here`), decided: false };
  if (!isNamed || !isIn) {
    return refused(`the role takes the namespaces ${wanted}, the pod is ${claims.namespace}/${claims.serviceAccount}`);
  }
  const config = data(mounted?.request);
  // Vault compares it unless it is told not to, which is the default since 1.9. https://developer.hashicorp.com/vault/api-docs/auth/kubernetes#disable_iss_validation
  if (config.disable_iss_validation === false && isSet(config.issuer) && claims.issuer !== undefined && config.issuer !== claims.issuer) {
    return refused({ claim: 'issuer', token: claims.issuer, trust: shown(config.issuer) });
  }
  const place = placesOf(data(request));
  if (place !== undefined) return { ...refused(place), decided: false };
  const proviso = known === undefined ? `, provided that ${mount} asks that of ${claims.cluster.name}` : '';
  return { admitted: true, decided: true, by: name, reason: `TokenReview: the API server vouches for it, and name, namespace and audience are those of the role${proviso}`, alsoAdmits: [] };
}

/** Vault checks the signature with the keys of the mount, and compares claims. */
function bySignature({ claims }: Ask, { name, request }: TrustArtifact, trust: TrustIndex): Judgement {
  const role = data(request);
  const refused = (why: Compared | string): Judgement => ({ admitted: false, decided: true, by: name, ...refusalOf(why), alsoAdmits: [] });
  if (role.role_type !== 'jwt') return refused('the role has no role_type jwt, and is one for browsers then');
  if (texts(role.bound_audiences).length === 0) return refused('the role has no bound_audiences, and a token with an audience is refused then');
  if (claims.issuer === undefined) return { admitted: false, decided: false, reason: `the issuer of ${claims.cluster.name} is not known`, alsoAdmits: [] };
  const mount = trust.named(name.replace(/\/role\/[^/]+$/, ''));
  const { bound_issuer: boundIssuer, oidc_discovery_url: discoveryUrl } = data(data(mount?.request).config);
  const unread = mount && unreadOf(mount);
  if (unread !== undefined) return { ...refused(unread), decided: false };
  const claim = text(role.user_claim);
  if (claim !== undefined && !CLAIMS.has(claim) && !claim.startsWith('/kubernetes.io/')) return refused(`its user_claim is ${claim}, which no token of Kubernetes has`);
  const place = placesOf(role);
  if (place !== undefined) return { ...refused(place), decided: false };
  const bound = boundOf(role);
  const pairs: Compared[] = [
    compared('issuer', claims.issuer, bound.iss, role),
    compared('subject', claims.subject, bound.sub, role),
    // Whatever the claims' type, these are taken by the letter.
    compared('issuer', claims.issuer, isSet(boundIssuer) ? texts(boundIssuer) : undefined, {}),
    compared('subject', claims.subject, bound.subject, {}),
    compared('audience', claims.audience, texts(role.bound_audiences), {}),
  ];
  const [first] = closest([differences(pairs)]);
  if (first !== undefined) return refused(first);
  if (Object.keys(bound.others).length > 0) return { ...refused(`the role wants claims that are not known here: ${Object.keys(bound.others).join(', ')}`), decided: false };
  if (isSet(discoveryUrl) && discoveryUrl !== claims.issuer) return { ...refused(`the mount has the keys of ${shown(discoveryUrl)}; whether ${claims.issuer} signs with them is not known`), decided: false };
  const proviso = mount === undefined || (!isSet(boundIssuer) && !isSet(discoveryUrl)) ? ', provided that its mount has the keys of the cluster' : '';
  return { admitted: true, decided: true, by: name, reason: `issuer, subject and audience are those of the role${proviso}`, alsoAdmits: [] };
}

/** By review it is the API server that looks at the token; by signature the mount says which algorithms it takes. https://developer.hashicorp.com/vault/api-docs/auth/jwt#jwt_supported_algs */
function objectionTo(token: BearerToken, { becomes }: Ask, trust: TrustIndex): Objection | undefined {
  const role = trust.byHandle(becomes).find(({ kind }) => kind === 'kubernetes.Role' || kind === 'jwt.Role');
  if (role?.kind === 'kubernetes.Role') {
    return objectionBy({ algorithms: ['RS256', 'ES256', 'ES384', 'ES512'], all: true, several: true, without: 'whether the API server takes it, and for whom, is not known here' }, token);
  }
  const mount = trust.named(role?.name.replace(/\/role\/[^/]+$/, '') ?? '');
  const listed = texts(data(data(mount?.request).config).jwt_supported_algs);
  return objectionBy({ algorithms: listed.length > 0 ? listed : ['RS256'], all: mount !== undefined, several: true }, token);
}

/** What the role wants of the claims, by name: undefined where it wants nothing. */
function boundOf(role: Data): { readonly [wanted in 'iss' | 'sub' | 'subject']: readonly string[] | undefined } & { readonly others: Data } {
  const { iss, sub, ...others } = data(role.bound_claims);
  const list = (value: unknown): readonly string[] | undefined => (value === undefined ? undefined : texts(value));
  return { iss: list(iss), sub: list(sub), subject: isSet(role.bound_subject) ? texts(role.bound_subject) : undefined, others };
}

/** What a token of Kubernetes has at its top; what is deeper is named by a pointer. */
const CLAIMS = new Set(['sub', 'iss', 'jti']);

/** Where a login has to come from is no matter of the token. */
function placesOf({ token_bound_cidrs: places }: Data): string | undefined {
  return !isSet(places) || texts(places).length === 0 ? undefined : `whether the login comes from ${texts(places).join(', ')} is not told here`;
}

/** Vault prints the empty text for what is not set. */
function isSet(value: unknown): boolean {
  return value !== undefined && value !== null && value !== '';
}

function selectorOf({ bound_service_account_namespace_selector: selector }: Data): string | undefined {
  return typeof selector === 'string' && selector !== '' ? selector : undefined;
}

function compared(claim: Compared['claim'], token: string, wanted: readonly string[] | undefined, role: Data): Compared {
  const fits = wanted === undefined || wanted.some(value => (role.bound_claims_type === 'glob' ? globs(value, token) : value === token));
  return { claim, token, trust: fits ? token : wanted.join('" or "') };
}

function admissionsOf({ kind, request }: TrustArtifact): readonly Admission[] {
  const role = data(request);
  if (kind === 'kubernetes.Role') return ofNames(role);
  if (kind !== 'jwt.Role' || role.role_type !== 'jwt') return [];
  const { sub: like, subject } = boundOf(role);
  const sub = subject ?? like;
  if (sub === undefined) return [{ who: 'every service account that the mount knows' }];
  return sub.flatMap(each => (role.bound_claims_type === 'glob' && subject === undefined && each.includes('*')
    ? [{ who: `every service account like ${each}` }]
    : texts(role.bound_audiences).map(audience => ({ key: [each, audience].join('\n'), who: `${each} for ${audience}` }))));
}

function ofNames(role: Data): readonly Admission[] {
  const { bound_service_account_names: names, bound_service_account_namespaces: namespaces, audience } = role;
  const selector = selectorOf(role);
  const open: Admission[] = selector !== undefined ? [{ who: `${texts(names).join(', ')} in every namespace that ${selector} selects` }] : [];
  return [...open, ...texts(namespaces).flatMap(namespace => texts(names).map((name): Admission => {
    if (namespace.includes('*') || name.includes('*')) return { who: `every service account like ${namespace}/${name}` };
    const subject = ['system', 'serviceaccount', namespace, name].join(':');
    return { key: [subject, shown(audience ?? '')].join('\n'), who: `${subject} for ${isSet(audience) ? shown(audience) : 'the API server'}` };
  }))];
}

/** Vault knows one wildcard, and takes everything else by the letter. */
function globs(pattern: string, value: string): boolean {
  return new RegExp(`^${pattern.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*')}$`, 's').test(value);
}

/** A value or a list of values, as a list. */
function texts(value: unknown): readonly string[] {
  return (Array.isArray(value) ? value : value === undefined ? [] : [value]).map(shown);
}
