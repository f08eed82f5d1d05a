import { Flags, flagOf, type Flag } from './flags';
import type { ApiServerFlags, KubeadmClusterConfiguration } from './input';
import { readKubeadm } from './read-kubeadm';
import { complain, joinPath, type Report } from '../../core/issues';

/** Flags that stand alone for `true`, so that what follows them is another flag. */
const SWITCHES = ['service-account-extend-token-expiration', 'service-account-lookup'];

/** The flags of whatever was given, each with its place. What is no flag is a finding. */
export function readFlags(input: ApiServerFlags, report: Report): Flags {
  if (Array.isArray(input)) return new Flags(fromArguments(input as readonly string[], report));
  if (isKubeadm(input)) return readKubeadm(input, report);
  return new Flags(Object.entries(input).flatMap(([name, given]) => fromEntry(name, given, report)));
}

function isKubeadm(input: ApiServerFlags): input is KubeadmClusterConfiguration {
  return 'kind' in input || 'apiVersion' in input;
}

/** What the flags' own parser makes of a command line: `--name=value`, `--name value`, and `_` for `-`. */
function fromArguments(words: readonly string[], report: Report): readonly Flag[] {
  const flags: Flag[] = [];
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
    flags.push({ name, value: match[2] ?? (separate ? String(next) : 'true'), path });
    if (separate) i++;
  }
  return flags;
}

function fromEntry(name: string, given: unknown, report: Report): readonly Flag[] {
  const path = joinPath('', name);
  const values = Array.isArray(given) ? (given as readonly unknown[]).map((value, i) => [value, joinPath(path, i)] as const) : [[given, path] as const];
  return values.flatMap(([value, at]) => flagOf(name, value, at, report));
}
