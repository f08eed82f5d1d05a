import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ModuleKind, ScriptTarget, transpileModule } from 'typescript';
import { BUILT } from './paths';

/** Writes the workers and what they share as plain JavaScript: what is measured runs in plain node. */
export function buildWorkers(): void {
  for (const file of readdirSync(__dirname, { recursive: true, encoding: 'utf8' })) {
    if (!file.endsWith('.ts')) continue;
    const target = join(BUILT, file.replace(/\.ts$/, '.js'));
    mkdirSync(dirname(target), { recursive: true });
    const { outputText } = transpileModule(readFileSync(join(__dirname, file), 'utf8'), { compilerOptions: { module: ModuleKind.CommonJS, target: ScriptTarget.ES2022, esModuleInterop: true } });
    writeFileSync(target, outputText);
  }
}
