/** A tensor as a small picture for hovers and comment threads: slices side by side, with the statistics in words. */
import type { Extent, TensorMetadata, TensorStatistics } from '../../webview/protocol';
import { readShown } from '../viewerSource';
import type { TensorSource } from '../viewerSource';
import { COLORS, PALETTES } from './palettes';
import { png } from './png';

export interface Thumbnail {
  /** A data URL; null: there is nothing to draw. */
  readonly image: string | null;
  readonly width: number;
  readonly height: number;
  /** `(3, 49, 49) float32, -0.05 to 0.04, mean 0.001, std 0.02` */
  readonly text: string;
}

/** In pixels. */
const MAX_WIDTH = 440;
const MAX_SIDE = 140;
const MAX_CELL = 16;
const GAP = 8;
const MAX_SLICES = 6;
/** A hover's text has a limit; beyond it the picture would be shown as its letters. */
const MAX_BYTES = 60_000;

const [NOTHING, NAN, POSITIVE, NEGATIVE] = [COLORS, COLORS + 1, COLORS + 2, COLORS + 3];
const SPECIAL = [[0, 0, 0], [255, 0, 255], [255, 140, 0], [0, 229, 255]];

export async function thumbnailOf(source: TensorSource, tensor: TensorMetadata): Promise<Thumbnail> {
  const statistics = await source.statistics(tensor.id);
  const text = describe(tensor, statistics);
  const { shape } = tensor;
  if (shape.length === 0 || shape.includes(0) || statistics.count === 0) return { image: null, width: 0, height: 0, text };
  const [rowDim, colDim] = [shape.length > 1 ? shape.length - 2 : null, shape.length - 1];
  const facetDim = shape.length > 2 ? shape.length - 3 : null;
  const slices = Math.min(MAX_SLICES, facetDim === null ? 1 : shape[facetDim]!);
  const side = Math.min(MAX_SIDE, Math.floor((MAX_WIDTH - GAP * (slices - 1)) / slices));
  const [rows, cols] = [rowDim === null ? 1 : shape[rowDim]!, shape[colDim]!];
  const lod = Math.max(0, Math.ceil(Math.log2(Math.max(rows, cols) / side)));
  const [height, width] = [Math.ceil(rows / 2 ** lod), Math.ceil(cols / 2 ** lod)];
  const cell = Math.max(1, Math.min(MAX_CELL, Math.floor(side / Math.max(height, width))));
  const paint = painter(statistics, tensor.dtype);
  const picture = { width: slices * width * cell + (slices - 1) * GAP, height: height * cell };
  const pixels = new Uint8Array(picture.width * picture.height).fill(NOTHING);
  for (let slice = 0; slice < slices; slice++) {
    const index = shape.map((_, dim) => (dim === facetDim ? slice : 0));
    const extent = (dim: number | null, size: number): Extent | null => (dim === null ? null : { dim, start: 0, size });
    const values = await readShown(source, { tensor: tensor.id, index, rows: extent(rowDim, height), cols: extent(colDim, width), lod }, shape);
    for (let y = 0; y < height * cell; y++) {
      for (let x = 0; x < width * cell; x++) pixels[y * picture.width + slice * (width * cell + GAP) + x] = paint(Number(values[Math.floor(y / cell) * width + Math.floor(x / cell)]!));
    }
  }
  const map = statistics.min !== null && statistics.min < 0 && statistics.max! > 0 && tensor.dtype.includes('float') ? PALETTES.diverging : PALETTES.sequential;
  const palette = Uint8Array.from([...Buffer.from(map, 'base64'), ...SPECIAL.flat()]);
  const bytes = png({ ...picture, pixels, palette, transparent: NOTHING });
  return { image: bytes.length > MAX_BYTES ? null : `data:image/png;base64,${bytes.toString('base64')}`, ...picture, text };
}

/** As the viewer has it: around 0 where there are floats of both signs. */
function painter({ min, max }: TensorStatistics, dtype: string): (value: number) => number {
  let [from, to] = [min ?? 0, max ?? 1];
  if (from < 0 && to > 0 && dtype.includes('float')) [from, to] = [-Math.max(-from, to), Math.max(-from, to)];
  if (from === to) [from, to] = [from - 0.5, to + 0.5];
  return (value) => {
    if (Number.isNaN(value)) return NAN;
    if (!Number.isFinite(value)) return value > 0 ? POSITIVE : NEGATIVE;
    return Math.round(Math.min(1, Math.max(0, (value - from) / (to - from))) * (COLORS - 1));
  };
}

function describe({ shape: viewed, dtype, complex }: TensorMetadata, { min, max, mean, std, nan, positiveInfinity, negativeInfinity }: TensorStatistics): string {
  const short = (value: number | null): string => (value === null ? '–' : String(Number(value.toPrecision(4))));
  const shape = complex === undefined ? viewed : viewed.slice(0, -1);
  const infinite = positiveInfinity + negativeInfinity;
  return [
    `(${shape.join(', ')}${shape.length === 1 ? ',' : ''}) ${complex ?? dtype}`,
    ...(min === null ? [] : [min === max ? short(min) : `${short(min)} to ${short(max)}`, `mean ${short(mean)}`, ...(std === null ? [] : [`std ${short(std)}`])]),
    ...(nan > 0 ? [`${nan} nan`] : []), ...(infinite > 0 ? [`${infinite} inf`] : []),
  ].join(', ');
}
