import { checkFederation, checkPools } from './check-federation';
import { checkNoUse } from './check-idle';
import { missedForm } from './resources';
import { isInProject, type GcpEdge, type GcpSettings } from './settings';
import { isDeferred } from '../../core/deferred';
import { complain, joinPath, type Report } from '../../core/issues';
import { checkLifetime } from '../../kubernetes/projected-token';
import { PROJECT_ID } from '../../platforms/gke';
import { checkAgreement, type Shared } from '../agree';
import { MIN_WEBHOOK_SECONDS } from './webhook';

/** On a project these hold for all of its service accounts. https://cloud.google.com/iam/docs/service-account-permissions */
const ACTING = ['roles/iam.serviceAccountTokenCreator', 'roles/iam.workloadIdentityUser'];

/** The rules of a Google service account, and of grants. https://cloud.google.com/iam/docs/service-accounts-create */
export function check(edge: GcpEdge, report: Report): void {
  const { settings } = edge;
  const wrong = (field: string, code: string, expected: string, got: unknown, fix: string): void => complain(report, `gcp/${code}`, edge.at(field), { expected, got, fix });

  checkFederation(edge, report);
  if (settings.projectId === undefined ? needsProject(settings) : !PROJECT_ID.test(settings.projectId)) {
    wrong('projectId', 'project', 'a project id: 6 to 30 of the characters a-z, 0-9 and -, a letter first', settings.projectId, 'give the id of the project that owns the service account, or what is granted');
  }
  if (settings.impersonates && !settings.existing && !/^[a-z]([-a-z0-9]{4,28}[a-z0-9])$/.test(settings.accountId)) {
    wrong('accountId', 'account-id', '6 to 30 of the characters a-z, 0-9 and -, a letter first, no - at the end', settings.accountId, 'set an accountId (the default is the name of the identity)');
  }
  if (settings.displayName.length > 100) wrong('displayName', 'display-name', 'at most 100 characters', settings.displayName, 'shorten it');
  const byWebhook = edge.mechanism === 'workload-identity-pool' && edge.injection === 'webhook';
  checkLifetime(settings.expirationSeconds, edge.at('expirationSeconds'), report, byWebhook
    ? { min: MIN_WEBHOOK_SECONDS, max: 86400, whose: 'the webhook makes shorter ones longer without a word, and Google takes tokens of a day at most' }
    : { min: 600, max: 86400, whose: 'Google takes tokens of a day at most' });
  settings.grants.forEach((grant, i) => {
    const path = joinPath('grants', i);
    if (!/^(roles|projects\/[^/]+\/roles|organizations\/\d+\/roles)\/[\w.]+$/.test(grant.role)) wrong(`${path}.role`, 'role', 'roles/<name>, projects/<project>/roles/<name> or organizations/<number>/roles/<name>', grant.role, 'find it with: gcloud iam roles list');
    if (grant.kind === 'project' && ACTING.includes(grant.role)) {
      complain(report, 'gcp/grant-acts-as', edge.at(`${path}.role`), { expected: 'a role that lets nobody act as the service accounts of a whole project', got: grant.role, severity: 'warning', fix: 'grant it on the one service account that is meant, outside of this definition; with it pods become every service account of the project' });
    }
    const form = grant.named.length === 0 || isDeferred(grant.resource) ? undefined : missedForm(grant.kind, grant.resource);
    if (form !== undefined) wrong(`${path}.${grant.kind}`, 'resource-name', form.expected, grant.resource, form.fix);
    if (grant.named.length > 1) wrong(path, 'grant-resource', 'one resource', grant.named.join(' and '), 'make two grants of it');
  });
}

/** Who has a service account needs its project; grants on a bucket, or on what they name in full, need none. */
function needsProject({ impersonates, grants }: GcpSettings): boolean {
  return impersonates || grants.some(isInProject);
}

/** What a service account has, whichever cluster its pods run in. */
const SHARED: Shared<GcpSettings> = {
  projectId: settings => settings.projectId,
  displayName: settings => settings.displayName,
  grants: settings => settings.grants.map(({ id }) => id),
};

/** One service account is in one project. That clusters of a project share a member is no mistake: the proof says who else is the same. */
export function checkTrust(edges: readonly GcpEdge[], report: Report): void {
  checkAgreement(edges.filter(edge => edge.settings.impersonates), 'service account', 'accountId', SHARED, report);
  checkPools(edges, report);
  checkNoUse(edges, report);
}
