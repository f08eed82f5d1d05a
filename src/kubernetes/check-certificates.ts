import { checkMetadata } from './metadata';
import type { LabelSelectorInput, PodCertificateSourceInput, TrustBundleSourceInput } from './volume-input';
import { complain, joinPath, type Report } from '../core/issues';
import { isDnsSubdomain } from '../core/names';

/** Seconds. Signers of Kubernetes' own give no certificate for longer than a day. */
const CERTIFICATE_SECONDS = { min: 3600, max: 7862400, maxOfKubernetes: 86400 };

export function checkTrustBundle({ name, signerName, labelSelector }: TrustBundleSourceInput, at: string, report: Report): void {
  if ((name === undefined) === (signerName === undefined)) {
    complain(report, 'volume/trust-bundle', at, { expected: 'either name or signerName', got: name === undefined ? 'neither' : 'both', fix: 'name one bundle, or the signer of several' });
  }
  if (name !== undefined) {
    if (!isBundleName(name)) complain(report, 'volume/trust-bundle-name', `${at}.name`, { expected: 'a DNS subdomain, or <domain>:<path>:<name> for a bundle of a signer', got: name, fix: 'name the bundle exactly as it is' });
    if (labelSelector !== undefined) complain(report, 'volume/trust-bundle', `${at}.labelSelector`, { expected: 'no labelSelector beside name', got: labelSelector, fix: 'take it out, or select bundles of a signerName' });
  }
  if (signerName === undefined) return;
  checkSigner(signerName, `${at}.signerName`, report);
  if (labelSelector === undefined) complain(report, 'volume/trust-bundle', `${at}.labelSelector`, { expected: 'a labelSelector beside signerName', got: undefined, fix: 'without one Kubernetes selects no bundle at all; say {} for all of the signer\'s' });
  else checkSelector(labelSelector, `${at}.labelSelector`, report);
}

export function checkPodCertificate(source: PodCertificateSourceInput, at: string, report: Report): void {
  const { signerName, maxExpirationSeconds: seconds, credentialBundlePath, keyPath, certificateChainPath, userAnnotations = {} } = source;
  checkSigner(signerName, `${at}.signerName`, report);
  const max = signerName.startsWith('kubernetes.io/') ? CERTIFICATE_SECONDS.maxOfKubernetes : CERTIFICATE_SECONDS.max;
  if (seconds !== undefined && (!Number.isInteger(seconds) || seconds < CERTIFICATE_SECONDS.min || seconds > max)) {
    complain(report, 'volume/certificate-lifetime', `${at}.maxExpirationSeconds`, { expected: `a whole number of seconds from ${CERTIFICATE_SECONDS.min} to ${max}`, got: seconds, fix: 'leave it out for a day' });
  }
  if (credentialBundlePath === undefined && keyPath === undefined && certificateChainPath === undefined) {
    complain(report, 'volume/certificate-paths', at, { expected: 'at least one of credentialBundlePath, keyPath and certificateChainPath', got: 'none', fix: 'say credentialBundlePath: key and certificate are renewed together there' });
  }
  checkMetadata('annotation', userAnnotations, `${at}.userAnnotations`, report);
  for (const key of Object.keys(userAnnotations)) {
    if (!key.includes('/')) complain(report, 'metadata/annotation-key', joinPath(`${at}.userAnnotations`, key), { expected: 'a key with a domain: example.com/name', got: key, fix: 'put the signer\'s domain before it' });
  }
}

/** `example.com/name`: https://kubernetes.io/docs/reference/access-authn-authz/certificate-signing-requests/#signers */
function checkSigner(value: string, path: string, report: Report): void {
  if (isSigner(value)) return;
  complain(report, 'volume/signer', path, { expected: 'a domain of at least two parts, a slash and a name: example.com/signer', got: value, fix: 'name the signer exactly as it is' });
}

function isSigner(value: string): boolean {
  const [domain = '', name = '', ...more] = value.split('/');
  return more.length === 0 && isDnsSubdomain(domain) && domain.includes('.') && isDnsSubdomain(name);
}

/** The signer stands before the name of its bundles, with colons for slashes. */
function isBundleName(value: string): boolean {
  const parts = value.split(':');
  const name = parts.pop() ?? '';
  return isDnsSubdomain(name) && (parts.length === 0 || isSigner(parts.join('/')));
}

function checkSelector({ matchLabels = {}, matchExpressions = [] }: LabelSelectorInput, at: string, report: Report): void {
  checkMetadata('label', matchLabels, `${at}.matchLabels`, report);
  matchExpressions.forEach(({ key, operator, values = [] }, i) => {
    const path = joinPath(`${at}.matchExpressions`, i);
    for (const value of values.length === 0 ? [''] : values) checkMetadata('label', { [key]: value }, path, report);
    const wanted = operator === 'In' || operator === 'NotIn';
    if (wanted === (values.length === 0)) complain(report, 'volume/label-selector', `${path}.values`, { expected: wanted ? `at least one value for ${operator}` : `no values for ${operator}`, got: values, fix: 'correct the operator or the values' });
  });
}
