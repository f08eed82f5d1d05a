import { dirname, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readText, type UserFile } from './text';
import { InputError, isSymbolonError } from '../../core/errors';
import { show } from '../../core/issues';

/**
 * What a module of the user's exports: TypeScript or JavaScript, CommonJS or ESM.
 *
 * @throws InputError when it does not parse, throws, or imports what is not there; errors of Symbolon, such as that of an
 *   invalid definition, as they are
 */
export async function loadModule(file: UserFile, cwd: string): Promise<unknown> {
  readText(file);
  const { createJiti } = await import('jiti');
  try {
    return await createJiti(file.path, { interopDefault: false, fsCache: false }).import(file.path);
  } catch (error) {
    throw translate(error, file, cwd, 'it threw while it was loaded');
  }
}

/** What the user's code threw, as an error about their file. */
export function translate(error: unknown, { path, shown }: UserFile, cwd: string, what: string): unknown {
  const line = isError(error) ? placeOf(error, cwd) : undefined;
  if (isSymbolonError(error)) {
    if (line !== undefined) error.message = `${error.message}\n  at ${line}`;
    return error;
  }
  if (!isError(error)) return new InputError(`${shown}: ${what}: ${show(error)}`, { cause: error });
  const parse = /^ParseError: ([^\n]*?)\s*\n\s*(.*):(\d+):(\d+)$/.exec(error.message);
  if (parse !== null) return new InputError(`${relative(cwd, parse[2] ?? path)}:${parse[3]}:${parse[4]}: it does not parse: ${parse[1]}`, { cause: error });
  const place = line ?? shown;
  if (error.name === 'SyntaxError') return new InputError(`${place}: it does not parse: ${error.message}`, { cause: error });
  const missing = /^Cannot find (?:module|package) '([^']+)'/.exec(error.message)?.[1];
  if (missing !== undefined) {
    const fix = /^(?:[./]|[A-Za-z]:[\\/])/.test(missing) ? 'correct the path' : `run: npm install ${missing.split('/').slice(0, missing.startsWith('@') ? 2 : 1).join('/')}`;
    const importer = /^Require stack:\n- (.*)$/m.exec(error.message)?.[1];
    return new InputError(`${importer === undefined ? place : relative(cwd, importer)}: it imports ${show(missing)}, which is not there; ${fix}`, { cause: error });
  }
  return new InputError(`${place}: ${what}: ${error.message}`, { cause: error });
}

/** The line of the user's own code that an error comes from: `identity.ts:12`. */
function placeOf(error: { readonly stack?: string }, cwd: string): string | undefined {
  const own = dirname(dirname(__dirname)) + sep;
  for (const [, url, line] of (error.stack ?? '').matchAll(/(?<=[\s(])((?:file:\/\/|\/|[A-Za-z]:\\)[^\n()]*?):(\d+)(?::\d+)?\)?$/gm)) {
    const path = url?.startsWith('file://') === true ? fileURLToPath(url) : url ?? '';
    if (path.startsWith(own) || path.split(sep).includes('node_modules')) continue;
    return `${relative(cwd, path)}:${line}`;
  }
  return undefined;
}

/** Modules run in a realm of their own under some runners, so that `instanceof` would not do. */
function isError(error: unknown): error is Error {
  return typeof error === 'object' && error !== null && typeof (error as Error).message === 'string';
}
