// The served VS Code as a person has it: opens a file in it and hands out the page, for tests that look from outside.
// What must not happen in a healthy page is collected: console errors, uncaught errors, violated content policies.
import { mkdirSync } from 'node:fs';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Frame, Page } from 'playwright-core';
import { startBrowser } from '../../scripts/host/browser.mjs';
import { startServer } from '../../scripts/host/server.mjs';
import { artifacts, root } from '../../scripts/lib/paths.mjs';

export interface OpenOptions {
  /** The file to show: absolute, or relative to the workspace. */
  readonly file?: string;
  /** A folder to open; a copy of it is opened, so that tests may edit. Default: the project's samples. */
  readonly workspace?: string;
  /** A `.code-workspace` file in it, for several folders in one window. */
  readonly roots?: string;
  /** User settings on top of the quiet ones of `scripts/host/server.mjs`. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Whether folders must be trusted first, as at a user's; this one is not. */
  readonly trust?: boolean;
  /** Folders of extensions that are installed besides. */
  readonly others?: readonly string[];
  /** What VS Code takes for its display language, as with a language pack; its own texts stay English without one. */
  readonly language?: string;
  readonly width?: number;
  readonly height?: number;
}

export interface OpenEditor {
  readonly page: Page;
  /** The opened copy of the workspace. */
  readonly workspace: string;
  /** Errors of the page and of every webview so far, each with the address it came from. */
  readonly problems: readonly string[];
  /** Writes `artifacts/<name>.png` and returns its path. */
  screenshot(name: string): Promise<string>;
  /** Runs a command by its title, through the command palette. */
  command(title: string): Promise<void>;
  /** The innermost frame of the webview that holds an element for `selector`; waits for it. */
  webview(selector: string, milliseconds?: number): Promise<Frame>;
  close(): Promise<void>;
}

/** Files that belong to code-server's own front or to Microsoft's build: the bare VS Code server asks for them and has them not. */
const absentInHost = [/\/_static\//, /\/node_modules\/vsda\//, /\/update\/check$/];

function isOfTheHost(url: string, text: string): boolean {
  if (/Failed to load resource.*404/.test(text)) return absentInHost.some((pattern) => pattern.test(url));
  // Reloading the page ends VS Code in the midst of things, and its own GitHub sign-in is not there: it says so.
  if (/\[lifecycle\] Long running operations during shutdown|Unable to read file '[^']*\/(?:User|\.vscode)\/[^']*' \(Canceled|IndexedDB database 'vscode-web-db' is closed|authentication provider 'github' to register/.test(text)) return true;
  // VS Code asks extensions before it saves a file, its own settings too, and gives up where a busy machine is slow: this one has nothing to say then.
  if (text.includes('Aborted onWillSaveTextDocument-event')) return true;
  // With another display language, VS Code looks for the translations of its own extensions where there is no gallery.
  if (/No extension gallery service configured/.test(text)) return true;
  // The registration of code-server's service worker, which is one of those files.
  return /_static\/out\/browser\/serviceWorker\.js/.test(text) || (url === '' && text.startsWith('A bad HTTP response code (404) was received when fetching the script'));
}

export async function openEditor({ file, workspace = path.join(root, 'samples'), roots, settings, trust, others, language, width, height }: OpenOptions = {}): Promise<OpenEditor> {
  const folder = await mkdtemp(path.join(tmpdir(), 'shapelens-workspace-'));
  await cp(workspace, folder, { recursive: true });
  const server = await startServer({ settings, trust, others });
  const { browser, page } = await startBrowser({ width, height });
  if (language) await page.addInitScript(`globalThis._VSCODE_NLS_LANGUAGE = ${JSON.stringify(language)};`);
  const problems: string[] = [];
  page.on('console', (message) => {
    const text = message.text();
    const { url } = message.location();
    const isProblem = message.type() === 'error' || /Content.Security.Policy/i.test(text);
    if (isProblem && !isOfTheHost(url, text)) problems.push(`${url}: ${text}`);
  });
  page.on('pageerror', (error) => problems.push(`uncaught: ${error.message}`));
  page.on('crash', () => problems.push('the page crashed'));

  const close = async (): Promise<void> => {
    await browser.close();
    await server.close();
    await rm(folder, { recursive: true, force: true, maxRetries: 3 });
  };
  try {
    await page.goto(server.address({ folder: roots === undefined ? folder : path.resolve(folder, roots), file: file && path.resolve(folder, file), extension: root }));
    await page.locator('.monaco-workbench').waitFor();
    if (file) await page.locator('.monaco-editor .view-line').first().waitFor();
  } catch (error) {
    await close();
    throw error;
  }
  return {
    page, workspace: folder, problems, close,
    async screenshot(name) {
      mkdirSync(artifacts, { recursive: true });
      const target = path.join(artifacts, `${name}.png`);
      await page.screenshot({ path: target });
      return target;
    },
    async command(title) {
      const input = page.locator('.quick-input-widget input').first();
      const entry = page.locator('.quick-input-list .monaco-list-row', { hasText: title }).first();
      // The palette lists what was offered when it was opened: what a document offers may come a moment later.
      for (let attempt = 1; ; attempt++) {
        await page.keyboard.press('F1');
        try {
          // What takes the focus at that moment closes it again.
          await input.fill(`>${title}`, { timeout: 5_000 });
          await entry.waitFor({ timeout: 5_000 });
          break;
        } catch (error) {
          if (attempt === 6) throw error;
          await page.keyboard.press('Escape');
          await input.waitFor({ state: 'hidden' });
        }
      }
      await entry.click();
    },
    async webview(selector, milliseconds = 30_000) {
      for (const end = Date.now() + milliseconds; Date.now() < end; await page.waitForTimeout(100)) {
        for (const frame of page.frames()) {
          if (frame === page.mainFrame() || frame.isDetached()) continue;
          // A frame may go while it is asked: then it is not the one.
          if (await frame.locator(selector).count().catch(() => 0) > 0) return frame;
        }
      }
      throw new Error(`no webview shows "${selector}" after ${milliseconds} ms; frames: ${page.frames().map((frame) => frame.url()).join(', ')}`);
    },
  };
}
