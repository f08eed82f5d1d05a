/**
 * What `tsc` has put into `lib`, without what no user has from it: comments in code (those in declarations stay: editors
 * show them), layout in generated validators, and declarations that no entry reaches. What is slim already stays as it is.
 */
import { existsSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { minifySync } from '@swc/core';
import ts from 'typescript';
import { reachedFrom } from './package/reached';

const ROOT = join(__dirname, '..');
const LIB = join(ROOT, 'lib');

const printer = ts.createPrinter({ removeComments: true, newLine: ts.NewLineKind.LineFeed });

const HOW: ts.CreateSourceFileOptions = { languageVersion: ts.ScriptTarget.ES2022, jsDocParsingMode: ts.JSDocParsingMode.ParseNone };

const parse = (file: string, text: string): ts.SourceFile => ts.createSourceFile(file, text, HOW, false, ts.ScriptKind.JS);

/** Lines and names stay, so that stack traces and breakpoints stay useful. */
function withoutComments(file: string, text: string): string {
  return byTabs(parse(file, printer.printFile(parse(file, text))));
}

/** One tab in the place of four blanks, except where they are part of a text. */
function byTabs(source: ts.SourceFile): string {
  const texts: ts.TextRange[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isTemplateHead(node) || ts.isTemplateMiddleOrTemplateTail(node) || ts.isNoSubstitutionTemplateLiteral(node)) texts.push(node);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return source.text.replace(/^(?: {4})+/gm, (blanks, at: number) => (texts.some(({ pos, end }) => pos < at && at < end) ? blanks : '\t'.repeat(blanks.length / 4)));
}

/** Nobody reads generated code: its lines may be long, and its own names short. */
function onOneLine(text: string): string {
  return `${minifySync(text, { compress: false, mangle: true }).code}\n`;
}

function slim(file: string): void {
  const before = readFileSync(file, 'utf8');
  const after = file.endsWith('.generated.js') ? onOneLine(before) : withoutComments(file, before);
  if (after !== before) writeFileSync(file, after);
}

const manifest = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { readonly exports: { readonly [entry: string]: string | { readonly types: string } } };
const declarations = Object.values(manifest.exports).flatMap(target => (typeof target === 'string' ? [] : [join(ROOT, target.types)]));
if (!declarations.every(existsSync)) throw new Error('lib is not there, or slim already in part: run tsc -p tsconfig.json first');
const reached = reachedFrom(declarations);
for (const name of readdirSync(LIB, { recursive: true, encoding: 'utf8' })) {
  const file = join(LIB, name);
  if (name.endsWith('.js')) slim(file);
  else if (name.endsWith('.d.ts') && !reached.has(file)) rmSync(file);
}
