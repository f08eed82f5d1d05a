/** The codes that findings and errors carry, as their page lists them: read from the sources, so that none is left out. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { sitesIn, type Site, type Sites } from './sites';
import { EXIT_OF } from '../../../src/cli/failure';
import { FINDINGS } from '../../../src/evidence/finding';
import { tableOf } from '../tables';

const ROOT = join(__dirname, '../../..');

/** What only a run can tell of these, in general words. */
const WORDS: { readonly [code: string]: Pick<Site, 'says' | 'fix'> } = {
  'alibaba/policy-statement': { says: 'statements that RAM takes, with one of each field that has to be there', fix: 'correct the field that is named' },
  'alibaba/existing': { says: 'nothing beside existing: true that is of the role itself', fix: 'the role is made elsewhere, and this with it: say it there and take it out here' },
  'aws/existing': { says: 'nothing beside existing: true that is of the role itself', fix: 'the role is made elsewhere, and this with it: say it there and take it out here' },
  'gcp/resource-name': { says: 'the name of a bucket, secret, topic or project as Google Cloud takes it', fix: 'name it exactly as it is' },
  'aws/policy-statement': { says: 'statements that IAM takes, with one of each field that has to be there', fix: 'correct the field that is named' },
  'vault/own-identity': { says: 'no variable of the container\'s own by which its SDK would find another identity', fix: 'take it out' },
  'workload/collision': { says: 'nothing of the workload\'s own where the identity puts its part', fix: 'take yours out, or give it another name' },
  'account/collision': { says: 'the annotation or label that the definition gives the service account', fix: 'take it out where the service account is made, or say the same in the definition' },
};

let read: Sites | undefined;

/** What the sources say, read once: a compiler is at work. */
export function sites(): Sites {
  return read ??= sitesIn(ROOT);
}

/** Every code with what is known of it. Those of evidence stand in a list of their own. */
export function codes(): ReadonlyMap<string, readonly Site[]> {
  const byCode = new Map<string, Site[]>();
  const add = (site: Site): void => { byCode.set(site.code, [...byCode.get(site.code) ?? [], site]); };
  for (const site of sites().sites) if (!Object.hasOwn(FINDINGS, site.code)) add({ ...site, ...WORDS[site.code] });
  for (const [code, says] of Object.entries(FINDINGS)) {
    const made = sites().sites.filter(site => site.code === code);
    add({ code, level: levelsOf(made), says, fix: made.map(({ fix }) => fix).filter(fix => !/^[… ]*$/.test(fix)).join(' / ') });
  }
  return new Map([...byCode].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** A table for each room, which is the first half of the code. */
export function codesTable(): string {
  const rooms = new Map<string, (readonly string[])[]>();
  for (const [code, made] of codes()) {
    const room = code.split('/')[0] as string;
    rooms.set(room, [...rooms.get(room) ?? [], rowOf(code, made)]);
  }
  return [...rooms].map(([room, rows]) => `## ${room}\n\n${tableOf(['code', 'level', 'what is right, or what is wrong', 'what to do'], rows)}`).join('\n\n');
}

function rowOf(code: string, made: readonly Site[]): readonly string[] {
  const pairs = [...new Map(made.map(({ says, fix }) => [`${says}\n${fix}`, [says, fix] as const])).values()];
  return [`<a id="${code.replace('/', '-')}"></a>\`${code}\``, levelsOf(made), pairs.map(([says]) => cellOf(says)).join('<br>'), [...new Set(pairs.map(([, fix]) => cellOf(fix)))].filter(fix => fix !== '').join('<br>')];
}

const levelsOf = (made: readonly Site[]): string => [...new Set(made.map(({ level }) => level))].sort().join(', ');

/** As text: nothing of it is markup. */
function cellOf(text: string): string {
  return text.replace(/[&<>]/g, sign => `&#${sign.charCodeAt(0)};`).replace(/[\\`*_|{}[\]]/g, sign => `&#${sign.charCodeAt(0)};`).replaceAll('\n', ' ');
}

/** Every error that is thrown, with what its class says of itself, and how the command line ends by it. */
export function errorCodesTable(): string {
  const file = ts.createSourceFile('errors.ts', readFileSync(join(ROOT, 'src/core/errors.ts'), 'utf8'), ts.ScriptTarget.ES2022, true);
  const rows = file.statements.filter(ts.isClassDeclaration).flatMap(declaration => {
    const code = /readonly code = '(\w+)'/.exec(declaration.getText())?.[1] as keyof typeof EXIT_OF | undefined;
    const says = ts.getJSDocCommentsAndTags(declaration).map(({ comment }) => ts.getTextOfJSDocComment(comment) ?? '').join(' ');
    return code === undefined ? [] : [[`\`${code}\``, `\`${declaration.name?.text ?? ''}\``, says.replaceAll('\n', ' '), String(EXIT_OF[code])]];
  });
  return tableOf(['code', 'class', 'when', 'exit code'], rows);
}
