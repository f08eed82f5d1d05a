import type { TrustArtifact } from '../artifacts';
import { data, shown, text } from '../pods';
import type { Admission, Admitter, Ask, BearerToken, Judgement, Objection, TrustIndex } from './admitter';
import { refusalOf, type Compared } from './difference';
import { ACCOUNT, MEMBER, WORKLOAD_IDENTITY_USER, accountsBelow, filedAsInherited, inheritedBy, isInherited, isWayIn, letsAct } from './gcp-acting';
import { asksOf, poolOf, setsIn } from './gcp-asks';
import { hintsIn } from './gcp-hints';
import { googleKey, isPrincipal, principalInSet, readMember } from './gcp-principals';
import { alsoIn, enter, providerFor } from './gcp-providers';
import { objectionBy } from './objections';

/**
 * Google Cloud: pools of its own, to which a namespace and a name are the same in every cluster of a project or a fleet,
 * and pools whose providers say whose tokens they take and what they make of them.
 * https://cloud.google.com/iam/docs/workload-identity-federation
 */
export const gcp: Admitter = {
  kinds: [ACCOUNT, MEMBER, 'iam.WorkloadIdentityPool', 'iam.WorkloadIdentityPoolProvider', 'cloudresourcemanager.ProjectMember', 'storage.BucketMember', 'secretmanager.SecretMember', 'pubsub.TopicMember'],
  asksOf: (pod, trust) => pod.containers.flatMap(container => asksOf(pod, container, trust)),
  keyOf: (claims, trust) => seenAs({ claims }, trust).key,
  judge,
  objectionTo,
  mayBe,
  named: (becomes, { cluster, audience, namespace, serviceAccount, subject }) => {
    const inGoogles = principalInSet(becomes, { pool: audience, issuer: cluster.issuer, namespace, serviceAccount });
    const whole = becomes.startsWith('principalSet://') && becomes.endsWith('/*');
    return inGoogles ?? (whole ? `principal${becomes.slice('principalSet'.length, -1)}subject/${subject}` : undefined);
  },
  admissionsOf,
  lettingInto: accountsBelow,
  permissionsOf: ({ kind, request }) => {
    const { member, role, resource } = data(request);
    return member === undefined || (kind === MEMBER && letsAct(text(role)) === true) ? [] : [`${shown(role)} on ${shown(resource)}`];
  },
  filedAs: document => (document.kind === ACCOUNT ? [emailIn(document.name)] : filedAsInherited(document)),
  hintsIn,
};

/** Seconds between `iat` and `exp`, which have to be fewer. https://cloud.google.com/iam/docs/reference/sts/rest/v1/TopLevel/token */
const MAX_LIFETIME = 48 * 3600;

function objectionTo(token: BearerToken): Objection | undefined {
  const { issued, expires = 0 } = token;
  const said = objectionBy({ algorithms: ['RS256', 'ES256'], all: true }, token);
  if (said?.decided === true) return said;
  if (issued === undefined) return { decided: true, reason: 'the token does not say when it was issued' };
  return expires - issued < MAX_LIFETIME ? said : { decided: true, reason: `the token is for ${expires - issued} seconds, and Google takes less than ${MAX_LIFETIME}` };
}

/** Whom Google takes the bearer of the token for, before anything is granted to him. */
interface Seen {
  readonly key: string;
  /** The member, as it stands in policies. */
  readonly member: string;
  readonly refused?: Compared | string;
  readonly undecided?: string;
  readonly alsoAdmits: readonly string[];
}

function seenAs({ claims, key, through }: Pick<Ask, 'claims' | 'key' | 'through'>, trust: TrustIndex): Seen {
  const { cluster, namespace, serviceAccount, audience } = claims;
  const provider = through ?? (key === undefined && !audience.endsWith('.svc.id.goog') ? providerFor(claims, trust) : undefined);
  if (provider !== undefined) {
    const { principal, ...entrance } = enter(provider, claims, trust);
    return { key: principal, member: principal, ...entrance, alsoAdmits: alsoIn(provider, { principal }, claims, trust) };
  }
  // A member of a fleet says itself who it is: a token for a pool of Google's other than the cluster's own is of use to nobody else.
  const own = poolOf(cluster);
  const pool = key !== undefined || audience.endsWith('.svc.id.goog') ? audience : own;
  const name = googleKey(pool ?? '', namespace, serviceAccount);
  const owner = `the ${pool === own ? '' : 'fleet of the '}project ${(pool ?? '').replace(/\.svc\.id\.goog$/, '')}`;
  const seen = { key: name, member: `serviceAccount:${name}`, alsoAdmits: [`${namespace}/${serviceAccount} in every other cluster of ${owner}`] };
  if (pool === '') return { ...seen, refused: `${cluster.name} has no workload pool, so that its pods are nobody to Google` };
  if (pool === undefined) return { ...seen, undecided: `the workload pool of ${cluster.name} is not known` };
  return audience === pool ? seen : { ...seen, refused: `the pool wants the audience ${JSON.stringify(pool)}, the token has ${JSON.stringify(audience)}` };
}

/** Every principal of the pool that something is granted to: a mapping that is not understood may make any of them. And the principal that it acts as an account by. */
function mayBe(ask: Bearer, trust: TrustIndex): readonly { readonly becomes: string; readonly key: string }[] {
  return [...anyOfThePool(ask, trust), ...onItsWay(ask, trust)];
}

type Bearer = Pick<Ask, 'claims' | 'key' | 'through'> & { readonly becomes?: string };

function onItsWay(ask: Bearer, trust: TrustIndex): readonly { readonly becomes: string; readonly key: string }[] {
  const { becomes = '' } = ask;
  if (!becomes.includes('@') || isPrincipal(becomes)) return [];
  const { sure } = inheritedBy(becomes, trust);
  if (sure.length === 0) return [];
  const { key } = seenAs(ask, trust);
  return sure.flatMap(document => (document.becomes !== undefined && readMember(memberOf(document)).key === key ? [{ becomes: document.becomes, key }] : []));
}

function anyOfThePool({ claims, through }: Bearer, trust: TrustIndex): readonly { readonly becomes: string; readonly key: string }[] {
  const provider = through ?? (claims.audience.endsWith('.svc.id.goog') ? undefined : providerFor(claims, trust));
  const pool = provider === undefined ? undefined : enter(provider, claims, trust).anyOf;
  if (pool === undefined) return [];
  return trust.documents.flatMap(document => (document.provider !== 'gcp' || document.becomes === undefined ? [] : admissionsOf(document).flatMap(({ key }) => (
    key?.startsWith(`principal://iam.googleapis.com/${pool}/subject/`) ? [{ becomes: document.becomes as string, key }] : []))));
}

function judge(ask: Ask, trust: TrustIndex): Judgement {
  const { becomes } = ask;
  const direct = isPrincipal(becomes);
  const own = (): readonly TrustArtifact[] => trust.byHandle(becomes).filter(document => document.kind === MEMBER && isWayIn(document));
  const documents = direct ? grantsTo(ask, trust) : [...own(), ...inheritedBy(becomes, trust).sure];
  const undecided = (reason: string): Judgement => ({ admitted: false, decided: false, reason, alsoAdmits: [] });
  // A set is asked about by whoever is in it: the bearer is not, or nobody here can tell.
  if (becomes.startsWith('principalSet://')) return { ...undecided(`whether the pod is in ${becomes} is not understood here`), ...(isGoogles(becomes) && { decided: true, reason: `the pod is not in ${becomes}` }) };
  const seen = seenAs(ask, trust);
  if (documents.length === 0) {
    if (!direct) return undecided(openGrant(ask, seen, trust) ?? `no member of ${WORKLOAD_IDENTITY_USER} on ${becomes} is among the documents`);
    // Where it is not known who the pod is, it is no news that nothing is granted to who it may be.
    return undecided((seen.refused === undefined ? seen.undecided : undefined) ?? `no grant to ${becomes} is among the documents`);
  }
  if (seen.refused !== undefined) return { admitted: false, decided: true, ...refusalOf(seen.refused), alsoAdmits: [] };
  if (seen.undecided !== undefined) return undecided(seen.undecided);
  const matches = documents.filter(document => isFor(document, ask, seen) && (direct || isInherited(document) || text(data(document.request).resource)?.endsWith(`/${becomes}`)));
  const [first] = matches.filter(document => conditionOf(document) === undefined);
  const [conditional] = matches;
  if (first === undefined && conditional !== undefined) return { ...undecided(`whether the condition ${shown(conditionOf(conditional))} of its grant holds is not understood here`), by: conditional.name };
  if (first === undefined) {
    const present = documents.map(memberOf).join(', ');
    if (documents.some(document => mayInclude(memberOf(document), seen))) return undecided(`whether ${seen.member} is in ${present} is not understood here`);
    const open = direct ? undefined : openGrant(ask, seen, trust);
    if (open !== undefined) return undecided(open);
    return { admitted: false, decided: true, reason: `the service account admits ${present}, the pod is ${seen.member}`, alsoAdmits: [] };
  }
  const disabled = trust.filed('gcp', becomes).find(({ request }) => data(data(request).serviceAccount).disabled === true);
  if (disabled !== undefined) return { admitted: false, decided: true, by: disabled.name, reason: `the service account ${becomes} is disabled`, alsoAdmits: [] };
  const roles = [...new Set(matches.filter(document => conditionOf(document) === undefined).map(document => shown(data(document.request).role)))].join(', ');
  return { admitted: true, decided: true, by: first.name, reason: `${direct ? becomes : seen.member} has ${roles}`, alsoAdmits: seen.alsoAdmits };
}

/** A grant that may let the pod act as the account, of which that cannot be told. */
function openGrant(ask: Ask, seen: Seen, trust: TrustIndex): string | undefined {
  const own = trust.byHandle(ask.becomes).filter(({ kind, request }) => kind === MEMBER && letsAct(text(data(request).role)) === undefined);
  const { sure, open: wider } = inheritedBy(ask.becomes, trust);
  const unread = [...sure, ...wider].find(({ unknown = [] }) => unknown.length > 0);
  if (unread !== undefined) return `${unread.unknown?.join(', ') ?? ''} of ${unread.name} cannot be read`;
  const open = [...own, ...wider].find(document => isFor(document, ask, seen) || mayInclude(memberOf(document), seen));
  return open && `whether ${shown(data(open.request).role)} on ${shown(data(open.request).resource)}, which ${memberOf(open)} has, lets it act as ${ask.becomes} is not known here`;
}

/** Grants to the principal itself, and to sets that it is in. */
function grantsTo({ becomes, claims: { cluster, audience, namespace, serviceAccount } }: Ask, trust: TrustIndex): readonly TrustArtifact[] {
  const place = { pool: audience, issuer: cluster.issuer, namespace, serviceAccount };
  const sets = setsIn(trust).filter(set => principalInSet(set, place) === becomes || isWholePool(set, becomes));
  return [becomes, ...sets].flatMap(handle => trust.byHandle(handle));
}

function isFor(document: TrustArtifact, { claims: { cluster, audience, namespace, serviceAccount } }: Ask, { key }: Seen): boolean {
  const member = memberOf(document);
  if (readMember(member).key === key || isWholePool(member, key)) return true;
  return principalInSet(member, { pool: audience, issuer: cluster.issuer, namespace, serviceAccount }) !== undefined;
}

function isGoogles(set: string): boolean {
  return /\.svc\.id\.goog\/(namespace|kubernetes\.cluster)\/.+$/.test(set);
}

function isWholePool(set: string, principal: string): boolean {
  return set.startsWith('principalSet://') && set.endsWith('/*') && principal.startsWith(`principal${set.slice('principalSet'.length, -1)}subject/`);
}

/** A set of the same pool that is told by attributes, or a form that nobody here knows. */
function mayInclude(member: string, { key }: Seen): boolean {
  const [pool = ''] = /^:\/\/.*\/workloadIdentityPools\/[^/]+\//.exec(member.replace(/^principalSet/, '')) ?? [];
  return member.startsWith('principalSet://') && pool !== '' && key.startsWith(`principal${pool}`);
}

function memberOf(document: TrustArtifact): string {
  return shown(data(document.request).member);
}

/** A grant lets its member in by itself; on a service account, the roles that let it be acted as do. */
function admissionsOf(document: TrustArtifact): readonly Admission[] {
  const { member } = data(document.request);
  if (member === undefined || (document.kind === MEMBER && !isWayIn(document))) return [];
  const { who, ...rest } = readMember(shown(member));
  const condition = conditionOf(document);
  return [{ ...rest, who: condition === undefined ? who : `${who}, where ${condition}` }];
}

/** Of a binding with a condition: what nobody here evaluates, since it asks for the time and the request. https://cloud.google.com/iam/docs/conditions-overview */
function conditionOf({ request }: TrustArtifact): string | undefined {
  const { condition } = data(request);
  return condition === undefined || condition === null ? undefined : text(data(condition).expression) ?? JSON.stringify(condition);
}

function emailIn(name: string): string {
  return name.slice(name.lastIndexOf('/') + 1);
}
