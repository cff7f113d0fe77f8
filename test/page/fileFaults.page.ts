// Files of tensors that go wrong while they are open, and one that is larger than memory, in the real editor.
import assert from 'node:assert/strict';
import { closeSync, mkdtempSync, openSync, readFileSync, readdirSync, renameSync, rmSync, truncateSync, writeFileSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Frame } from 'playwright-core';
import { openEditor, type OpenEditor } from '../host/editor';
import { npy } from '../tensorfiles/pickles';
import { eventually } from './pixels';

const [ROWS, COLS] = [36_000, 36_000];
/** 5 GB. */
const BYTES = 4 * ROWS * COLS;
const MEMORY_BYTES = 400e6;

const headerOf = (shape: string): Uint8Array => npy(`${`{'descr': '<f4', 'fortran_order': False, 'shape': ${shape}, }`.padEnd(117)}\n`);

/** What the host of extensions holds of memory; 0 where the system does not say (/proc is Linux's), or there is none yet. */
function hostMemory(): number {
  if (process.platform !== 'linux') return 0;
  return Math.max(0, ...readdirSync('/proc').filter((name) => /^\d+$/.test(name)).map((pid) => {
    try {
      if (!readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('type=extensionHost')) return 0;
      return Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) * 1024;
    } catch {
      return 0; // It has ended meanwhile.
    }
  }));
}

describe('files of tensors that go wrong, or are huge', function () {
  this.timeout(120_000);
  let editor: OpenEditor;
  const folder = mkdtempSync(path.join(tmpdir(), 'shapelens-faults-'));
  const file = (name: string): string => path.join(editor.workspace, name);

  before(async () => {
    editor = await openEditor({ workspace: folder, width: 1300, height: 950 });
    const values = Float32Array.from({ length: 1024 * 1024 }, (_, i) => Math.sin(i / 1000));
    for (const name of ['leaves.npy', 'shrinks.npy']) writeFileSync(file(name), Buffer.concat([headerOf('(1024, 1024)'), new Uint8Array(values.buffer)]));
    // Sparse: it takes no room on the disk. Its last element is one.
    const header = headerOf(`(${ROWS}, ${COLS})`);
    const handle = openSync(file('huge.npy'), 'w');
    writeSync(handle, header);
    writeSync(handle, new Uint8Array(Float32Array.of(1).buffer), 0, 4, header.length + BYTES - 4);
    closeSync(handle);
  });

  after(async () => {
    await editor?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  afterEach(() => editor.command('View: Close All Editors'));

  async function open(name: string): Promise<Frame> {
    const { page } = editor;
    await page.keyboard.press('Control+P');
    await page.locator('.quick-input-widget input').first().fill(name);
    await page.locator('.quick-input-list .monaco-list-row', { hasText: name }).first().click();
    return editor.webview('regular-table td');
  }

  it('5 GB are painted soon, within bounded memory; the statistics are stopped and say what they cover', async () => {
    // By then the host is there, and has loaded what any file of tensors needs.
    await (await open('leaves.npy')).locator('.statistics .whole').waitFor();
    await editor.command('View: Close All Editors');
    const before = hostMemory();
    const frame = await open('huge.npy');
    assert.match(await frame.locator('.statistics .whole th').innerText(), /sampled/, 'it was painted before all of it was read');
    await frame.locator('.exact', { hasText: /: [1-9]\d* %/ }).waitFor({ timeout: 60_000 });
    await editor.screenshot('huge-file-running');
    await frame.locator('regular-table').focus();
    await editor.page.keyboard.press('Escape');
    await frame.locator('.exact', { hasText: /stopped at \d+ %: what is known so far covers the first [\d\u2009]+ of 1\u2009296\u2009000\u2009000 elements/ }).waitFor();
    const more = hostMemory() - before;
    assert.ok(more < MEMORY_BYTES, `${Math.round(more / 1e6)} MB more`);
    // The far corner is read as it is.
    await frame.locator('regular-table').focus();
    await editor.page.keyboard.press('Control+End');
    await frame.locator('.readout', { hasText: `[${ROWS - 1}, ${COLS - 1}] = 1` }).waitFor();
    await editor.screenshot('huge-file-stopped');
  });

  it('one that is deleted says so when it is shown anew, and is there again when it is back', async () => {
    const frame = await open('leaves.npy');
    renameSync(file('leaves.npy'), file('leaves.gone'));
    await frame.locator('.fault', { hasText: /not there any more/ }).waitFor();
    await editor.screenshot('file-deleted');
    renameSync(file('leaves.gone'), file('leaves.npy'));
    await frame.locator('regular-table td').first().waitFor();
    await eventually(async () => assert.equal(await frame.locator('.fault').count(), 0));
  });

  it('one that is cut short while it is open says so', async () => {
    const frame = await open('shrinks.npy');
    truncateSync(file('shrinks.npy'), 4096);
    await frame.locator('.fault', { hasText: /shrinks\.npy cannot be shown/ }).waitFor();
    await editor.screenshot('file-cut');
    assert.deepEqual(editor.problems, []);
  });
});
