/** An app of cdk8s' own template, with the packed library and code that uses it: made, compiled, synthesised, proved and applied. */
import { readFileSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { loadAll } from 'js-yaml';
import { describeConsumers, type NamedConsumer } from './support/consumers';
import type { Packages, Project } from './support/project';
import { Cluster } from '../api-server/support/cluster';
import { count, notRun } from '../support/report';
import { systemIfHad } from '../support/systems';
import type { KubernetesObject } from 'symbolon';

const SUITE = 'consumers';
const CONSUMERS: readonly NamedConsumer[] = [
  ['the oldest peers, on Node.js 20.0', { node: 'node-20.0', packages: 'cdk8s-oldest' }],
  ['the newest peers, on Node.js 20', { node: 'node-20', packages: 'cdk8s-newest' }],
  ['the newest peers, on the newest Node.js with long-term support', { node: 'node-lts', packages: 'cdk8s-newest' }],
];

describeConsumers('an app of cdk8s-cli\'s template', CONSUMERS, (of, title) => {
  const libraries = (): readonly string[] => Object.keys(of().pinned.dependencies ?? {}).filter(name => name.startsWith('cdk8s-plus-'));

  test('is made by cdk8s init, and the library is installed without changing anything else', () => {
    const project = of();
    // The template's last step fetches and runs things; that is what cdk8s init is asked to leave out.
    rmSync(join(project.folder, '../node_modules/cdk8s-cli/templates/typescript-app/.hooks.sscaff.js'));
    expect(project.run('cdk8s-cli/bin/cdk8s', ['init', 'typescript-app', '--check-upgrade=false'])).toMatchObject({ code: 0 });
    expect(Object.keys(dependenciesIn(project.read('package.json')))).toEqual(expect.arrayContaining(['cdk8s', 'constructs', 'cdk8s-cli']));
    const chosen = dependenciesIn(JSON.stringify(project.pinned));
    expect(Object.keys(dependenciesIn(project.read('package.json'))).filter(name => chosen[name] === undefined)).toEqual([]);
    project.install();
  });

  test('compiles, as strictly as the template has it', () => {
    const project = of();
    project.add('cdk8s/identities.ts');
    for (const library of libraries()) project.add('cdk8s/shop.ts', `${fileOf(library)}.ts`, text => text.replace('cdk8s-plus-28', library));
    project.write('main.ts', mainOf(project.read('main.ts'), libraries()));
    expect(project.run('typescript/bin/tsc', ['--build', '--pretty', 'false'])).toEqual({ code: 0, out: '' });
    count(SUITE, 'cdk8s-plus libraries compiled against, in a project', libraries().length);
  });

  test('is synthesised by cdk8s, proved by the command line, and accepted by the API server', async () => {
    const project = of();
    expect(project.run('cdk8s-cli/bin/cdk8s', ['synth', '--check-upgrade=false'])).toMatchObject({ code: 0 });
    const manifests = manifestsIn(project);
    expect(manifests.map(({ kind }) => kind).sort()).toEqual(libraries().flatMap(() => ['CronJob', 'Deployment', 'Role', 'RoleBinding', 'ServiceAccount', 'ServiceAccount']).sort());

    const { code, out } = project.run('symbolon/lib/cli/bin.js', ['synth', 'main.ts', '--json', '--out', 'proved']);
    expect({ code, out: code === 0 ? '' : out }).toEqual({ code: 0, out: '' });
    const { verdicts } = JSON.parse(out) as { verdicts: readonly { admitted: boolean }[] };
    expect(verdicts.filter(({ admitted }) => admitted)).toHaveLength(2 * libraries().length);
    count(SUITE, 'verdicts on apps of the template', verdicts.length);

    if (systemIfHad('apiServer') === undefined) return notRun(SUITE, `${title}: applied`, 'there is no API server');
    const cluster = new Cluster();
    try {
      for (const manifest of manifests) {
        const { status, body } = await cluster.apply(manifest);
        if (status >= 300) throw new Error(`${manifest.kind} ${manifest.metadata.name}: ${body.message}`);
      }
    } finally {
      cluster.close();
    }
    count(SUITE, 'manifests of apps of the template applied', manifests.length);
  });

  test('passes the validation plugin of the library, which cdk8s-cli loads by cdk8s.yaml, and fails it where the trust is another', () => {
    const project = of();
    const synth = (properties: object): { readonly code: number | null; readonly out: string } => {
      project.write('cdk8s.yaml', JSON.stringify({ language: 'typescript', app: 'node main.js', validations: [{ package: './node_modules/symbolon', version: versionIn(project), class: 'SymbolonValidation', properties }] }));
      return project.run('cdk8s-cli/bin/cdk8s', ['synth', '--check-upgrade=false']);
    };
    expect(synth({ definition: 'main.ts' })).toMatchObject({ code: 0, out: expect.stringContaining('Validations finished') });
    // What the clouds have is read from files, and a slip is planted in one of them.
    const trust = ['proved/cloud'];
    const clusters = { blue: 'https://oidc.eks.us-west-2.amazonaws.com/id/EXAMPLED539D4633E53DE1B71EXAMPLE' };
    expect(synth({ trust, clusters })).toMatchObject({ code: 0 });
    const [role] = readdirSync(join(project.folder, 'proved/cloud/aws')).filter(file => file.startsWith('checkout')) as [string];
    project.write(`proved/cloud/aws/${role}`, project.read(`proved/cloud/aws/${role}`).replace(':checkout"', ':check-out"'));
    const { code, out } = synth({ trust, clusters });
    expect({ code, out }).toEqual({ code: expect.any(Number), out: expect.stringContaining('verify/refused') });
    expect(code).not.toBe(0);
    count(SUITE, 'runs of cdk8s synth with the validation plugin', 3);
  });

  test('the plugin is what cdk8s-cli takes for one', () => {
    const project = of();
    project.write('plugin.ts', PLUGIN);
    expect(project.run('typescript/bin/tsc', ['--noEmit', '--skipLibCheck', '--strict', '--module', 'node16', '--target', 'ES2022', '--types', 'node', '--pretty', 'false', 'plugin.ts'])).toEqual({ code: 0, out: '' });
  });
});

/** Who writes this has cdk8s-cli, as we have not. */
const PLUGIN = `import type { Validation } from 'cdk8s-cli/plugins';
import { SymbolonValidation } from 'symbolon';

export const plugin: Validation = new SymbolonValidation({ definition: 'identities.ts', undecided: 'pass' });
`;

function versionIn(project: Project): string {
  return (JSON.parse(project.read('node_modules/symbolon/package.json')) as { version: string }).version;
}

function dependenciesIn(json: string): { readonly [name: string]: string } {
  const { dependencies, devDependencies } = JSON.parse(json) as Packages;
  return { ...dependencies, ...devDependencies };
}

const fileOf = (library: string): string => library.replace('cdk8s-plus', 'shop');

/** The template's main.ts with a chart for every library. */
function mainOf(template: string, libraries: readonly string[]): string {
  const imports = libraries.map((library, i) => `import { Shop as Shop${i} } from './${fileOf(library)}';\n`).join('');
  const [before, after] = template.split(/^app\.synth\(\);$/m) as [string, string];
  return `${imports}${before.replace('const app', 'export const app')}${libraries.map((library, i) => `new Shop${i}(app, '${fileOf(library)}');\n`).join('')}app.synth();${after}`;
}

function manifestsIn({ folder }: Project): readonly KubernetesObject[] {
  const dist = join(folder, 'dist');
  return readdirSync(dist).sort().flatMap(file => loadAll(readFileSync(join(dist, file), 'utf8')) as KubernetesObject[]);
}
