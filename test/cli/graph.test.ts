import { join } from 'node:path';
import { workspace, type Workspace } from './workspace';
import { CLUSTERS, documentsOf } from '../graph/sample';

/** The documents of the sample as files: manifests by cluster, the cloud half beside them. */
function space(identities: number): Workspace {
  return workspace(Object.fromEntries(documentsOf(identities).map(({ value, at }) => [at.file.replace(/(\.\w+)$/, `-${at.document}$1`), JSON.stringify(value)])));
}

const ARGS = ['graph', 'k8s', 'cloud', ...CLUSTERS.flatMap(({ name, issuer }) => ['--cluster', `${name}=${String(issuer)}`])];

describe('symbolon graph', () => {
  test('draws for Markdown, and what is wrong in it is no failure', async () => {
    const { code, out, err } = await space(10).run(ARGS);
    expect([code, err]).toEqual([0, '']);
    expect(out).toMatch(/^flowchart LR\n {2}%% 1 over-broad, 1 stranger, 1 refused, 9 admitted\n/);
  });

  test.each([['dot', /^digraph trust \{/], ['html', /^<!doctype html>/], ['json', /^\{\n {2}"version": 1,/]])('as %s', async (format, start) => {
    const { code, out } = await space(3).run([...ARGS, '--format', format]);
    expect(code).toBe(0);
    expect(out).toMatch(start);
    expect(out).toContain('arn:aws:iam::111122223333:role/app-0');
  });

  test('writes a file where one is named, and nothing to stdout', async () => {
    const it = space(3);
    expect(await it.run([...ARGS, '--format', 'html', '--out', 'map.html'])).toEqual({ code: 0, out: '', err: '' });
    expect(it.read('map.html')).toContain('Deployment team-0/app-0');
  });

  test('a file that cannot be written is said', async () => {
    const { code, err } = await space(1).run([...ARGS, '--out', join('nowhere', 'map.mmd')]);
    expect(code).toBe(2);
    expect(err).toContain('--out: nowhere/map.mmd cannot be written');
  });

  test('what cannot be read of the documents is said, and is not in the picture', async () => {
    const it = space(3);
    it.write('cloud/odd.json', '{"Role": 1}');
    const { code, out, err } = await it.run(ARGS);
    expect(code).toBe(0);
    expect(err).toContain('cloud/odd.json: it is nothing that is known here');
    expect(out).toContain('admitted');
  });

  test.each([
    [['graph'], 'graph: expected files or folders'],
    [['graph', 'k8s', '--format', 'svg'], '--format: expected mermaid, dot, html, json, got "svg"'],
    [['graph', 'k8s', '--json', '--format', 'dot'], '--json and --format dot exclude each other'],
    [['graph', 'k8s', '--baseline', 'x'], 'graph: there is no option --baseline'],
  ])('%j is wrong usage', async (args, message) => {
    const { code, out, err } = await workspace().run(args);
    expect(code).toBe(2);
    expect(`${out}${err}`).toContain(message);
  });
});
