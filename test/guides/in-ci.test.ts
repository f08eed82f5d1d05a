/** The files of the guide are what it says of them: every step parses, nothing floats, and no job may more than it needs. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { load } from 'js-yaml';
import { MARKER } from '../../src/cli/diff/markdown';
import { readArguments } from '../../src/cli/options';

const textOf = (file: string): string => readFileSync(join(__dirname, '../../docs/guides/in-ci', file), 'utf8');

interface Job {
  readonly permissions: { readonly [scope: string]: string };
  readonly steps: readonly { readonly uses?: string; readonly run?: string }[];
}

interface Workflow {
  readonly permissions: object;
  readonly jobs: { readonly [name: string]: Job };
}

test.each(['verify.yml', 'review.yml', 'pre-commit-config.yaml'])('%s: its commands are understood', file => {
  const commands = [...textOf(file).matchAll(/(?:npx |node_modules\/\.bin\/)symbolon ([^>|\n]+)/g)].map(([, args = '']) => args.trim().split(/\s+/));
  expect(commands).toHaveLength(1);
  for (const args of commands) expect(() => readArguments(args)).not.toThrow();
});

test.each(['verify.yml', 'review.yml'])('%s: actions are pinned by their major, and whoever may write runs nothing of the pull request', file => {
  const { permissions, jobs } = load(textOf(file)) as Workflow;
  expect(permissions).toEqual({});
  for (const { permissions: granted, steps } of Object.values(jobs)) {
    for (const { uses } of steps) if (uses !== undefined) expect(uses).toMatch(/@v\d+$/);
    if (granted['pull-requests'] === 'write') expect(steps.filter(({ run, uses }) => run !== undefined || uses?.startsWith('actions/checkout') === true)).toEqual([]);
    expect(granted.contents).not.toBe('write');
  }
});

test('the comment is found again by the mark that it has', () => {
  expect(textOf('review.yml')).toContain(`'${MARKER}'`);
});
