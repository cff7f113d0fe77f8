// Small pictures for hovers: the PNG is read back, each pixel against the value that it stands for.
import assert from 'node:assert/strict';
import { inflateSync } from 'node:zlib';
import { thumbnailOf } from '../../src/editor/thumbnail/thumbnail';
import { colorMap } from '../../src/webview/colormaps';
import { MemorySource, tensor } from './memory';
import type { MemoryTensor } from './memory';

interface Png { readonly width: number; readonly height: number; color(x: number, y: number): number[] | null }

function readPng(url: string): Png {
  const bytes = Buffer.from(url.slice('data:image/png;base64,'.length), 'base64');
  const chunks = new Map<string, Buffer>();
  for (let at = 8; at < bytes.length;) {
    const length = bytes.readUInt32BE(at);
    chunks.set(bytes.toString('latin1', at + 4, at + 8), bytes.subarray(at + 8, at + 8 + length));
    at += length + 12;
  }
  const [width, height] = [chunks.get('IHDR')!.readUInt32BE(0), chunks.get('IHDR')!.readUInt32BE(4)];
  const [rows, palette, alpha] = [inflateSync(chunks.get('IDAT')!), chunks.get('PLTE')!, chunks.get('tRNS')!];
  return {
    width, height,
    color: (x, y) => {
      const index = rows[y * (width + 1) + 1 + x]!;
      return alpha[index] === 0 ? null : [...palette.subarray(3 * index, 3 * index + 3)];
    },
  };
}

const picture = async (shown: MemoryTensor): Promise<{ png: Png; text: string }> => {
  const { image, width, height, text } = await thumbnailOf(new MemorySource([shown]), shown.metadata);
  assert.ok(image);
  const png = readPng(image);
  assert.deepEqual([png.width, png.height], [width, height]);
  return { png, text };
};

describe('a small picture', () => {
  it('has the slices side by side, in the colours of the viewer', async () => {
    const { png, text } = await picture(tensor('x', [2, 4, 4], (i) => (i === 5 ? NaN : Math.sin(i))));
    assert.deepEqual([png.width, png.height], [2 * 64 + 8, 64]);
    assert.equal(png.color(64 + 4, 10), null, 'nothing between the slices');
    const map = colorMap('diverging');
    const bound = Math.max(...Array.from({ length: 32 }, (_, i) => (i === 5 ? 0 : Math.abs(Math.sin(i)))));
    for (let i = 0; i < 32; i++) {
      const color = png.color((i >> 4) * 72 + (i % 4) * 16 + 8, (Math.floor(i / 4) % 4) * 16 + 8)!;
      const at = Math.round(((Math.sin(i) + bound) / (2 * bound)) * 255);
      const wanted = i === 5 ? [255, 0, 255] : [...map.subarray(3 * at, 3 * at + 3)];
      color.forEach((part, channel) => assert.ok(Math.abs(part - wanted[channel]!) <= 8, `${i}: ${color.join()} expected ${wanted.join()}`));
    }
    assert.match(text, /^\(2, 4, 4\) float32, -[\d.]+ to 0\.\d+, mean .*, std .*, 1 nan$/);
  });

  it('of a large tensor is small, and keeps a single NaN', async () => {
    const { png } = await picture(tensor('x', [1000, 900], (i) => (i === 123_456 ? NaN : i)));
    assert.ok(png.width <= 140 && png.height <= 140);
    const all = Array.from({ length: png.width * png.height }, (_, i) => png.color(i % png.width, Math.floor(i / png.width))!.join());
    assert.equal(all.filter((color) => color === '255,0,255').length, 1);
  });

  it('is none for one number and for nothing, which are told in words', async () => {
    for (const [shape, text] of [[[], '() float32, 0.5, mean 0.5'], [[0, 3], '(0, 3) float32']] as const) {
      const shown = tensor('x', shape, () => 0.5);
      assert.deepEqual(await thumbnailOf(new MemorySource([shown]), shown.metadata), { image: null, width: 0, height: 0, text });
    }
  });
});
