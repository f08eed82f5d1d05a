import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import type { Io } from '../../src/cli/io';
import { main } from '../../src/cli/main';

/** What a run gave back. */
export interface Run {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

const ROOT = join(__dirname, '../..');
const made: string[] = [];

afterAll(() => {
  for (const dir of made) rmSync(dir, { recursive: true, force: true });
});

/** A folder with files, to run the command line in. It lies in the project, so that its modules find the packages. */
export function workspace(files: { readonly [path: string]: string | Uint8Array } = {}): Workspace {
  mkdirSync(join(ROOT, '.cache'), { recursive: true });
  const dir = mkdtempSync(join(ROOT, '.cache', 'cli-test-'));
  made.push(dir);
  const space = new Workspace(dir);
  for (const [path, content] of Object.entries(files)) space.write(path, content);
  return space;
}

export class Workspace {
  constructor(readonly dir: string) {}

  write(path: string, content: string | Uint8Array): void {
    mkdirSync(dirname(join(this.dir, path)), { recursive: true });
    writeFileSync(join(this.dir, path), content);
  }

  read(path: string): string {
    return readFileSync(join(this.dir, path), 'utf8');
  }

  has(path: string): boolean {
    return existsSync(join(this.dir, path));
  }

  /** Every file under a folder, with its text. */
  tree(folder = '.'): { readonly [path: string]: string } {
    const at = join(this.dir, folder);
    if (!existsSync(at)) return {};
    const files = readdirSync(at, { recursive: true, withFileTypes: true }).filter(entry => entry.isFile()).map(entry => join(entry.parentPath, entry.name));
    return Object.fromEntries(files.sort().map(file => [relative(at, file), readFileSync(file, 'utf8')]));
  }

  async run(args: readonly string[], io: Partial<Io> = {}): Promise<Run> {
    let out = '';
    let err = '';
    const code = await main(args, {
      stdout: { write: text => { out += text; } },
      stderr: { write: text => { err += text; } },
      isTTY: false,
      env: {},
      cwd: this.dir,
      ...io,
    });
    return { code, out, err };
  }
}

/** A definition file that holds: one identity that AWS and an API of one's own trust. */
export const GOOD_YAML = `
version: 1
clusters:
  - name: prod-blue
    issuer: https://oidc.eks.us-west-2.amazonaws.com/id/EXAMPLED539D4633E53DE1B71EXAMPLE
    eks: { accountId: "111122223333", region: us-west-2, clusterName: prod-blue }
identities:
  - name: checkout
    namespace: shop
    clusters: [prod-blue]
    trustedBy:
      aws: { roleName: checkout }
    tokens:
      payments: { audience: "https://payments.example.com", expirationSeconds: 900 }
`;
