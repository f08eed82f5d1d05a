/** Who may act as a Google service account: by which roles, and from how far above. */
import fc from 'fast-check';
import { account, member, only, pod } from './support';
import type { TrustArtifact } from '../../src/proof/artifacts';
import { prove } from '../../src/proof/prove';
import type { Proof } from '../../src/proof/verdict';

const GSA = 'app@demo.iam.gserviceaccount.com';
const OTHER = 'billing@demo.iam.gserviceaccount.com';
const USER = 'roles/iam.workloadIdentityUser';
const CREATOR = 'roles/iam.serviceAccountTokenCreator';
const POD = 'serviceAccount:demo.svc.id.goog[shop/checkout]';
const NEIGHBOUR = 'serviceAccount:demo.svc.id.goog[shop/other]';
const PRINCIPAL = 'principal://iam.googleapis.com/projects/123456789012/locations/global/workloadIdentityPools/demo.svc.id.goog/subject/ns/shop/sa/checkout';

/** As the readers make it: what is granted to a pod is granted to it as itself. */
function above({ resource = 'projects/demo', role = USER, who = POD, ...more }: { resource?: string; role?: string; who?: string; [field: string]: unknown } = {}): TrustArtifact {
  const kind = resource.startsWith('projects/') ? 'cloudresourcemanager.ProjectMember' : 'iam.Member';
  const becomes = /^principal|\.svc\.id\.goog\[/.test(who) ? { becomes: who } : {};
  return { provider: 'gcp', kind, name: `${resource} ${role} ${who}`, ...becomes, request: { resource, role, member: who, ...more } };
}

function exists(email: string): TrustArtifact {
  return { provider: 'gcp', kind: 'iam.ServiceAccount', name: `projects/demo/serviceAccounts/${email}`, request: {} };
}

const acting = (email: string | undefined, ...trust: readonly TrustArtifact[]): Proof => {
  const objects = [account(email === undefined ? {} : { 'iam.gke.io/gcp-service-account': email }), pod()];
  return prove({ clusters: [{ name: 'gke', workloadPool: 'demo.svc.id.goog', objects }], trust });
};

test.each([USER, CREATOR])('%s on the account lets the pod act as it', role => {
  for (const who of [POD, PRINCIPAL]) {
    const verdicts = [{ admitted: true, becomes: GSA, reason: expect.stringContaining(role) as string }];
    expect(acting(GSA, member({ role, member: who }))).toMatchObject({ holds: true, verdicts });
  }
  expect(acting(GSA, member(), member({ role, member: NEIGHBOUR }))).toMatchObject({ holds: false, strangers: [{ becomes: GSA, who: NEIGHBOUR }] });
});

test.each(['roles/iam.serviceAccountUser', 'roles/iam.serviceAccountOpenIdTokenCreator', 'roles/owner', 'roles/viewer'])('%s does not, and is nobody\'s way in', role => {
  expect(acting(GSA, member({ role }), above({ role }))).toMatchObject({ verdicts: [{ admitted: false, decided: false }] });
  expect(acting(GSA, member(), member({ role, member: NEIGHBOUR })).strangers).toEqual([]);
});

test('people and accounts that create tokens are no pods: of them no manifest could say anything', () => {
  for (const who of ['user:alice@example.com', 'serviceAccount:ci@demo.iam.gserviceaccount.com', 'group:on-call@example.com']) {
    expect(acting(GSA, member(), member({ role: CREATOR, member: who }), above({ role: CREATOR, who }))).toMatchObject({ holds: true, strangers: [] });
  }
  expect(acting(GSA, member(), member({ role: CREATOR, member: 'allAuthenticatedUsers' })).strangers).toMatchObject([{ who: 'allAuthenticatedUsers' }]);
});

describe('on the project', () => {
  test.each([USER, CREATOR])('%s lets the pod act as every account of it, and is its way in and nobody\'s besides', role => {
    for (const who of [POD, PRINCIPAL]) {
      expect(acting(GSA, above({ role, who }))).toMatchObject({ holds: true, strangers: [], verdicts: [{ admitted: true, becomes: GSA }] });
    }
    // The account has a policy of its own, which names somebody else: the pod is in all the same.
    expect(only(acting(GSA, above({ role }), member({ member: NEIGHBOUR })).verdicts)).toMatchObject({ admitted: true });
  });

  test('every other account of the project is one that the pod could become, and is told', () => {
    expect(acting(GSA, above(), exists(GSA), exists(OTHER))).toMatchObject({ holds: false, verdicts: [{ admitted: true, becomes: GSA }], strangers: [{ becomes: OTHER, who: POD, by: `projects/demo ${USER} ${POD}` }] });
    expect(acting(GSA, above(), exists(GSA), exists('app@elsewhere.iam.gserviceaccount.com'))).toMatchObject({ holds: true, strangers: [] });
  });

  test('a pod that acts as nobody could act as them, too', () => {
    const proof = acting(undefined, above({ role: CREATOR, who: PRINCIPAL }), exists(GSA));
    expect(proof).toMatchObject({ verdicts: [{ admitted: true, becomes: PRINCIPAL }], strangers: [{ becomes: GSA, who: PRINCIPAL }] });
  });

  test('somebody else with it is a stranger to the account', () => {
    expect(acting(GSA, member(), above({ who: NEIGHBOUR })).strangers).toContainEqual(expect.objectContaining({ becomes: GSA, who: NEIGHBOUR }));
    expect(acting(GSA, member(), above({ who: 'principalSet://iam.googleapis.com/projects/123456789012/locations/global/workloadIdentityPools/demo.svc.id.goog/namespace/billing' })).strangers)
      .toContainEqual(expect.objectContaining({ becomes: GSA, who: expect.stringContaining('every service account of the namespace billing') }));
  });

  test('in another project it is another account\'s business', () => {
    expect(only(acting(GSA, above({ resource: 'projects/other' }), member({ member: NEIGHBOUR })).verdicts)).toMatchObject({ admitted: false, decided: true });
  });

  test('a project of a domain is known by the domain, and the account of Compute Engine by the number', () => {
    const own = 'app@demo.example.com.iam.gserviceaccount.com';
    expect(only(acting(own, above({ resource: 'projects/example.com:demo' })).verdicts)).toMatchObject({ admitted: true });
    expect(only(acting('123456789012-compute@developer.gserviceaccount.com', above({ resource: 'projects/123456789012' })).verdicts)).toMatchObject({ admitted: true });
    expect(only(acting('demo@appspot.gserviceaccount.com', above()).verdicts)).toMatchObject({ admitted: true });
  });
});

describe('cannot be told, and nobody is refused for it', () => {
  test.each<[string, TrustArtifact]>([
    ['a project that is named by its number', above({ resource: 'projects/123456789012' })],
    ['a folder', above({ resource: 'folders/42' })],
    ['an organisation', above({ resource: 'organizations/42', role: CREATOR })],
    ['a role of the project\'s own on the project', above({ role: 'projects/demo/roles/actor' })],
    ['a role of the organisation\'s own on the account', member({ role: 'organizations/42/roles/actor' })],
  ])('%s', (_what, grant) => {
    for (const beside of [[], [member({ member: NEIGHBOUR })]]) {
      expect(only(acting(GSA, grant, ...beside).verdicts)).toMatchObject({ admitted: false, decided: false, reason: expect.stringMatching(/^whether .* lets it act as app@demo.* is not known here$/) });
    }
    // Nor does it keep anybody out who is in.
    expect(only(acting(GSA, grant, member()).verdicts)).toMatchObject({ admitted: true });
  });

  test('whom nobody can read', () => {
    const open: TrustArtifact = { ...above(), name: 'open', request: { resource: 'projects/demo', role: USER }, unknown: ['member'] };
    expect(only(acting(GSA, open, member({ member: NEIGHBOUR })).verdicts)).toMatchObject({ decided: false, reason: 'member of open cannot be read' });
  });

  test('a condition', () => {
    const condition = { expression: 'request.time < timestamp("2026-05-01T00:00:00Z")' };
    expect(only(acting(GSA, above({ condition })).verdicts)).toMatchObject({ decided: false, reason: expect.stringContaining(condition.expression) });
  });
});

test('whatever is granted above: a refusal is only where no grant could have let the pod in', () => {
  const resource = fc.constantFrom('projects/demo', 'projects/other', 'projects/123456789012', 'folders/1', 'organizations/1');
  const role = fc.constantFrom(USER, CREATOR, 'roles/viewer', 'projects/demo/roles/x');
  const who = fc.constantFrom(POD, PRINCIPAL, NEIGHBOUR, 'user:a@example.com');
  fc.assert(fc.property(fc.array(fc.record({ resource, role, who }), { maxLength: 4 }), grants => {
    const { admitted, decided } = only(acting(GSA, member({ member: NEIGHBOUR }), ...grants.map(above)).verdicts) as { admitted: boolean; decided: boolean };
    const own = grants.filter(grant => [POD, PRINCIPAL].includes(grant.who) && grant.resource !== 'projects/other' && grant.role !== 'roles/viewer');
    const sure = own.some(grant => grant.resource === 'projects/demo' && grant.role.startsWith('roles/'));
    expect([admitted, decided]).toEqual(sure ? [true, true] : [false, own.length === 0]);
  }));
});
