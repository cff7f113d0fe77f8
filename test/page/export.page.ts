// Files and texts that the viewer writes: read back here by the rules of their formats.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { inflateSync } from 'node:zlib';
import { tensor } from '../webview/memory';
import type { MemoryTensor } from '../webview/memory';
import { viewersOfSuite } from './viewerHost';
import type { ViewerHost } from './viewerHost';

const odd = (i: number): number => ({ 3: NaN, 7: Infinity, 9: -Infinity } as Record<number, number>)[i] ?? Math.fround(Math.sin(i) * 10 ** ((i % 9) - 4));
const scores = tensor('scores', [2, 3, 4], odd, { dims: ['nH', 'N', 'N'] });

/** Header and elements of a .npy file, as NumPy's documentation has it. */
function readNpy(bytes: Uint8Array): { descr: string; shape: number[]; data: DataView } {
  assert.deepEqual([...bytes.subarray(0, 8)], [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0]);
  const length = bytes[8]! + 256 * bytes[9]!;
  assert.equal((10 + length) % 64, 0);
  const header = Buffer.from(bytes.subarray(10, 10 + length)).toString('latin1');
  const [, descr, shape] = /^\{'descr': '(.*)', 'fortran_order': False, 'shape': \((.*)\), \} *\n$/.exec(header)!;
  return { descr: descr!, shape: shape!.split(',').filter((part) => part.trim() !== '').map(Number), data: new DataView(Uint8Array.from(bytes.subarray(10 + length)).buffer) };
}

interface Read { readonly dtype: string; readonly shape: readonly number[]; readonly values: readonly (number | string)[] }
interface ReadBack { readonly sha256: string; readonly numpy: Read; readonly torch: Read }
const recorded = path.join('test', 'page', 'fixtures', 'exports.json');
const READ_BACK = (existsSync(recorded) ? JSON.parse(readFileSync(recorded, 'utf8')) : {}) as Readonly<Record<string, ReadBack>>;

/** A folder for what is recorded anew. */
const RECORDING = process.env['SHAPELENS_EXPORTS'];

function assertRead(found: ReadBack | null, shown: MemoryTensor, dtype: string, values: ArrayLike<number> = shown.values, shape: readonly number[] = shown.metadata.shape): void {
  if (!found) return;
  for (const { dtype: name, shape: sizes, values: read } of [found.numpy, found.torch]) {
    assert.deepEqual([name, sizes], [dtype, shape]);
    read.forEach((value, i) => assert.ok(Object.is(Number(String(value).replace('inf', 'Infinity')), values[i]), `element ${i}: ${value}, shown is ${values[i]}`));
    assert.equal(read.length, values.length);
  }
}

describe('files of the viewer', function () {
  this.timeout(60_000);
  let host: ViewerHost;

  const viewer = viewersOfSuite({ width: 900 });

  beforeEach(async () => { host = await viewer(); });
  /** What NumPy and torch read in a file or text that the viewer made, recorded for these very bytes (record_exports.py). */
  function readBack(name: string, bytes: Uint8Array): ReadBack | null {
    if (RECORDING) {
      writeFileSync(path.join(RECORDING, name), bytes);
      return null;
    }
    const found = READ_BACK[name];
    assert.ok(found, `${name} is not recorded`);
    assert.equal(createHash('sha256').update(bytes).digest('hex'), found.sha256, `${name} is not what was read: record it anew`);
    return found;
  }

  async function written(shown: MemoryTensor, item: string): Promise<Uint8Array> {
    await host.show(shown);
    await host.page.locator('[data-menu=export]').selectOption({ label: item });
    await host.page.locator('.readout', { hasText: 'Written: /home/me/' }).waitFor();
    const [bytes] = [...host.files.values()].slice(-1);
    host.files.clear();
    return bytes!;
  }

  it('hold the tensor or its slice in the dtype that it has (.npy)', async () => {
    const whole = readNpy(await written(scores, 'all as .npy …'));
    assert.deepEqual([whole.descr, whole.shape], ['<f4', [2, 3, 4]]);
    scores.values.forEach((value, i) => assert.ok(Object.is(whole.data.getFloat32(4 * i, true), value), `element ${i}`));
    await host.page.locator('button.caption', { hasText: 'nH 1' }).click();
    await host.page.locator('h2', { hasText: 'scores[1, :, :]' }).waitFor();
    await host.page.locator('[data-menu=export]').selectOption({ label: 'slice as .npy …' });
    await host.page.locator('.readout', { hasText: 'Written' }).waitFor();
    const slice = readNpy(host.files.get('scores.npy')!);
    assert.deepEqual(slice.shape, [3, 4]);
    assert.equal(slice.data.getFloat32(4 * 5, true), scores.values[12 + 5]);
    for (const [dtype, descr, read] of [
      ['int64', '<i8', (data: DataView, i: number) => Number(data.getBigInt64(8 * i, true))], ['bool', '|b1', (data: DataView, i: number) => data.getUint8(i)],
    ] as const) {
      const exact = tensor(`exact ${dtype}`, [5], (i) => (dtype === 'bool' ? i % 2 : (i - 2) * 2 ** 40 + 1), { dtype });
      const { descr: found, shape, data } = readNpy(await written(exact, 'as .npy …'));
      assert.deepEqual([found, shape], [descr, [5]]);
      exact.values.forEach((value, i) => assert.equal(read(data, i), value));
    }
    const halves = tensor('halves', [6], (i) => [0, 1.5, -65504, 2 ** -24, 2 ** -14, Infinity][i]!, { dtype: 'float16' });
    const half = readNpy(await written(halves, 'as .npy …'));
    assert.deepEqual([half.descr, ...[0, 1, 2, 3, 4, 5].map((i) => half.data.getUint16(2 * i, true))], ['<f2', 0, 0x3e00, 0xfbff, 1, 0x0400, 0x7c00]);
  });

  it('are read by NumPy and torch as what is shown', async () => {
    const half = tensor('half', [2, 3], (i) => [0, 1.5, -65504, 2 ** -24, NaN, Infinity][i]!, { dtype: 'float16' });
    const long = tensor('long', [4], (i) => (i - 2) * 2 ** 40 + 1, { dtype: 'int64' });
    const flags = tensor('flags', [2, 2], (i) => i % 2, { dtype: 'bool' });
    const one = tensor('one', [], () => 2.5);
    for (const [name, shown, item, dtype] of [
      ['scores.npy', scores, 'all as .npy …', 'float32'], ['half.npy', half, 'as .npy …', 'float16'], ['long.npy', long, 'as .npy …', 'int64'], ['flags.npy', flags, 'as .npy …', 'bool'], ['one.npy', one, 'as .npy …', 'float32'],
    ] as const) assertRead(readBack(name, await written(shown, item)), shown, dtype);
    assertRead(readBack('slice.csv', await written(scores, 'slice as .csv …')), scores, 'float32', scores.values.slice(0, 12), [3, 4]);
    for (const [name, label] of [['slice.numpy.txt', 'as NumPy'], ['slice.torch.txt', 'as torch']] as const) {
      await host.page.locator('[data-menu=copy]').selectOption({ label });
      await host.page.locator('.readout', { hasText: `Copied 3 × 4 values ${label}` }).waitFor();
      assertRead(readBack(name, Buffer.from(host.copied.pop()!)), scores, 'float32', scores.values.slice(0, 12), [3, 4]);
    }
  });

  it('hold all digits (.csv)', async () => {
    const text = Buffer.from(await written(scores, 'slice as .csv …')).toString();
    const values = text.trim().split('\n').flatMap((line) => line.split(','));
    assert.deepEqual(values.slice(3, 4), ['nan']);
    assert.deepEqual(values.filter((each) => /^-?[\d.e-]+$/.test(each)).map((each) => Math.fround(Number(each))), [...scores.values.slice(0, 12)].filter(Number.isFinite));
    const long = Buffer.from(await written(scores, 'all as .csv …')).toString().trim().split('\n');
    assert.equal(long[0], 'nH,N,N,value');
    assert.equal(long.length, 25);
    assert.ok(long[1 + 12 + 5]!.startsWith('1,1,1,'));
    assert.equal(Math.fround(Number(long[1 + 12 + 5]!.split(',')[3])), scores.values[17]);
  });

  it('hold the pictures (.png)', async () => {
    const bytes = Buffer.from(await written(scores, 'picture as .png …'));
    assert.deepEqual([...bytes.subarray(0, 4)], [0x89, 0x50, 0x4e, 0x47]);
    assert.ok(bytes.readUInt32BE(16) > 300 && bytes.readUInt32BE(20) > 150);
    assert.ok(inflateSync(Buffer.concat(chunks(bytes))).length > 10_000);
  });

  it('and texts are Python that makes the slice, or a table', async () => {
    await host.show(scores);
    const copied = async (label: string): Promise<string> => {
      await host.page.locator('[data-menu=copy]').selectOption({ label });
      await host.page.locator('.readout', { hasText: 'Copied 3 × 4 values' }).waitFor();
      return host.copied.pop()!;
    };
    const numpy = await copied('as NumPy');
    assert.match(numpy, /^np\.array\(\[\[.*, np\.nan\],\n {10}\[.*np\.inf\],\n.*-np\.inf.*\]\], dtype=np\.float32\)$/s);
    assert.deepEqual([...numpy.matchAll(/(?<=[[ ])-?\d[\d.e-]*/g)].map(([digits]) => Math.fround(Number(digits))), [...scores.values.slice(0, 12)].filter(Number.isFinite));
    assert.match(await copied('as torch'), /^torch\.tensor\(\[\[.*torch\.nan\],.*dtype=torch\.float32\)$/s);
    const table = (await copied('as Markdown table')).split('\n');
    assert.deepEqual([table.length, table[0], table[1]], [5, '| | 0 | 1 | 2 | 3 |', '| ---: | ---: | ---: | ---: | ---: |']);
  });
});

/** The data of a PNG. */
function chunks(bytes: Buffer): Buffer[] {
  const found: Buffer[] = [];
  for (let at = 8; at < bytes.length;) {
    const length = bytes.readUInt32BE(at);
    if (bytes.toString('latin1', at + 4, at + 8) === 'IDAT') found.push(bytes.subarray(at + 8, at + 8 + length));
    at += length + 12;
  }
  return found;
}
