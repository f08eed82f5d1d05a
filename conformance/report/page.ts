import { countsOf, notRunIn, numberOf, type Outcome } from './outcome';

/** The page of the report: versions, what ran, counts, and what did not run. The same for the same code and the same parts. */
export function pageOf(outcome: Outcome): string {
  const { suites, tests, parts, notes, systems } = outcome;
  const notRun = notRunIn(outcome);
  return [
    '# Conformance',
    '',
    'What is claimed about real systems, asked of the real systems. Written by `npm run conformance -- --report`.',
    '',
    '## Versions',
    '',
    ...tableOf(['part', 'version'], [
      ...parts.filter(part => part.missing === undefined).map(({ name, version }) => [name, version]),
      ...(systems.apiServer?.own === false ? [['the cluster of KUBECONFIG', systems.apiServer.version]] : []),
      ['Node.js', `v${process.versions.node.split('.')[0] ?? ''}`],
    ]),
    '',
    '## What ran',
    '',
    ...tableOf(['suite', 'what', 'passed', 'failed'], suites.map(({ name, about }) => [name, about, String(numberOf(tests, 'passed', name)), String(numberOf(tests, 'failed', name))])),
    ...suites.flatMap(({ name, about }) => [
      '',
      `### ${name}: ${about}`,
      '',
      ...tests.filter(({ suite }) => suite === name).map(test => `- ${test.status === 'passed' ? '' : `**${test.status}** `}${test.name}`),
      '',
      ...tableOf(['count', ''], [...countsOf(outcome, name)].map(([what, n]) => [what, String(n)])),
      ...notes.flatMap(note => ('table' in note && note.suite === name ? ['', `#### ${note.table}`, '', ...tableOf(note.head, note.rows)] : [])),
    ]),
    '',
    '## What did not run here',
    '',
    ...(notRun.length === 0 ? ['Everything ran.'] : tableOf(['what', 'why'], notRun.map(({ what, reason }) => [what, reason]))),
    '',
  ].join('\n');
}

function tableOf(head: readonly string[], rows: readonly (readonly string[])[]): readonly string[] {
  if (rows.length === 0) return [];
  const line = (cells: readonly string[]): string => `| ${cells.map(cell => cell.replaceAll('|', '\\|').replaceAll('\n', ' ')).join(' | ')} |`;
  return [line(head), `|${head.map(() => '---').join('|')}|`, ...rows.map(line)];
}
