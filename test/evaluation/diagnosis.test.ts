/** What `doctor` says where nothing is provisioned, and how progress is shown. */
import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { progressPrinter } from '../../src/commands/provision';
import { diagnose } from '../../src/evaluation/diagnosis';
import { packageRoot, workerLocation } from '../../src/evaluation/locations';

describe('diagnosis', function () {
  this.timeout(30_000);
  const before = process.env.SHAPELENS_CACHE;
  const cache = path.join(fs.mkdtempSync(path.join(os.tmpdir(), 'shapelens-doctor-')), 'cache');
  beforeEach(() => { process.env.SHAPELENS_CACHE = cache; });
  afterEach(() => {
    if (before === undefined) delete process.env.SHAPELENS_CACHE;
    else process.env.SHAPELENS_CACHE = before;
  });

  it('names the backend in use, why not a faster one, and what that needs, without making anything', async () => {
    const { backend, notes, native, requirements } = await diagnose(packageRoot());
    assert.equal(backend, 'wasm');
    assert.match(notes.join(), /tensorflow: /);
    assert.notEqual(native.status, 'ready');
    const names = requirements.map(({ name }) => name);
    if (native.status === 'unsupported') assert.deepEqual(names, ['platform']);
    else assert.deepEqual(names, ['platform', 'pip', 'compiler', 'space']);
    assert.ok(!fs.existsSync(cache));
  });
});

describe('locations', () => {
  it('are those of the sources here', () => {
    assert.ok(fs.existsSync(path.join(packageRoot(), 'package.json')));
    assert.match(workerLocation().workerPath, /worker\.ts$/);
    assert.ok(fs.existsSync(workerLocation().workerPath));
  });
});

describe('progress', () => {
  const collect = (isTTY: boolean): { out: NodeJS.WritableStream & { isTTY: boolean }; text: () => string } => {
    let text = '';
    return { out: { isTTY, write: (chunk: string) => { text += chunk; return true; } } as unknown as NodeJS.WritableStream & { isTTY: boolean }, text: () => text };
  };
  const reports = [0, 0.01, 0.02, 0.55, 0.56].map((fraction) => ({ step: 'download' as const, message: `${fraction}`, fraction }));

  it('is a line a tenth in a log', () => {
    const { out, text } = collect(false);
    const printer = progressPrinter(out);
    reports.forEach(printer.report);
    printer.end();
    assert.equal(text(), '  download  0\n  download  0.55\n');
  });

  it('is one line that changes on a terminal', () => {
    const { out, text } = collect(true);
    const printer = progressPrinter(out);
    reports.forEach(printer.report);
    printer.end();
    assert.equal(text().split('\n').length, 2);
    assert.ok(text().includes('0.56'));
  });
});
