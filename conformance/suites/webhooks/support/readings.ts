import fc from 'fast-check';
import type { Artifacts, KubernetesObject } from 'symbolon';

/** A ServiceAccount and a pod, as somebody wrote them by hand, with what webhooks look at in many states. */
export interface Written {
  readonly account: { readonly [annotation: string]: string };
  readonly labels: { readonly [label: string]: string };
  readonly annotations: { readonly [annotation: string]: string };
  /** Of the container `app`; `sidecar` has none. */
  readonly env: { readonly [name: string]: string };
}

type Values = { readonly [key: string]: readonly string[] };

/** Each key is there with one of its values, or not at all. */
function someOf(values: Values): fc.Arbitrary<{ readonly [key: string]: string }> {
  const each = Object.entries(values).map(([key, some]) => [key, fc.constantFrom(...some)]);
  return fc.record<{ [key: string]: string }, never>(Object.fromEntries(each), { requiredKeys: [] }) as fc.Arbitrary<{ readonly [key: string]: string }>;
}

const FILE = '/tokens/token';
const ROLE = 'arn:aws:iam::111122223333:role/reader';
const CLIENT = '11111111-2222-4333-8444-555555555555';
const TENANT = '66666666-2222-4333-8444-555555555555';
const CLIENT_ID = 'azure.workload.identity/client-id';
const SKIP = 'azure.workload.identity/skip-containers';
const LIFETIME = 'azure.workload.identity/service-account-token-expiration';

/** One relying party: what is drawn for it, the token that the pod brings along, and the trust in the identity. */
export interface Reading {
  readonly written: fc.Arbitrary<Written>;
  /** Of a token that somebody put at the path where `env` says. */
  readonly audience: string;
  trustOf(subject: string, issuer: string): Artifacts['trust'];
}

export const READINGS: { readonly [provider: string]: Reading } = {
  aws: {
    audience: 'sts.amazonaws.com',
    written: fc.record({
      account: someOf({
        'eks.amazonaws.com/role-arn': [ROLE],
        'eks.amazonaws.com/audience': ['sts.amazonaws.com', 'sts.example.com', 'nobody'],
        'eks.amazonaws.com/token-expiration': ['3600', '60', '1000000', 'an hour'],
      }),
      labels: someOf({ 'eks.amazonaws.com/skip-pod-identity-webhook': ['true', 'false', ''] }),
      annotations: someOf({ 'eks.amazonaws.com/skip-containers': ['app', 'sidecar', 'app,sidecar', 'sidecar,app', 'app;sidecar', ''], 'eks.amazonaws.com/token-expiration': ['600', 'x'] }),
      env: someOf({ AWS_ROLE_ARN: [ROLE], AWS_WEB_IDENTITY_TOKEN_FILE: [FILE], AWS_ACCESS_KEY_ID: ['AKIA'], AWS_REGION: ['eu-west-1'] }),
    }),
    trustOf: (subject, issuer) => {
      const host = issuer.slice('https://'.length);
      const Condition = { StringEquals: { [`${host}:sub`]: subject, [`${host}:aud`]: ['sts.amazonaws.com', 'sts.example.com'] } };
      const Statement = [{ Effect: 'Allow', Action: 'sts:AssumeRoleWithWebIdentity', Principal: { Federated: `arn:aws:iam::111122223333:oidc-provider/${host}` }, Condition }];
      return [{ provider: 'aws', kind: 'iam.Role', name: ROLE, becomes: ROLE, request: { AssumeRolePolicyDocument: { Version: '2012-10-17', Statement } } }];
    },
  },
  azure: {
    audience: 'api://AzureADTokenExchange',
    written: fc.record({
      account: someOf({
        [CLIENT_ID]: [CLIENT, CLIENT, ''],
        'azure.workload.identity/tenant-id': [TENANT, TENANT, ''],
        [LIFETIME]: ['3600', '86400', '3599', '86401', '7200.0', '0x1000', ' 7200', '', '+7200', '-3600', '7_200'],
      }),
      labels: someOf({ 'azure.workload.identity/use': ['true', 'true', 'true', 'false', 'True'] }),
      annotations: someOf({
        [SKIP]: ['app', 'app;sidecar', 'app; sidecar', ' app ;', 'app,sidecar', '"app";sidecar', ''],
        [LIFETIME]: ['7200', '7200', '600', ''],
        'azure.workload.identity/inject-proxy-sidecar': ['true', 'false'],
        'azure.workload.identity/proxy-sidecar-port': ['8080', 'http'],
      }),
      env: someOf({ AZURE_CLIENT_ID: [CLIENT], AZURE_TENANT_ID: [TENANT], AZURE_FEDERATED_TOKEN_FILE: [FILE], AZURE_CLIENT_SECRET: ['s'] }),
    }),
    trustOf: (subject, issuer) => [{
      provider: 'azure',
      kind: 'managedidentity.FederatedIdentityCredential',
      name: 'credential',
      becomes: CLIENT,
      request: { properties: { issuer, subject, audiences: ['api://AzureADTokenExchange'] } },
    }],
  },
};

/** What is known to be read differently: the smallest case of each, and what the webhook does. */
export interface Difference extends Partial<Written> {
  readonly provider: string;
  readonly what: string;
}

export const DIFFERENCES: readonly Difference[] = [
  {
    provider: 'aws',
    what: 'a blank in skip-containers is part of the name: the second container is not skipped',
    account: { 'eks.amazonaws.com/role-arn': ROLE },
    annotations: { 'eks.amazonaws.com/skip-containers': 'app, sidecar' },
  },
  {
    provider: 'aws',
    what: 'skip-containers may quote its names',
    account: { 'eks.amazonaws.com/role-arn': ROLE },
    annotations: { 'eks.amazonaws.com/skip-containers': '"app",sidecar' },
  },
];

/** The ServiceAccount, and a pod with two containers and a token of its own. */
export function manifestsOf({ account, labels, annotations, env }: Written, namespace: string, audience: string): [KubernetesObject, KubernetesObject] {
  const mount = { name: 'own', mountPath: '/tokens', readOnly: true };
  return [
    { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'reader', namespace, annotations: account }, automountServiceAccountToken: false },
    {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'reader', namespace, labels, annotations },
      spec: {
        serviceAccountName: 'reader',
        containers: [
          { name: 'app', image: 'app:1', env: Object.entries(env).map(([name, value]) => ({ name, value })), ...('AWS_WEB_IDENTITY_TOKEN_FILE' in env || 'AZURE_FEDERATED_TOKEN_FILE' in env ? { volumeMounts: [mount] } : {}) },
          { name: 'sidecar', image: 'sidecar:1' },
        ],
        volumes: [{ name: 'own', projected: { sources: [{ serviceAccountToken: { audience, expirationSeconds: 3600, path: 'token' } }] } }],
      },
    },
  ];
}
