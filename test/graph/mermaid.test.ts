import fc from 'fast-check';
import { HOSTILE } from './hostile';
import { anyMap, anyName } from './maps';
import { sampleOf } from './sample';
import { countsOf, folded, FOLDS, mermaidOf, MERMAID_LIMITS } from '../../src/graph';
import { escaped } from '../../src/graph/mermaid';
import { visible } from '../../src/graph/text';

/** As Mermaid has it: a number between `#` and `;` is a character. */
function seen(text: string): string {
  return text.replace(/#(\d+);/g, (_match, code: string) => String.fromCodePoint(Number(code)));
}

const QUOTED = '"[^"#;&<>`\\[\\]{}|\\\\%\\n]*(?:#\\d+;[^"#;&<>`\\[\\]{}|\\\\%\\n]*)*"';
const LINES = new RegExp(`^(?:flowchart LR|  %% [^{}]*|  subgraph r\\d+\\[${QUOTED}\\]|  end| {2,4}[witps][0-9a-z]+(?:\\[|\\{\\{|\\(\\[|\\[\\[|\\()${QUOTED}(?:\\]|\\}\\}|\\]\\)|\\]\\]|\\))|  [witps][0-9a-z]+ (?:-->|==>|-\\.->)(?:\\|${QUOTED}\\|)? [witps][0-9a-z]+|  linkStyle [\\d,]+ stroke:#[0-9a-f]{6}|)$`);

describe('Mermaid', () => {
  test.each(HOSTILE)('%j is a label like any other', name => {
    expect(`"${escaped(name)}"`).toMatch(new RegExp(`^${QUOTED}$`));
    expect(seen(escaped(name))).toBe(name.trim() === '' ? '(empty)' : visible(name));
  });

  test('so is every text', () => {
    fc.assert(fc.property(anyName, name => {
      expect(`"${escaped(name)}"`).toMatch(new RegExp(`^${QUOTED}$`));
      expect(seen(escaped(name))).toBe(name.trim() === '' ? '(empty)' : visible(name));
    }));
  });

  test('every line is one of the language, whatever the names are', () => {
    fc.assert(fc.property(anyMap, map => {
      expect(mermaidOf(map).split('\n').filter(line => !LINES.test(line))).toEqual([]);
    }), { numRuns: 50 });
  });

  test.each([[10, undefined], [300, 'namespaces'], [3000, 'clusters']])('%i identities stay within the limits of those who draw it', (count, fold) => {
    const map = sampleOf(count);
    const text = mermaidOf(map);
    expect(text.length).toBeLessThanOrEqual(MERMAID_LIMITS.characters);
    expect(text.match(/ (?:-->|==>|-\.->)/g)?.length).toBeLessThanOrEqual(MERMAID_LIMITS.edges);
    expect(text.includes('folded')).toBe(fold !== undefined);
    if (fold !== undefined) expect(text).toContain(`folded: ${fold}`);
  });

  test('what is refused and who is too many is seen, and says why', () => {
    const text = mermaidOf(sampleOf(10));
    expect(text).toMatch(/-\.->\|"✗ refused: the trust wants/);
    expect(text).toMatch(/==>\|"‼ over-broad: /);
  });
});

describe('folding', () => {
  test('loses nobody: the counts of every state stay, and every edge has its ends', () => {
    fc.assert(fc.property(anyMap, fc.constantFrom(...FOLDS), (map, fold) => {
      const smaller = folded(map, fold);
      const ids = new Set(smaller.nodes.map(({ id }) => id));
      expect(countsOf(smaller)).toEqual(countsOf(map));
      expect(smaller.edges.every(({ from, to }) => ids.has(from) && ids.has(to))).toBe(true);
      expect(smaller.nodes.reduce((sum, { count = 1 }) => sum + count, 0)).toBe(map.nodes.length);
    }));
  });

  test('of what is well leaves alone what is not', () => {
    const map = sampleOf(30);
    const smaller = folded(map, 'what is well');
    const bad = map.edges.filter(({ state = 'admitted' }) => state !== 'admitted');
    expect(bad.length).toBeGreaterThan(0);
    expect(bad.filter(edge => !smaller.edges.some(({ from, to, why }) => from === edge.from && to === edge.to && why === edge.why))).toEqual([]);
    expect(smaller.nodes.length).toBeLessThan(map.nodes.length);
  });

  test('of everything is small, however much there is', () => {
    const smaller = folded(sampleOf(300), 'everything');
    expect(smaller.nodes.length).toBeLessThan(20);
    expect(smaller.nodes.map(({ label }) => label)).toContain('300 workloads');
  });

  test('by namespace says which', () => {
    expect(folded(sampleOf(30), 'namespaces').nodes.map(({ label }) => label)).toEqual(expect.arrayContaining(['4 workloads of team-0 in blue', '4 tokens for sts.amazonaws.com of team-0 in blue', '4 aws identities of team-0 in blue']));
  });
});
