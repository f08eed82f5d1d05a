/** The matrix as tables: what is let in, what is refused, and several relying parties in one pod. */
import { PLATFORMS, ROWS, TOGETHER, WAYS, answerOf, definitionOf, togetherOn, usualWay, type Answer, type Row } from './cells';
import { tableOf } from './tables';

const NAMES = Object.keys(PLATFORMS);

const titleOf = ({ facts: { title, page }, mechanism }: Row): string => `[${title}](${page}), \`${mechanism}\``;

interface Line {
  readonly title: string;
  readonly cells: readonly Asked[];
}

/** One cell, with what came of each way. */
interface Asked {
  readonly platform: string;
  readonly usual: string | undefined;
  readonly ways: readonly { readonly way: string; readonly answer: Answer }[];
}

/** Asked once for all tables. */
let asked: readonly Line[] | undefined;

function lines(): readonly Line[] {
  return asked ??= ROWS.map(row => ({
    title: titleOf(row),
    cells: NAMES.map(platform => {
      const cell = { ...row, platform };
      return { platform, usual: usualWay(cell), ways: WAYS.map(way => ({ way, answer: answerOf(definitionOf(cell, way)) })) };
    }),
  }));
}

/** The ways that let the workload in and nobody else; in bold that which is taken unless another one is said. */
export function matrixTable(): string {
  return tableOf(['', ...NAMES], lines().map(({ title, cells }) => [title, ...cells.map(({ usual, ways }) => {
    const inside = ways.filter(({ answer }) => answer.kind === 'in');
    const shared = inside.some(({ answer }) => answer.kind === 'in' && answer.also.length > 0);
    return inside.length === 0 ? '—' : `${inside.map(({ way }) => (way === usual ? `**${way}**` : way)).join(', ')}${shared ? ' ¹' : ''}`;
  })]));
}

/** What a definition cannot say, with the code of its finding: platforms and ways of one code in one row. */
export function refusedTable(): string {
  return tableOf(['', 'by', 'on', 'finding'], lines().flatMap(({ title, cells }) => {
    const groups = new Map<string, { readonly ways: string; readonly codes: string; readonly on: string[] }>();
    for (const { platform, ways } of cells) {
      const byCodes = new Map<string, string[]>();
      for (const { way, answer } of ways) if (answer.kind === 'refused') byCodes.set(codesOf(answer), [...byCodes.get(codesOf(answer)) ?? [], way]);
      for (const [codes, which] of byCodes) {
        const said = which.length === WAYS.length ? 'whichever way' : which.join(', ');
        const group = groups.get(`${codes} ${said}`) ?? { ways: said, codes, on: [] };
        groups.set(`${codes} ${said}`, { ...group, on: [...group.on, platform] });
      }
    }
    return [...groups.values()].map(({ ways, codes, on }) => [title, ways, on.length === NAMES.length ? 'every platform' : on.join(', '), codes]);
  }));
}

/** Every provider in one pod. */
export function togetherTable(): string {
  return tableOf(['', ...NAMES], Object.entries(TOGETHER).map(([what, injection]) => [what, ...NAMES.map(platform => {
    const answer = answerOf(togetherOn(platform, injection));
    return answer.kind === 'in' ? 'in, and nobody else' : codesOf(answer);
  })]));
}

function codesOf(answer: Answer): string {
  return answer.kind === 'refused' ? answer.codes.map(code => `\`${code}\``).join(', ') : '';
}
