/** What checkApiServerFlags says keeps a server from starting, asked of kube-apiserver itself: it looks at its flags before anything else. */
import { spawn } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TOKEN_GATES } from '../../../src/kubernetes/api-server/check-gates';
import { PARTS } from '../../parts';
import { freePort } from '../../systems/wait';
import { count } from '../support/report';
import { checkApiServerFlags, type ApiServerFlagMap } from 'symbolon';

const folder = mkdtempSync(join(tmpdir(), 'symbolon-conformance-flags-'));
const key = join(folder, 'sa.key');
let program: string;
beforeAll(async () => {
  program = await PARTS.kubeApiserver.get();
  writeFileSync(key, generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ type: 'pkcs1', format: 'pem' }));
}, 600_000);
afterAll(() => rmSync(folder, { recursive: true }));

const GOOD: ApiServerFlagMap = {
  'service-account-issuer': 'https://issuer.example.com',
  'service-account-key-file': key,
  'service-account-signing-key-file': key,
  'service-account-extend-token-expiration': 'false',
};

/** Nothing listens at this address: a server that has taken its flags gets no further. */
const NOWHERE = ['--etcd-servers=http://127.0.0.1:1', '--service-cluster-ip-range=10.96.0.0/16', '--bind-address=127.0.0.1'];

/** What the server has against its flags; undefined when it went on to start, which it says by its version. */
async function refusalOf(flags: ApiServerFlagMap): Promise<string | undefined> {
  const words = Object.entries(flags).flatMap(([name, given]) => (typeof given === 'string' ? [given] : given).map(value => `--${name}=${value}`));
  const server = spawn(program, [...NOWHERE, `--secure-port=${await freePort()}`, `--cert-dir=${folder}`, ...words], { stdio: ['ignore', 'ignore', 'pipe'] });
  count('api-server', 'command lines given to kube-apiserver', 1);
  let said = '';
  server.stderr.on('data', (chunk: Buffer) => {
    said += chunk.toString();
    if (/server\.go:\d+\] Version: v/.test(said)) server.kill('SIGKILL');
  });
  const [status] = await once(server, 'close') as [number | null];
  return status === null ? undefined : said;
}

const errors = (flags: ApiServerFlagMap): readonly string[] => checkApiServerFlags(flags).filter(({ severity }) => severity === 'error').map(({ code }) => code);
const without = (...names: readonly string[]): ApiServerFlagMap => Object.fromEntries(Object.entries(GOOD).filter(([name]) => !names.includes(name)));
const gates = Object.entries(TOKEN_GATES).flatMap(([gate, { fault }]) => [true, false].flatMap(value => (fault(value)?.severity === 'error' ? [`${gate}=${value}`] : [])));

test.each<[string, ApiServerFlagMap, RegExp]>([
  ...gates.map(gate => [gate, { ...GOOD, 'feature-gates': gate }, /unrecognized feature gate|is locked to true|cannot set feature gate/] as [string, ApiServerFlagMap, RegExp]),
  ['a gate without a value', { ...GOOD, 'feature-gates': 'ServiceAccountTokenJTI' }, /missing|invalid/],
  ['no issuer', without('service-account-issuer'), /service-account-issuer/],
  ['an empty issuer', { ...GOOD, 'service-account-issuer': '' }, /empty string/],
  ['an issuer twice', { ...GOOD, 'service-account-issuer': ['https://a.example.com', 'https://a.example.com'] }, /already specified/],
  ['no signing key', without('service-account-signing-key-file'), /signing/],
  ['no key to verify', without('service-account-key-file'), /key-file/],
  ['a signer beside the signing key', { ...without('service-account-key-file'), 'service-account-signing-endpoint': join(folder, 'signer.sock') }, /mutually exclusive/],
  ['a maximum of 59 minutes', { ...GOOD, 'service-account-max-token-expiration': '59m' }, /between 1 hour and 2\^32 seconds/],
  ['a maximum over 2^32 seconds', { ...GOOD, 'service-account-max-token-expiration': '4294967297s' }, /between 1 hour and 2\^32 seconds/],
  ['a negative maximum', { ...GOOD, 'service-account-max-token-expiration': '-24h' }, /between 1 hour/],
  ['a maximum without a unit', { ...GOOD, 'service-account-max-token-expiration': '86400' }, /missing unit/],
  ['a maximum in days', { ...GOOD, 'service-account-max-token-expiration': '1d' }, /unknown unit/],
  ['a switch that is neither on nor off', { ...GOOD, 'service-account-extend-token-expiration': 'no' }, /invalid/],
  ['keys at an http URL', { ...GOOD, 'service-account-jwks-uri': 'http://a.example.com/keys' }, /https scheme/],
])('%s: the server does not start, and we say so', async (_what, flags, why) => {
  expect(await refusalOf(flags)).toMatch(why);
  expect(errors(flags)).not.toEqual([]);
});

test.each<[string, ApiServerFlagMap]>([
  ['what is in order', GOOD],
  ['an issuer that is being replaced', { ...GOOD, 'service-account-issuer': ['https://a.example.com', 'https://kubernetes.default.svc'] }],
  ['the longest maximum', { ...GOOD, 'service-account-max-token-expiration': '4294967296s' }],
  ['the shortest maximum', { ...GOOD, 'service-account-max-token-expiration': '1h' }],
  ['gates that are on', { ...GOOD, 'feature-gates': 'ServiceAccountTokenJTI=true,ServiceAccountTokenNodeBinding=true' }],
])('%s: the server starts, and we have nothing against it', async (_what, flags) => {
  expect(await refusalOf(flags)).toBeUndefined();
  expect(errors(flags)).toEqual([]);
});

test('what the server takes and we do not, since no cloud can trust it', async () => {
  const flags = { ...GOOD, 'service-account-issuer': 'kubernetes.default.svc' };
  expect(await refusalOf(flags)).toBeUndefined();
  expect(errors(flags)).toEqual(['api-server/issuer']);
});
