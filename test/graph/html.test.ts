import { createHash } from 'node:crypto';
import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import { HOSTILE } from './hostile';
import { anyMap, anyName } from './maps';
import { sampleOf } from './sample';
import { htmlOf, type TrustMap } from '../../src/graph';
import { COLOURS } from '../../src/graph/html/colours';
import { escaped } from '../../src/graph/html/page';
import { SCRIPT } from '../../src/graph/html/script';
import { STYLE } from '../../src/graph/html/style';
import { pathsOf } from '../../src/graph/paths';
import { visible } from '../../src/graph/text';

/** The page without what stands in its script and its style. */
const markupOf = (page: string): string => page.replace(STYLE, '').replace(SCRIPT, '');

/** Tags without the values of their attributes: what a browser makes of the page, but for the text in it. */
function skeletonOf(page: string): string {
  return (markupOf(page).match(/<[^>]*>/g) ?? []).map(tag => tag.replace(/"[^"]*"/g, '""')).join('');
}

/** The same map, with names that are no more than names. */
function tame(map: TrustMap): TrustMap {
  const names = new Map<string, string>();
  const of = (name: string): string => names.get(name) ?? names.set(name, `name${names.size}`).get(name) as string;
  return {
    nodes: map.nodes.map(({ label, cluster, namespace, provider, notes, ...node }) => ({
      ...node,
      label: of(label),
      notes: notes.map(of),
      ...(cluster !== undefined && { cluster: of(cluster) }),
      ...(namespace !== undefined && { namespace: of(namespace) }),
      ...(provider !== undefined && { provider: of(provider) }),
    })),
    edges: map.edges.map(({ why, ...edge }) => ({ ...edge, ...(why !== undefined && { why: of(why) }) })),
    loose: map.loose.map(of),
  };
}

const VOID = new Set(['meta', 'link', 'input', '!doctype']);

/** Tags that are closed by others, or not at all. */
function faultsIn(page: string): readonly string[] {
  const open: string[] = [];
  const faults: string[] = [];
  for (const [, slash, name = ''] of markupOf(page).matchAll(/<(\/?)([!a-z0-9]+)[^>]*>/g)) {
    if (VOID.has(name)) continue;
    if (slash === '') open.push(name);
    else if (open.pop() !== name) faults.push(name);
  }
  return [...faults, ...open];
}

describe('the page', () => {
  test('is built the same whatever the names are', () => {
    fc.assert(fc.property(anyMap, map => {
      expect(skeletonOf(htmlOf(map))).toBe(skeletonOf(htmlOf(tame(map))));
    }), { numRuns: 60 });
  });

  test('a name is read as it was written', () => {
    const read = (text: string): string => text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&#39;', '\'').replaceAll('&amp;', '&');
    fc.assert(fc.property(anyName, name => {
      expect(escaped(name)).not.toMatch(/[<>"']/);
      expect(read(escaped(name))).toBe(visible(name));
    }));
  });

  test('closes what it opens', () => {
    expect(faultsIn(htmlOf(sampleOf(30)))).toEqual([]);
  });

  test('runs its own script and style, and no other', () => {
    const hashOf = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
    const page = htmlOf(sampleOf(1));
    const [, policy] = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(page) ?? [];
    expect(policy?.split('; ')).toEqual(expect.arrayContaining(['default-src \'none\'', `script-src ${hashOf(SCRIPT)}`, `style-src ${hashOf(STYLE)}`, 'base-uri \'none\'', 'form-action \'none\'']));
    expect([/<script>([^]*)<\/script>/.exec(page)?.[1], /<style>([^]*)<\/style>/.exec(page)?.[1]]).toEqual([SCRIPT, STYLE]);
    expect(markupOf(page)).not.toMatch(/ style="| on[a-z]+="|src="|href="http/);
  });

  test('its script is one that can be read, and makes no markup of text', () => {
    // Read only: there is no document here.
    expect(() => runInNewContext(`() => {${SCRIPT}}`)).not.toThrow();
    expect(SCRIPT).not.toMatch(/innerHTML|outerHTML|insertAdjacent|document\.write|eval|fetch|XMLHttpRequest|import/);
  });

  test('every id is there once, and what refers to one finds it', () => {
    const page = markupOf(htmlOf(sampleOf(30)));
    const ids = [...page.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id as string);
    const wanted = [...page.matchAll(/ (?:for|aria-labelledby|aria-describedby|href)="#?([a-z-]+)"/g)].map(([, id]) => id as string);
    expect(new Set(ids).size).toBe(ids.length);
    expect(wanted.filter(id => !ids.includes(id))).toEqual([]);
    expect([...SCRIPT.matchAll(/\$\('([a-z]+)'\)/g)].map(([, id]) => id).filter(id => !ids.includes(id as string))).toEqual([]);
  });

  test('has a line for every path, and says of each how it stands', () => {
    const map = sampleOf(30);
    const page = htmlOf(map);
    const rows = [...page.matchAll(/<tr class="([a-z-]+)" data-state="([a-z-]+)"/g)].map(([, , state]) => state);
    expect(rows).toEqual(pathsOf(map).map(({ state }) => state));
    expect(page).toContain('the trust wants');
  });

  test('says which permissions are nobody\'s', () => {
    expect(htmlOf({ nodes: [], edges: [], loose: [HOSTILE[2] as string] })).toContain('<li>&lt;script&gt;');
  });

  test('is the same every time', () => {
    expect(htmlOf(sampleOf(20))).toBe(htmlOf(sampleOf(20)));
  });
});

/** https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio */
function contrast(one: string, other: string): number {
  const [a, b] = [one, other].map(colour => {
    const parts = [1, 3, 5].map(at => parseInt(colour.slice(at, at + 2), 16) / 255);
    const [red, green, blue] = parts.map(part => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4)) as [number, number, number];
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  }) as [number, number];
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
}

describe.each(Object.entries(COLOURS))('in the %s', (_, colours) => {
  const { ground, raised, line, ...texts } = colours;

  test.each(Object.entries(texts))('%s is read easily', (_name, colour) => {
    for (const under of [ground, raised]) expect(contrast(colour, under)).toBeGreaterThanOrEqual(4.5);
  });

  test('the edges of controls are seen', () => {
    for (const under of [ground, raised]) expect(contrast(line, under)).toBeGreaterThanOrEqual(3);
  });
});
