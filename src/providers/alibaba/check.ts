import { isDeferred } from '../../core/deferred';
import { complain, joinPath, type Report } from '../../core/issues';
import { sameData } from '../../core/plain';
import { checkLifetime } from '../../kubernetes/projected-token';
import { checkAgreement, type Shared } from '../agree';
import { groupBy } from '../group';
import { checkProviderCount } from '../provider-count';
import { checkReach, type KeyFetcher } from '../reach';
import { checkStatements } from '../statements';
import { checkMadeElsewhere, checkUnused } from '../unused';
import { anchorNeedOf, providerNameOf, type AlibabaEdge, type AlibabaSettings } from './settings';
import { accountPath } from './trust';

/** Of each kind on one role: https://www.alibabacloud.com/help/en/ram/product-overview/limits */
const USUAL_QUOTA = { System: 20, Custom: 10 } as const;
const MAX_POLICY = 6144;

/** https://www.alibabacloud.com/help/en/ram/user-guide/manage-an-oidc-idp */
export const RAM: KeyFetcher = { who: 'RAM', fix: 'publish its documents under an issuer that is public' };

type Wrong = (field: string, code: string, expected: string, got: unknown, fix: string) => void;

/** The rules of RAM: https://www.alibabacloud.com/help/en/ram/developer-reference/api-ram-2015-05-01-createrole */
export function check(edge: AlibabaEdge, report: Report): void {
  const { settings } = edge;
  const wrong: Wrong = (field, code, expected, got, fix) => complain(report, `alibaba/${code}`, edge.at(field), { expected, got, fix });

  if (!isDeferred(settings.accountId) && !/^\d{10,20}$/.test(settings.accountId)) wrong('accountId', 'account', 'the digits of an Alibaba Cloud account (UID)', settings.accountId, 'use the account that owns the role');
  if (!/^[A-Za-z0-9.-]{1,64}$/.test(settings.roleName)) {
    wrong('roleName', 'role-name', '1 to 64 of the characters A-Z, a-z, 0-9, . and -', settings.roleName, 'give the name, not the ARN (the default is the name of the identity)');
  }
  if (!/^[A-Za-z0-9]([\w.-]{0,126}[A-Za-z0-9])?$/.test(settings.providerName)) {
    wrong('providerName', 'provider-name', '1 to 128 of the characters A-Z, a-z, 0-9 and -_., alphanumeric at both ends', settings.providerName, 'give the name of the OIDC provider in RAM, not its ARN');
  }
  // The webhook takes its own default for a lifetime that is out of bounds, and says nothing.
  checkLifetime(settings.expirationSeconds, edge.at('expirationSeconds'), report, { min: 600, max: 43200, whose: 'the webhook of ACK takes 3600 for any other, without a word' });
  const issuer = edge.facts.issuer();
  if (!settings.existing && !isDeferred(issuer) && (issuer.length > 255 || issuer.includes('@'))) {
    complain(report, 'alibaba/issuer', `clusters.${edge.cluster.name}.issuer`, { expected: 'an issuer of at most 255 characters and without @, as RAM takes them', got: issuer, fix: 'serve the discovery documents of the cluster at a shorter URL' });
  }
  checkReach(edge, RAM, report);
  checkWebhook(edge, wrong);
  checkContainers(settings, wrong);
  checkRole(settings, wrong);
  checkPolicies(settings, wrong);
}

/** What the webhook cannot be told: it names the role, and the provider, of the cluster's own account. */
function checkWebhook({ injection, cluster, settings }: AlibabaEdge, wrong: Wrong): void {
  if (injection !== 'webhook') return;
  if (cluster.ack === undefined) {
    wrong('injection', 'no-webhook', `explicit or none on ${cluster.name}, which is no ACK cluster`, injection, 'the webhook is an add-on of ACK, so say injection: "explicit" for this binding');
    return;
  }
  if (!isDeferred(settings.accountId) && settings.accountId !== cluster.ack.accountId) {
    wrong('accountId', 'webhook-account', `${cluster.ack.accountId}, the account of the cluster, whose roles the webhook names`, settings.accountId, 'say injection: "explicit" for a role of another account');
  }
  if (settings.ownProvider && settings.providerName !== providerNameOf(cluster)) {
    wrong('providerName', 'webhook-provider', `${providerNameOf(cluster)}, which the webhook names`, settings.providerName, 'leave it out, or say injection: "explicit"');
  }
}

function checkContainers(settings: AlibabaSettings, wrong: Wrong): void {
  for (const field of ['onlyContainers', 'skipContainers'] as const) {
    if (settings[field]?.length === 0) wrong(field, 'containers', 'at least one container', [], 'leave it out for all containers');
    settings[field]?.forEach((name, i) => {
      if (!/^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/.test(name)) wrong(joinPath(field, i), 'containers', 'the name of a container', name, 'a comma parts them in the annotation, so give each one by itself');
    });
  }
}

function checkRole({ description, maxSessionDuration: seconds, region, injectStsEndpoint }: AlibabaSettings, wrong: Wrong): void {
  if (description !== undefined && (description === '' || description.length > 1024)) wrong('description', 'description', '1 to 1024 characters', description, 'shorten it, or leave it out');
  if (seconds !== undefined && (!Number.isInteger(seconds) || seconds < 3600 || seconds > 43200)) {
    wrong('maxSessionDuration', 'session-duration', 'a whole number of seconds from 3600 to 43200', seconds, 'a session of STS lasts at most twelve hours');
  }
  if (region !== undefined && !/^[a-z]{2}(-[a-z0-9]+)+$/.test(region)) wrong('region', 'region', 'an Alibaba Cloud region such as cn-hangzhou', region, 'use the region whose STS the pods shall ask');
  if (injectStsEndpoint === true && region === undefined) wrong('region', 'region', 'the region whose STS endpoint the pods are told', undefined, 'set it, or take injectStsEndpoint out');
}

function checkPolicies({ policies, customPolicies }: AlibabaSettings, wrong: Wrong): void {
  const own = Object.keys(customPolicies);
  policies.forEach(({ name }, i) => {
    if (!isDeferred(name) && !/^[A-Za-z0-9-]{1,128}$/.test(name)) wrong(joinPath('policies', i), 'policy-name', '1 to 128 of the characters A-Z, a-z, 0-9 and -', name, 'give the name of the policy, not an ARN');
  });
  for (const [name, document] of Object.entries(customPolicies)) {
    checkStatements(document, joinPath('customPolicies', name), [['Action', 'NotAction'], ['Resource']], (path, expected, got, fix) => wrong(path, 'policy-statement', expected, got, fix));
    if (!/^[A-Za-z0-9-]{1,128}$/.test(name)) wrong(joinPath('customPolicies', name), 'policy-name', '1 to 128 of the characters A-Z, a-z, 0-9 and -', name, 'rename the policy');
    const size = JSON.stringify({ Version: '1', ...document }).length;
    if (size > MAX_POLICY) wrong(joinPath('customPolicies', name), 'policy-size', `at most ${MAX_POLICY} characters`, size, 'split it into several policies');
  }
  const names = [...policies.map(({ type, given }) => `${type} ${given}`), ...own.map(name => `Custom ${name}`)];
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice !== undefined) wrong('policies', 'policy-twice', 'every policy once', twice, 'take the second one out');
}

/** What a role has, whichever cluster its pods run in. */
const SHARED: Shared<AlibabaSettings> = {
  policies: settings => settings.policies.map(({ name, type }) => [type, name]),
  customPolicies: settings => settings.customPolicies,
  description: settings => settings.description,
  maxSessionDuration: settings => settings.maxSessionDuration,
};

/** What is said of a role that is made here. */
const MADE: { readonly [field: string]: (settings: AlibabaSettings) => boolean } = {
  policies: settings => settings.policies.length > 0,
  customPolicies: settings => Object.keys(settings.customPolicies).length > 0,
  description: settings => settings.description !== undefined,
  maxSessionDuration: settings => settings.maxSessionDuration !== undefined,
};

/** The rules of a role as a whole. */
export function checkTrust(edges: readonly AlibabaEdge[], report: Report): void {
  checkUnused(edges, { code: 'alibaba/opt-in', field: 'optIn', injection: 'webhook', own: ({ ownOptIn }) => ownOptIn }, report);
  checkMadeElsewhere(edges, 'alibaba/existing', MADE, report);
  checkAgreement(edges, 'role', 'roleName', SHARED, report);
  // https://www.alibabacloud.com/help/en/ram/product-overview/limits
  checkProviderCount(edges, { code: 'alibaba/provider-count', what: 'OIDC providers of an account of Alibaba Cloud', home: edge => anchorNeedOf(edge)?.home }, report);
  for (const group of groupBy(edges, edge => edge.variant).values()) {
    const [first] = group;
    if (first === undefined || first.settings.existing) continue;
    const stranger = group.find(edge => edge.settings.accountId !== first.settings.accountId && !isDeferred(edge.settings.accountId));
    if (stranger !== undefined) {
      complain(report, 'alibaba/account', stranger.at('accountId'), {
        expected: 'one account for one role',
        got: [first.settings.accountId, stranger.settings.accountId],
        fix: `the clusters live in different accounts, so say which account owns the role, or give each cluster a role under on (on: { "${stranger.cluster.name}": { accountId } })`,
      });
    }
    checkCounts(first, report);
  }
  checkOwnPolicies(edges, report);
}

/** Roles in one account share the policies that are made for them. */
function checkOwnPolicies(edges: readonly AlibabaEdge[], report: Report): void {
  const seen = new Map<string, AlibabaEdge>();
  for (const edge of edges) {
    for (const [name, document] of Object.entries(edge.settings.customPolicies)) {
      const key = `${accountPath(edge)}\n${name}`;
      const first = seen.get(key) ?? edge;
      seen.set(key, first);
      if (first.variant === edge.variant || sameData(first.settings.customPolicies[name], document)) continue;
      complain(report, 'alibaba/policy-content', edge.at(joinPath('customPolicies', name)), {
        expected: 'one content for one policy, which roles in one account share', got: document, fix: 'give the policies different names',
      });
    }
  }
}

/** Quotas that an account can raise. */
function checkCounts(edge: AlibabaEdge, report: Report): void {
  const { policies, customPolicies } = edge.settings;
  const own = Object.keys(customPolicies).length;
  for (const [type, quota] of Object.entries(USUAL_QUOTA)) {
    const count = policies.filter(policy => policy.type === type).length + (type === 'Custom' ? own : 0);
    if (count <= quota) continue;
    complain(report, 'alibaba/policy-count', edge.at('policies'), { expected: `at most ${quota} ${type} policies on a role`, got: count, severity: 'warning', fix: 'it is the quota of a new account; raise it, or put several into one policy' });
  }
}
