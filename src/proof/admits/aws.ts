import { ASSOCIATION, filedAs } from './aws-associations';
import { PODS_AUDIENCE, keyOf } from './aws-keys';
import { judgePod, podAdmissions, whyNobodyByPod } from './aws-pod-identity';
import { asksOf } from './aws-pods';
import { actsOn, permissionsIn, statementsOf, valuesOf } from './aws-policy';
import { ACTION, judgeToken, tokenAdmissions, whyNobodyByToken } from './aws-web-identity';
import type { TrustArtifact } from '../artifacts';
import { data, shown, type Data } from '../pods';
import type { Admission, Admitter } from './admitter';
import { objectionBy } from './objections';

/** IAM and its SDKs, for roles that pods assume with a web identity token or by EKS Pod Identity. */
export const aws: Admitter = {
  kinds: ['iam.OpenIDConnectProvider', 'iam.Role', 'iam.RolePolicy', 'iam.RolePolicyAttachment', ASSOCIATION],
  audiences: ['sts.amazonaws.com', PODS_AUDIENCE],
  asksOf,
  keyOf,
  judge: (ask, trust) => ((ask.way ?? (ask.claims.audience === PODS_AUDIENCE ? 'pod-identity' : 'irsa')) === 'pod-identity' ? judgePod(ask, trust) : judgeToken(ask, trust)),
  // https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_create_oidc.html
  objectionTo: token => objectionBy({ algorithms: ['RS256', 'RS384', 'RS512', 'ES256', 'ES384', 'ES512'], all: true }, token),
  admissionsOf,
  permissionsOf,
  filedAs,
  hintsIn: words => ({ issuers: words.flatMap(word => (word.startsWith('arn:') ? /:oidc-provider\/(.+)$/.exec(word)?.[1] ?? [] : [])).map(host => `https://${host}`) }),
  idleIn,
};

function permissionsOf({ kind, request }: TrustArtifact): readonly string[] {
  const { PolicyArn, PolicyDocument } = data(request);
  if (kind === 'iam.RolePolicyAttachment') return [shown(PolicyArn)];
  return kind === 'iam.RolePolicy' ? permissionsIn(PolicyDocument) : [];
}

function admissionsOf(document: TrustArtifact): readonly Admission[] {
  if (document.kind === ASSOCIATION) {
    const [cluster = '', key] = filedAs(document);
    const { namespace, serviceAccount } = data(document.request);
    return key === undefined ? [] : [{ key, who: `${shown(namespace)}/${shown(serviceAccount)} in ${cluster} by Pod Identity` }];
  }
  if (document.kind !== 'iam.Role') return [];
  const admissions: Admission[] = [];
  for (const statement of statementsOf(data(document.request).AssumeRolePolicyDocument)) if (statement.Effect === 'Allow') admissions.push(...admissionsOfStatement(statement));
  return admissions;
}

/** Statements for pods that let nobody in, each with the reason. */
function idleIn({ kind, request }: TrustArtifact): readonly string[] {
  if (kind !== 'iam.Role') return [];
  return statementsOf(data(request).AssumeRolePolicyDocument).filter(({ Effect }) => Effect === 'Allow').flatMap(statement => {
    const why = { token: whyNobodyByToken, pod: whyNobodyByPod, other: () => undefined }[wayOf(statement)](statement);
    return why === undefined ? [] : [why];
  });
}

/** By what those come whom a statement is for: a token, an association, or nothing that pods have. */
function wayOf(statement: Data): 'token' | 'pod' | 'other' {
  const kinds = typeof statement.Principal === 'string' || statement.NotPrincipal !== undefined ? [] : Object.keys(data(statement.Principal));
  if (kinds.length !== 1) return 'other';
  if (kinds[0] === 'Federated' && actsOn(statement, ACTION)) return 'token';
  return kinds[0] === 'Service' && valuesOf(data(statement.Principal).Service).every(service => service === PODS_AUDIENCE) ? 'pod' : 'other';
}

function admissionsOfStatement(statement: Data): readonly Admission[] {
  switch (wayOf(statement)) {
    case 'token': return tokenAdmissions(statement);
    // To tag a session is nothing without the session.
    case 'pod': return actsOn(statement, 'sts:AssumeRole') ? podAdmissions(statement) : [];
    case 'other': return [{ who: `the principals ${JSON.stringify(statement.Principal ?? { not: statement.NotPrincipal })} by ${valuesOf(statement.Action).join(', ')}` }];
  }
}
