/** What the run needs and nobody else: packages from a lock file of ours, in the cache; and a browser that is on this machine. */
import { execFileSync } from 'node:child_process';
import { cpSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { cached } from '../../conformance/parts/cache';
import { commandOutput } from '../../conformance/parts/command';
import { fingerprintOf } from '../../conformance/parts/fingerprint';

const HOME = join(__dirname, 'parts');

/** As much of Playwright as is used here: its own types come with it, and it is no dependency. https://playwright.dev/docs/api/class-page */
export interface Page {
  goto(url: string): Promise<unknown>;
  addScriptTag(script: { readonly content: string }): Promise<unknown>;
  evaluate<T>(script: string): Promise<T>;
  emulateMedia(media: { readonly colorScheme?: 'light' | 'dark'; readonly reducedMotion?: 'reduce' }): Promise<void>;
  setViewportSize(size: { readonly width: number; readonly height: number }): Promise<void>;
  screenshot(options: { readonly path: string }): Promise<unknown>;
  fill(selector: string, text: string): Promise<void>;
  keyboard: { press(key: string): Promise<void>; type(text: string): Promise<void> };
  on(event: 'request', listener: (request: { url(): string }) => void): void;
  on(event: 'console', listener: (message: { type(): string; text(): string }) => void): void;
  on(event: 'pageerror', listener: (error: Error) => void): void;
  close(): Promise<void>;
}

export interface Browser {
  newPage(options?: { readonly javaScriptEnabled?: boolean }): Promise<Page>;
  version(): string;
  close(): Promise<void>;
}

interface Playwright {
  readonly chromium: { launch(options: { readonly executablePath: string; readonly args: readonly string[] }): Promise<Browser> };
}

/** Everything in its place. */
export interface Parts {
  readonly browser: Browser;
  /** Scripts that are run in pages, as text. */
  readonly axe: string;
  readonly mermaid: string;
}

const ARGUMENTS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];

/** @throws Error with what to install, where something cannot be had */
export async function partsOf(): Promise<Parts> {
  const folder = await cached(`npm/browser-${fingerprintOf(HOME)}`, async making => {
    process.stderr.write('installing playwright-core, axe-core and mermaid (once)\n');
    cpSync(HOME, making, { recursive: true });
    await commandOutput('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], { cwd: making });
  });
  const modules = join(folder, 'node_modules');
  const { chromium } = await import(join(modules, 'playwright-core')) as Playwright;
  return {
    browser: await chromium.launch({ executablePath: chromiumHere(), args: ARGUMENTS }),
    axe: readFileSync(join(modules, 'axe-core/axe.min.js'), 'utf8'),
    mermaid: readFileSync(join(modules, 'mermaid/dist/mermaid.min.js'), 'utf8'),
  };
}

function chromiumHere(): string {
  if (process.env.CHROMIUM !== undefined) return process.env.CHROMIUM;
  for (const name of ['chromium', 'chromium-browser', 'google-chrome']) {
    try {
      return execFileSync('which', [name], { encoding: 'utf8' }).trim();
    } catch {
      // The next one may be there.
    }
  }
  throw new Error('there is no Chromium: install one (on Debian: apt-get install chromium), or say where it is by CHROMIUM=/path');
}
