/** The cloud half of AWS's two mechanisms, by meaning. Whether it lets the right ones in is for the proof to say. */
import fc from 'fast-check';
import { knownLayoutOf } from '../../src/identity/define';
import { prove } from '../../src/proof/prove';
import { identityArb } from '../support/arbitraries';
import { blue, checkoutWith, errorsOf, green, k3s, SENTENCE } from '../support/definitions';
import { checkWorkloadIdentity, defineWorkloadIdentity, inject, planWorkloadIdentities, type ClusterInput, type TrustDocument, type WorkloadIdentityInput } from 'symbolon';

interface Statement {
  Principal: { Federated?: string; Service?: string };
  Action: string | string[];
  Condition: { [operator: string]: { [key: string]: string | string[] } };
}
interface Role { AssumeRolePolicyDocument: { Statement: Statement[] } }

const input = (aws: object, clusters: readonly ClusterInput[] = [blue], more: object = {}): WorkloadIdentityInput =>
  checkoutWith({ clusters, trustedBy: { aws }, ...more });
const trustOf = (aws: object, clusters?: readonly ClusterInput[], more?: object): readonly TrustDocument[] =>
  planWorkloadIdentities(defineWorkloadIdentity(input(aws, clusters, more))).trust;
const statementsOf = (documents: readonly TrustDocument[]): readonly Statement[] =>
  documents.filter(({ kind }) => kind === 'iam.Role').flatMap(({ request }) => (request as Role).AssumeRolePolicyDocument.Statement);
const ofKind = (documents: readonly TrustDocument[], kind: string): readonly TrustDocument[] => documents.filter(document => document.kind === kind);
const codesOf = (aws: object, clusters?: readonly ClusterInput[], more?: object): readonly string[] => errorsOf(input(aws, clusters, more)).map(({ code, path }) => `${code} ${path}`);

const READ = { Statement: [{ Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::orders/*' }] };
const pods = { mechanism: 'pod-identity' };
const ARN = 'arn:aws:eks:us-west-2:111122223333:cluster/prod-blue';
const ASSOCIATION = 'eks.PodIdentityAssociation';
const accounts = { namespace: undefined, runsAs: [{ namespace: 'shop' }, { namespace: 'shop', serviceAccount: 'worker' }, { namespace: 'billing' }] };

describe('EKS Pod Identity', () => {
  test('the role trusts cluster, namespace and service account by the tags of the session, and both actions', () => {
    expect(statementsOf(trustOf(pods))).toEqual([{
      Effect: 'Allow',
      Principal: { Service: 'pods.eks.amazonaws.com' },
      Action: ['sts:AssumeRole', 'sts:TagSession'],
      Condition: { StringEquals: { 'aws:RequestTag/eks-cluster-arn': ARN, 'aws:RequestTag/kubernetes-namespace': 'shop', 'aws:RequestTag/kubernetes-service-account': 'checkout' } },
    }]);
  });

  test('no two namespaces share a statement, since every combination would be let in', () => {
    const values = statementsOf(trustOf(pods, [blue], accounts)).map(({ Condition }) => Object.values(Condition.StringEquals ?? {}));
    expect(values).toEqual([[ARN, 'billing', 'checkout'], [ARN, 'shop', ['checkout', 'worker']]]);
  });

  test('each service account has an association, which is made after the role and what it may do; no OIDC provider is wanted', () => {
    const managed = { managedPolicies: ['arn:aws:iam::aws:policy/ReadOnlyAccess'] };
    const { trust } = knownLayoutOf(defineWorkloadIdentity(input({ ...pods, ...managed }, [blue], accounts)));
    expect(trust.map(({ kind }) => kind)).toEqual(['iam.Role', 'iam.RolePolicyAttachment', ASSOCIATION, ASSOCIATION, ASSOCIATION]);
    expect(trust[2]).toMatchObject({
      id: 'aws/association/blue/shop/checkout',
      after: ['aws', 'aws/managed/aws/ReadOnlyAccess'],
      request: { clusterName: 'prod-blue', namespace: 'shop', serviceAccount: 'checkout', roleArn: 'arn:aws:iam::111122223333:role/checkout' },
    });
    expect(ofKind(trustOf(pods), 'iam.OpenIDConnectProvider')).toEqual([]);
  });

  test('an association keeps its name when its service account gets another role', () => {
    const idOf = (aws: object): readonly string[] =>
      knownLayoutOf(defineWorkloadIdentity(input(aws))).trust.filter(({ kind }) => kind === ASSOCIATION).map(({ id }) => id);
    expect(idOf({ ...pods, on: { blue: { roleName: 'other' } } })).toEqual(idOf(pods));
  });

  test('a role that exists is not made, and is associated', () => {
    expect(trustOf({ ...pods, existing: true }).map(({ kind }) => kind)).toEqual([ASSOCIATION]);
  });

  test('the role may become its target, and the pod becomes that in the end', () => {
    const targetRole = 'arn:aws:iam::444455556666:role/orders';
    const plan = planWorkloadIdentities(defineWorkloadIdentity(input({ ...pods, targetRole })));
    expect(plan.edges[0]?.handle).toBe(targetRole);
    expect(ofKind(plan.trust, 'iam.RolePolicy')[0]?.request).toMatchObject({
      PolicyName: 'assume-target-roles', PolicyDocument: { Statement: [{ Effect: 'Allow', Action: ['sts:AssumeRole', 'sts:TagSession'], Resource: [targetRole] }] },
    });
    expect(ofKind(plan.trust, ASSOCIATION)[0]?.request).toMatchObject({ targetRoleArn: targetRole });
  });

  test('without session tags the role trusts the cluster, on demand alone, and it is a warning', () => {
    const untagged = { ...pods, disableSessionTags: true, unsafeTrustWithoutTags: { reason: 'one team' }, sessionPolicy: READ };
    const documents = trustOf(untagged);
    expect(statementsOf(documents)[0]?.Condition).toEqual({ StringEquals: { 'aws:SourceAccount': '111122223333' }, ArnEquals: { 'aws:SourceArn': ARN } });
    expect(ofKind(documents, ASSOCIATION)[0]?.request).toMatchObject({ disableSessionTags: true, policy: { Version: '2012-10-17', ...READ } });
    expect(checkWorkloadIdentity(input(untagged))).toMatchObject([{ code: 'aws/unsafe', severity: 'warning', message: expect.stringContaining('one team') }]);
  });

  test.each<[string, object, readonly ClusterInput[], string]>([
    ['on a cluster that is not EKS', { ...pods, accountId: '111122223333', region: 'x' }, [k3s], 'aws/pod-identity-platform trustedBy.aws.mechanism'],
    ['a role of another account', { ...pods, accountId: '444455556666' }, [blue], 'aws/pod-identity-account trustedBy.aws.accountId'],
    ['a role of another partition', { ...pods, partition: 'aws-cn' }, [blue], 'aws/pod-identity-account trustedBy.aws.accountId'],
    ['an audience', { ...pods, audience: 'other' }, [blue], 'aws/pod-identity-audience trustedBy.aws.audience'],
    ['disabled tags', { ...pods, disableSessionTags: true }, [blue], 'aws/session-tags trustedBy.aws.disableSessionTags'],
    ['a choice for nothing', { ...pods, unsafeTrustWithoutTags: { reason: 'x' } }, [blue], 'aws/session-tags trustedBy.aws.unsafeTrustWithoutTags'],
    ['a choice without a reason', { ...pods, disableSessionTags: true, unsafeTrustWithoutTags: { reason: ' ' } }, [blue], 'aws/unsafe-reason trustedBy.aws.unsafeTrustWithoutTags.reason'],
    ['a session policy beside tags', { ...pods, sessionPolicy: READ }, [blue], 'aws/session-policy trustedBy.aws.sessionPolicy'],
    ['a target that is no role', { ...pods, targetRole: 'orders' }, [blue], 'aws/target-role trustedBy.aws.targetRole'],
    ['targets by a wildcard', { ...pods, targetRole: 'arn:aws:iam::444455556666:role/*' }, [blue], 'aws/target-role trustedBy.aws.targetRole'],
    ['targets by a wildcard in the path', { ...pods, targetRole: 'arn:aws:iam::444455556666:role/team-?/orders' }, [blue], 'aws/target-role trustedBy.aws.targetRole'],
    ['a target with a blank', { ...pods, targetRole: 'arn:aws:iam::444455556666:role/a b/orders' }, [blue], 'aws/target-role trustedBy.aws.targetRole'],
    ['a role as its own target', { ...pods, targetRole: 'arn:aws:iam::111122223333:role/checkout' }, [blue], 'aws/target-role trustedBy.aws.targetRole'],
    ['a target of another partition', { ...pods, targetRole: 'arn:aws-cn:iam::444455556666:role/orders' }, [blue], 'aws/target-role trustedBy.aws.targetRole'],
    ['a session policy of nothing', { ...pods, disableSessionTags: true, unsafeTrustWithoutTags: { reason: 'one team' }, sessionPolicy: { Statement: [] } }, [blue], 'aws/policy-statement trustedBy.aws.sessionPolicy.Statement'],
    ['a policy by the name of ours', { ...pods, targetRole: 'arn:aws:iam::444455556666:role/o', inlinePolicies: { 'assume-target-roles': READ } }, [blue], 'aws/policy-name trustedBy.aws.inlinePolicies.assume-target-roles'],
    ['one cluster under two names', pods, [blue, { ...green, eks: blue.eks } as ClusterInput], 'aws/one-cluster clusters.green.eks'],
    ['the same mechanism twice', { ...pods, alsoTrusts: ['pod-identity'] }, [blue], 'aws/also-trusts trustedBy.aws.alsoTrusts'],
    ['a tag of AWS', { ...pods, associationTags: { 'aws:x': '' } }, [blue], 'aws/tags trustedBy.aws.associationTags["aws:x"]'],
  ])('%s is refused', (_what, aws, clusters, expected) => {
    const found = errorsOf(input(aws, clusters));
    expect(found.map(({ code, path }) => `${code} ${path}`)).toContain(expected);
    for (const { message } of found) expect(message).toMatch(SENTENCE);
  });

  test.each<[string, object]>([
    ['targetRole', { targetRole: 'arn:aws:iam::444455556666:role/orders' }],
    ['sessionPolicy', { sessionPolicy: READ }],
    ['disableSessionTags', { disableSessionTags: true }],
    ['unsafeTrustWithoutTags', { unsafeTrustWithoutTags: { reason: 'one team' } }],
    ['associationTags', { associationTags: { team: 'shop' } }],
    ['agentOverIpv6', { agentOverIpv6: true }],
  ])('%s is for Pod Identity alone, and refused where no cluster has it', (field, fields) => {
    const lost = (aws: object, clusters?: readonly ClusterInput[]): readonly string[] => codesOf(aws, clusters).filter(code => code.startsWith('aws/pod-identity-field'));
    expect(codesOf(fields)).toEqual([`aws/pod-identity-field trustedBy.aws.${field}`]);
    for (const { message } of errorsOf(input(fields))) expect(message).toMatch(SENTENCE);
    expect(lost({ ...pods, ...fields })).toEqual([]);
    expect(lost({ ...fields, alsoTrusts: ['pod-identity'] })).toEqual([]);
    // One cluster that can use it is enough; what is said for one cluster is for that one.
    expect(lost({ ...fields, on: { green: pods } }, [blue, green])).toEqual([]);
    expect(lost({ on: { blue: fields, green: pods } }, [blue, green])).toEqual([`aws/pod-identity-field trustedBy.aws.on.blue.${field}`]);
    expect(lost({ ...fields, on: { green: { ...pods, ...fields } } }, [blue, green])).toEqual([`aws/pod-identity-field trustedBy.aws.${field}`]);
  });

  test('what is said to be off is as good as left out', () => {
    expect(codesOf({ disableSessionTags: false, agentOverIpv6: false })).toEqual([]);
  });

  test('where the role is made elsewhere, its trust is its maker\'s business', () => {
    expect(codesOf({ ...pods, existing: true, disableSessionTags: true })).toEqual([]);
  });
});

describe('both mechanisms on one role', () => {
  const kinds = (aws: object): readonly string[] => statementsOf(trustOf(aws)).map(({ Principal }) => Object.keys(Principal)[0] as string);

  test('every step of the change trusts what runs before and after it, and the association is what switches', () => {
    const steps = [{}, { alsoTrusts: ['pod-identity'] }, { ...pods, alsoTrusts: ['irsa'] }, pods];
    expect(steps.map(kinds)).toEqual([['Federated'], ['Federated', 'Service'], ['Federated', 'Service'], ['Service']]);
    expect(steps.map(step => ofKind(trustOf(step), ASSOCIATION).length)).toEqual([0, 0, 1, 1]);
    // The statements are the same in the middle, so that nothing is refused while both kinds of pods run.
    expect(statementsOf(trustOf(steps[1] as object))).toEqual(statementsOf(trustOf(steps[2] as object)));
  });

  test('the proof holds at every step', () => {
    for (const injection of ['webhook', 'explicit']) {
      for (const aws of [{}, { alsoTrusts: ['pod-identity'] }, { ...pods, alsoTrusts: ['irsa'] }, pods]) {
        const { clusters, trust } = planWorkloadIdentities(defineWorkloadIdentity(input({ ...aws, injection })));
        const pod = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'web' }, spec: { containers: [{ name: 'app' }] } };
        const rendered = clusters.map(cluster => ({ ...cluster, objects: [...cluster.objects, inject(pod, cluster.injections[0] as never)] }));
        expect(prove({ clusters: rendered, trust })).toMatchObject({ holds: true, strangers: [], verdicts: [{ admitted: true }] });
      }
    }
  });

  test('clusters of one role may differ', () => {
    const documents = trustOf({ on: { green: pods } }, [blue, green]);
    expect(statementsOf(documents).map(({ Principal }) => Object.keys(Principal)[0])).toEqual(['Federated', 'Service']);
    expect(ofKind(documents, 'iam.Role')).toHaveLength(1);
    expect(ofKind(documents, 'iam.OpenIDConnectProvider').map(({ cluster }) => cluster)).toEqual(['blue']);
  });
});

test('the order of clusters changes nothing in a trust policy', () => {
  fc.assert(fc.property(identityArb, identity => {
    const policies = (definition: WorkloadIdentityInput): readonly string[] => planWorkloadIdentities(defineWorkloadIdentity(definition)).trust
      .filter(({ kind }) => kind === 'iam.Role').map(({ name, request }) => JSON.stringify([name, (request as Role).AssumeRolePolicyDocument])).sort();
    expect(policies({ ...identity, clusters: [...identity.clusters].reverse() })).toEqual(policies(identity));
  }), { numRuns: 100 });
});

describe('conditions', () => {
  test('they stand in every statement, beside what pins who is meant', () => {
    const conditions = { StringEquals: { 'aws:PrincipalOrgID': 'o-1' }, Bool: { 'aws:SecureTransport': 'true' } };
    const statements = statementsOf(trustOf({ alsoTrusts: ['pod-identity'], conditions }));
    for (const { Condition } of statements) {
      expect(Condition.Bool).toEqual({ 'aws:SecureTransport': 'true' });
      expect(Condition.StringEquals).toMatchObject({ 'aws:PrincipalOrgID': 'o-1' });
      expect(Object.keys(Condition.StringEquals ?? {}).length).toBeGreaterThan(2);
    }
  });

  test.each<[string, object, string]>([
    ['an operator that there is not', { StringEqual: { 'aws:x': '1' } }, 'conditions.StringEqual'],
    ['an operator in other letters', { stringequals: { 'aws:x': '1' } }, 'conditions.stringequals'],
    ['a key that the statements pin', { StringEquals: { 'oidc.example.com:sub': 'x' } }, 'conditions.StringEquals["oidc.example.com:sub"]'],
    ['a tag that the statements pin', { StringLike: { 'aws:RequestTag/kubernetes-namespace': '*' } }, 'conditions.StringLike["aws:RequestTag/kubernetes-namespace"]'],
    ['a key without a service', { StringEquals: { OrgID: 'x' } }, 'conditions.StringEquals.OrgID'],
    ['no value', { StringEquals: { 'aws:PrincipalOrgID': [] } }, 'conditions.StringEquals["aws:PrincipalOrgID"]'],
    ['no key', { StringEquals: {} }, 'conditions.StringEquals'],
  ])('%s is refused', (_what, conditions, path) => {
    expect(codesOf({ conditions })).toEqual([`aws/condition trustedBy.aws.${path}`]);
  });

  test.each(['ForAllValues:StringLike', 'ForAnyValue:StringEqualsIfExists', 'Null', 'NumericLessThanEquals', 'ArnNotLikeIfExists'])('%s is an operator', operator => {
    expect(codesOf({ conditions: { [operator]: { 'aws:x': '1' } } })).toEqual([]);
  });
});

describe('wildcards', () => {
  const like = (...subjects: readonly string[]) => ({ unsafeSubjects: { like: subjects, reason: 'previews' } });

  test('what has one is compared by StringLike in a statement of its own, what has none by StringEquals', () => {
    const statements = statementsOf(trustOf(like('system:serviceaccount:preview-*:checkout', 'system:serviceaccount:shop:nightly')));
    const values = statements.map(({ Condition }) => Object.fromEntries(Object.entries(Condition).map(([operator, keys]) => [operator, Object.values(keys)])));
    expect(values).toEqual([
      { StringEquals: ['sts.amazonaws.com', ['system:serviceaccount:shop:checkout', 'system:serviceaccount:shop:nightly']] },
      { StringEquals: ['sts.amazonaws.com'], StringLike: ['system:serviceaccount:preview-*:checkout'] },
    ]);
  });

  test('they are a warning with the reason, and the proof counts strangers', () => {
    expect(checkWorkloadIdentity(input(like('system:serviceaccount:preview-*:checkout')))).toMatchObject([{ code: 'aws/unsafe', severity: 'warning', message: expect.stringContaining('previews') }]);
    const { clusters, trust } = planWorkloadIdentities(defineWorkloadIdentity(input(like('system:serviceaccount:preview-*:checkout'))));
    expect(prove({ clusters, trust }).strangers.map(({ who }) => who).join()).toContain('preview-*');
  });

  test.each(['system:serviceaccount:*:*', 'system:serviceaccount:?*:*', 'system:serviceaccount:*:**', '*', 'system:serviceaccount:*', 'system:serviceaccount:Shop:*'])('%s is refused', subject => {
    expect(codesOf(like(subject))).toEqual(['aws/unsafe-subjects trustedBy.aws.unsafeSubjects.like[0]']);
  });

  test('without a reason, for nobody, or where no subject is compared, they are refused', () => {
    expect(codesOf({ unsafeSubjects: { like: ['system:serviceaccount:shop:*'], reason: '' } })).toEqual(['aws/unsafe-reason trustedBy.aws.unsafeSubjects.reason']);
    expect(codesOf(like())).toEqual(['aws/unsafe-subjects trustedBy.aws.unsafeSubjects.like']);
    expect(codesOf({ ...pods, ...like('system:serviceaccount:shop:*') })).toEqual(['aws/unsafe-subjects trustedBy.aws.unsafeSubjects']);
  });
});

describe('more clusters than a role has room for', () => {
  const fleet = (count: number): readonly ClusterInput[] =>
    Array.from({ length: count }, (_, i) => ({ name: `c${i}`, issuer: `https://oidc.example.com/a/path/that/is/long/enough/to/count/${String(i).padStart(3, '0')}` }));
  const binding = { accountId: '111122223333', region: 'us-west-2' };

  test('the finding says how many fit, and so many do', () => {
    const [finding] = errorsOf(input(binding, fleet(12)));
    expect(finding?.code).toBe('aws/trust-policy-size');
    const fit = Number(/(\d+) of the 12 clusters fit, so say clustersPerRole: \1/.exec(finding?.message ?? '')?.[1]);
    expect(fit).toBeGreaterThan(1);
    expect(codesOf({ ...binding, clustersPerRole: fit }, fleet(12))).toEqual([]);
    expect(codesOf({ ...binding, clustersPerRole: fit + 1 }, fleet(12))).toContain('aws/trust-policy-size trustedBy.aws.trustPolicyQuota');
  });

  test('roles are filled in the order of the clusters, each cluster in one, and a cluster at the end changes nobody\'s', () => {
    fc.assert(fc.property(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 4 }), (count, size) => {
      const handles = (clusters: readonly ClusterInput[]): readonly string[] =>
        planWorkloadIdentities(defineWorkloadIdentity(input({ ...binding, clustersPerRole: size }, clusters))).edges.map(({ handle }) => handle.replace(/^.*role\//, ''));
      const now = handles(fleet(count));
      expect(now).toEqual(fleet(count).map((_, i) => (i < size ? 'checkout' : `checkout-${Math.floor(i / size) + 1}`)));
      expect(handles(fleet(count + 1)).slice(0, count)).toEqual(now);
      const ids = (clusters: readonly ClusterInput[]): readonly string[] =>
        knownLayoutOf(defineWorkloadIdentity(input({ ...binding, clustersPerRole: size }, clusters))).trust.map(({ id }) => id);
      expect(ids(fleet(count + 1))).toEqual(expect.arrayContaining([...ids(fleet(count))]));
    }), { numRuns: 30 });
  });

  test('each role trusts its own clusters, and a cluster that names its role keeps it', () => {
    const documents = trustOf({ ...binding, clustersPerRole: 2, on: { c3: { roleName: 'own' } } }, fleet(5));
    const roles = ofKind(documents, 'iam.Role').map(role => [role.name.replace(/^.*role\//, ''), statementsOf([role]).map(({ Principal }) => Principal.Federated?.slice(-1))]);
    expect(roles).toEqual([['checkout', ['0', '1']], ['checkout-2', ['2']], ['own', ['3']], ['checkout-3', ['4']]]);
  });

  test.each([0, -1, 1.5])('%s clusters per role are refused', clustersPerRole => {
    expect(codesOf({ ...binding, clustersPerRole }, fleet(2))).toEqual(['aws/clusters-per-role trustedBy.aws.clustersPerRole']);
  });
});

test('a policy of another account or partition is refused, for the role and for its boundary', () => {
  for (const [arn, right] of [['arn:aws:iam::444455556666:policy/a', false], ['arn:aws-cn:iam::aws:policy/a', false], ['arn:aws:iam::111122223333:policy/a', true], ['arn:aws:iam::aws:policy/a', true]] as const) {
    expect(codesOf({ managedPolicies: [arn] })).toEqual(right ? [] : ['aws/policy-home trustedBy.aws.managedPolicies[0]']);
    expect(codesOf({ permissionsBoundary: arn })).toEqual(right ? [] : ['aws/policy-home trustedBy.aws.permissionsBoundary']);
  }
});
