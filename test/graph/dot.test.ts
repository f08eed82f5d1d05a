import fc from 'fast-check';
import { anyMap, anyName } from './maps';
import { sampleOf } from './sample';
import { dotOf } from '../../src/graph';
import { quoted } from '../../src/graph/dot';
import { visible } from '../../src/graph/text';

const QUOTED = '"(?:[^"\\\\\\n]|\\\\[\\\\"])*"';
const ATTRIBUTES = `\\[[a-z]+=(?:[a-z]+|\\d+|[A-Z]+|${QUOTED})(?:, [a-z]+=(?:[a-z]+|\\d+|${QUOTED}))*\\]`;
const LINE = new RegExp(`^ *(?:digraph trust \\{|subgraph cluster_\\d+ \\{|\\}|label=${QUOTED};|(?:graph|node|edge|[witps][0-9a-z]+)(?: -> [witps][0-9a-z]+)?(?: ${ATTRIBUTES})?;|)$`);

test('every line is one of the language, whatever the names are', () => {
  fc.assert(fc.property(anyMap, map => {
    expect(dotOf(map).split('\n').filter(line => !LINE.test(line))).toEqual([]);
  }), { numRuns: 50 });
});

test('a label is read as it was written', () => {
  fc.assert(fc.property(anyName, name => {
    expect(quoted(name).slice(1, -1).replace(/\\(.)/g, '$1').replaceAll('&amp;', '&')).toBe(visible(name));
  }));
});

test('every node and edge is there, and the states are said in words', () => {
  const map = sampleOf(30);
  const text = dotOf(map);
  expect(text.match(/ -> /g)).toHaveLength(map.edges.length);
  expect(map.nodes.filter(({ label }) => !text.includes(quoted(label)))).toEqual([]);
  expect(text).toContain('✗ refused');
});
