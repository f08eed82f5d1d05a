import { Flags, flagOf, type Flag } from './flags';
import type { ApiServerFlags, KubeadmClusterConfiguration } from './input';
import { readKubeadm } from './read-kubeadm';
import { complain, joinPath, type Report } from '../../core/issues';

/** Flags that stand alone for `true`, so that what follows them is another flag. */
const SWITCHES = ['service-account-extend-token-expiration', 'service-account-lookup'];

/** Flags that take a value: a server does not start where one has none. */
const VALUED = [
  'service-account-issuer', 'service-account-jwks-uri', 'service-account-key-file', 'service-account-signing-key-file', 'service-account-signing-endpoint',
  'service-account-max-token-expiration', 'api-audiences', 'feature-gates',
];

/** The flags of whatever was given, each with its place; undefined where it is nothing of the kind. What is no flag is a finding. */
export function readFlags(input: ApiServerFlags, report: Report): Flags | undefined {
  if (Array.isArray(input)) return fromArguments(input as readonly string[], report);
  if (typeof input !== 'object' || input === null) {
    complain(report, 'api-server/flags', 'flags', {
      expected: 'a list of arguments, flags by name, or a kubeadm ClusterConfiguration', got: input, fix: typeof input === 'string' ? 'give each argument by itself: ["--name=value", …]' : 'give what the server is started with',
    });
    return undefined;
  }
  if (isKubeadm(input)) return readKubeadm(input, report);
  return new Flags(Object.entries(input).flatMap(([name, given]) => fromEntry(name, given, report)));
}

function isKubeadm(input: ApiServerFlags): input is KubeadmClusterConfiguration {
  return 'kind' in input || 'apiVersion' in input;
}

/** What the flags' own parser makes of a command line: `--name=value`, `--name value`, and `_` for `-`. */
function fromArguments(words: readonly string[], report: Report): Flags {
  const flags: Flag[] = [];
  const unread = new Set<string>();
  for (let i = 0; i < words.length; i++) {
    const [word, path] = [words[i], joinPath('', i)];
    const match = typeof word === 'string' ? /^--([^=]+)(?:=([^]*))?$/.exec(word) : null;
    if (match === null) {
      // The program itself comes first.
      if (i > 0 || typeof word !== 'string') complain(report, 'api-server/flag', path, { expected: 'a flag that begins with --', got: word, fix: 'write each flag and its value as one text: --name=value' });
      continue;
    }
    const name = (match[1] as string).replaceAll('_', '-');
    const next = words[i + 1];
    const separate = match[2] === undefined && !SWITCHES.includes(name) && next !== undefined && !String(next).startsWith('--');
    if (match[2] === undefined && !separate && VALUED.includes(name)) {
      // The server would take the next flag for its value.
      complain(report, 'api-server/flag', path, { expected: `a value for ${name}`, fix: `the server ${next === undefined ? 'does not start' : 'would take the next word for it'}: write --${name}=…` });
      unread.add(name);
      continue;
    }
    flags.push({ name, value: match[2] ?? (separate ? String(next) : 'true'), path });
    if (separate) i++;
  }
  return new Flags(flags, undefined, unread);
}

function fromEntry(name: string, given: unknown, report: Report): readonly Flag[] {
  const path = joinPath('', name);
  const values = Array.isArray(given) ? (given as readonly unknown[]).map((value, i) => [value, joinPath(path, i)] as const) : [[given, path] as const];
  return values.flatMap(([value, at]) => flagOf(name, value, at, report));
}
