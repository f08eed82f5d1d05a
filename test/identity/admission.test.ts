/** What the admission policies of definitions let through. That an API server means the same by them is for the conformance suite. */
import fc from 'fast-check';
import { allowedIn, policyOn } from '../support/admission';
import { identitiesArbOf } from '../support/arbitraries';
import { ack, aks, blue, boundTo, gke, green, k3s } from '../support/definitions';
import {
  admissionPolicies, defineWorkloadIdentity, inject, planWorkloadIdentities, prove,
  type AdmissionOptions, type Issue, type KubernetesObject, type WorkloadIdentityDefinition, type WorkloadIdentityInput,
} from 'symbolon';

const CHECKOUT: WorkloadIdentityInput = {
  name: 'checkout', namespace: 'shop', clusters: [blue], trustedBy: { aws: {} }, tokens: { payments: { audience: 'https://payments.example.com', expirationSeconds: 900 } },
};
const checkout = defineWorkloadIdentity(CHECKOUT);

function issuesOf(options: unknown, definitions: readonly WorkloadIdentityDefinition[] = [checkout]): readonly Issue[] {
  try {
    admissionPolicies(definitions, options as AdmissionOptions);
    return [];
  } catch (error) {
    return (error as { readonly issues: readonly Issue[] }).issues;
  }
}

test('a namespace has three policies, each with its binding, for requests that make something in it', () => {
  const policies = admissionPolicies(checkout);
  expect(policies.map(({ kind, metadata }) => `${kind} ${metadata.name}`)).toEqual(['pods', 'tokens', 'secrets'].flatMap(name => [
    `ValidatingAdmissionPolicy symbolon-shop-${name}`, `ValidatingAdmissionPolicyBinding symbolon-shop-${name}`,
  ]));
  for (const { kind, metadata, spec } of policies) {
    if (kind === 'ValidatingAdmissionPolicyBinding') expect(spec).toEqual({ policyName: metadata.name, validationActions: ['Deny'] });
    else expect(spec).toMatchObject({ failurePolicy: 'Fail', matchConstraints: { namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'shop' } }, resourceRules: [{ operations: ['CREATE'] }] } });
  }
  expect(policies.filter(({ kind }) => kind.endsWith('Policy')).map(({ spec }) => (spec as { matchConstraints: { resourceRules: { resources: string[] }[] } }).matchConstraints.resourceRules[0]?.resources))
    .toEqual([['pods'], ['serviceaccounts/token'], ['secrets']]);
});

test('what the pods of a definition ask for, and what a webhook adds for it, is allowed for as long as the definition says', () => {
  expect(allowedIn(admissionPolicies(checkout), 'shop')).toEqual({ checkout: { 'https://payments.example.com': 900, 'sts.amazonaws.com': 86400 } });
});

test('the token for the Kubernetes API is allowed where the definition has one, or where somebody else makes the account', () => {
  const api = defineWorkloadIdentity({ ...CHECKOUT, apiToken: true, tokens: {} });
  const policies = admissionPolicies(api);
  expect(allowedIn(policies, 'shop')).toEqual({ checkout: { '': 3607, 'sts.amazonaws.com': 86400 } });
  // A request that names no audience has those of the API server by then.
  expect(allowedIn(policies, 'shop', 'tokens')).toEqual({ checkout: { [blue.issuer as string]: 3607, 'https://kubernetes.default.svc': 3607, 'sts.amazonaws.com': 86400 } });
  expect(allowedIn(admissionPolicies(api, { apiAudiences: ['api'] }), 'shop', 'tokens')).toEqual({ checkout: { 'api': 3607, 'sts.amazonaws.com': 86400 } });
  const elsewhere = defineWorkloadIdentity({ name: 'checkout', runsAs: [{ namespace: 'shop', serviceAccount: 'web', create: false }], clusters: [blue] });
  expect(allowedIn(admissionPolicies(elsewhere), 'shop')).toEqual({ web: { '': 3607 } });
});

test('while a role trusts two mechanisms, the tokens of both are allowed', () => {
  const both = defineWorkloadIdentity({ name: 'checkout', namespace: 'shop', clusters: [blue], trustedBy: { aws: { alsoTrusts: ['pod-identity'] } } });
  expect(allowedIn(admissionPolicies(both), 'shop')).toEqual({ checkout: { 'pods.eks.amazonaws.com': 86400, 'sts.amazonaws.com': 86400 } });
});

test('what runs besides is allowed where it is said, and by everybody of the namespace where no account is', () => {
  const policies = admissionPolicies(checkout, {
    also: [
      { namespace: 'shop', audiences: { 'istio-ca': 43200 } },
      { namespace: 'shop', serviceAccount: 'default', automount: true },
      { namespace: 'shop', serviceAccount: 'checkout', audiences: { 'sts.amazonaws.com': 600, 'https://payments.example.com': 1800 } },
    ],
  });
  expect(allowedIn(policies, 'shop')).toEqual({
    checkout: { 'https://payments.example.com': 1800, 'istio-ca': 43200, 'sts.amazonaws.com': 86400 },
    default: { '': 3607, 'istio-ca': 43200 },
  });
});

test('each cluster has its own: a definition of several needs one to be named', () => {
  const fleet = defineWorkloadIdentity({ ...CHECKOUT, clusters: [blue, green], tokens: { old: { audience: 'old', clusters: ['blue'] }, next: { audience: 'next', clusters: ['green'] } } });
  expect(issuesOf({}, [fleet])).toMatchObject([{ code: 'admission/cluster', path: 'cluster' }]);
  expect(issuesOf({ cluster: 'red' }, [fleet])).toMatchObject([{ code: 'admission/cluster' }]);
  expect(Object.keys(allowedIn(admissionPolicies(fleet, { cluster: blue }), 'shop').checkout ?? {})).toEqual(['old', 'sts.amazonaws.com']);
  expect(Object.keys(allowedIn(admissionPolicies([fleet], { cluster: 'green' }), 'shop').checkout ?? {})).toEqual(['next', 'sts.amazonaws.com']);
});

test('everything that is wrong is said at once, in the words of the options', () => {
  expect(issuesOf({
    actions: ['Deny', 'Warn'],
    also: [{ namespace: 'elsewhere', serviceAccount: 'Default' }, { namespace: 'shop' }, { namespace: 'shop', audiences: { '': 3600, 'a b': 300, 'c': 'long' } }, 1],
  })).toMatchObject([
    { code: 'admission/actions', path: 'actions' },
    { code: 'admission/namespace', path: 'also[0].namespace' },
    { code: 'name/dns-subdomain', path: 'also[0].serviceAccount' },
    { code: 'admission/nothing', path: 'also[1]' },
    { code: 'admission/audience', path: 'also[2].audiences[""]' },
    { code: 'admission/audience', path: 'also[2].audiences["a b"]' },
    { code: 'token/lifetime', path: 'also[2].audiences["a b"]' },
    { code: 'structure/type', path: 'also[2].audiences.c' },
    { code: 'structure/type', path: 'also[3]' },
  ]);
  for (const actions of [[], ['deny'], ['Audit', 'Audit']]) expect(issuesOf({ actions })).toMatchObject([{ code: 'admission/actions' }]);
  expect(issuesOf({ action: ['Deny'] })).toMatchObject([{ code: 'structure/unknown-key' }]);
  expect(issuesOf({ actions: ['Audit', 'Warn'] })).toEqual([]);
});

test('a namespace with more accounts than an expression can hold is refused, and not cut', () => {
  const many = Array.from({ length: 900 }, (_, i) => ({ namespace: 'shop', serviceAccount: `account-${i}`, audiences: { [`https://api-${i}.example.com/with/a/long/path`]: 600 } }));
  expect(issuesOf({ also: many })).toMatchObject([{ code: 'admission/size', path: 'shop' }]);
  const some = admissionPolicies(checkout, { also: many.slice(0, 500) });
  for (const policy of some) for (const [, expression = ''] of JSON.stringify(policy).matchAll(/"(?:expression|messageExpression)":"((?:[^"\\]|\\.)*)"/g)) expect(expression.length).toBeLessThan(110_000);
});

test('messages say what is allowed', () => {
  const [spec] = [policyOn(admissionPolicies(checkout), 'shop', 'pods').spec as { readonly variables: object[]; readonly validations: readonly { readonly message: string }[] }];
  expect(spec.validations[0]?.message).toBe('in the namespace shop only these service accounts have pods and tokens: checkout');
  expect(JSON.stringify(spec.variables)).toContain('https://payments.example.com (at most 900 s), sts.amazonaws.com (at most 86400 s)');
});

describe('whatever is defined', () => {
  const POD = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'web' }, spec: { containers: [{ name: 'app', image: 'app:1' }] } };

  test('its pods and the tokens that they become somebody by are allowed, and the same definitions give the same policies', () => {
    fc.assert(fc.property(identitiesArbOf({ modes: ['explicit', 'webhook', 'none'] }), inputs => {
      const definitions = inputs.map(input => defineWorkloadIdentity(input));
      const plan = planWorkloadIdentities(definitions);
      for (const planned of plan.clusters) {
        const policies = admissionPolicies(definitions, { cluster: planned.name });
        expect(admissionPolicies([...definitions], { cluster: planned.name })).toEqual(policies);
        const pods = planned.injections.map((injection, i) => inject({ ...POD, metadata: { name: `web-${i}` } }, injection) as KubernetesObject);
        const { verdicts, tokens } = prove({ clusters: [{ ...planned, objects: [...planned.objects, ...planned.expected, ...pods] }], trust: plan.trust });
        for (const { subject, claims } of verdicts) {
          expect(allowedIn(policies, subject.namespace)[subject.serviceAccount]).toHaveProperty([claims.audience]);
        }
        for (const { subject, audience = '', expirationSeconds } of tokens) {
          const most = allowedIn(policies, subject.namespace)[subject.serviceAccount]?.[audience];
          expect(most).toBeGreaterThanOrEqual(expirationSeconds as number);
        }
      }
    }));
  });

  test('every provider\'s audience is among what its pods may have, on the cluster that is its own', () => {
    const homes = { alibaba: ack, aws: blue, azure: aks, gcp: gke, jwt: k3s, vault: k3s } as const;
    for (const [provider, cluster] of Object.entries(homes)) {
      const definition = defineWorkloadIdentity(boundTo(provider as keyof typeof homes, cluster));
      const [edge] = planWorkloadIdentities(definition).edges;
      const { namespace = '', serviceAccount = '' } = edge?.subject ?? {};
      expect(allowedIn(admissionPolicies(definition), namespace)[serviceAccount]).toHaveProperty([edge?.claims.audience ?? '']);
    }
  });
});
