import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { programText, type ModuleSystem, type Program } from '../../../../scripts/package/programs';
import { programIn, type ConsumerName } from '../../../parts/consumers';
import { environment, type Ran } from '../../consumers/support/project';
import { system } from '../../support/systems';

/** What runs a program, and the arguments that it wants first. */
export interface Runtime {
  readonly part: ConsumerName;
  readonly args?: readonly string[];
}

/** A folder with the packed library in it, and beside it packages of the cache. */
export class RuntimeProject {
  readonly folder: string;

  constructor(packages: ConsumerName) {
    const { folders, scratch, tarball } = system('consumers');
    this.folder = mkdtempSync(join(scratch, 'runtime-'));
    const own = join(this.folder, 'node_modules/symbolon');
    mkdirSync(own, { recursive: true });
    mustRun('tar', ['-xzf', tarball, '--strip-components=1', '-C', own], this.folder);
    linkPackages(join(folders[packages] as string, 'node_modules'), join(this.folder, 'node_modules'));
    this.write('package.json', '{ "private": true }');
  }

  remove(): void {
    rmSync(this.folder, { recursive: true });
  }

  write(file: string, text: string): void {
    mkdirSync(dirname(join(this.folder, file)), { recursive: true });
    writeFileSync(join(this.folder, file), text);
  }

  /** What a program prints, in one of the two module systems. */
  printed(program: Program, modules: ModuleSystem, runtime: Runtime): unknown {
    const file = `${program}.${modules}`;
    this.write(file, programText(program, modules));
    const { code, out } = this.run(runtime, [file]);
    if (code !== 0) throw new Error(`${file} ended with ${code}: ${out}`);
    return JSON.parse(out);
  }

  run({ part, args = [] }: Runtime, more: readonly string[]): Ran {
    return runIn(this.folder, programIn(part, system('consumers').folders[part] as string), [...args, ...more]);
  }
}

/** Stdout of a program that ends well; all that it said, of another. */
export function runIn(folder: string, program: string, args: readonly string[]): Ran {
  const env = { ...environment(dirname(program)), HOME: folder, DENO_NO_UPDATE_CHECK: '1' };
  const { status, stdout, stderr, error } = spawnSync(program, args, { cwd: folder, encoding: 'utf8', env, maxBuffer: 64 * 1024 * 1024 });
  return { code: status, out: status === 0 ? stdout : `${stdout}${stderr}${error?.message ?? ''}` };
}

/** The same for what must end well. */
export function mustRun(program: string, args: readonly string[], folder: string): void {
  const { code, out } = runIn(folder, program, args);
  if (code !== 0) throw new Error(`${program} ${args.join(' ')} ended with ${code}: ${out}`);
}

/** Each package as a link: what it needs itself, it finds where it lies. */
function linkPackages(from: string, to: string): void {
  for (const name of readdirSync(from).filter(each => !each.startsWith('.'))) {
    if (name.startsWith('@')) {
      mkdirSync(join(to, name), { recursive: true });
      for (const inner of readdirSync(join(from, name))) symlinkSync(join(from, name, inner), join(to, name, inner));
    } else {
      symlinkSync(join(from, name), join(to, name));
    }
  }
}
