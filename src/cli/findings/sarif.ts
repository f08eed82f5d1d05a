import type { PlacedFinding, Sorted } from './placed';
import { hashOf } from '../../core/names';
import type { FindingLevel } from '../../evidence';

const LEVELS: { readonly [level in FindingLevel]: string } = { error: 'error', undecided: 'warning', warning: 'note' };

/**
 * What code scanning takes. https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
 *
 * @param rules  every code that there can be, and what it means
 */
export function sarifOf({ findings, known }: Pick<Sorted<PlacedFinding>, 'findings' | 'known'>, rules: { readonly [code: string]: string }, version: string): string {
  const codes = Object.keys(rules);
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [{
      tool: {
        driver: {
          name: 'symbolon',
          version,
          rules: codes.map(id => ({ id, shortDescription: { text: rules[id] } })),
        },
      },
      results: [...findings.map(finding => resultOf(finding, codes)), ...known.map(finding => ({ ...resultOf(finding, codes), suppressions: [{ kind: 'external' }] }))],
    }],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}

function resultOf({ code, level, message, fix, about, spot, plan = [] }: PlacedFinding, codes: readonly string[]): object {
  return {
    ruleId: code,
    ruleIndex: codes.indexOf(code),
    level: LEVELS[level],
    message: { text: [`${message}; ${fix}`, ...plan.map((step, i) => `${i + 1}. ${step}`)].join('\n') },
    ...(spot !== undefined && {
      locations: [{
        physicalLocation: { artifactLocation: { uri: spot.file.split(/[\\/]/).map(encodeURIComponent).join('/') }, ...(spot.line !== undefined && { region: { startLine: spot.line } }) },
      }],
    }),
    partialFingerprints: { 'symbolon/v1': hashOf(`${code}\n${about}`, 32) },
  };
}
