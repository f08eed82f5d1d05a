import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import ts from 'typescript';
import type { Inputs } from '../../../systems/pulumi-records';

const MODULES = join(__dirname, '../../../../node_modules');

/** Where the SDKs say what a resource of that type takes: `aws:iam/role:Role` takes the `RoleArgs` of `@pulumi/aws/iam`. */
function argumentsOf(type: string): { readonly module: string; readonly name: string } {
  const [pkg = '', path = '', name = ''] = type.split(':');
  // A module for each resource: the whole of it is large.
  if (pkg === 'azuread') return { module: `@pulumi/azuread/${path.split('/')[1] ?? ''}`, name: `${name}Args` };
  const folder = pkg === 'kubernetes' ? path.replace('.authorization.k8s.io', '') : path.split('/')[0] ?? '';
  return { module: `@pulumi/${pkg}/${folder}`, name: `${name}Args` };
}

/** What the compiler says of the inputs, written as object literals of the SDKs' own types. */
export function complaintsAbout(resources: readonly { readonly type: string; readonly inputs: Inputs }[]): readonly string[] {
  const lines = resources.map(({ type, inputs }, i) => {
    const { module, name } = argumentsOf(type);
    return `export const resource${i}: import('${module}').${name} = ${JSON.stringify(inputs)};`;
  });
  const folder = mkdtempSync(join(tmpdir(), 'symbolon-conformance-typed-'));
  try {
    const file = join(folder, 'resources.ts');
    writeFileSync(file, `${lines.join('\n')}\n`);
    const program = ts.createProgram([file], {
      noEmit: true,
      strict: true,
      skipLibCheck: true,
      types: [],
      target: ts.ScriptTarget.ES2022,
      module: ts.ModuleKind.CommonJS,
      moduleResolution: ts.ModuleResolutionKind.Node10,
      baseUrl: folder,
      paths: { '*': [join(MODULES, '*')] },
    });
    return ts.getPreEmitDiagnostics(program).map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
