// Lets a child process run programs and sources as they are, in TypeScript, under the names that jest gives them.
const { readFileSync } = require('node:fs');
const Module = require('node:module');
const path = require('node:path');
const { transformSync } = require('@swc/core');

const src = path.resolve(__dirname, '../../../src');

require.extensions['.ts'] = (module, filename) => {
  const { code } = transformSync(readFileSync(filename, 'utf8'), {
    filename, swcrc: false, sourceMaps: 'inline', jsc: { parser: { syntax: 'typescript' }, target: 'es2022' }, module: { type: 'commonjs' },
  });
  module._compile(code, filename);
};

const resolve = Module._resolveFilename;
Module._resolveFilename = (request, ...rest) => {
  const [, door] = /^symbolon(?:\/(.+))?$/.exec(request) ?? [];
  return resolve(/^symbolon(\/|$)/.test(request) ? path.join(src, door ?? '', 'index.ts') : request, ...rest);
};
