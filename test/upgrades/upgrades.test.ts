/**
 * Nothing that users have deployed gets another name, or is replaced, without being declared in the changelog.
 *
 * `pins.json` has the names of the last release. What is new is added with `SYMBOLON_PINS=add`, and a release writes all
 * of them anew with `SYMBOLON_PINS=release`.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { surprises, withNew } from './compare';
import { declaredIn } from './declared';
import { namesNow, type Names } from './names';

const PINS = join(__dirname, 'pins.json');
const CHANGELOG = join(__dirname, '../../CHANGELOG.md');

test('the examples make what they made at the last release, under the same names, or the changelog says otherwise', async () => {
  const now = await namesNow();
  const declared = declaredIn(readFileSync(CHANGELOG, 'utf8'));
  const pinned = existsSync(PINS) ? JSON.parse(readFileSync(PINS, 'utf8')) as Names : {};
  const { SYMBOLON_PINS: write } = process.env;
  if (write !== undefined) writeFileSync(PINS, `${JSON.stringify(write === 'release' ? now : withNew(pinned, now, declared), null, 2)}\n`);
  else expect(surprises(pinned, now, declared)).toEqual([]);
}, 30_000);

const pinned: Names = { shop: ['object a', 'object b'] };

describe('a surprise is', () => {
  test.each<[string, Names, string, readonly string[]]>([
    ['a name that is gone', { shop: ['object a'] }, '', ['shop: gone, or called otherwise, and not declared: object b']],
    ['another name', { shop: ['object a', 'object c'] }, '', ['shop: gone, or called otherwise, and not declared: object b', 'shop: not pinned: object c']],
    ['another name than is declared', { shop: ['object a', 'object c'] }, '- `object b` → `object d`', ['shop: gone, or called otherwise, and not declared: object d', 'shop: not pinned: object c']],
    ['one that is declared as gone and is there', { shop: ['object a', 'object b'] }, '- `object b` → gone', ['shop: not pinned: object b']],
    ['one that is declared and nobody has', { shop: ['object a', 'object b'] }, '- `object x` → gone', ['declared, but nothing is pinned with this name: object x']],
    ['a new one that is not pinned', { shop: ['object a', 'object b', 'object c'] }, '', ['shop: not pinned: object c']],
  ])('%s', (_what, now, item, expected) => {
    expect(surprises(pinned, now, declaredIn(`## Unreleased\n\n### Renamed\n\n${item}\n`))).toEqual(expected);
  });

  test('nothing that is declared as it is', () => {
    const changelog = '## Unreleased\n\n### Renamed\n\n- `object a` → gone: nobody needs it\n- `object b` → `object c`\n\n### Fixed\n\n- something\n';
    expect(surprises(pinned, { shop: ['object c'] }, declaredIn(changelog))).toEqual([]);
  });

  test('what only an older release declares', () => {
    const changelog = '## Unreleased\n\n- something\n\n## 1.0.0\n\n### Renamed\n\n- `object b` → `object c`\n';
    expect(declaredIn(changelog)).toEqual([]);
  });

  test('never what cannot be read', () => {
    expect(() => declaredIn('## Unreleased\n\n### Renamed\n\n- object b is object c now\n')).toThrow('expected "- `old` → `new`"');
  });
});
