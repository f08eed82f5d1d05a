import type { PlacedFinding } from './placed';
import { shownSpot } from './text';

/** Something that is as it should be. */
export interface Passed {
  readonly classname: string;
  readonly name: string;
}

/** What test reporters take: one case for everything that holds, and one for every finding. https://github.com/testmoapp/junitxml */
export function junitOf(suite: string, passed: readonly Passed[], findings: readonly PlacedFinding[]): string {
  const cases = [
    ...passed.map(({ classname, name }) => testcase(classname, name, '')),
    ...findings.map(finding => testcase(finding.code, finding.about, bodyOf(finding))),
  ];
  const failures = findings.filter(({ level }) => level === 'error').length;
  const skipped = findings.filter(({ level }) => level === 'undecided').length;
  const counts = `tests="${cases.length}" failures="${failures}" skipped="${skipped}" errors="0"`;
  return ['<?xml version="1.0" encoding="UTF-8"?>', `<testsuites ${counts}>`, `  <testsuite name="${escaped(suite)}" ${counts}>`, ...cases, '  </testsuite>', '</testsuites>', ''].join('\n');
}

function testcase(classname: string, name: string, body: string): string {
  const head = `    <testcase classname="${escaped(classname)}" name="${escaped(name)}"`;
  return body === '' ? `${head}/>` : `${head}>\n      ${body}\n    </testcase>`;
}

function bodyOf({ level, message, fix, spot, plan = [] }: PlacedFinding): string {
  const text = escaped([`${shownSpot(spot)}${message}; ${fix}`, ...plan.map((step, i) => `${i + 1}. ${step}`)].join('\n'));
  if (level === 'error') return `<failure message="${text}"/>`;
  return level === 'undecided' ? `<skipped message="${text}"/>` : `<system-out>${text}</system-out>`;
}

/** XML 1.0 has no words at all for most control characters. */
function escaped(text: string): string {
  // eslint-disable-next-line no-control-regex
  return text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '\ufffd')
    .replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;').replaceAll('\n', '&#10;');
}
