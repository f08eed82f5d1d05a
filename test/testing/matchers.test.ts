import fc from 'fast-check';
import type { Artifacts, ClusterArtifact, TrustArtifact } from '../../src/proof/artifacts';
import { EKS_ISSUER, ROLE, account, explicitAws, member, pod, role, statement } from '../proof/support';
import { identitiesArb } from '../support/arbitraries';
import { defineWorkloadIdentity } from 'symbolon';
import { halvesOf, prove, symbolonMatchers, workloadIn, type MatcherResult } from 'symbolon/testing';

// A part of jest that can be had by itself.
const { expect: jestExpect } = jest.requireActual<typeof import('expect')>('expect');
expect.extend(symbolonMatchers);
jestExpect.extend(symbolonMatchers);

const WEB = 'Deployment shop/web';
const blue: ClusterArtifact = { name: 'blue', issuer: EKS_ISSUER, objects: [explicitAws()] };
const OTHER = { provider: 'aws', kind: 'iam.Role', name: `${ROLE}-other`, becomes: `${ROLE}-other`, request: { RoleName: 'checkout-other', AssumeRolePolicyDocument: { Version: '2012-10-17', Statement: [statement({ sub: 'system:serviceaccount:shop:other' })] } } } as const satisfies TrustArtifact;
const good: Artifacts = { clusters: [blue], trust: [role(statement())] };

/** What a test that fails tells its reader. */
function failure(expectation: () => unknown): string {
  try {
    expectation();
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error('the expectation held');
}

test('a workload that is let in becomes the role, and the opposite fails and says by what', () => {
  expect(workloadIn(good, WEB)).toBecome(ROLE);
  const said = failure(() => expect(workloadIn(good, WEB)).not.toBecome(ROLE));
  expect(said).toContain('expect(workload).not.toBecome(identity)');
  expect(said).toContain(`Deployment shop/web in blue becomes ${ROLE} (aws): issuer, subject and audience are those of one statement`);
  expect(said).toContain('sub system:serviceaccount:shop:checkout');
});

test('a refusal says the first difference, the token, and what is there instead', () => {
  const trailing: Artifacts = { clusters: [{ ...blue, issuer: `${EKS_ISSUER}/` }], trust: [role(statement())] };
  expect(workloadIn(trailing, WEB)).not.toBecome(ROLE);
  expect(failure(() => expect(workloadIn(trailing, WEB)).toBecome(ROLE))).toMatch(/does not become .*: the trust wants the issuer .* lacks the slash at the end[^]*its token: iss .*EXAMPLE\/, sub/);
  const two: Artifacts = { clusters: [blue], trust: [role(statement()), OTHER] };
  expect(workloadIn(two, WEB)).not.toBecome(OTHER.becomes);
  expect(failure(() => expect(workloadIn(two, WEB)).toBecome(OTHER.becomes))).toMatch(/it does not ask for it\n {2}instead it becomes arn:aws:iam::111122223333:role\/checkout \(aws\)/);
});

test('what cannot be decided fails in both directions, and says what is missing', () => {
  const { issuer: _issuer, ...unknown } = blue;
  const open: Artifacts = { clusters: [unknown], trust: [role(statement())] };
  for (const expectation of [() => expect(workloadIn(open, WEB)).toBecome(ROLE), () => expect(workloadIn(open, WEB)).not.toBecome(ROLE)]) {
    expect(failure(expectation)).toMatch(/cannot decide whether .*: the issuer of blue is not known[^]*give the artifacts what is missing/);
  }
  for (const expectation of [() => expect(open).toFit(), () => expect(open).not.toFit()]) expect(failure(expectation)).toMatch(/cannot decide .* the issuer of blue is not known/);
  for (const expectation of [() => expect(open).toLetInNobodyElse(), () => expect(open).not.toLetInNobodyElse()]) expect(failure(expectation)).toMatch(/cannot decide who else/);
  const elsewhere: Artifacts = { clusters: [blue], trust: [] };
  for (const expectation of [() => expect(elsewhere).toLetInNobodyElse({ as: ROLE }), () => expect(elsewhere).not.toLetInNobodyElse({ as: ROLE })]) {
    expect(failure(expectation)).toMatch(/cannot decide who else becomes/);
  }
});

test('a workload, cluster or identity that does not exist is an error, with .not as well, and names what is near', () => {
  expect(() => workloadIn(good, 'Deployment shop/wed')).toThrow(/workload: expected one of "Deployment shop\/web", got "Deployment shop\/wed"; did you mean Deployment shop\/web\? \[testing\/workload\]/);
  expect(() => workloadIn(good, 'StatefulSet shop/web')).toThrow(/did you mean Deployment shop\/web\?/);
  expect(() => workloadIn(good, 'web')).toThrow(/testing\/workload/);
  expect(() => workloadIn(good, WEB, { cluster: 'bleu' })).toThrow(/did you mean blue\? \[testing\/cluster\]/);
  expect(() => workloadIn(good, WEB, { clutser: 'blue' } as never)).toThrow(/did you mean cluster\? \[structure\/unknown-key\]/);
  for (const expectation of [() => expect(workloadIn(good, WEB)).toBecome(`${ROLE}s`), () => expect(workloadIn(good, WEB)).not.toBecome(`${ROLE}s`)]) {
    expect(failure(expectation)).toMatch(/did you mean arn:aws:iam::111122223333:role\/checkout\? \[testing\/identity\]/);
  }
  for (const expectation of [() => expect(good).toLetInNobodyElse({ as: 'x' }), () => expect(good).not.toLetInNobodyElse({ as: 'x' })]) expect(failure(expectation)).toMatch(/testing\/identity/);
  // Not gone through workloadIn, with .not or without.
  for (const value of ['Deployment shop/web', undefined, good, { artifacts: good, workload: 'Deployment shop/no' }]) {
    expect(failure(() => expect(value).not.toBecome(ROLE))).toMatch(/structure\/|testing\/workload/);
  }
  expect(failure(() => expect('both halves').not.toFit())).toMatch(/structure\/type/);
  expect(failure(() => expect({ clusters: [], trust: [] }).toFit())).toMatch(/testing\/nothing/);
  expect(failure(() => expect({ clusters: [], trust: [] }).toLetInNobodyElse())).toMatch(/testing\/identity/);
});

test('a pod that does not ask, of a service account that is let in, is neither: no cloud tells the two apart', () => {
  const beside = { ...pod(), metadata: { name: 'beside', namespace: 'shop' } };
  const both: Artifacts = { clusters: [{ ...blue, objects: [...blue.objects, beside] }], trust: [role(statement())] };
  expect(failure(() => expect(workloadIn(both, 'Deployment shop/beside')).not.toBecome(ROLE))).toMatch(/its service account shop\/checkout is let in, as Deployment shop\/web is/);
  expect(failure(() => expect(workloadIn(both, 'Deployment shop/beside')).toBecome(ROLE))).toMatch(/does not ask for it/);
});

test('of two containers that ask, one let in and one not: neither', () => {
  type Deployment = { readonly spec: { readonly template: { readonly spec: { readonly containers: readonly object[] } } } };
  const [{ spec }] = blue.objects as unknown as [Deployment];
  const pods = spec.template.spec;
  const [app] = pods.containers;
  const second = { ...app, name: 'second', volumeMounts: [] };
  const mixed: Artifacts = { clusters: [{ ...blue, objects: [pod({ ...pods, containers: [app, second] })] }], trust: [role(statement())] };
  for (const expectation of [() => expect(workloadIn(mixed, WEB)).toBecome(ROLE), () => expect(workloadIn(mixed, WEB)).not.toBecome(ROLE)]) {
    expect(failure(expectation)).toMatch(/in blue becomes[^]*in blue does not become .*nothing is mounted at .* in the container second/);
  }
  // A pod that asks wrongly, beside one that is let in.
  const wrong = { ...pod({ ...pods, containers: [second] }), metadata: { name: 'wrong', namespace: 'shop' } };
  const beside: Artifacts = { clusters: [{ ...blue, objects: [...blue.objects, wrong] }], trust: [role(statement())] };
  expect(failure(() => expect(workloadIn(beside, 'Deployment shop/wrong')).not.toBecome(ROLE))).toMatch(/nothing is mounted[^]*its service account shop\/checkout is let in/);
});

test('in several clusters it is all of them, or none, or neither', () => {
  const green: ClusterArtifact = { ...blue, name: 'green', issuer: 'https://green.example.com' };
  const one: Artifacts = { clusters: [blue, green], trust: [role(statement())] };
  for (const expectation of [() => expect(workloadIn(one, WEB)).toBecome(ROLE), () => expect(workloadIn(one, WEB)).not.toBecome(ROLE)]) {
    expect(failure(expectation)).toMatch(/in blue becomes[^]*in green does not become/);
  }
  expect(workloadIn(one, WEB, { cluster: 'blue' })).toBecome(ROLE);
  expect(workloadIn(one, WEB, { cluster: 'green' })).not.toBecome(ROLE);
  expect({ clusters: one.clusters, trust: [role(statement(), statement({ issuer: 'https://green.example.com' }))] }).toFit();
});

test('whoever else is let in is named, until the test accepts them', () => {
  expect(good).toLetInNobodyElse();
  expect(good).toLetInNobodyElse({ as: ROLE });
  const wide: Artifacts = { clusters: [blue], trust: [role(statement({ sub: ['system:serviceaccount:shop:checkout', 'system:serviceaccount:shop:other'] }))] };
  expect(wide).not.toLetInNobodyElse();
  expect(failure(() => expect(wide).toLetInNobodyElse({ as: ROLE }))).toMatch(/somebody else becomes .*:\n {2}.*shop:other.* becomes .* let in by/);
  expect(wide).toLetInNobodyElse({ except: ['shop:other'] });
  expect(wide).toLetInNobodyElse({ except: [/:other\b/g] });
  expect(() => expect(wide).toLetInNobodyElse({ except: ['shop:other', 'shop:gone'] })).toThrow(/options.except\[1\]: .*testing\/except/);
  expect(() => expect(wide).not.toLetInNobodyElse({ except: ['shop:gone'] })).toThrow(/testing\/except/);
  for (const wrong of [[''], [1], {}]) expect(() => expect(wide).not.toLetInNobodyElse({ except: wrong } as never)).toThrow(/structure\/type/);
  expect(wide).not.toFit();
  expect(failure(() => expect(wide).toFit())).toContain('shop:other');
});

test('whom a provider\'s own model adds is somebody else, too', () => {
  const gke: Artifacts = { clusters: [{ name: 'gke', issuer: 'https://container.googleapis.com/v1/projects/demo/locations/x/clusters/y', workloadPool: 'demo.svc.id.goog', objects: [account({ 'iam.gke.io/gcp-service-account': 'app@demo.iam.gserviceaccount.com' }), pod()] }], trust: [member()] };
  expect(workloadIn(gke, WEB)).toBecome('app@demo.iam.gserviceaccount.com');
  expect(failure(() => expect(gke).toLetInNobodyElse())).toMatch(/in every other cluster of the project demo .*by the provider's own model/);
  expect(gke).toLetInNobodyElse({ except: ['in every other cluster of the project demo'] });
});

test('tokens: one that is there, one that is not, and one that nobody can read', () => {
  const withToken = (security: object): Artifacts => ({
    clusters: [{
      ...blue,
      objects: [pod({
        securityContext: security,
        containers: [{ name: 'app', image: 'app:1', volumeMounts: [{ name: 'api', mountPath: '/var/run/api' }] }, { name: 'beside', image: 'app:1', securityContext: { runAsUser: 2000 } }],
        volumes: [{ name: 'api', projected: { defaultMode: 0o400, sources: [{ serviceAccountToken: { path: 'token', audience: 'https://api.example.com', expirationSeconds: 900 } }] } }],
      })],
    }],
    trust: [],
  });
  const readable = workloadIn(withToken({ fsGroup: 1000 }), WEB);
  expect(readable).toHaveTokenFor('https://api.example.com');
  expect(readable).not.toHaveTokenFor('https://other.example.com');
  expect(failure(() => expect(readable).not.toHaveTokenFor('https://api.example.com'))).toMatch(/at \/var\/run\/api\/token, for 900 s/);
  expect(failure(() => expect(readable).toHaveTokenFor('https://api.example.co'))).toMatch(/it has one for https:\/\/api\.example\.com at .*did you mean https:\/\/api\.example\.com\?/);
  const unreadable = workloadIn(withToken({ runAsUser: 1000 }), WEB);
  for (const expectation of [() => expect(unreadable).toHaveTokenFor('https://api.example.com'), () => expect(unreadable).not.toHaveTokenFor('https://api.example.com')]) {
    expect(failure(expectation)).toMatch(/no use of it: .*belongs to root with the mode 0400/);
  }
  expect(failure(() => expect(withToken({ runAsUser: 1000 })).toFit())).toMatch(/no use of its token/);
});

test('every answer is the proof\'s: of any definition, what it admits passes, and what it does not fails', () => {
  fc.assert(fc.property(identitiesArb, inputs => {
    const halves = halvesOf(inputs.map(defineWorkloadIdentity));
    const { verdicts } = prove(halves);
    for (const { cluster, workload, becomes, admitted, decided } of verdicts) {
      const asked = workloadIn(halves, workload, { cluster });
      if (admitted) expect(asked).toBecome(becomes);
      else expect(() => expect(asked).toBecome(becomes)).toThrow();
      if (admitted || !decided) expect(() => expect(asked).not.toBecome(becomes)).toThrow();
    }
    const mine = new Map(verdicts.map(verdict => [`${verdict.cluster} ${verdict.subject.namespace}/${verdict.subject.serviceAccount} ${verdict.becomes}`, verdict]));
    for (const one of verdicts) {
      for (const other of verdicts) {
        if (mine.has(`${one.cluster} ${one.subject.namespace}/${one.subject.serviceAccount} ${other.becomes}`)) continue;
        expect(workloadIn(halves, one.workload, { cluster: one.cluster })).not.toBecome(other.becomes);
      }
    }
  }), { numRuns: 12 });
});

test('the expect of its own package takes them, too', () => {
  jestExpect(workloadIn(good, WEB)).toBecome(ROLE);
  expect(() => jestExpect(workloadIn(good, WEB)).not.toBecome(ROLE)).toThrow(/becomes/);
  jestExpect({ it: good }).toEqual({ it: (jestExpect as unknown as { toFit(): unknown }).toFit() });
});

/**
 * Vitest's `expect.extend`, as its documentation describes it: matchers are called with a state as `this` that has `isNot`, and with the
 * received value and the arguments; they return `pass` and `message`, and `pass` is turned round by `.not`. https://vitest.dev/guide/extending-matchers
 */
function asVitestDoes(matcher: (this: { readonly isNot: boolean; readonly utils: object }, received: unknown, ...expected: never[]) => MatcherResult) {
  return (received: unknown, isNot: boolean, ...expected: unknown[]): void => {
    const { pass, message } = matcher.call({ isNot, utils: {} }, received, ...expected as never[]);
    if (pass === isNot) throw new Error(message());
  };
}

test('nothing of jest is needed: a state with isNot alone will do', () => {
  const toBecome = asVitestDoes(symbolonMatchers.toBecome);
  expect(() => toBecome(workloadIn(good, WEB), false, ROLE)).not.toThrow();
  expect(() => toBecome(workloadIn(good, WEB), true, ROLE)).toThrow(/expect\(workload\)\.not\.toBecome/);
  expect(() => asVitestDoes(symbolonMatchers.toFit)(good, false)).not.toThrow();
  const open: Artifacts = { clusters: [{ name: 'blue', objects: blue.objects }], trust: good.trust };
  for (const isNot of [true, false]) expect(() => toBecome(workloadIn(open, WEB), isNot, ROLE)).toThrow(/cannot decide/);
});
