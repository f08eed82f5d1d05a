/** Code in pages: it belongs to files that run, and a comment above each block says to which. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** One fenced block of a page. */
export interface Snippet {
  /** The line of the fence, from 1. */
  readonly line: number;
  readonly language: string;
  readonly text: string;
  /** `path#region` or `path`, as `<!-- from: … -->` above the block says. */
  readonly from?: string;
}

const FROM = /^<!-- from: (\S+) -->$/;

/** The blocks of a page, in their order. */
export function snippetsOf(page: string): readonly Snippet[] {
  const lines = page.split('\n');
  const found: Snippet[] = [];
  for (let i = 0; i < lines.length; i++) {
    const language = /^```(\S+)/.exec(lines[i] as string)?.[1];
    if (language === undefined) continue;
    const end = lines.indexOf('```', i + 1);
    if (end === -1) throw new Error(`the block of line ${i + 1} has no end`);
    const from = FROM.exec(lines[i - 1] ?? '')?.[1];
    found.push({ line: i + 1, language, text: lines.slice(i + 1, end).join('\n'), ...(from !== undefined && { from }) });
    i = end;
  }
  return found;
}

/** A file of the repository, or what stands between `region: name` and `endregion` in it. */
export function sourceOf(root: string, from: string): string {
  const [path = '', region] = from.split('#');
  const text = readFileSync(join(root, path), 'utf8').replace(/\n+$/, '');
  if (region === undefined) return text;
  const lines = text.split('\n');
  const start = lines.findIndex(line => new RegExp(`^\\s*(//|#) region: ${region}$`).test(line));
  const end = lines.findIndex((line, i) => i > start && /^\s*(\/\/|#) endregion$/.test(line));
  if (start === -1 || end === -1) throw new Error(`${path} has no region ${region}`);
  return outdented(lines.slice(start + 1, end)).join('\n').replace(/^\n+|\n+$/g, '');
}

/** A part of a file that stands deep in it starts at the margin of its page. */
function outdented(lines: readonly string[]): readonly string[] {
  const depth = Math.min(...lines.filter(line => line !== '').map(line => line.search(/\S|$/)));
  return lines.map(line => line.slice(depth));
}

/** The page, with every block that says where it is from as it is there now. */
export function withSnippets(root: string, page: string): string {
  return page.replace(/^(<!-- from: (\S+) -->\n```\S+\n)[^]*?^```$/gm, (_match, head: string, from: string) => `${head}${sourceOf(root, from)}\n\`\`\``);
}
