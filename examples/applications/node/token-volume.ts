import { mkdtempSync, mkdirSync, readlinkSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

// region: volume
/** A folder that changes as the kubelet changes a projected volume: all at once, by one rename of `..data`. */
export class TokenVolume {
  readonly folder = mkdtempSync(join(tmpdir(), 'token-volume-'));
  readonly file = join(this.folder, 'token');
  private serial = 0;

  constructor(token: string) {
    this.rotate(token);
    symlinkSync('..data/token', this.file);
  }

  /** Writes the new token beside the old one, points `..data` to it, and removes the old one. */
  rotate(token: string): void {
    const [next, link] = [`..${this.serial++}`, join(this.folder, '..data')];
    mkdirSync(join(this.folder, next));
    writeFileSync(join(this.folder, next, 'token'), token);
    const old = this.serial === 1 ? undefined : readlinkSync(link);
    symlinkSync(next, `${link}_tmp`);
    renameSync(`${link}_tmp`, link);
    if (old !== undefined) rmSync(join(this.folder, old), { recursive: true });
  }

  remove(): void {
    rmSync(this.folder, { recursive: true });
  }
}
// endregion
