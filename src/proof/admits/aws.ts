import type { TrustArtifact } from '../artifacts';
import { fileAt } from '../files';
import { data, type ContainerView, type Data, type PodView } from '../pods';
import type { Admission, Admitter, Ask, Judgement, MintedClaims, TrustIndex } from './admitter';
import { actsOn, conditionsOf, holds, readsWildcards, statementsOf, unmetConditions, valuesOf, type Unmet } from './aws-policy';
import { closest, differences, explain, type Compared } from './difference';
import { mint } from './mint';

const ACTION = 'sts:AssumeRoleWithWebIdentity';

/** IAM and its SDKs, for roles that pods assume with a web identity token. https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_oidc.html */
export const aws: Admitter = {
  asksOf: pod => pod.containers.flatMap(container => askOf(pod, container)),
  keyOf: ({ issuer, subject, audience }) => [issuer === undefined ? '' : withoutScheme(issuer), subject, audience].join('\n'),
  judge,
  admissionsOf,
};

/** The SDK takes both variables or neither; the webhook sets them where neither is there. */
function askOf(pod: PodView, container: ContainerView): readonly Ask[] {
  const role = container.env.get('AWS_ROLE_ARN');
  const file = container.env.get('AWS_WEB_IDENTITY_TOKEN_FILE');
  const keys = ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY'].find(name => container.env.has(name));
  if (role === undefined && file === undefined) return byWebhook(pod, container).map(ask => beaten(ask, keys, container));
  if (role === undefined || file === undefined) {
    return [{ becomes: role ?? '', claims: mint(pod, ''), fault: `the container ${container.name} has only one of AWS_ROLE_ARN and AWS_WEB_IDENTITY_TOKEN_FILE` }];
  }
  const found = fileAt(pod, container, file);
  if (found.kind !== 'token') return [{ becomes: role, claims: mint(pod, ''), fault: found.kind === 'missing' ? found.why : `${file} is no token` }];
  return [beaten({ becomes: role, claims: mint(pod, found.token.audience ?? '') }, keys, container)];
}

/** SDKs look for keys in the environment first. */
function beaten(ask: Ask, keys: string | undefined, container: ContainerView): Ask {
  return keys === undefined ? ask : { ...ask, fault: `the container ${container.name} has ${keys}, which every SDK uses instead` };
}

/** https://github.com/aws/amazon-eks-pod-identity-webhook */
function byWebhook(pod: PodView, container: ContainerView): readonly Ask[] {
  const role = pod.accountAnnotations['eks.amazonaws.com/role-arn'];
  const skipped = pod.annotations['eks.amazonaws.com/skip-containers']?.split(',').map(name => name.trim()).includes(container.name) ?? false;
  if (role === undefined || skipped || 'eks.amazonaws.com/skip-pod-identity-webhook' in pod.labels) return [];
  return [{ becomes: role, claims: mint(pod, pod.accountAnnotations['eks.amazonaws.com/audience'] ?? 'sts.amazonaws.com') }];
}

function judge({ becomes, claims }: Ask, trust: TrustIndex): Judgement {
  const role = trust.byHandle(becomes).find(document => document.kind === 'iam.Role');
  if (role === undefined) return { admitted: false, decided: false, reason: `the trust policy of ${becomes} is not among the documents`, alsoAdmits: [] };
  if (claims.issuer === undefined) return { admitted: false, decided: false, reason: `the issuer of ${claims.cluster.name} is not known`, alsoAdmits: [] };
  const path = withoutScheme(claims.issuer);
  const keys = { [`${path}:sub`.toLowerCase()]: claims.subject, [`${path}:aud`.toLowerCase()]: claims.audience };
  const refusals: (readonly Compared[])[] = [];
  let admitting: string | undefined;
  for (const statement of statementsOf(data(role.request).AssumeRolePolicyDocument)) {
    if (!actsOn(statement, ACTION)) continue;
    const provider = principalFor(statement, path);
    const unmet = unmetConditions(statement, keys);
    if (statement.Effect === 'Deny') {
      if (provider !== undefined && unmet.length === 0) return { admitted: false, decided: true, by: role.name, reason: 'a statement of the trust policy denies it', alsoAdmits: [] };
    } else if (provider !== undefined && unmet.length === 0) {
      admitting ??= provider;
    } else {
      refusals.push(compare(statement, provider, path, unmet, claims));
    }
  }
  if (admitting === undefined) {
    const [first] = closest(refusals);
    const reason = first === undefined ? `no statement of the trust policy allows ${ACTION}` : explain(first);
    return { admitted: false, decided: true, by: role.name, reason, alsoAdmits: [] };
  }
  return byAnchor(admitting, claims.audience, role.name, trust);
}

/** The OIDC provider of the account has to know the audience as well. Where it is not among the documents, it is taken to exist. */
function byAnchor(arn: string, audience: string, by: string, trust: TrustIndex): Judgement {
  const anchor = trust.named(arn);
  const audiences = valuesOf(data(anchor?.request).ClientIDList);
  if (anchor !== undefined && !audiences.includes(audience)) {
    return { admitted: false, decided: true, by: arn, reason: `the OIDC provider takes the audiences ${audiences.join(', ')}, the token has ${JSON.stringify(audience)}`, alsoAdmits: [] };
  }
  const proviso = anchor === undefined ? `, provided that ${arn} exists` : '';
  return { admitted: true, decided: true, by, reason: `issuer, subject and audience are those of one statement of its trust policy${proviso}`, alsoAdmits: [] };
}

function compare(
  statement: Data, provider: string | undefined, path: string, unmet: readonly Unmet[], { subject, audience }: MintedClaims,
): readonly Compared[] {
  const [first] = providersOf(statement);
  const issuer: Compared = { claim: 'issuer', token: path, trust: provider === undefined ? pathOf(first ?? '') : path };
  const wanted = (claim: 'sub' | 'aud', got: string): string => {
    const condition = conditionsOf(statement).find(({ key }) => key.toLowerCase().endsWith(`:${claim}`));
    return condition === undefined || holds(condition.operator, condition.wanted, got) ? got : condition.wanted.join('" or "');
  };
  const pairs = differences([issuer, { claim: 'subject', token: subject, trust: wanted('sub', subject) }, { claim: 'audience', token: audience, trust: wanted('aud', audience) }]);
  // Every value agrees and still a condition is not met: its key belongs to another issuer, or its operator takes `*` by the letter.
  if (pairs.length > 0 || unmet.length === 0) return pairs;
  return unmet.map(({ operator, key, wanted: values, got }) => ({ claim: 'subject', token: got ?? 'nothing under this key', trust: `${operator} ${key} ${values.join(', ')}` }));
}

function admissionsOf(document: TrustArtifact): readonly Admission[] {
  if (document.kind !== 'iam.Role') return [];
  const admissions: Admission[] = [];
  for (const statement of statementsOf(data(document.request).AssumeRolePolicyDocument)) if (statement.Effect === 'Allow') admissions.push(...admissionsOfStatement(statement));
  return admissions;
}

function admissionsOfStatement(statement: Data): readonly Admission[] {
  const others = Object.keys(data(statement.Principal)).some(kind => kind !== 'Federated');
  if (!actsOn(statement, ACTION) || others || typeof statement.Principal === 'string' || statement.NotPrincipal !== undefined) {
    return [{ who: `the principals ${JSON.stringify(statement.Principal ?? { not: statement.NotPrincipal })} by ${valuesOf(statement.Action).join(', ')}` }];
  }
  const conditions = conditionsOf(statement).filter(({ operator }) => !/not/i.test(operator));
  return providersOf(statement).flatMap(arn => {
    const path = pathOf(arn);
    const pinned = (claim: string): { readonly values: readonly string[]; readonly open: boolean } | undefined => {
      const condition = conditions.find(({ key }) => key.toLowerCase() === `${path}:${claim}`.toLowerCase());
      return condition && { values: condition.wanted, open: readsWildcards(condition.operator) && condition.wanted.some(value => /[*?]/.test(value)) };
    };
    const [subjects, audiences] = [pinned('sub'), pinned('aud')];
    if (subjects === undefined) return [{ who: `every service account of https://${path}` }];
    if (subjects.open) return [{ who: `every service account of https://${path} like ${subjects.values.join(', ')}` }];
    if (audiences === undefined || audiences.open) return [{ who: `${subjects.values.join(', ')} of https://${path}, with every audience that the OIDC provider takes` }];
    return subjects.values.flatMap(subject => audiences.values.map(audience => ({ key: [path, subject, audience].join('\n'), who: `${subject} of https://${path} for ${audience}` })));
  });
}

/** The principal of the statement that a token of this issuer falls under: its provider, or everybody. */
function principalFor(statement: Data, path: string): string | undefined {
  const principal = statement.Principal;
  if (principal === '*' || valuesOf(data(principal).AWS).includes('*')) return '*';
  // Whom a NotPrincipal leaves out cannot be told from claims: a Deny is taken to hit, and an Allow to admit strangers.
  if (statement.NotPrincipal !== undefined) return statement.Effect === 'Deny' ? '*' : undefined;
  return providersOf(statement).find(arn => arn === '*' || pathOf(arn) === path);
}

function providersOf(statement: Data): readonly string[] {
  return valuesOf(data(statement.Principal).Federated);
}

/** What follows `:oidc-provider/` in an ARN. */
function pathOf(arn: string): string {
  const at = arn.indexOf(':oidc-provider/');
  return at < 0 ? arn : arn.slice(at + ':oidc-provider/'.length);
}

function withoutScheme(issuer: string): string {
  return issuer.startsWith('https://') ? issuer.slice('https://'.length) : issuer;
}
