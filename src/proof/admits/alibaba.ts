import type { TrustArtifact } from '../artifacts';
import { fileAt } from '../files';
import { data, shown, type ContainerView, type Data, type PodView } from '../pods';
import { unreadOf } from '../unread';
import type { Admission, Admitter, Ask, Judgement, MintedClaims, TrustIndex } from './admitter';
import { closest, differences, refusalOf, type Compared } from './difference';
import { comesFromElsewhere, holds, mayComeFromElsewhere } from './elsewhere';
import { mint } from './mint';
import { objectionBy } from './objections';
import { allowsAction, isPositive, meets, pins, ramConditions, ramStatements, textsOf, type RamKeys } from './ram-policy';

const ACTION = 'sts:AssumeRole';
const DOMAIN = 'pod-identity.alibabacloud.com';
const AUDIENCE = 'sts.aliyuncs.com';

/** STS and RAM of Alibaba Cloud, its SDKs and the webhook of ACK. https://www.alibabacloud.com/help/en/ram/developer-reference/api-sts-2015-04-01-assumerolewithoidc */
export const alibaba: Admitter = {
  kinds: ['ims.OIDCProvider', 'ram.Role', 'ram.Policy', 'ram.RolePolicyAttachment'],
  audiences: [AUDIENCE],
  asksOf: pod => pod.containers.flatMap(container => askOf(pod, container)),
  keyOf: ({ issuer, subject, audience }) => [issuer, subject, audience].join('\n'),
  judge,
  objectionTo: token => objectionBy({ algorithms: ['RS256'], all: false }, token),
  admissionsOf,
  idleIn: ({ kind, request }) => (kind !== 'ram.Role' ? [] : ramStatements(data(request).AssumeRolePolicyDocument)
    .filter(statement => statement.Effect === 'Allow' && allowsAction(statement, ACTION) && providersOf(statement).length > 0)
    .flatMap(statement => whyNobody(statement) ?? [])),
  permissionsOf: ({ kind, request }) => {
    const { PolicyType, PolicyName } = data(request);
    return kind === 'ram.RolePolicyAttachment' ? [`${shown(PolicyType)} policy ${shown(PolicyName)}`] : [];
  },
};

/** The SDK takes all three variables or none; the webhook sets them where none is there. */
function askOf(pod: PodView, container: ContainerView): readonly Ask[] {
  const keys = holds(container, 'ALIBABA_CLOUD_ACCESS_KEY_ID') && holds(container, 'ALIBABA_CLOUD_ACCESS_KEY_SECRET');
  const asks = IDENTITY.some(variable => container.env.has(variable)) ? [byVariables(pod, container)] : byWebhook(pod, container);
  if (keys) return asks.map(ask => ({ ...ask, fault: `the container ${container.name} has ALIBABA_CLOUD_ACCESS_KEY_ID, which every SDK uses instead` }));
  const doubt = comesFromElsewhere(container, IDENTITY) ?? mayComeFromElsewhere(container, 'keys');
  return doubt === undefined ? asks : asks.map(ask => (ask.fault === undefined ? { ...ask, doubt } : ask));
}

const IDENTITY = ['ALIBABA_CLOUD_ROLE_ARN', 'ALIBABA_CLOUD_OIDC_PROVIDER_ARN', 'ALIBABA_CLOUD_OIDC_TOKEN_FILE'];

function byVariables(pod: PodView, container: ContainerView): Ask {
  const { name, env } = container;
  const [role = '', provider, file] = IDENTITY.map(variable => env.get(variable));
  if (!IDENTITY.every(variable => env.has(variable))) return { becomes: role, claims: mint(pod, ''), fault: `the container ${name} has only some of ${IDENTITY.slice(0, 2).join(', ')} and ${IDENTITY.slice(2).join()}` };
  if (provider === undefined || file === undefined) return { becomes: role, claims: mint(pod, '') };
  const found = fileAt(pod, container, file);
  if (found.kind !== 'token') return { becomes: role, claims: mint(pod, ''), fault: found.kind === 'missing' ? found.why : `${file} is no token` };
  return { becomes: role, claims: mint(pod, found.token.audience ?? ''), through: provider };
}

/** It composes both ARNs of the cluster's account, the cluster's id and the role's name. */
function byWebhook(pod: PodView, container: ContainerView): readonly Ask[] {
  const name = pod.accountAnnotations[`${DOMAIN}/role-name`];
  const named = (annotation: string): readonly string[] | undefined => pod.annotations[`${DOMAIN}/${annotation}`]?.split(',').map(each => each.trim());
  const left = named('skip-containers')?.includes(container.name) === true || named('only-containers')?.includes(container.name) === false;
  if (name === undefined || left) return [];
  const through = pod.cluster.ramProvider;
  const becomes = through === undefined ? name : `${through.replace(/:oidc-provider\/.*$/, '')}:role/${name}`;
  const ask: Ask = { becomes, claims: mint(pod, AUDIENCE), ...(through !== undefined && { through }) };
  if (name.includes(':')) return [{ ...ask, fault: `${DOMAIN}/role-name wants the name of a role, and has ${JSON.stringify(name)}` }];
  const label = `${DOMAIN}/injection`;
  return [pod.labels[label] === 'on' || pod.namespaceLabels[label] === 'on' ? ask : { ...ask, fault: `neither the pod nor its namespace has the label ${label}: on` }];
}

function judge({ becomes, claims, through }: Ask, trust: TrustIndex): Judgement {
  const undecided = (reason: string): Judgement => ({ admitted: false, decided: false, reason, alsoAdmits: [] });
  const role = trust.byHandle(becomes).find(document => document.kind === 'ram.Role');
  if (role === undefined) return undecided(`the trust policy of ${becomes} is not among the documents`);
  const { issuer } = claims;
  if (issuer === undefined) return undecided(`the issuer of ${claims.cluster.name} is not known`);
  const refused = (why: Compared | string): Judgement => ({ admitted: false, decided: true, by: role.name, ...refusalOf(why), alsoAdmits: [] });
  const keys: RamKeys = { 'oidc:iss': issuer, 'oidc:sub': claims.subject, 'oidc:aud': claims.audience };
  const refusals: (readonly Compared[])[] = [];
  let admitting: string | undefined;
  for (const statement of ramStatements(data(role.request).AssumeRolePolicyDocument)) {
    if (!allowsAction(statement, ACTION)) continue;
    const provider = providersOf(statement).find(arn => through === undefined || arn === through);
    const unmet = ramConditions(statement).filter(condition => !meets(condition, keys));
    if (provider !== undefined && unmet.length === 0) {
      if (statement.Effect === 'Deny') return refused('a statement of the trust policy denies it');
      admitting ??= provider;
    } else if (statement.Effect !== 'Deny') {
      refusals.push(compare(statement, provider, keys));
    }
  }
  if (admitting !== undefined) return byProvider(admitting, { ...claims, issuer }, role.name, trust);
  const [first] = closest(refusals);
  return refused(first ?? (refusals.length > 0 ? `no statement of the trust policy trusts ${through ?? 'the provider'}` : `no statement of the trust policy allows ${ACTION}`));
}

/** STS checks the token against the provider first. Where it is not among the documents, it is taken to be right. */
function byProvider(arn: string, { issuer, audience }: MintedClaims & { readonly issuer: string }, by: string, trust: TrustIndex): Judgement {
  const anchor = trust.named(arn);
  if (anchor === undefined) return { admitted: true, decided: true, by, reason: `${REASON}, provided that ${arn} exists`, alsoAdmits: [] };
  const unread = unreadOf(anchor);
  if (unread !== undefined) return { admitted: false, decided: false, by, reason: unread, alsoAdmits: [] };
  const { IssuerUrl: url, ClientIds: clients } = data(anchor.request);
  const refused = (why: Compared | string): Judgement => ({ admitted: false, decided: true, by: arn, ...refusalOf(why), alsoAdmits: [] });
  if (url !== issuer) return refused({ claim: 'issuer', token: issuer, trust: shown(url) });
  if (!textsOf(clients).includes(audience)) return refused(`the OIDC provider takes the audiences ${textsOf(clients).join(', ')}, the token has ${JSON.stringify(audience)}`);
  return { admitted: true, decided: true, by, reason: REASON, alsoAdmits: [] };
}

const REASON = 'issuer, subject and audience are those of one statement of its trust policy';

const CLAIMS = { 'oidc:iss': 'issuer', 'oidc:sub': 'subject', 'oidc:aud': 'audience' } as const;

function compare(statement: Data, provider: string | undefined, keys: RamKeys): readonly Compared[] {
  const conditions = ramConditions(statement);
  const pairs = Object.entries(CLAIMS).map(([key, claim]): Compared => {
    const got = keys[key] as string;
    const condition = conditions.find(each => each.key.toLowerCase() === key);
    return { claim, token: got, trust: condition === undefined || meets(condition, keys) ? got : condition.wanted.join('" or "') };
  });
  const found = differences(pairs);
  if (found.length > 0 || provider === undefined) return found;
  // Every claim is as it should be, and a condition on something else, or one that RAM does not know, is not met.
  return conditions.filter(condition => !meets(condition, keys)).map(({ operator, key, wanted }) => ({ claim: 'subject', token: keys[key] ?? 'nothing under this key', trust: `${operator} ${key} ${wanted.join(', ')}` }));
}

function admissionsOf(document: TrustArtifact): readonly Admission[] {
  if (document.kind !== 'ram.Role') return [];
  return ramStatements(data(document.request).AssumeRolePolicyDocument).filter(({ Effect }) => Effect === 'Allow').flatMap(admissionsOfStatement);
}

function admissionsOfStatement(statement: Data): readonly Admission[] {
  const providers = providersOf(statement);
  if (!allowsAction(statement, ACTION) || providers.length === 0 || Object.keys(data(statement.Principal)).some(kind => kind !== 'Federated')) {
    return [{ who: `the principals ${JSON.stringify(statement.Principal)} by ${textsOf(statement.Action).join(', ')}` }];
  }
  if (whyNobody(statement) !== undefined) return [];
  const conditions = ramConditions(statement);
  const pinned = (key: string): readonly string[] | undefined => conditions.find(condition => condition.key.toLowerCase() === key && pins(condition))?.wanted;
  const [issuers, subjects, audiences] = Object.keys(CLAIMS).map(pinned);
  const whose = `the issuer of ${providers.join(', ')}`;
  if (subjects === undefined) {
    const pattern = conditions.find(({ key }) => key.toLowerCase() === 'oidc:sub');
    return [{ who: `every service account of ${issuers?.join(', ') ?? whose}${pattern === undefined ? '' : ` like ${pattern.wanted.join(', ')}`}` }];
  }
  if (issuers === undefined) return [{ who: `${subjects.join(', ')} of ${whose}, whichever it is` }];
  if (audiences === undefined) return [{ who: `${subjects.join(', ')} of ${issuers.join(', ')}, with every audience that the OIDC provider takes` }];
  return issuers.flatMap(issuer => subjects.flatMap(subject => audiences.map(audience => ({ key: [issuer, subject, audience].join('\n'), who: `${subject} of ${issuer} for ${audience}` }))));
}

/** Why a statement lets nobody in: it wants something of tokens that is in none. Of negations and of what is not known it is not said. */
function whyNobody(statement: Data): string | undefined {
  const found = ramConditions(statement).find(({ operator, key }) => /^oidc:/i.test(key) && !Object.hasOwn(CLAIMS, key.toLowerCase()) && isPositive(operator));
  return found && `it wants ${found.operator} ${found.key}, and of a token RAM knows ${Object.keys(CLAIMS).join(', ')}`;
}

function providersOf(statement: Data): readonly string[] {
  return textsOf(data(statement.Principal).Federated);
}
