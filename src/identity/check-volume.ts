import { checkReach } from './check-reach';
import type { TokenDefinition, VolumeDefinition } from './definition';
import { complain, joinPath, type Report } from '../core/issues';
import { isDnsLabel } from '../core/names';
import { checkFilesTogether, checkMountPath, type VolumeFile } from '../kubernetes/check-paths';
import { checkSource, filesOf, isWhole } from '../kubernetes/check-sources';
import { checkVariable } from '../kubernetes/check-variable';
import { checkMode } from '../kubernetes/mode';

/** The volumes that admission makes begin like this, and it takes others for its own. */
const ADMISSIONS = 'kube-api-access-';

/** The rules of a projected volume. */
export function checkVolume(name: string, volume: VolumeDefinition, tokens: { readonly [name: string]: TokenDefinition }, report: Report): void {
  const path = joinPath('volumes', name);
  const { sources, mountPath, defaultMode } = volume;
  if (!isDnsLabel(name) || name.startsWith(ADMISSIONS)) {
    complain(report, 'volume/name', path, { expected: `at most 63 of the characters a-z, 0-9 and -, alphanumeric at both ends, and no ${ADMISSIONS} at the beginning`, got: name, fix: 'it is the name of the pod\'s volume, so choose one that Kubernetes takes' });
  }
  checkMountPath(mountPath, `${path}.mountPath`, 'volume', report);
  checkMode(defaultMode, `${path}.defaultMode`, report);
  checkReach(volume, path, 'volume', report);
  sources.forEach((source, i) => checkSource(source, joinPath(`${path}.sources`, i), report));
  const files = sources.flatMap((source, i) => filesOf(source, joinPath(`${path}.sources`, i)));
  const inside = Object.keys(tokens).filter(token => tokens[token]?.volume === name);
  const ofTokens = inside.map((token): VolumeFile => ({ path: tokens[token]?.path ?? '', at: `${joinPath('tokens', token)}.path`, clusters: tokens[token]?.clusters as readonly string[] }));
  const all = [...files, ...ofTokens];
  checkFilesTogether(all, report);
  if (sources.length + inside.length === 0) {
    complain(report, 'volume/empty', path, { expected: 'at least one source, or a token that names the volume', got: [], fix: 'take it out, or say volume in one of the tokens' });
  }
  const whole = sources.findIndex(isWhole);
  if (whole >= 0 && sources.length + inside.length > 1) {
    complain(report, 'volume/unlisted-keys', joinPath(`${path}.sources`, whole), {
      expected: 'items beside other sources', got: sources[whole], severity: 'warning', fix: 'every key becomes a file, and nobody is told when one has the name of another file: list the keys',
    });
  }
  checkVariables(volume, all, whole >= 0, path, report);
}

function checkVariables({ env = {} }: VolumeDefinition, files: readonly VolumeFile[], open: boolean, path: string, report: Report): void {
  for (const [variable, file] of Object.entries(env)) {
    const at = joinPath(`${path}.env`, variable);
    checkVariable(variable, at, 'volume', report);
    const known = files.map(each => each.path);
    if (file === '.' || known.includes(file) || (open && !file.startsWith('/'))) continue;
    complain(report, 'volume/env-file', at, { expected: `one of the files of the volume: ${['.', ...known].join(', ')}`, got: file, fix: 'name the file as its source does, or . for the folder' });
  }
}
