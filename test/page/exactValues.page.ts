// Values of files whose elements are more than a float32 holds: 64-bit integers, doubles and complex numbers are shown,
// copied and written as they are.
import assert from 'node:assert/strict';
import { metadataOf, TensorFileSource } from '../../src/editor/tensorFileSource';
import { MemoryBytes } from '../../src/tensorfiles/bytes';
import { openTensorFile } from '../../src/tensorfiles/open';
import { npy } from '../tensorfiles/pickles';
import { eventually } from './pixels';
import { viewersOfSuite } from './viewerHost';
import type { ViewerHost } from './viewerHost';

function npyFile(descr: string, shape: string, data: ArrayBufferView): Buffer {
  const header = `{'descr': '${descr}', 'fortran_order': False, 'shape': ${shape}, }`;
  return Buffer.concat([npy(`${header.padEnd(117)}\n`), new Uint8Array(data.buffer)]);
}

describe('values of files', function () {
  this.timeout(60_000);
  const viewer = viewersOfSuite({ width: 900, height: 900 });

  async function open(name: string, bytes: Buffer): Promise<ViewerHost> {
    const host = await viewer();
    const file = await openTensorFile(new MemoryBytes(bytes), name);
    host.session.open([metadataOf(file, '0')!], '0', new TensorFileSource(file));
    await host.page.locator('regular-table td').first().waitFor();
    return host;
  }

  async function exported(host: ViewerHost, item: string): Promise<Uint8Array> {
    host.files.clear();
    await host.page.locator('[data-menu=export]').selectOption({ label: item });
    await eventually(async () => assert.equal(host.files.size, 1));
    return [...host.files.values()][0]!;
  }

  async function copied(host: ViewerHost, label: string): Promise<string> {
    host.copied.length = 0;
    await host.page.locator('[data-menu=copy]').selectOption({ label });
    await eventually(async () => assert.equal(host.copied.length, 1));
    return host.copied[0]!;
  }

  const ids = [[2n ** 53n + 1n, -(2n ** 63n), 7n], [2n ** 63n - 1n, 0n, 1234567890123456789n]];
  const idTexts = ids.map((row) => row.map(String));

  it('are exact beyond 2^53: in the grid, the read-out, what is copied and in files; statistics say that they are not', async () => {
    const bytes = npyFile('<i8', '(2, 3)', BigInt64Array.from(ids.flat()));
    const host = await open('ids.npy', bytes);
    assert.deepEqual(await host.numbers(), idTexts);
    await host.point(0, 1, 2, 2, 3, true);
    await host.page.locator('.readout', { hasText: 'ids[1, 2] = 1234567890123456789' }).waitFor();
    await host.page.locator('.tooltip', { hasText: '1234567890123456789' }).waitFor();
    await host.page.keyboard.press('Control+c');
    await eventually(async () => assert.deepEqual(host.copied, ['1234567890123456789']));
    assert.equal(await copied(host, 'as torch'), `torch.tensor([${idTexts.map((row) => `[${row.join(', ')}]`).join(',\n              ')}], dtype=torch.int64)`);
    assert.deepEqual(Buffer.from(await exported(host, 'as .npy …')).subarray(-48), bytes.subarray(-48));
    assert.equal(Buffer.from(await exported(host, 'as .csv …')).toString(), `${idTexts.map((row) => row.join(',')).join('\n')}\n`);
    assert.match(await host.page.locator('.statistics [data-statistic=max]').innerText(), /^≈ 9\.22337203685477\de18$/);
    assert.match(await host.page.locator('.advice').innerText(), /rounded integers.*files are exact/);
    await host.screenshot('viewer-int64');
  });

  it('of unsigned 64-bit integers are exact too, and small ones have no note', async () => {
    const host = await open('hashes.npy', npyFile('<u8', '(2,)', BigUint64Array.of(2n ** 64n - 1n, 3n)));
    assert.deepEqual(await host.numbers(), [['18446744073709551615', '3']]);
    await host.close();
    const small = await open('small.npy', npyFile('<i8', '(2,)', BigInt64Array.of(-3n, 2n ** 53n - 1n)));
    assert.deepEqual(await small.numbers(), [['-3', '9007199254740991']]);
    assert.equal(await small.page.locator('.statistics [data-statistic=max]').innerText(), '9007199254740991');
    assert.ok(await small.page.locator('.advice').isHidden());
  });

  it('of ids that differ by one are told apart when they are compared', async () => {
    const host = await viewer();
    const sources = await Promise.all([2n ** 60n, 2n ** 60n + 1n].map(async (first, i) => openTensorFile(new MemoryBytes(npyFile('<i8', '(2,)', BigInt64Array.of(first, 5n))), `ids${i}.npy`)));
    const shown = (i: number): NonNullable<ReturnType<typeof metadataOf>> => metadataOf(sources[i]!, '0')!;
    host.session.open([shown(0)], '0', new TensorFileSource(sources[0]!));
    await host.page.getByRole('button', { name: 'Pin' }).click();
    await host.page.locator('[role=tab]', { hasText: 'pinned' }).waitFor();
    host.session.open([shown(1)], '0', new TensorFileSource(sources[1]!));
    await host.page.locator('[data-menu=compare]').selectOption({ index: 1 });
    await host.page.locator('.verdict', { hasText: 'allclose' }).waitFor();
    assert.deepEqual(await host.numbers(), [['1.0000', '0.0000']]);
  });

  it('of doubles have all their digits, where they are more than a float32', async () => {
    const doubles = Float64Array.of(Math.PI, 0.1, 1e300, 0.5);
    const host = await open('doubles.npy', npyFile('<f8', '(4,)', doubles));
    await host.point(0, 0, 0, 1, 4, true);
    await host.page.locator('.readout', { hasText: `doubles[0] = ${Math.PI}` }).waitFor();
    assert.equal(Buffer.from(await exported(host, 'as .csv …')).toString(), `${Math.PI},0.1,1e+300,0.5\n`);
    assert.equal(await copied(host, 'as NumPy'), `np.array([${Math.PI}, 0.1, 1e+300, 0.5], dtype=np.float64)`);
  });

  it('of complex tensors are named by their own dtype, and written in it', async () => {
    const parts = Float32Array.of(0.1, -1, NaN, 2, Infinity, 3, 4, 5, 6, 7, 8, 9);
    const bytes = npyFile('<c8', '(2, 3)', parts);
    const host = await open('phases.npy', bytes);
    assert.equal(await host.page.locator('.facts .shape').innerText(), '(2, 3)');
    assert.equal(await host.page.locator('.facts .dtype').innerText(), 'complex64');
    assert.match(await host.page.locator('.origin').innerText(), /viewed as \(2, 3, 2\) float32: real and imaginary part/);
    assert.equal(await host.page.locator('.statistics .whole [data-statistic=nan]').innerText(), '1');
    assert.deepEqual(await host.page.locator('.caption').allInnerTexts(), ['real', 'imag']);
    assert.deepEqual(await host.numbers(), [['0.1000', 'nan', 'inf'], ['4.0000', '6.0000', '8.0000']]);
    const whole = Buffer.from(await exported(host, 'all as .npy …'));
    assert.match(whole.toString('latin1'), /'descr': '<c8'.*'shape': \(2, 3\)/);
    assert.deepEqual(whole.subarray(-48), bytes.subarray(-48));
    assert.match(Buffer.from(await exported(host, 'slice as .npy …')).toString('latin1'), /'descr': '<f4'.*'shape': \(2, 3\)/);
    await host.screenshot('viewer-complex');
  });

  it('of a complex vector stand in two rows, called by their names', async () => {
    const host = await open('roots.npy', npyFile('<c16', '(3,)', Float64Array.of(1, 0, -0.5, 0.75, -0.5, -0.75)));
    assert.deepEqual(await host.numbers(), [['1.0000', '-0.5000', '-0.5000'], ['0.0000', '0.7500', '-0.7500']]);
    assert.deepEqual(await host.page.locator('regular-table tbody th').allInnerTexts(), ['real', 'imag']);
    assert.equal(await host.page.locator('.facts .dtype').innerText(), 'complex128');
    await host.point(0, 1, 2, 2, 3);
    await host.page.locator('.tooltip', { hasText: 'imag' }).waitFor();
  });
});
