/** Whatever is handed to a function that the package exports, it works or says what is wrong with a code: never a bare TypeError. */
import * as pulumi from '@pulumi/pulumi';
import { App, Chart } from 'cdk8s';
import { PROVIDER_IDS } from '../../src/providers';
import { CLOUDS } from '../../src/testing/mocks/providers';
import { ack, aks, blue, boundTo, gke, k3s } from '../support/definitions';
import * as library from 'symbolon';
import * as cdk8s from 'symbolon/cdk8s';
import * as doorOfPolicy from 'symbolon/policy';
import * as doorOfPulumi from 'symbolon/pulumi';
import * as testing from 'symbolon/testing';

/** One request of each kind, as they are made. */
const HOMES = { alibaba: ack, aws: blue, azure: aks, gcp: gke, jwt: k3s, vault: k3s };
const TRUST = PROVIDER_IDS.flatMap(id => library.planWorkloadIdentities(library.defineWorkloadIdentity(boundTo(id, HOMES[id]))).trust);

const { awsPolicies, defineProjectedTokens, defineWorkloadIdentity, isSymbolonError } = library;

type Call = (value: never) => unknown;

/** What nobody should hand in, and JavaScript lets them. */
const VALUES: readonly (readonly [string, unknown])[] = [
  ['undefined', undefined], ['null', null], ['a text', 'x'], ['a number', 1], ['an object', {}], ['a list', []], ['a list with nothing in it', [undefined]],
  ['a list of objects', [{}]], ['a list of lists', [[]]], ['a function', () => undefined], ['a symbol', Symbol('x')], ['a big number', 1n], ['a date', new Date(0)],
];

const checkout = defineWorkloadIdentity(boundTo('aws', blue));
const tokens = defineProjectedTokens({ tokens: { pay: { audience: 'payments' } } });
const pods = { spec: { serviceAccountName: 'checkout', containers: [] } };
const deployment = { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'web', namespace: 'shop' }, spec: { template: pods } };
const chart = (): Chart => new Chart(new App(), 'chart');
const identity = (where: Chart = chart()): cdk8s.WorkloadIdentity => new cdk8s.WorkloadIdentity(where, 'identity', { definition: checkout, cluster: 'blue' });
const NOTHING: library.Plan = { edges: [], clusters: [], trust: [] };
let count = 0;
const next = (): string => `a${count++}`;

/** The functions that take what nobody has checked; beside each, further calls with the value in another place. */
const SYMBOLON: { readonly [name in Exclude<keyof typeof library, `${string}Error` | 'awsPolicies' | 'ApiResource' | 'SymbolonValidation' | 'TOKEN_LIFETIMES'> | 'isSymbolonError']: readonly Call[] } = {
  admissionPolicies: [
    library.admissionPolicies,
    value => library.admissionPolicies(checkout, value),
    ...['cluster', 'also', 'actions', 'apiAudiences', 'facts'].map((field): Call => value => library.admissionPolicies(checkout, { [field]: value })),
  ],
  alertRules: [library.alertRules],
  apiServerFlags: [library.apiServerFlags],
  authenticationConfiguration: [
    value => library.authenticationConfiguration(value, { prefixes: {} }),
    value => library.authenticationConfiguration({ version: 1, callers: value } as never, { prefixes: {} }),
    value => library.authenticationConfiguration(library.tokenVerifier({ trust: TRUST }, 'https://reports.example.com'), value),
    value => library.authenticationConfiguration(library.tokenVerifier({ trust: TRUST }, 'https://reports.example.com'), { prefixes: value }),
  ],
  checkApiServerFlags: [library.checkApiServerFlags, value => library.checkApiServerFlags({}, value)],
  checkIssuerState: [library.checkIssuerState],
  checkProjectedTokens: [library.checkProjectedTokens],
  checkWorkloadIdentity: [library.checkWorkloadIdentity],
  comparePlans: [value => library.comparePlans(value, NOTHING), value => library.comparePlans(NOTHING, value)],
  defineCluster: [library.defineCluster],
  defineProjectedTokens: [library.defineProjectedTokens],
  defineWorkloadIdentity: [library.defineWorkloadIdentity],
  inject: [
    value => library.inject(value, tokens.injection),
    value => library.inject(deployment, value),
    value => library.inject(deployment, tokens.injection, value),
  ],
  istioPolicies: [
    value => library.istioPolicies(value, { name: 'a', namespace: 'shop' }),
    value => library.istioPolicies({ version: 1, callers: value } as never, { name: 'a', namespace: 'shop' }),
    value => library.istioPolicies(library.tokenVerifier({ trust: TRUST }, 'https://reports.example.com'), value),
  ],
  isClusterDefinition: [library.isClusterDefinition],
  isProjectedTokensDefinition: [library.isProjectedTokensDefinition],
  isSymbolonError: [library.isSymbolonError],
  isWorkloadIdentityDefinition: [library.isWorkloadIdentityDefinition],
  issuerChange: [library.issuerChange],
  issuerDocuments: [library.issuerDocuments],
  organizationPolicies: [
    library.organizationPolicies,
    value => library.organizationPolicies(checkout, value),
    ...['also', 'facts'].map((field): Call => value => library.organizationPolicies(checkout, { [field]: value })),
  ],
  planWorkloadIdentities: [
    library.planWorkloadIdentities,
    value => library.planWorkloadIdentities(checkout, value),
    value => library.planWorkloadIdentities([checkout, value]),
  ],
  prometheusRule: [library.prometheusRule, value => library.prometheusRule({ name: 'a' }, value)],
  prove: [
    library.prove,
    value => library.prove({ clusters: value, trust: [] }),
    value => library.prove({ clusters: [], trust: value }),
    value => library.prove({ clusters: [{ name: 'a', objects: value }], trust: [] }),
    value => library.prove({ clusters: [{ name: 'a', objects: [{ apiVersion: 'v1', kind: 'Pod', metadata: value, spec: pods.spec }] }], trust: [] }),
    value => library.prove({ clusters: [{ name: 'a', objects: [{ ...deployment, kind: 'Pod', spec: { containers: value } }] }], trust: [] }),
    value => PROVIDER_IDS.forEach(provider => library.prove({ clusters: [], trust: [{ provider, kind: 'x', name: 'a', becomes: 'b', request: value }] })),
    value => library.prove({ clusters: [], trust: TRUST.map(document => ({ ...document, request: value })) }),
    value => TRUST.forEach(document => Object.keys(document.request as object).forEach(field => {
      library.prove({ clusters: [], trust: [{ ...document, request: { ...document.request as object, [field]: value } }] });
    })),
  ],
  readFacts: [library.readFacts],
  tokenVerifier: [value => library.tokenVerifier(value, 'a'), value => library.tokenVerifier({ trust: TRUST }, value), value => library.tokenVerifier({ trust: value }, 'a')],
};

const { toLetInNobodyElse } = testing.symbolonMatchers;
const HALVES = testing.halvesOf(checkout);
const SPECIMEN = testing.workloadIn(HALVES, 'Pod shop/checkout-specimen');
const MOCKED = ['kubernetes:core/v1:ServiceAccount', ...CLOUDS.flatMap(([, { types }]) => Object.keys(types))];
/** What those types are given, and more. */
const INPUTS = ['apiVersion', 'kind', 'metadata', 'url', 'name', 'path', 'role', 'tags', 'assumeRolePolicy', 'clusterName', 'region', 'policy', 'resourceName', 'properties', 'scope', 'project', 'oidc', 'member', 'backend', 'type', 'boundClaims', 'roleName'];

const TESTING: { readonly [name in keyof typeof testing]: readonly Call[] } = {
  prove: [testing.prove],
  halvesOf: [
    testing.halvesOf,
    value => testing.halvesOf(checkout, value),
    value => testing.halvesOf(checkout, { facts: value }),
    value => testing.halvesOf(checkout, { workloads: value }),
  ],
  workloadIn: [
    value => testing.workloadIn(value, 'Pod shop/checkout-specimen'),
    value => testing.workloadIn(HALVES, value),
    value => testing.workloadIn(HALVES, 'Pod shop/checkout-specimen', value),
    value => testing.workloadIn(HALVES, 'Pod shop/checkout-specimen', { cluster: value }),
  ],
  symbolonMatchers: [
    ...Object.values<(received: never, argument: never) => unknown>(testing.symbolonMatchers).flatMap(matcher => [
      (value: never) => matcher(value, 'a' as never),
      (value: never) => matcher(SPECIMEN as never, value),
      (value: never) => matcher(HALVES as never, value),
    ]),
    value => toLetInNobodyElse(HALVES, { as: value }),
    value => toLetInNobodyElse(HALVES, { except: value }),
    value => toLetInNobodyElse(HALVES, { except: [value] }),
  ],
  symbolonSerializer: [
    value => testing.symbolonSerializer.test(value),
    value => testing.symbolonSerializer.test({ clusters: value, trust: [] }),
    value => testing.symbolonSerializer.test({ clusters: [], trust: [value] }),
  ],
  mintToken: [
    value => testing.mintToken(value, { issuedAt: new Date(0) }),
    value => testing.mintToken(SPECIMEN, value),
    ...(['issuedAt', 'audience', 'path', 'key'] as const).map(field => (value: never) => testing.mintToken(SPECIMEN, { issuedAt: new Date(0), [field]: value })),
  ],
  symbolonMocks: [
    testing.symbolonMocks,
    ...(['aws', 'azure', 'providers', 'existing', 'answer', 'call'] as const).map(field => (value: never) => testing.symbolonMocks({ [field]: value })),
    value => testing.symbolonMocks({ aws: { accountId: value } }),
    value => testing.symbolonMocks({ providers: { other: value } }),
    value => testing.symbolonMocks().artifacts(value),
    value => testing.symbolonMocks().artifacts({ clusters: value }),
    value => testing.symbolonMocks().artifacts({ clusters: [value] }),
    value => testing.symbolonMocks().artifacts({ clusters: [{ name: 'a', objects: value }] }),
    value => {
      const mocks = testing.symbolonMocks();
      for (const type of MOCKED) mocks.newResource({ type, name: 'a', inputs: value });
      mocks.artifacts({ clusters: [] });
    },
    // Whatever the program gives to a resource, the mocks take.
    value => {
      const mocks = testing.symbolonMocks();
      for (const type of MOCKED) mocks.newResource({ type, name: 'a', inputs: Object.fromEntries(INPUTS.map(input => [input, value])) });
      mocks.artifacts({ clusters: [{ name: 'a' }] });
    },
  ],
};

const POLICY: { readonly [name in keyof typeof doorOfPolicy]: readonly Call[] } = {
  symbolonPolicies: [
    doorOfPolicy.symbolonPolicies,
    ...(['clusters', 'said', 'proof', 'undecided', 'audit'] as const).map((field): Call => value => doorOfPolicy.symbolonPolicies({ [field]: value })),
    value => doorOfPolicy.symbolonPolicies({ clusters: [value] }),
    value => doorOfPolicy.symbolonPolicies({ clusters: [{ name: 'a', issuer: value }] }),
  ],
};

const CDK8S: { readonly [name in keyof typeof cdk8s]: readonly Call[] } = {
  ProjectedTokens: [value => new cdk8s.ProjectedTokens(chart(), 'tokens', value), value => new cdk8s.ProjectedTokens(chart(), 'tokens', tokens).attachTo(value), value => new cdk8s.ProjectedTokens(chart(), 'tokens', tokens).attachToAll(value)],
  WorkloadIdentity: [
    value => new cdk8s.WorkloadIdentity(chart(), 'identity', value),
    value => new cdk8s.WorkloadIdentity(chart(), 'identity', { definition: value, cluster: 'blue' }),
    value => new cdk8s.WorkloadIdentity(chart(), 'identity', { definition: checkout, cluster: value }),
    value => new cdk8s.WorkloadIdentity(chart(), 'identity', { definition: checkout, cluster: 'blue', facts: value }),
    value => identity().attachTo(value),
    value => identity().attachToAll(value),
    value => identity().attachTo(chart(), value),
    value => identity().attachTo(chart(), { workload: value }),
  ],
};

const PULUMI: { readonly [name in Exclude<keyof typeof doorOfPulumi, `${string}Error`>]: readonly Call[] } = {
  projectedTokens: [
    doorOfPulumi.projectedTokens,
    value => doorOfPulumi.projectedTokens(tokens).podTemplate(value),
    value => doorOfPulumi.projectedTokens(tokens).transform(value),
  ],
  PublishedIssuer: [value => new doorOfPulumi.PublishedIssuer(next(), value)],
  TrustAnchors: [
    value => new doorOfPulumi.TrustAnchors(next(), value),
    value => new doorOfPulumi.TrustAnchors(next(), { cluster: value }),
    value => new doorOfPulumi.TrustAnchors(next(), { cluster: blue, aws: value }),
    value => new doorOfPulumi.TrustAnchors(next(), { cluster: blue, aws: ['111122223333'], facts: value }),
  ],
  WorkloadIdentity: [
    value => new doorOfPulumi.WorkloadIdentity(next(), value),
    value => new doorOfPulumi.WorkloadIdentity(next(), { definition: value }),
    value => new doorOfPulumi.WorkloadIdentity(next(), { definition: checkout, halves: value }),
    value => new doorOfPulumi.WorkloadIdentity(next(), { definition: checkout, on: value }),
    value => new doorOfPulumi.WorkloadIdentity(next(), { definition: checkout, on: { blue: value } }),
    value => new doorOfPulumi.WorkloadIdentity(next(), { definition: checkout, on: { blue: { facts: value } } }),
    value => new doorOfPulumi.WorkloadIdentity(next(), { definition: checkout, trustedBy: value }),
    value => new doorOfPulumi.WorkloadIdentity(next(), { definition: checkout, trustedBy: { aws: value } }),
    value => new doorOfPulumi.WorkloadIdentity(next(), { definition: checkout, trustedBy: { aws: { facts: value } } }),
    value => onBlue().podTemplate(value),
    value => onBlue().transform(value),
    value => made().on(value),
  ],
};
let both: doorOfPulumi.WorkloadIdentity | undefined;
const made = (): doorOfPulumi.WorkloadIdentity => both ??= new doorOfPulumi.WorkloadIdentity('checkout', { definition: checkout });
const onBlue = (): doorOfPulumi.IdentityOnCluster => made().on('blue');

const POLICIES = Object.fromEntries(Object.entries(awsPolicies).map(([name, policy]) => [name, [policy as Call]]));

beforeAll(async () => {
  await pulumi.runtime.setMocks({ call: ({ inputs }) => inputs as object, newResource: ({ name, inputs }) => ({ id: name, state: inputs as object }) });
});

const DOORS = { symbolon: SYMBOLON, policies: POLICIES, testing: TESTING, cdk8s: CDK8S, policy: POLICY, pulumi: PULUMI };
const CALLS = Object.entries(DOORS).flatMap(([door, functions]) => Object.entries<readonly Call[]>(functions).map(([name, calls]) => [`${door}, ${name}`, calls] as const))
  .flatMap(([name, calls]) => calls.map((call, i) => [`${name}${i === 0 ? '' : `, place ${i + 1}`}`, call] as const));

test.each(CALLS)('%s: wrong arguments are refused with a code, or do no harm', (_name, call) => {
  const bare: string[] = [];
  for (const [what, value] of VALUES) {
    try {
      call(value as never);
    } catch (error) {
      if (!isSymbolonError(error)) bare.push(`${what}: ${String(error)}`);
      else if (error.code === 'ERR_INVARIANT') bare.push(`${what}: ${error.message}`);
    }
  }
  expect(bare).toEqual([]);
});
