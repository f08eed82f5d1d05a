import { JsonFile, TextFile, javascript, typescript } from 'projen';

/** The doors of the package: each is one entry of `exports` and of `typesVersions`. */
const DOORS = ['cdk8s', 'pulumi', 'policy', 'testing'];

const project = new typescript.TypeScriptProject({
  name: 'symbolon',
  description: 'Kubernetes workload identity: both halves, the manifests and the cloud trust, from one typed definition, with a proof that they fit.',
  license: 'Apache-2.0',
  copyrightOwner: 'The Symbolon Authors',
  authorName: 'The Symbolon Authors',
  keywords: ['kubernetes', 'workload-identity', 'serviceaccount', 'oidc', 'irsa', 'federation', 'cdk8s', 'pulumi', 'aks', 'eks', 'gke'],
  repository: 'https://github.com/symbolon/symbolon.git',
  defaultReleaseBranch: 'main',
  packageManager: javascript.NodePackageManager.NPM,
  projenrcTs: true,
  minNodeVersion: '20.0.0',

  // What ships needs two libraries, and only the command line loads them (docs/decisions/0003).
  deps: ['jiti@^2.7.0', 'js-yaml@^4.3.2'],
  peerDeps: [
    'cdk8s@^2.70.0',
    'constructs@^10.4.0',
    '@pulumi/pulumi@^3.142.0',
    '@pulumi/kubernetes@^4.18.0',
    '@pulumi/aws@^7.2.0',
    '@pulumi/azure-native@^3.2.0',
    '@pulumi/gcp@^9.0.0',
    '@pulumi/azuread@^6.8.0',
    '@pulumi/alicloud@^3.92.0',
    '@pulumi/vault@^7.8.0',
    '@pulumi/policy@^1.13.0',
  ],
  peerDependencyOptions: { pinnedDevDependency: false },
  devDeps: [
    'cdk8s@^2.70.106',
    'constructs@^10.8.1',
    'cdk8s-plus-28@^2.5.6',
    'cdk8s-plus-34@^2.0.54',
    '@pulumi/pulumi@3.248.0',
    '@pulumi/kubernetes@^4.34.2',
    '@pulumi/aws@^7.48.0',
    '@pulumi/azure-native@^3.28.0',
    '@pulumi/gcp@^9.37.0',
    '@pulumi/azuread@^6.9.1',
    '@pulumi/alicloud@^3.108.0',
    '@pulumi/vault@^7.8.0',
    '@pulumi/policy@^1.21.0',
    'typescript@~5.9.3',
    '@types/node@^20',
    '@types/js-yaml@^4.0.9',
    'jest@^30.5.2',
    '@types/jest@^30.0.0',
    '@swc/core@1.16.18',
    '@swc/jest@^0.2.39',
    'fast-check@^4.10.2',
    'ajv@^8.20.0',
    'yaml@^2.8.0',
    'ts-json-schema-generator@2.4.0',
    'typedoc@^0.28.20',
    'typedoc-plugin-markdown@^4.14.1',
    '@arethetypeswrong/cli@^0.18.5',
    'publint@^0.3.25',
    'ts-node@^10.9.2',
    // The conformance suites: certificates for the systems that they start, and signatures checked by somebody else.
    '@peculiar/x509@^2.2.0',
    'reflect-metadata@^0.2.2',
    'jose@^5.10.0',
    // The second opinion on manifests: Kubernetes' own OpenAPI schema, as types that validate.
    'kubernetes-models@4.5.0',
    // Expressions of alerts are parsed by Prometheus' own grammar; the gRPC example is run.
    '@prometheus-io/lezer-promql@^0.315.0',
    '@lezer/lr@^1',
    '@lezer/highlight@^1',
    '@grpc/grpc-js@^1.14.0',
  ],

  // Jest, docs and linting are set up below, so that each does one thing.
  jest: false,
  docgen: false,
  sampleCode: false,
  github: false,
  release: false,
  depsUpgrade: false,
  buildWorkflow: false,
  npmignoreEnabled: false,
  package: true,
  eslint: true,
  eslintOptions: { projectService: false, tsconfigPath: './tsconfig.dev.json', dirs: ['src'], devdirs: ['test', 'examples', 'bench', 'conformance', 'scripts', '.projenrc.ts'], ignorePatterns: ['*.js', '*.mjs', '*.d.ts', 'node_modules/', 'lib/', 'dist/', 'coverage/', '*.generated.ts'] },
  tsconfig: {
    compilerOptions: {
      target: 'ES2022',
      lib: ['ES2022'],
      module: 'CommonJS',
      moduleResolution: javascript.TypeScriptModuleResolution.NODE,
      declaration: true,
      inlineSourceMap: false,
      inlineSources: false,
      strict: true,
      exactOptionalPropertyTypes: true,
      noUncheckedIndexedAccess: true,
      noImplicitOverride: true,
      noPropertyAccessFromIndexSignature: false,
      skipLibCheck: true,
      types: ['node'],
    },
  },
  tsconfigDevFile: 'tsconfig.dev.json',
  tsconfigDev: {
    exclude: ['lib', 'dist', '.cache'],
    include: ['.projenrc.ts', 'examples/**/*.ts', 'bench/**/*.ts', 'conformance/**/*.ts', 'scripts/**/*.ts'],
    compilerOptions: {
      target: 'ES2022',
      lib: ['ES2022'],
      types: ['node', 'jest'],
      baseUrl: '.',
      paths: {
        'symbolon': ['./src/index.ts'],
        'symbolon/*': ['./src/*'],
      },
    },
  },
  gitignore: ['/dist/', '/.cache/', '*.tgz', '.DS_Store', '__pycache__/'],
});

// ---------------------------------------------------------------- the package
const entry = (path: string) => ({ types: `./lib/${path}.d.ts`, default: `./lib/${path}.js` });
project.addFields({
  main: 'lib/index.js',
  types: 'lib/index.d.ts',
  exports: {
    '.': entry('index'),
    ...Object.fromEntries(DOORS.map(door => [`./${door}`, entry(`${door}/index`)])),
    './schema.json': './schema/symbolon.schema.json',
    './package.json': './package.json',
  },
  typesVersions: { '*': Object.fromEntries(DOORS.map(door => [door, [`./lib/${door}/index.d.ts`]])) },
  bin: { symbolon: 'lib/cli/bin.js' },
  files: ['lib', 'schema', 'CHANGELOG.md'],
  peerDependenciesMeta: Object.fromEntries(
    ['cdk8s', 'constructs', '@pulumi/pulumi', '@pulumi/kubernetes', '@pulumi/aws', '@pulumi/azure-native', '@pulumi/gcp', '@pulumi/azuread', '@pulumi/alicloud', '@pulumi/vault', '@pulumi/policy'].map(name => [name, { optional: true }]),
  ),
  // Newer builds publish fewer platform bindings than they list, and `npm ci` refuses the lock.
  overrides: { 'unrs-resolver': '1.12.2' },
  sideEffects: false,
});

// ---------------------------------------------------------------- tests
const jest = {
  testEnvironment: 'node',
  transform: { '^.+\\.ts$': ['@swc/jest', { jsc: { parser: { syntax: 'typescript' }, target: 'es2022' }, module: { type: 'commonjs' } }] },
  moduleNameMapper: {
    '^symbolon$': '<rootDir>/src/index.ts',
    '^symbolon/(.+)$': '<rootDir>/src/$1/index.ts',
  },
  setupFilesAfterEnv: ['<rootDir>/test/setup.ts'],
};
new JsonFile(project, 'jest.config.json', {
  marker: false,
  obj: {
    ...jest,
    roots: ['<rootDir>/test'],
    testMatch: ['**/*.test.ts'],
    // The definitions of the examples are loaded by the command line, which reads the built package.
    modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/.cache/'],
    collectCoverageFrom: ['src/**/*.ts', '!src/**/*.generated.ts'],
  },
});
new JsonFile(project, 'conformance/jest.config.json', {
  marker: false,
  obj: {
    ...jest,
    rootDir: '..',
    roots: ['<rootDir>/conformance'],
    testMatch: ['**/*.conformance.ts'],
    modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/.cache/'],
    // Real systems take their time, and one after the other has them to itself.
    testTimeout: 120_000,
    maxWorkers: 1,
  },
});

// ---------------------------------------------------------------- tasks
project.addTask('generate', { description: 'JSON Schema and structure validators from the input types', exec: 'ts-node --transpile-only -P tsconfig.dev.json scripts/generate-structure.ts' });
project.addTask('api', { description: 'API.md from the docstrings of every entry', exec: 'ts-node --transpile-only -P tsconfig.dev.json scripts/write-api.ts' });
project.addTask('docs', { description: 'What is made in the pages: code from its files, tables from what the library knows', exec: 'ts-node --transpile-only -P tsconfig.dev.json scripts/write-docs.ts' });
project.compileTask.reset('tsc -p tsconfig.json');
// What ships is what is tested: code without comments, declarations with them.
project.compileTask.exec('ts-node --transpile-only -P tsconfig.dev.json scripts/slim.ts');
const compiled = { spawn: project.compileTask.name };
project.testTask.reset();
project.testTask.spawn(project.compileTask);
project.testTask.exec('jest --ci', { receiveArgs: true });
const synth = project.addTask('synth', { description: 'The main job, on the AKS, EKS and GKE example' });
synth.spawn(project.compileTask);
synth.exec('node lib/cli/bin.js synth examples/three-clouds/app.ts', { receiveArgs: true });
project.addTask('typecheck', { description: 'Tests, examples and scripts against the public types', exec: 'tsc -p tsconfig.dev.json --noEmit' });
project.addTask('bench', { description: 'What Symbolon costs, against named baselines', steps: [compiled, { exec: 'ts-node --transpile-only -P tsconfig.dev.json bench/main.ts', receiveArgs: true }] });
project.addTask('conformance', { description: 'Everything that is claimed about real systems, asked of the real systems', steps: [compiled, { exec: 'ts-node --transpile-only -P tsconfig.dev.json conformance/main.ts', receiveArgs: true }] });
project.addTask('browser', { description: 'The trust map in a real browser, by keys, by axe and by Mermaid itself', exec: 'ts-node --transpile-only -P tsconfig.dev.json scripts/browser/main.ts', receiveArgs: true });
project.addTask('mutation', { description: 'Whether a test fails when a rule of the proof, or of a trust, is another (Stryker)', exec: 'ts-node --transpile-only -P tsconfig.dev.json scripts/mutation/main.ts', receiveArgs: true });
project.addTask('site', { description: 'The pages as a site with a search, in .cache/site; --check opens it in a real browser', exec: 'ts-node --transpile-only -P tsconfig.dev.json scripts/site/main.ts', receiveArgs: true });
project.addTask('lint', { description: 'Style, and the walls between the rooms; changes nothing', env: { ESLINT_USE_FLAT_CONFIG: 'false', NODE_NO_WARNINGS: '1' }, exec: 'eslint --ext .ts --max-warnings 0 --no-error-on-unmatched-pattern src test examples bench conformance scripts .projenrc.ts' });
project.addTask('drift', { description: 'Fails when a generated file is not what its source gives', exec: 'ts-node --transpile-only -P tsconfig.dev.json scripts/check-drift.ts' });
project.addTask('package-check', { description: 'publint, attw and a consumer compiled against the packed tarball', exec: 'ts-node --transpile-only -P tsconfig.dev.json scripts/check-package.ts' });
const release = project.addTask('release-check', { description: 'What a release is, in dist/release: the tarball, its bill of materials, its notes; nothing is published' });
release.spawn(project.compileTask);
release.exec('ts-node --transpile-only -P tsconfig.dev.json scripts/check-release.ts');
project.packageTask.reset('npm pack --pack-destination dist');

// ---------------------------------------------------------------- lint: style, and the walls between the rooms
const rules = project.eslint!;
rules.addRules({
  '@stylistic/max-len': ['error', { code: 160, ignoreUrls: true, ignoreStrings: true, ignoreTemplateLiterals: true, ignoreRegExpLiterals: true, ignoreComments: true }],
  '@typescript-eslint/member-ordering': 'off',
  '@typescript-eslint/no-explicit-any': 'error',
  '@typescript-eslint/consistent-type-imports': ['error', { prefer: 'type-imports', disallowTypeAnnotations: false }],
  'import/no-cycle': 'error',
  'max-lines': ['error', { max: 300, skipBlankLines: true, skipComments: true }],
});
const room = (target: string, ...from: string[]) => ({ target: `./src/${target}`, from: from.map(f => `./src/${f}`) });
const doors = ['cdk8s', 'pulumi', 'policy', 'testing', 'cli'];
const providers = ['alibaba', 'aws', 'azure', 'gcp', 'jwt', 'vault'];
rules.addRules({
  'import/no-restricted-paths': ['error', {
    zones: [
      room('issuer', 'kubernetes', 'platforms', 'providers', 'identity', 'proof', 'evidence', 'audit', 'graph', 'facts', ...doors),
      room('core', 'issuer', 'kubernetes', 'platforms', 'providers', 'identity', 'proof', 'evidence', 'audit', 'graph', 'facts', ...doors),
      room('kubernetes', 'platforms', 'providers', 'identity', 'proof', 'evidence', 'audit', 'graph', 'facts', ...doors),
      room('platforms', 'providers', 'identity', 'proof', 'evidence', 'audit', 'graph', 'facts', ...doors),
      room('providers', 'identity', 'proof', 'evidence', 'audit', 'graph', 'facts', 'cdk8s', 'policy', 'testing', 'cli'),
      ...providers.map(p => room(`providers/${p}`, ...providers.filter(other => other !== p).map(other => `providers/${other}`), 'providers/index.ts')),
      room('identity', 'proof', 'evidence', 'audit', 'graph', 'facts', ...doors),
      // The proof shares nothing with the generator: neither its rules nor its builders.
      room('proof', 'platforms', 'providers', 'identity', 'evidence', 'audit', 'graph', 'facts', ...doors),
      // So do those who read what other tools made: they feed the proof.
      room('evidence', 'platforms', 'providers', 'identity', 'audit', 'graph', 'facts', ...doors),
      // And those who judge manifests alone, by rules of their own.
      room('audit', 'platforms', 'providers', 'identity', 'evidence', 'graph', 'facts', ...doors),
      // The map draws what they found.
      room('graph', 'platforms', 'providers', 'identity', 'audit', 'facts', ...doors),
      // What vendors' tools say becomes what definitions say: the generator's own reading, beside that of the evidence.
      room('facts', 'providers', 'proof', 'evidence', 'audit', 'graph', 'issuer', ...doors),
      room('cdk8s', 'pulumi', 'policy', 'facts', 'cli', 'testing'),
      room('pulumi', 'cdk8s', 'policy', 'facts', 'cli', 'testing'),
      room('policy', 'providers', 'cdk8s', 'pulumi', 'cli', 'testing', 'graph', 'facts'),
      room('testing', 'cdk8s', 'pulumi', 'policy', 'facts', 'cli'),
      room('cli', 'cdk8s', 'pulumi', 'policy'),
    ],
  }],
});

new TextFile(project, '.nvmrc', { lines: ['20', ''] });

project.synth();
