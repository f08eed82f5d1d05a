import type { TrustArtifact } from '../artifacts';
import { data, shown, text } from '../pods';

/** On one service account. */
export const MEMBER = 'iam.ServiceAccountMember';
export const ACCOUNT = 'iam.ServiceAccount';
export const WORKLOAD_IDENTITY_USER = 'roles/iam.workloadIdentityUser';

/** The roles by which IAM lets somebody get an access token of a service account. https://cloud.google.com/iam/docs/service-account-permissions */
const ACTING = [WORKLOAD_IDENTITY_USER, 'roles/iam.serviceAccountTokenCreator'];

/** What roles of a project's or an organisation's own hold is not said here. https://cloud.google.com/iam/docs/creating-custom-roles */
const OWN_ROLE = /^(projects|organizations)\/[^/]+\/roles\//;

/** A pod, pods, or everybody: of people, and of accounts that act as accounts, no manifest says anything. */
const PODS = /^principal(Set)?:\/\/|^serviceAccount:[^[\]]+\.svc\.id\.goog\[|^all(Authenticated)?Users$/;

/** Under which grants are filed that hold for more than what they are on. */
const WIDER = 'grants that a service account inherits';

/** Whether the role lets its members act as a service account; undefined where that is not known. */
export function letsAct(role: string | undefined): boolean | undefined {
  if (role === undefined) return undefined;
  return OWN_ROLE.test(role) ? undefined : ACTING.includes(role);
}

/** Of an account's own policy: the role for pods lets in whomever it names; with the one for everybody, those are meant who could be pods. */
export function isWayIn({ request }: TrustArtifact): boolean {
  const { role, member } = data(request);
  return role === WORKLOAD_IDENTITY_USER || (letsAct(text(role)) === true && PODS.test(shown(member)));
}

/** A grant that the service accounts below it inherit: of a project, a folder or an organisation. https://cloud.google.com/iam/docs/resource-hierarchy-access-control */
export function isInherited({ kind, request, unknown = [] }: TrustArtifact): boolean {
  const { role, resource, member } = data(request);
  // Whom nobody can read may be anybody.
  const whose = PODS.test(shown(member)) || (member === undefined && unknown.length > 0);
  return kind !== MEMBER && letsAct(text(role)) !== false && whose && /^(projects|folders|organizations)\/[^/]+$/.test(text(resource) ?? '');
}

/** Keys under which {@link inheritedBy} finds it again. */
export function filedAsInherited(document: TrustArtifact): readonly string[] {
  return isInherited(document) ? [WIDER] : [];
}

interface Filed {
  filed(provider: string, key: string): readonly TrustArtifact[];
}

/** The grants that hold for this service account, too; and those of which that cannot be told: the role is somebody's own, or the account's project may be in the folder, or be that number. */
export function inheritedBy(email: string, trust: Filed): { readonly sure: readonly TrustArtifact[]; readonly open: readonly TrustArtifact[] } {
  const wider = trust.filed('gcp', WIDER).map(document => ({ document, holds: holdsFor(document, email) }));
  const those = (which: boolean | undefined): readonly TrustArtifact[] => wider.filter(({ holds }) => holds === which).map(({ document }) => document);
  return { sure: those(true), open: those(undefined) };
}

/** The service accounts among the documents that an inherited grant lets its member act as. */
export function accountsBelow(document: TrustArtifact, documents: readonly TrustArtifact[]): readonly string[] {
  if (!isInherited(document)) return [];
  const emails = documents.flatMap(({ provider, kind, name, becomes }) => {
    if (provider !== 'gcp') return [];
    if (kind === ACCOUNT) return [name.slice(name.lastIndexOf('/') + 1)];
    return kind === MEMBER && becomes !== undefined ? [becomes] : [];
  });
  return [...new Set(emails)].filter(email => holdsFor(document, email) === true);
}

function holdsFor({ request }: TrustArtifact, email: string): boolean | undefined {
  const { role, resource } = data(request);
  const [, project] = /^projects\/(.+)$/.exec(text(resource) ?? '') ?? [];
  const home = projectOf(email);
  if (project === undefined || home === undefined || /^\d+$/.test(project) !== /^\d+$/.test(home)) return undefined;
  return project === home ? letsAct(text(role)) : false;
}

/** The project that a service account says it is of: its id, or for Compute Engine's own its number. https://cloud.google.com/iam/docs/service-account-types */
function projectOf(email: string): string | undefined {
  const [, id, domain] = /^[^@]+@([^.@]+)((?:\.[^.@]+)*)\.iam\.gserviceaccount\.com$/.exec(email) ?? [];
  if (id !== undefined) return domain === undefined || domain === '' ? id : `${domain.slice(1)}:${id}`;
  return /^(\d+)-compute@developer\.gserviceaccount\.com$/.exec(email)?.[1] ?? /^([^@]+)@appspot\.gserviceaccount\.com$/.exec(email)?.[1];
}
