import type { PlacedFinding, VerifyResult } from './verify';

/** What test reporters take: one case for every verdict, and one for every finding that is about none. https://github.com/testmoapp/junitxml */
export function junitOf({ verdicts, findings }: VerifyResult): string {
  const asked = verdicts.filter(({ admitted }) => admitted);
  const cases = [
    ...asked.map(({ cluster, workload, provider, becomes }) => testcase(cluster, `${workload} becomes ${becomes} (${provider})`, '')),
    ...findings.map(finding => testcase(finding.code, finding.about, bodyOf(finding))),
  ];
  const failures = findings.filter(({ level }) => level === 'error').length;
  const skipped = findings.filter(({ level }) => level === 'undecided').length;
  const counts = `tests="${cases.length}" failures="${failures}" skipped="${skipped}" errors="0"`;
  return ['<?xml version="1.0" encoding="UTF-8"?>', `<testsuites ${counts}>`, `  <testsuite name="symbolon verify" ${counts}>`, ...cases, '  </testsuite>', '</testsuites>', ''].join('\n');
}

function testcase(classname: string, name: string, body: string): string {
  const head = `    <testcase classname="${escaped(classname)}" name="${escaped(name)}"`;
  return body === '' ? `${head}/>` : `${head}>\n      ${body}\n    </testcase>`;
}

function bodyOf({ level, message, fix, spot }: PlacedFinding): string {
  const place = spot === undefined ? '' : `${spot.file}${spot.line === undefined ? '' : `:${spot.line}`}: `;
  const text = escaped(`${place}${message}; ${fix}`);
  if (level === 'error') return `<failure message="${text}"/>`;
  return level === 'undecided' ? `<skipped message="${text}"/>` : `<system-out>${text}</system-out>`;
}

/** XML 1.0 has no words at all for most control characters. */
function escaped(text: string): string {
  // eslint-disable-next-line no-control-regex
  return text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '\ufffd')
    .replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;').replaceAll('\n', '&#10;');
}
