/** What a release is said to rename, as the changelog has it. */
export interface Renaming {
  readonly from: string;
  /** Undefined where nothing takes its place. */
  readonly to: string | undefined;
}

/** The renamings under `## Unreleased`, `### Renamed`: a list item each, `- \`old\` → \`new\`` or `- \`old\` → gone`, with anything after it. */
export function declaredIn(changelog: string): readonly Renaming[] {
  const unreleased = sectionOf(changelog, '## Unreleased');
  const items = sectionOf(unreleased, '### Renamed').split('\n').filter(line => line.startsWith('- '));
  return items.map(item => {
    const [, from, to] = /^- `([^`]+)` → (?:`([^`]+)`|gone)/.exec(item) ?? [];
    if (from === undefined) throw new Error(`CHANGELOG.md, Renamed: expected "- \`old\` → \`new\`" or "- \`old\` → gone", got ${item}`);
    return { from, to };
  });
}

/** What stands under a heading, to the next one of its level or above. */
function sectionOf(text: string, heading: string): string {
  const level = heading.indexOf(' ');
  const lines = text.split('\n');
  const start = lines.indexOf(heading);
  if (start === -1) return '';
  const length = lines.slice(start + 1).findIndex(line => /^#+ /.test(line) && line.indexOf(' ') <= level);
  return lines.slice(start + 1, length === -1 ? undefined : start + 1 + length).join('\n');
}
