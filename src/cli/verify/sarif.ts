import type { PlacedFinding, VerifyResult } from './verify';
import { hashOf } from '../../core/names';
import { FINDINGS, type FindingLevel } from '../../evidence';

const LEVELS: { readonly [level in FindingLevel]: string } = { error: 'error', undecided: 'warning', warning: 'note' };

/** What code scanning takes. https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html */
export function sarifOf({ findings, known }: VerifyResult, version: string): string {
  const codes = Object.keys(FINDINGS) as (keyof typeof FINDINGS)[];
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [{
      tool: {
        driver: {
          name: 'symbolon',
          version,
          rules: codes.map(id => ({ id, shortDescription: { text: FINDINGS[id] } })),
        },
      },
      results: [...findings.map(finding => resultOf(finding, codes)), ...known.map(finding => ({ ...resultOf(finding, codes), suppressions: [{ kind: 'external' }] }))],
    }],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}

function resultOf({ code, level, message, fix, about, spot }: PlacedFinding, codes: readonly string[]): object {
  return {
    ruleId: code,
    ruleIndex: codes.indexOf(code),
    level: LEVELS[level],
    message: { text: `${message}; ${fix}` },
    ...(spot !== undefined && {
      locations: [{
        physicalLocation: { artifactLocation: { uri: spot.file.split(/[\\/]/).map(encodeURIComponent).join('/') }, ...(spot.line !== undefined && { region: { startLine: spot.line } }) },
      }],
    }),
    partialFingerprints: { 'symbolon/v1': hashOf(`${code}\n${about}`, 32) },
  };
}
