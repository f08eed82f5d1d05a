import { join } from 'node:path';
import ts from 'typescript';

/** The sources as a compiler sees them, without the packages that they import: those are large, and make no findings. */
export function programOf(root: string): ts.Program {
  const read = (path: string): string | undefined => ts.sys.readFile(path);
  const { fileNames, options } = ts.parseJsonConfigFileContent(ts.readConfigFile(join(root, 'tsconfig.json'), read).config, ts.sys, root);
  const settings: ts.CompilerOptions = { ...options, noEmit: true, types: [] };
  const host = ts.createCompilerHost(settings);
  host.resolveModuleNameLiterals = (names, from) => names.map(({ text }) => (text.startsWith('.') ? ts.resolveModuleName(text, from, settings, host) : { resolvedModule: undefined }));
  return ts.createProgram(fileNames.filter(file => !file.includes('.generated.')), settings, host);
}
