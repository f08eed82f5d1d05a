import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, linkSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, readlinkSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { programIn, type ConsumerName } from '../../../parts/consumers';
import { system } from '../../support/systems';

/** Whoever uses the library: on which Node.js, and with which packages beside it. */
export interface Consumer {
  readonly node: ConsumerName;
  readonly packages: ConsumerName;
}

export interface Ran {
  readonly code: number | null;
  readonly out: string;
}

const PROGRAMS = join(__dirname, '../programs');

/** Why a consumer cannot be had here; undefined for one who is there. */
export function missing({ node, packages }: Consumer): string | undefined {
  const facts = system('consumers');
  return facts.missing[node] ?? facts.missing[packages];
}

/** A project of a user: its packages are those of the cache, which it cannot change, and all else is its own. */
export class Project {
  readonly folder: string;
  private readonly home: string;
  private readonly packages: string;
  private readonly node: string;

  constructor(consumer: Consumer) {
    const { folders, scratch } = system('consumers');
    this.packages = folders[consumer.packages] as string;
    this.node = programIn(consumer.node, folders[consumer.node] as string);
    this.home = mkdtempSync(join(scratch, 'project-'));
    this.folder = join(this.home, 'app');
    mkdirSync(this.folder);
    link(join(this.packages, 'node_modules'), join(this.home, 'node_modules'));
    // npm writes this one in place, and the cache must stay as it is.
    rmSync(join(this.home, 'node_modules/.package-lock.json'));
  }

  remove(): void {
    rmSync(this.home, { recursive: true });
  }

  read(file: string): string {
    return readFileSync(join(this.folder, file), 'utf8');
  }

  write(file: string, text: string): void {
    writeFileSync(join(this.folder, file), text);
  }

  /** Takes over a file of ours. */
  add(program: string, as = program.split('/').at(-1) as string, edit = (text: string): string => text): void {
    this.write(as, edit(readFileSync(join(PROGRAMS, program), 'utf8')));
  }

  /** What the consumer has chosen, by name. */
  get pinned(): Packages {
    return JSON.parse(readFileSync(join(this.packages, 'package.json'), 'utf8')) as Packages;
  }

  /** Installs the library as a user does, except that nothing else may be fetched or changed for it. */
  install(): void {
    const own = existsSync(join(this.folder, 'package.json')) ? JSON.parse(this.read('package.json')) as Packages : {};
    this.write('package.json', JSON.stringify({ private: true, ...own, ...this.pinned }));
    copyFileSync(join(this.packages, 'package-lock.json'), join(this.folder, 'package-lock.json'));
    renameSync(join(this.home, 'node_modules'), join(this.folder, 'node_modules'));
    const before = this.versions();
    const { status, stderr } = spawnSync('npm', ['install', '--offline', '--strict-peer-deps', '--ignore-scripts', '--no-audit', '--no-fund', system('consumers').tarball], {
      cwd: this.folder, encoding: 'utf8', env: environment(),
    });
    if (status !== 0) throw new Error(`npm install: ${stderr}`);
    if (JSON.stringify(this.versions()) !== JSON.stringify(before)) throw new Error('npm changed the packages that the library is to be run with');
  }

  /** Runs a program of a package on the consumer's Node.js; `at` says from where, when that is not the project. */
  run(program: string, args: readonly string[]): Ran {
    const modules = [this.folder, this.home].map(each => join(each, 'node_modules')).find(existsSync) as string;
    const { status, stdout, stderr } = spawnSync(this.node, [join(modules, program), ...args], {
      cwd: this.folder, encoding: 'utf8', env: environment(dirname(this.node)), maxBuffer: 64 * 1024 * 1024,
    });
    return { code: status, out: `${stdout}${stderr}` };
  }

  /** Of everything that the consumer has chosen: what is installed. */
  private versions(): readonly string[] {
    const { dependencies = {}, devDependencies = {} } = this.pinned;
    return Object.keys({ ...dependencies, ...devDependencies }).map(name => (JSON.parse(this.read(`node_modules/${name}/package.json`)) as { version: string }).version);
  }
}

export interface Packages {
  readonly dependencies?: { readonly [name: string]: string };
  readonly devDependencies?: { readonly [name: string]: string };
}

/** Nothing of ours: neither jest's variables nor those of npm that runs us. */
export function environment(first?: string): NodeJS.ProcessEnv {
  const { PATH = '', HOME, TMPDIR } = process.env;
  return { PATH: first === undefined ? PATH : `${first}${delimiter}${PATH}`, HOME, TMPDIR, NO_COLOR: '1', npm_config_offline: 'true', npm_config_update_notifier: 'false' };
}

/** A tree of the same files, which takes no room; copies where the file system is another one. */
export function link(from: string, to: string): void {
  mkdirSync(to);
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    const [source, target] = [join(from, entry.name), join(to, entry.name)];
    if (entry.isDirectory()) link(source, target);
    else if (entry.isSymbolicLink()) symlinkSync(readlinkSync(source), target);
    else linkOrCopy(source, target);
  }
}

function linkOrCopy(from: string, to: string): void {
  try {
    linkSync(from, to);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EXDEV') throw error;
    copyFileSync(from, to);
  }
}
