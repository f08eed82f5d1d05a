import type { StringMap } from './manifest';
import { complain, joinPath, type Report } from '../core/issues';
import { isDnsSubdomain } from '../core/names';

const NAME = /^[A-Za-z0-9]([-\w.]{0,61}[A-Za-z0-9])?$/;

/** Keys and values as the API server takes them. https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#syntax-and-character-set */
export function checkMetadata(kind: 'label' | 'annotation', map: StringMap, path: string, report: Report): void {
  const entries = Object.entries(map);
  if (entries.length === 0) return;
  for (const [key, value] of entries) {
    const at = joinPath(path, key);
    const [name = '', prefix, ...more] = key.split('/').reverse();
    if (more.length > 0 || !NAME.test(name) || (prefix !== undefined && !isDnsSubdomain(prefix))) {
      complain(report, `metadata/${kind}-key`, at, { expected: 'a key of the form name or prefix/name, the name at most 63 characters, the prefix a DNS subdomain', got: key, fix: 'correct the key' });
    }
    if (kind === 'label' && value !== '' && !NAME.test(value)) {
      complain(report, 'metadata/label-value', at, { expected: 'at most 63 of the characters A-Z, a-z, 0-9, -, _ and ., alphanumeric at both ends', got: value, fix: 'shorten it, or make it an annotation' });
    }
  }
  const bytes = entries.reduce((sum, [key, value]) => sum + Buffer.byteLength(key) + Buffer.byteLength(value), 0);
  if (kind === 'annotation' && bytes > 262144) complain(report, 'metadata/annotation-size', path, { expected: 'at most 262144 bytes in all annotations', got: bytes, fix: 'take some out' });
}
