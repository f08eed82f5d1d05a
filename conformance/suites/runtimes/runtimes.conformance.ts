/** Every entry at work, not only loaded: by each runtime, and in both module systems. */
import { RuntimeProject, type Runtime } from './support/project';
import { MODULE_SYSTEMS, PROGRAMS, type Program } from '../../../scripts/package/programs';
import type { ConsumerName } from '../../parts/consumers';
import { count, testUnless } from '../support/report';
import { system } from '../support/systems';

const SUITE = 'runtimes';
const RUNTIMES: readonly (readonly [name: string, runtime: Runtime])[] = [
  ['Node.js 20.0', { part: 'node-20.0' }],
  ['Node.js 20', { part: 'node-20' }],
  ['Node.js 22', { part: 'node-22' }],
  ['Node.js 24', { part: 'node-lts' }],
  ['Bun', { part: 'bun' }],
  ['Deno', { part: 'deno', args: ['run', '--allow-all', '--node-modules-dir=manual', '--no-lock'] }],
];

/** What each program needs beside the library. */
const PACKAGES: { readonly [program in Program]: ConsumerName } = { library: 'cdk8s-newest', cdk8s: 'cdk8s-newest', pulumi: 'pulumi-node-20' };

const DEFINITION = `
version: 1
clusters:
  - { name: blue, issuer: "https://oidc.example.com" }
identities:
  - name: checkout
    namespace: shop
    clusters: [blue]
    trustedBy: { aws: { accountId: "111122223333" } }
`;

describe.each(RUNTIMES)('%s', (name, runtime) => {
  const { missing } = system('consumers');

  for (const program of Object.keys(PROGRAMS) as Program[]) {
    for (const modules of MODULE_SYSTEMS) {
      testUnless(missing[runtime.part] ?? missing[PACKAGES[program]], SUITE, `${name}: ${program}, ${modules}`, () => {
        const project = new RuntimeProject(PACKAGES[program]);
        try {
          expect(project.printed(program, modules, runtime)).toEqual(PROGRAMS[program]);
        } finally {
          project.remove();
        }
        count(SUITE, 'programs run', 1);
      });
    }
  }

  testUnless(missing[runtime.part] ?? missing['cdk8s-newest'], SUITE, `${name}: the command line`, () => {
    const project = new RuntimeProject('cdk8s-newest');
    try {
      project.write('identity.yaml', DEFINITION);
      project.write('identity.ts', 'import { defineCluster, defineWorkloadIdentity } from \'symbolon\';\nconst blue = defineCluster({ name: \'blue\', issuer: \'https://oidc.example.com\' });\nexport const checkout = defineWorkloadIdentity({ name: \'checkout\', namespace: \'shop\', clusters: [blue], trustedBy: { aws: { accountId: \'111122223333\' } } });\n');
      for (const file of ['identity.yaml', 'identity.ts']) {
        const { code, out } = project.run(runtime, ['node_modules/symbolon/lib/cli/bin.js', 'synth', file, '--json']);
        expect({ file, code, out: code === 0 ? '' : out }).toEqual({ file, code: 0, out: '' });
        expect((JSON.parse(out) as { verdicts: readonly { admitted: boolean }[] }).verdicts).toMatchObject([{ admitted: true }]);
      }
    } finally {
      project.remove();
    }
  });
});
