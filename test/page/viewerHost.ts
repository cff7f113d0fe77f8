// The viewer's page alone in a browser: its real bundle under its real content policy, and the real host's end of the
// protocol with values from memory. What is missing is only the frame that VS Code puts around it.
import assert from 'node:assert/strict';
import { mkdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { chromium } from 'playwright-core';
import type { Browser, Page } from 'playwright-core';
import { provisionChromium } from '../../scripts/host/chromium.mjs';
import { artifacts, root } from '../../scripts/lib/paths.mjs';
import { contentPolicy, createNonce, viewerPage } from '../../src/editor/viewerPage';
import { ViewerSession } from '../../src/editor/viewerSession';
import type { SourceLocation, ToHost, ToPage } from '../../src/webview/protocol';
import { MemorySource } from '../webview/memory';
import type { MemoryTensor } from '../webview/memory';
import { themes } from './themes';
import type { ThemeName } from './themes';

export interface ViewerOptions {
  readonly theme?: ThemeName;
  readonly width?: number;
  readonly height?: number;
  /** Whether a graphics card that is only computed counts as one. */
  readonly computedGraphics?: boolean;
  /** What `getState` gives at first. */
  readonly state?: unknown;
}

export class ViewerHost {
  /** Console errors, uncaught errors and violated content policies. */
  readonly problems: string[] = [];
  readonly log: string[] = [];
  readonly revealed: string[] = [];
  readonly copied: string[] = [];
  /** What was written to files. */
  readonly files = new Map<string, Uint8Array>();
  readonly reopened: SourceLocation[] = [];
  readonly session: ViewerSession;
  state: unknown;

  private constructor(readonly page: Page, readonly address: string, private readonly end: () => Promise<void>) {
    this.session = new ViewerSession({
      post: (message) => void this.post(message), reveal: (id) => this.revealed.push(id), copy: (text) => this.copied.push(text),
      save: async (name, chunks) => {
        const parts: Uint8Array[] = [];
        for await (const chunk of chunks) parts.push(chunk);
        this.files.set(name, Buffer.concat(parts));
        return `/home/me/${name}`;
      },
      reopen: (source) => this.reopened.push(source), log: (line) => this.log.push(line),
    });
  }

  static async open({ theme = 'light', width = 620, height = 860, computedGraphics = false, state = null }: ViewerOptions = {}): Promise<ViewerHost> {
    const server = createServer((request, response) => {
      const nonce = createNonce();
      const assets = { cspSource: "'self'", nonce, script: '/webview.js', style: '/webview.css' };
      const asset = /^\/webview\.(js|css)$/.exec(request.url ?? '');
      if (asset) response.writeHead(200, { 'content-type': asset[1] === 'js' ? 'text/javascript' : 'text/css' }).end(readFileSync(path.join(root, 'dist', asset[0])));
      else if (request.url === '/') response.writeHead(200, { 'content-type': 'text/html', 'content-security-policy': contentPolicy(assets) }).end(viewerPage(assets));
      else response.writeHead(request.url === '/favicon.ico' || request.url?.endsWith('.map') ? 204 : 404).end();
    });
    await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve); });
    const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    const browser = await theBrowser();
    const page = await browser.newPage({ viewport: { width, height } });
    const host = new ViewerHost(page, address, async () => {
      await page.close();
      leaveBrowser();
      server.close();
    });
    host.state = state;
    page.on('console', (message) => { if (message.type() === 'error' || /Content.Security.Policy/i.test(message.text())) host.problems.push(message.text()); });
    page.on('pageerror', (error) => host.problems.push(`uncaught: ${error.message}`));
    await page.exposeFunction('toHost', (message: ToHost) => host.session.receive(message));
    await page.exposeFunction('keepState', (kept: unknown) => { host.state = kept; });
    // The tests' compiler names functions with a helper that the page has not.
    await page.addInitScript('globalThis.__name = (named) => named');
    if (computedGraphics) await page.addInitScript(COMPUTED_GRAPHICS);
    await page.addInitScript(frame(theme));
    await host.load();
    return host;
  }

  /** Hides the panel and shows it again: VS Code ends the page and keeps its state. */
  async reload(): Promise<void> {
    this.session.hide();
    await this.load();
  }

  /** The state must be there at once, as in VS Code, so it is written into the page before its script runs. */
  private async load(): Promise<void> {
    await this.page.addInitScript(`globalThis.savedState = ${JSON.stringify(this.state)}`);
    await this.page.goto(this.address);
  }

  /** Shows tensors, the last one first, and waits for their numbers. */
  async show(...tensors: MemoryTensor[]): Promise<MemorySource> {
    return this.showSource(new MemorySource(tensors), tensors);
  }

  async showSource(source: MemorySource, tensors: readonly MemoryTensor[]): Promise<MemorySource> {
    const active = tensors.at(-1)!.metadata;
    this.session.open(tensors.map(({ metadata }) => metadata), active.id, source);
    await this.page.locator('.facts .title', { hasText: active.name }).waitFor();
    await this.page.locator(active.shape.includes(0) ? '.message' : active.shape.length === 0 ? '.readout:not(:empty)' : 'regular-table td').first().waitFor();
    return source;
  }

  /** The colour of each cell of a picture, row-major: in its middle, or where that may hold a number, near its corner. */
  async colors(facet: number, rows: number, cols: number, middle = false): Promise<number[][]> {
    return this.page.locator('.heatmap > canvas').nth(facet).evaluate((element, [height, width, isMiddle]) => {
      const canvas = element as unknown as { width: number; height: number; getContext(kind: '2d'): { getImageData(x: number, y: number, w: number, h: number): { data: Uint8ClampedArray } } };
      const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
      return Array.from({ length: height! * width! }, (_, i) => {
        const within = !isMiddle && canvas.width / width! > 8 && canvas.height / height! > 8 ? 0.1 : 0.5;
        const x = Math.floor(((i % width!) + within) * canvas.width / width!);
        const y = Math.floor((Math.floor(i / width!) + within) * canvas.height / height!);
        return [...data.slice(4 * (y * canvas.width + x), 4 * (y * canvas.width + x) + 3)];
      });
    }, [rows, cols, Number(middle)]);
  }

  /** The grid's visible numbers, as text. */
  async numbers(): Promise<string[][]> {
    return this.page.locator('regular-table tbody tr').evaluateAll((rows) => rows.map((row) => [...row.querySelectorAll('td')].map((cell) => (cell.textContent ?? '').trim())));
  }

  /** Points at the middle of a cell. */
  async point(facet: number, row: number, col: number, rows: number, cols: number, click = false): Promise<void> {
    const heatmap = this.page.locator('.heatmap').nth(facet);
    const box = (await heatmap.boundingBox())!;
    const position = { x: (box.width * (col + 0.5)) / cols, y: (box.height * (row + 0.5)) / rows };
    await (click ? heatmap.click({ position }) : heatmap.hover({ position }));
  }

  async screenshot(name: string): Promise<void> {
    mkdirSync(artifacts, { recursive: true });
    await this.page.screenshot({ path: path.join(artifacts, `${name}.png`) });
  }

  close(): Promise<void> {
    return this.end();
  }

  /** As VS Code posts it: plain data and an ArrayBuffer. */
  private async post(message: ToPage): Promise<void> {
    const { buffer, ...plain } = message.type === 'tile' ? message : { ...message, buffer: null };
    const bytes = buffer && Buffer.from(buffer).toString('base64');
    await this.page.evaluate(([text, base64]) => {
      const received = JSON.parse(text!) as Record<string, unknown>;
      // Natively: a loop here would take longer than all that the viewer does with a tile.
      const { fromBase64 } = Uint8Array as unknown as { fromBase64?(text: string): Uint8Array };
      if (base64 !== null) received['buffer'] = (fromBase64 ? fromBase64.call(Uint8Array, base64!) : Uint8Array.from(atob(base64!), (character) => character.charCodeAt(0))).buffer;
      (globalThis as unknown as { postMessage(message: unknown): void }).postMessage(received);
    }, [JSON.stringify(plain), bytes] as const).catch((error: unknown) => {
      // A page that is closed or reloaded meanwhile gets nothing, as in VS Code.
      if (!/closed|navigation|destroyed/i.test(String(error))) throw error;
    });
  }
}

let browser: Promise<Browser> | null = null;
let users = 0;
let closing: ReturnType<typeof setTimeout> | undefined;
/** Milliseconds in which the next test opens its viewer. */
const NEXT_TEST = 2_000;

/** One for all viewers, each with a context of its own: a browser takes longer to start than most tests do. */
async function theBrowser(): Promise<Browser> {
  users++;
  clearTimeout(closing);
  browser ??= provisionChromium().then((executablePath) => chromium.launch({ executablePath, args: ['--no-sandbox'] }));
  return browser;
}

function leaveBrowser(): void {
  if (--users > 0) return;
  closing = setTimeout(() => {
    void browser?.then((old) => old.close());
    browser = null;
  }, NEXT_TEST);
}

/** The machine says that it has a graphics card. */
const COMPUTED_GRAPHICS = `
  const { getExtension } = WebGL2RenderingContext.prototype;
  WebGL2RenderingContext.prototype.getExtension = function (name) { return name === 'WEBGL_debug_renderer_info' ? null : getExtension.call(this, name); };
`;

/** What VS Code does to a webview's page before its script: the API, the theme's class and variables. */
function frame(theme: ThemeName): string {
  return `
    globalThis.acquireVsCodeApi = () => {
      let state = globalThis.savedState ?? undefined;
      return { postMessage: (message) => void toHost(message), getState: () => state, setState: (next) => { state = next; void keepState(next); } };
    };
    addEventListener('DOMContentLoaded', () => {
      document.body.classList.add(${JSON.stringify(themes[theme].className)});
      for (const [name, value] of Object.entries(${JSON.stringify(themes[theme].variables)})) document.documentElement.style.setProperty('--vscode-' + name, value);
    });
    addEventListener('securitypolicyviolation', (event) => console.error('Content Security Policy: ' + event.violatedDirective + ' ' + event.blockedURI));
  `;
}

/** Opens viewers for the tests of the suite at hand, one each; after it the viewer is closed, and what went wrong in its page fails the test. */
export function viewersOfSuite(usual: ViewerOptions = {}): (options?: ViewerOptions) => Promise<ViewerHost> {
  let host: ViewerHost | null = null;
  afterEach(async () => {
    const problems = host?.problems ?? [];
    await host?.close();
    host = null;
    assert.deepEqual(problems, []);
  });
  return async (options = {}) => (host = await ViewerHost.open({ ...usual, ...options }));
}
