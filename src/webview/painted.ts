/** Tiles as pictures, painted once for a range of colours: panning and zooming only move them. */
import type { Domain } from './domain';
import type { Painter } from './painter';
import type { Tile } from './tiles';

/** 32 MB of pictures; the tiles themselves stay with the cache. */
const MAX_PICTURES = 128;

interface Painted { readonly domain: Domain; readonly canvas: HTMLCanvasElement }

export class PaintedTiles {
  /** In the order of their last use. */
  private readonly known = new Map<Tile, Painted>();

  constructor(private readonly painter: Painter) {}

  /** One pixel an entry. @param domain compared by identity */
  get(values: Tile, rows: number, cols: number, domain: Domain): HTMLCanvasElement {
    const last = this.known.get(values);
    this.known.delete(values);
    if (last?.domain === domain) {
      this.known.set(values, last);
      return last.canvas;
    }
    const canvas = last?.canvas ?? document.createElement('canvas');
    [canvas.width, canvas.height] = [cols, rows];
    const context = canvas.getContext('2d');
    if (!context) throw new Error('this editor gives the viewer no canvas to draw on');
    context.drawImage(this.painter.paint(values, rows, cols, domain), 0, 0, cols, rows, 0, 0, cols, rows);
    this.known.set(values, { domain, canvas });
    if (this.known.size > MAX_PICTURES) this.known.delete(this.known.keys().next().value!);
    return canvas;
  }
}
