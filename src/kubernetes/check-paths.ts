import { folderOf, placeOf } from './injection';
import { complain, type Report } from '../core/issues';

/** Whose field it is: the first half of the code. */
export type PathOwner = 'token' | 'volume';

/** Where in-cluster clients look for the token of the Kubernetes API, and where admission mounts it. */
const API_ACCESS = '/var/run/secrets/kubernetes.io/serviceaccount';
const API_ACCESS_PLACE = placeOf(API_ACCESS);

/** Folders of images and of the system: a volume in their place hides what is in them. */
const SYSTEM: ReadonlySet<string> = new Set(['/bin', '/boot', '/dev', '/etc', '/lib', '/lib64', '/root', '/run', '/sbin', '/sys', '/tmp', '/usr', '/var', '/var/run'].map(folderOf));

/** A path inside a projected volume, as the API server and the kubelet take it. */
export function checkFilePath(value: string, path: string, owner: PathOwner, report: Report): void {
  // Nearly every path is the plain name of a file.
  if (/^\w[\w.-]{0,254}$/.test(value)) return;
  const parts = value.split('/');
  const good = value !== '' && !value.startsWith('/') && !value.startsWith('..') && Buffer.byteLength(value) <= 4096
    && parts.every(part => part !== '' && part !== '..' && part !== '.' && Buffer.byteLength(part) <= 255) && !/[\u0000-\u001f]/.test(value);
  if (good) return;
  complain(report, `${owner}/path`, path, {
    expected: 'a relative path without .. and without empty parts, each part at most 255 bytes, 4096 in all', got: value, fix: 'name the file alone, such as "token"',
  });
}

/** A place in containers. */
export function checkMountPath(value: string, path: string, owner: PathOwner, report: Report): void {
  const [folder, place] = [folderOf(value), placeOf(value)];
  if (!isMountPath(value)) {
    complain(report, `${owner}/mount-path`, path, { expected: 'an absolute path without . or .. and without a colon', got: value, fix: 'leave it out for the default' });
  } else if (place.startsWith(API_ACCESS_PLACE) || API_ACCESS_PLACE.startsWith(place)) {
    complain(report, `${owner}/well-known-path`, path, {
      expected: `a path that is neither in nor around ${API_ACCESS}`, got: value, fix: 'clients of the Kubernetes API look there for theirs; leave it out for the default, and for the API itself say apiToken',
    });
  } else if (folder.startsWith('/proc/')) {
    complain(report, `${owner}/mount-path`, path, { expected: 'a path outside /proc, where nothing can be mounted', got: value, fix: 'leave it out for the default' });
  } else if (SYSTEM.has(folder)) {
    complain(report, `${owner}/system-path`, path, { expected: 'a folder of its own', got: value, severity: 'warning', fix: 'the volume would hide everything that the image has there; mount it one level deeper' });
  }
}

function isMountPath(path: string): boolean {
  // Nearly every path is a plain one, such as the default.
  return /^(\/\w[\w-]*)+$/.test(path) || (/^\/+[^/\u0000-\u001f:][^\u0000-\u001f:]*$/.test(path) && !path.split('/').some(part => part === '..' || part === '.'));
}

/** A file that a volume is to have, and the field that says so. */
export interface VolumeFile {
  readonly path: string;
  readonly at: string;
  /** @default all */
  readonly clusters?: readonly string[];
}

/**
 * Files that cannot be in one volume together. The API server compares no paths of tokens: of two files with one path the
 * kubelet keeps the later one, and where one is a folder of the other it writes nothing at all.
 */
export function checkFilesTogether(files: readonly VolumeFile[], report: Report): void {
  files.forEach((file, i) => {
    for (const first of files.slice(0, i)) {
      if (!meet(first.clusters, file.clusters)) continue;
      if (first.path === file.path) {
        complain(report, 'volume/path-twice', file.at, { expected: `another path than ${first.at} has`, got: file.path, fix: 'the kubelet would keep only one of the two files, so rename one of them' });
      } else if (`${file.path}/`.startsWith(`${first.path}/`) || `${first.path}/`.startsWith(`${file.path}/`)) {
        complain(report, 'volume/path-inside', file.at, { expected: `a path that is neither in nor around ${first.path}, which ${first.at} has`, got: file.path, fix: 'one name cannot be a file and a folder, so rename one of them' });
      }
    }
  });
}

function meet(a: readonly string[] | undefined, b: readonly string[] | undefined): boolean {
  return a === undefined || b === undefined || a.some(name => b.includes(name));
}
