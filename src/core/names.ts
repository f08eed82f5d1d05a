import { complain, type Report } from './issues';

const LABEL = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;
const SUBDOMAIN = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;

/** DNS-1123 label: at most 63 of `a-z0-9-`, alphanumeric at both ends. */
export function isDnsLabel(text: string): boolean {
  return text.length <= 63 && LABEL.test(text);
}

/** DNS-1123 subdomain: labels joined by dots, at most 253 in all. */
export function isDnsSubdomain(text: string): boolean {
  return text.length <= 253 && SUBDOMAIN.test(text);
}

/** A name that Kubernetes takes for a namespace. https://kubernetes.io/docs/concepts/overview/working-with-objects/names/ */
export function checkDnsLabel(value: string, path: string, report: Report, fix: string): void {
  if (isDnsLabel(value)) return;
  complain(report, 'name/dns-label', path, { expected: 'at most 63 of the characters a-z, 0-9 and -, alphanumeric at both ends', got: value, fix });
}

/** A name that Kubernetes takes for a service account. https://kubernetes.io/docs/concepts/overview/working-with-objects/names/ */
export function checkDnsSubdomain(value: string, path: string, report: Report, fix: string): void {
  if (isDnsSubdomain(value)) return;
  complain(report, 'name/dns-subdomain', path, { expected: 'at most 253 of the characters a-z, 0-9, - and ., each part alphanumeric at both ends', got: value, fix });
}

/** The first `length` hex digits of the SHA-256 of the text. */
export function hashOf(text: string, length: number): string {
  // Loaded when a hash is wanted, which most programs never do: it is a tenth of the time that the library takes to load.
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const { createHash } = require('node:crypto') as typeof import('node:crypto');
  return createHash('sha256').update(text).digest('hex').slice(0, length);
}

/** The name itself while it fits; else its beginning and a hash of the whole, so that two long names never become one. */
export function boundedName(name: string, max: number): string {
  return name.length <= max ? name : `${name.slice(0, max - 13)}_${hashOf(name, 12)}`;
}

/** Sorts by code unit: the same order on every machine, whatever its locale. */
export function byText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
