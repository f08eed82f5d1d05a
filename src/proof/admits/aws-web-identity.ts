import { withoutScheme } from './aws-keys';
import { comparisonOf } from './aws-operators';
import { dependsOn } from './aws-pod-identity';
import { actsOn, conditionsOf, holds, outcomeOf, statementsOf, valuesOf, type Condition, type RequestContext, type Unmet } from './aws-policy';
import { data, type Data } from '../pods';
import { unreadOf } from '../unread';
import type { Admission, Ask, Judgement, MintedClaims, TrustIndex } from './admitter';
import { closest, differences, refusalOf, type Compared } from './difference';

export const ACTION = 'sts:AssumeRoleWithWebIdentity';

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_oidc.html */
export function judgeToken({ becomes, claims }: Ask, trust: TrustIndex): Judgement {
  const role = trust.byHandle(becomes).find(document => document.kind === 'iam.Role');
  if (role === undefined) return { admitted: false, decided: false, reason: `the trust policy of ${becomes} is not among the documents`, alsoAdmits: [] };
  if (claims.issuer === undefined) return { admitted: false, decided: false, reason: `the issuer of ${claims.cluster.name} is not known`, alsoAdmits: [] };
  const path = withoutScheme(claims.issuer);
  const context = contextOf(path, claims);
  const refusals: (readonly Compared[])[] = [];
  const [doubts, denials]: [Unmet[], Unmet[]] = [[], []];
  let admitting: string | undefined;
  for (const statement of statementsOf(data(role.request).AssumeRolePolicyDocument)) {
    if (!actsOn(statement, ACTION)) continue;
    const provider = principalFor(statement, path, role.name);
    const { unmet, undecided } = outcomeOf(statement, context);
    const met = provider !== undefined && unmet.length === 0;
    if (statement.Effect === 'Deny') {
      if (met && undecided.length === 0) return { admitted: false, decided: true, by: role.name, reason: 'a statement of the trust policy denies it', alsoAdmits: [] };
      if (met) denials.push(...undecided);
    } else if (!met) {
      refusals.push(compare(statement, provider, path, unmet, claims, context));
    } else if (undecided.length > 0) {
      doubts.push(...undecided);
    } else {
      admitting ??= provider;
    }
  }
  const [doubt] = admitting === undefined ? doubts : denials;
  if (doubt !== undefined) return { admitted: false, decided: false, by: role.name, reason: dependsOn(doubt), alsoAdmits: [] };
  if (admitting === undefined) {
    const [first] = closest(refusals);
    return { admitted: false, decided: true, by: role.name, ...refusalOf(first ?? `no statement of the trust policy allows ${ACTION}`), alsoAdmits: [] };
  }
  return byAnchor(admitting, claims.audience, role.name, trust);
}

/** A token of Kubernetes has neither session tags nor claims of another issuer, and comes from no service. */
function contextOf(path: string, { subject, audience }: MintedClaims): RequestContext {
  return {
    known: { [`${path}:sub`.toLowerCase()]: subject, [`${path}:aud`.toLowerCase()]: audience },
    lacks: key => isOfTokens(key, path) || /^aws:(RequestTag\/|TagKeys$|Source(Account|Arn|OrgID)$)/i.test(key) || /^sts:ExternalId$/i.test(key),
  };
}

/** Keys of claims: of this issuer, whose tokens from Kubernetes have `sub` and `aud` alone, and of any other. */
function isOfTokens(key: string, path: string): boolean {
  return /:(sub|aud)$/i.test(key) || key.toLowerCase().startsWith(`${path}:`.toLowerCase());
}

/** The condition that keeps everybody out who comes by this issuer: it wants a key that no token has. */
function neverMet(statement: Data, path: string): Condition | undefined {
  const isThere = ({ key }: Condition): boolean => ['sub', 'aud'].some(claim => key.toLowerCase() === `${path}:${claim}`.toLowerCase());
  return conditionsOf(statement).find(condition => !isThere(condition) && holds(condition, { known: {}, lacks: key => isOfTokens(key, path) }) === false);
}

/** Why a statement for web identity lets nobody in: undefined where it does let somebody. */
export function whyNobodyByToken(statement: Data): string | undefined {
  const found = providersOf(statement).map(arn => ({ path: pathOf(arn), condition: neverMet(statement, pathOf(arn)) }));
  const [first] = found;
  if (first?.condition === undefined || found.some(({ condition }) => condition === undefined)) return undefined;
  return `it wants ${first.condition.operator} ${first.condition.key}, a key that no token of https://${first.path} has: those have ${first.path}:sub and ${first.path}:aud`;
}

/** The OIDC provider of the account has to know the audience as well. Where it is not among the documents, it is taken to exist. */
function byAnchor(arn: string, audience: string, by: string, trust: TrustIndex): Judgement {
  const anchor = trust.named(arn);
  const audiences = valuesOf(data(anchor?.request).ClientIDList);
  const unread = anchor && unreadOf(anchor);
  if (unread !== undefined) return { admitted: false, decided: false, by, reason: unread, alsoAdmits: [] };
  if (anchor !== undefined && !audiences.includes(audience)) {
    return { admitted: false, decided: true, by: arn, reason: `the OIDC provider takes the audiences ${audiences.join(', ')}, the token has ${JSON.stringify(audience)}`, alsoAdmits: [] };
  }
  const proviso = anchor === undefined ? `, provided that ${arn} exists` : '';
  return { admitted: true, decided: true, by, reason: `issuer, subject and audience are those of one statement of its trust policy${proviso}`, alsoAdmits: [] };
}

function compare(
  statement: Data, provider: string | undefined, path: string, unmet: readonly Unmet[], { subject, audience }: MintedClaims, context: RequestContext,
): readonly Compared[] {
  const [first] = providersOf(statement);
  const issuer: Compared = { claim: 'issuer', token: path, trust: provider === undefined ? pathOf(first ?? '') : path };
  const wanted = (claim: 'sub' | 'aud', got: string): string => {
    const condition = conditionsOf(statement).find(({ key }) => key.toLowerCase().endsWith(`:${claim}`));
    const itself: RequestContext = { ...context, known: condition === undefined ? {} : { [condition.key.toLowerCase()]: got } };
    return condition === undefined || holds(condition, itself) === true ? got : condition.wanted.join('" or "');
  };
  const pairs = differences([issuer, { claim: 'subject', token: subject, trust: wanted('sub', subject) }, { claim: 'audience', token: audience, trust: wanted('aud', audience) }]);
  // Every value agrees and still a condition is not met: its key belongs to another issuer, or its operator takes `*` by the letter.
  if (pairs.length > 0 || unmet.length === 0) return pairs;
  return unmet.map(({ operator, key, wanted: values, got }) => ({ claim: 'subject', token: got ?? 'nothing under this key', trust: `${operator} ${key} ${values.join(', ')}` }));
}

/** Whom a statement for web identity lets in. */
export function tokenAdmissions(statement: Data): readonly Admission[] {
  return providersOf(statement).flatMap(arn => {
    const path = pathOf(arn);
    if (neverMet(statement, path) !== undefined) return [];
    const [subjects, audiences] = [pinned(statement, path, 'sub'), pinned(statement, path, 'aud')];
    if (subjects === undefined) return [{ who: `every service account of https://${path}` }];
    if (subjects.open) return [{ who: `every service account of https://${path} like ${subjects.values.join(', ')}` }];
    if (audiences === undefined || audiences.open) return [{ who: `${subjects.values.join(', ')} of https://${path}, with every audience that the OIDC provider takes` }];
    return subjects.values.flatMap(subject => audiences.values.map(audience => ({
      key: [path, subject, audience].join('\n'), workload: ['workload', path, subject].join('\n'), who: `${subject} of https://${path} for ${audience}`,
    })));
  });
}

/** The values that a claim must have. Of several conditions all have to hold, so that the narrowest counts. */
function pinned(statement: Data, path: string, claim: string): { readonly values: readonly string[]; readonly open: boolean } | undefined {
  const found = conditionsOf(statement)
    .filter(({ operator, key }) => key.toLowerCase() === `${path}:${claim}`.toLowerCase() && isPin(operator))
    .map(({ operator, wanted }) => ({ values: wanted, open: wanted.some(value => value.includes('${') || (comparisonOf(operator).readsWildcards && /[*?]/.test(value))) }));
  return found.find(({ open }) => !open) ?? found[0];
}

/** Every token has both claims, so that operators that are met without the key pin them all the same. */
function isPin(operator: string): boolean {
  return comparisonOf(operator.replace(/^ForAllValues:/i, '').replace(/IfExists$/i, '')).pins;
}

/** The principal of the statement that a token of this issuer falls under: its provider, or everybody. */
function principalFor(statement: Data, path: string, role: string): string | undefined {
  const principal = statement.Principal;
  if (principal === '*' || valuesOf(data(principal).AWS).includes('*')) return '*';
  // Whom a NotPrincipal leaves out cannot be told from claims: a Deny is taken to hit, and an Allow to admit strangers.
  if (statement.NotPrincipal !== undefined) return statement.Effect === 'Deny' ? '*' : undefined;
  return providersOf(statement).find(arn => arn === '*' || (pathOf(arn) === path && isAtHome(arn, role)));
}

/** STS looks for the provider in the account of the role, and nowhere else. */
function isAtHome(provider: string, role: string): boolean {
  const homeOf = (arn: string): string | undefined => /^(arn:[^:]*:iam::\d{12}):/.exec(arn)?.[1];
  const [there, here] = [homeOf(provider), homeOf(role)];
  return there === undefined || here === undefined || there === here;
}

function providersOf(statement: Data): readonly string[] {
  return valuesOf(data(statement.Principal).Federated);
}

/** What follows `:oidc-provider/` in an ARN. */
function pathOf(arn: string): string {
  const at = arn.indexOf(':oidc-provider/');
  return at < 0 ? arn : arn.slice(at + ':oidc-provider/'.length);
}
