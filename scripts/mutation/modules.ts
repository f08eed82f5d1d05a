/** TypeScript as jest loads it here, by Node's own `require`: the same compiler, the same settings, the same names of the package. */
import { readFileSync, readdirSync } from 'node:fs';
import Module, { createRequire } from 'node:module';
import { join, relative, sep } from 'node:path';

/** The folder that is run in: Stryker goes to its copy of the project after it has loaded this. */
const here = (): string => process.cwd();

/** Packages, and files by their whole path, from there. */
export function load(name: string): unknown {
  return createRequire(join(here(), 'package.json'))(name);
}

interface Compiler {
  transformSync(source: string, options: object): { readonly code: string };
}

interface Loader {
  _resolveFilename(request: string, ...rest: unknown[]): string;
  readonly _extensions: { [extension: string]: (module: { _compile(code: string, file: string): void }, file: string) => void };
}

/** Once for each process. */
export function loadTypeScript(): void {
  const { transform, moduleNameMapper } = JSON.parse(readFileSync(join(here(), 'jest.config.json'), 'utf8')) as {
    readonly transform: { readonly [pattern: string]: readonly [string, object] };
    readonly moduleNameMapper: { readonly [pattern: string]: string };
  };
  const [, settings = {}] = Object.values(transform)[0] ?? [];
  const names = Object.entries(moduleNameMapper).map(([pattern, path]) => [new RegExp(pattern), path.replace('<rootDir>', here())] as const);
  const { transformSync } = load('@swc/core') as Compiler;
  const loader = Module as unknown as Loader;
  const compiled = new Map<string, string>();
  loader._extensions['.ts'] = (module, file) => {
    const code = compiled.get(file) ?? transformSync(readFileSync(file, 'utf8'), { ...settings, filename: file }).code;
    compiled.set(file, code);
    module._compile(code, file);
  };
  const resolve = loader._resolveFilename.bind(loader);
  loader._resolveFilename = (request, ...rest) => {
    const [pattern, path] = names.find(([each]) => each.test(request)) ?? [];
    return resolve(pattern === undefined ? request : request.replace(pattern, path ?? ''), ...rest);
  };
}

/** As if nothing of ours had been loaded yet. */
export function forgetModules(): void {
  for (const file of Object.keys(require.cache)) {
    if (file.startsWith(here() + sep) && file.endsWith('.ts')) delete require.cache[file];
  }
}

export function requireHere(file: string): void {
  load(join(here(), file));
}

/** Files of a folder, or the file itself, that match. */
export function filesIn(path: string, pattern: RegExp): readonly string[] {
  if (path.endsWith('.ts')) return [path];
  return readdirSync(join(here(), path), { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(entry => relative(here(), join(entry.parentPath, entry.name)))
    .filter(file => pattern.test(file))
    .sort();
}
