/** Turns a tile's values into colours: on the graphics card where that is exact, else with a loop. */
import { colorMap } from './colormaps';
import { mapOf } from './domain';
import type { Domain } from './domain';
import { WebglPainter } from './painterWebgl';
import { paintAll } from './pixels';
import { TILE_SIZE } from './protocol';
import type { Tile } from './tiles';

export interface Painter {
  /** One pixel an entry, in the upper left corner of the picture; good until the next call. */
  paint(values: Tile, rows: number, cols: number, domain: Domain): CanvasImageSource;
}

export function lookupOf(domain: Domain): Uint8Array {
  return colorMap(mapOf(domain));
}

export class CanvasPainter implements Painter {
  private readonly canvas = document.createElement('canvas');
  private readonly context: CanvasRenderingContext2D;

  constructor() {
    this.canvas.width = this.canvas.height = TILE_SIZE;
    const context = this.canvas.getContext('2d');
    if (!context) throw new Error('this editor gives the viewer no canvas to draw on');
    this.context = context;
  }

  paint(values: Tile, rows: number, cols: number, domain: Domain): CanvasImageSource {
    const image = this.context.createImageData(cols, rows);
    paintAll(image.data, 0, values.subarray(0, rows * cols), domain, lookupOf(domain));
    this.context.putImageData(image, 0, 0);
    return this.canvas;
  }
}

/** Integers up to here are exact in float32. */
const EXACT_IN_FLOAT32 = 2 ** 24;

/** Whether the shader, which computes in float32, gives the colours that doubles give. */
export function isExactOnGpu(values: Tile, domain: Domain): boolean {
  const width = domain.max - domain.min;
  if (domain.scale !== undefined && domain.scale !== 'linear') return false;
  if (!(width > 1e-30 && width < 1e30)) return false;
  return !(values instanceof Float64Array) || Math.max(Math.abs(domain.min), Math.abs(domain.max)) <= EXACT_IN_FLOAT32;
}

/** The graphics card while it works, and for what it can do exactly. */
class BestPainter implements Painter {
  private gpu = WebglPainter.create();
  private readonly loop = new CanvasPainter();

  get kind(): 'webgl2' | 'canvas' {
    return this.gpu ? 'webgl2' : 'canvas';
  }

  paint(values: Tile, rows: number, cols: number, domain: Domain): CanvasImageSource {
    if (this.gpu?.isLost) this.gpu = null;
    return (this.gpu && isExactOnGpu(values, domain) ? this.gpu : this.loop).paint(values, rows, cols, domain);
  }
}

export function createPainter(): Painter & { readonly kind: 'webgl2' | 'canvas' } {
  return new BestPainter();
}
