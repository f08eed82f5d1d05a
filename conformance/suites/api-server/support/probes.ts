import fc from 'fast-check';
import { makeOf, CONTAINERS } from './workloads';
import type { KubernetesObject, RbacRuleInput, TokenInput, VolumeInput, WorkloadIdentityInput } from 'symbolon';

/** One value at one place of a definition, and what the API server would be given if it were rendered as it is. */
export interface Probe {
  readonly place: string;
  readonly value: unknown;
  readonly input: WorkloadIdentityInput;
  readonly manifests: readonly KubernetesObject[];
  /** True where what we render cannot be asked about without keeping something. */
  readonly unrendered?: true;
}

type Place = Omit<Probe, 'value' | 'place'>;

const BASE = { name: 'probe', namespace: 'default', clusters: [{ name: 'edge', issuer: 'https://oidc.edge.example.com' }] } as const;
const TOKEN = { audience: 'https://api.example.com', expirationSeconds: 3600, path: 'token', mountPath: '/tokens', env: 'TOKEN_FILE' };

const account = (metadata: object): KubernetesObject => ({ apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'probe', namespace: 'default', ...metadata } });
const definition = (fields: object): WorkloadIdentityInput => ({ ...BASE, ...fields }) as WorkloadIdentityInput;

/** A Deployment whose pods carry these tokens, written without regard to any rule. */
function carrying(all: { readonly [name: string]: Omit<typeof TOKEN, 'expirationSeconds'> & Pick<TokenInput, 'expirationSeconds'> }): KubernetesObject {
  const list = Object.entries(all);
  const [app] = CONTAINERS.containers;
  return {
    ...makeOf('Deployment', 'probe', {
      containers: [{
        ...app,
        env: list.map(([, { env, mountPath, path }]) => ({ name: env, value: `${mountPath}/${path}` })),
        volumeMounts: list.map(([name, { mountPath }]) => ({ name: `token-${name}`, mountPath, readOnly: true })),
      }],
      volumes: list.map(([name, { audience, expirationSeconds, path }]) => ({ name: `token-${name}`, projected: { sources: [{ serviceAccountToken: { audience, expirationSeconds, path } }] } })),
    }),
  };
}

function tokens(all: { readonly [name: string]: Partial<TokenInput> }): Place {
  const full = Object.fromEntries(Object.entries(all).map(([name, fields]) => [name, { ...TOKEN, ...fields }]));
  return { input: definition({ tokens: full }), manifests: [carrying(full)] };
}

/** A volume with one key in it, and what else is said, written without regard to any rule. */
function files(name: string, fields: Partial<VolumeInput>, token?: string): Place {
  const { mountPath, sources, defaultMode } = { mountPath: '/files', defaultMode: 420, sources: [keyAt('k')], ...fields };
  const [app] = CONTAINERS.containers;
  const { audience, expirationSeconds } = TOKEN;
  const tokenSource = token === undefined ? [] : [{ serviceAccountToken: { audience, expirationSeconds, path: token } }];
  return {
    input: definition({
      volumes: { [name]: { mountPath, sources, defaultMode } },
      ...(token !== undefined && { tokens: { t: { audience, volume: name, path: token } } }),
    }),
    manifests: [makeOf('Deployment', 'probe', {
      containers: [{ ...app, volumeMounts: [{ name, mountPath, readOnly: true }] }],
      volumes: [{ name, projected: { sources: [...sources, ...tokenSource], defaultMode } }],
    })],
  };
}

const keyAt = (path: string, key = 'k'): NonNullable<VolumeInput['sources']>[number] => ({ configMap: { name: 'settings', items: [{ key, path }] } });

/** Where in-cluster clients look, and what is around it. */
const API_PATHS = ['/var/run/secrets/kubernetes.io/serviceaccount', '/var/run/secrets/kubernetes.io/serviceaccount/more', '/var/run/secrets'];

function rule(fields: Partial<RbacRuleInput>): Place {
  const full = { verbs: ['get'], resources: ['pods'], apiGroups: [''], ...fields };
  const { namespaces = ['default'], clusterWide, ...policy } = full;
  const group = 'rbac.authorization.k8s.io';
  const [kind, places] = clusterWide === true ? ['ClusterRole', [undefined]] as const : ['Role', namespaces] as const;
  return {
    input: definition({ rbac: [full] }),
    manifests: places.map(namespace => ({ apiVersion: `${group}/v1`, kind, metadata: { name: 'probe', ...(namespace !== undefined && { namespace }) }, rules: [policy] })),
  };
}

/** Texts that are nearly names, paths and keys: what is at the border of the rules, and what is drawn near it. */
const LENGTHS = [1, 57, 58, 62, 63, 64, 253, 254, 255, 256, 4096, 4097];
const EDGES = ['', '-', 'a-', '-a', 'a.', '.a', 'a..b', '..', '...', '.', 'A', 'a_b', '_a', 'a/b', 'a//b', '/a', '/', 'a/', 'a/../b', '../a', '..a', 'a..', 'a:b', ':', '*', 'a*', 'a b', ' a', 'a\n', '\u0000', 'é', 'сheckout', 'a=b', '1', '1a', '0', 'true', '~', '$(A)', 'x/y/z', 'a@b', '%41', 'A_B', 'C:\\a', '/a b', '/..', '/a/..', '//', '//a', '/a:b', 'kubernetes.io/a', '.x/a', 'X.io/a'];
const drawn = fc.sample(fc.string({ unit: fc.constantFrom(...'aB09-._/:* =~\\'), minLength: 1, maxLength: 6 }), 60);
const TEXTS = [...new Set([...EDGES, ...LENGTHS.map(length => 'a'.repeat(length)), ...LENGTHS.map(length => 'a/'.repeat(length / 2)), ...drawn])];
const NUMBERS = [-1, 0, 1, 300, 599, 600, 600.5, 601, 3607, 86400, 86401, 4294967295, 4294967296, 4294967297, 9007199254740991];

const at = <T>(place: string, values: readonly T[], probe: (value: T) => Place): readonly Probe[] => values.map(value => ({ place, value, ...probe(value) }));

/** The places of a definition that end up in manifests, each with every value. */
export const PROBES: readonly Probe[] = [
  ...at('namespace', TEXTS, namespace => ({ input: definition({ namespace }), manifests: [{ apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } }], unrendered: true })),
  ...at('serviceAccount', TEXTS, serviceAccount => ({ input: definition({ serviceAccount }), manifests: [account({ name: serviceAccount })] })),
  ...at('name', TEXTS, name => ({ input: definition({ name }), manifests: [account({ name })] })),
  ...at('labels, a key', TEXTS, key => ({ input: definition({ labels: { [key]: 'x' } }), manifests: [account({ labels: { [key]: 'x' } })] })),
  ...at('labels, a value', TEXTS, value => ({ input: definition({ labels: { x: value } }), manifests: [account({ labels: { x: value } })] })),
  ...at('annotations, a key', TEXTS, key => ({ input: definition({ annotations: { [key]: 'x' } }), manifests: [account({ annotations: { [key]: 'x' } })] })),
  ...at('annotations, a value', [...EDGES, 'x'.repeat(262_143), 'x'.repeat(262_144), 'é'.repeat(140_000)], value => ({ input: definition({ annotations: { x: value } }), manifests: [account({ annotations: { x: value } })] })),
  ...at('tokens, a name', TEXTS, name => tokens({ [name]: {} })),
  ...at('tokens.*.audience', TEXTS, audience => tokens({ t: { audience } })),
  ...at('tokens.*.expirationSeconds', NUMBERS, expirationSeconds => tokens({ t: { expirationSeconds } })),
  ...at('tokens.*.path', TEXTS, path => tokens({ t: { path } })),
  ...at('tokens.*.mountPath', [...TEXTS, ...TEXTS.map(text => `/${text}`)], mountPath => tokens({ t: { mountPath } })),
  ...at('tokens.*.mountPath, where clients of the API look', API_PATHS, mountPath => tokens({ t: { mountPath } })),
  ...at('volumes, a name', [...TEXTS, 'kube-api-access-x'], name => files(name, {})),
  ...at('volumes.*.mountPath', [...TEXTS.map(text => `/${text}`), ...API_PATHS], mountPath => files('files', { mountPath })),
  ...at('volumes.*.defaultMode', [-1, 0, 1.5, 256, 288, 511, 512, 640], defaultMode => files('files', { defaultMode })),
  ...at('volumes.*.sources.*.configMap.items.*.path', TEXTS, path => files('files', { sources: [keyAt(path)] })),
  ...at('volumes.*.sources.*.configMap.items.*.key', TEXTS, key => files('files', { sources: [keyAt('k', key)] })),
  ...at('volumes.*, two files', ['k', 'k/a', 'a', 'a/k'], path => files('files', { sources: [keyAt('k'), keyAt(path)] })),
  ...at('volumes.*, a token beside a file', ['k', 'k/t', 't', 't/k'], path => files('files', {}, path)),
  ...at('tokens.*.env', TEXTS, env => tokens({ t: { env } })),
  ...at('tokens, two in one place', ['/tokens', '/tokens/', '/tokens/b', '/tokensb', '/other'], mountPath => tokens({ a: { env: 'A' }, b: { env: 'B', mountPath } })),
  ...at('tokens, two variables', ['A', 'a', 'B'], env => tokens({ a: { env: 'A' }, b: { env, mountPath: '/b' } })),
  ...at('rbac.*.verbs', TEXTS, verb => rule({ verbs: [verb] })),
  ...at('rbac.*.resources', TEXTS, resource => rule({ resources: [resource] })),
  ...at('rbac.*.apiGroups', TEXTS, group => rule({ apiGroups: [group] })),
  ...at('rbac.*.resourceNames', TEXTS, name => rule({ resourceNames: [name] })),
  ...at('rbac.*, an empty list', ['verbs', 'resources', 'apiGroups', 'resourceNames', 'namespaces'], field => rule({ [field]: [] })),
  ...at('rbac.*, everywhere and somewhere', [['default']], namespaces => rule({ clusterWide: true, namespaces })),
];
