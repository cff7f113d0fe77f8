/** Small charts on a canvas, in the theme's colours: bars of a histogram, the line of a cut. */
import { make } from './dom';

/** In CSS pixels. */
const WIDTH = 240;
const HEIGHT = 72;

export class Chart {
  readonly element = make('figure', { class: 'chart' });
  private readonly canvas = make('canvas', { role: 'img' });
  private readonly title = make('figcaption');
  private readonly note = make('div', { class: 'chart-note' });
  private hovered: ((fraction: number) => string) | null = null;
  private usual = '';
  /** What is drawn, to be drawn again in other colours. */
  private drawing: (() => void) | null = null;

  constructor() {
    Object.assign(this.canvas.style, { width: `${WIDTH}px`, height: `${HEIGHT}px` });
    this.element.append(this.title, this.canvas, this.note);
    this.element.hidden = true;
    this.canvas.addEventListener('pointermove', (event) => {
      const box = this.canvas.getBoundingClientRect();
      if (this.hovered) this.note.textContent = this.hovered(Math.min(0.999999, Math.max(0, (event.clientX - box.left) / box.width)));
    });
    this.canvas.addEventListener('pointerleave', () => { this.note.textContent = this.usual; });
  }

  /** @param at what is said of a place along the width, from 0 to 1 */
  describe(title: string, note: string, at: (fraction: number) => string): void {
    this.title.textContent = title;
    this.note.textContent = this.usual = note;
    this.hovered = at;
    this.canvas.setAttribute('aria-label', `${title}: ${note}`);
    this.element.hidden = false;
  }

  hide(): void {
    this.element.hidden = true;
    this.drawing = null;
  }

  /** The theme has changed. */
  repaint(): void {
    this.drawing?.();
  }

  /** @param heights from 0 to 1 each */
  bars(heights: readonly number[], within: readonly [number, number]): void {
    this.drawing = () => this.drawBars(heights, within);
    this.drawing();
  }

  private drawBars(heights: readonly number[], within: readonly [number, number]): void {
    const context = this.clear();
    const bar = WIDTH / heights.length;
    heights.forEach((height, i) => {
      const isWithin = (i + 1) / heights.length > within[0] && i / heights.length < within[1];
      context.fillStyle = themed(isWithin ? '--vscode-charts-blue' : '--vscode-descriptionForeground', isWithin ? '#3794ff' : '#888');
      // Nothing is no bar; little is one that is seen.
      const tall = height === 0 ? 0 : Math.max(1, height * (HEIGHT - 2));
      context.fillRect(i * bar, HEIGHT - tall, Math.max(1, bar - 0.5), tall);
    });
  }

  /** Values from 0 to 1, null where there is none. @param marked the position of the cell, from 0 to 1; null: no cell */
  line(values: readonly (number | null)[], marked: number | null, zero: number | null): void {
    this.drawing = () => this.drawLine(values, marked, zero);
    this.drawing();
  }

  private drawLine(values: readonly (number | null)[], marked: number | null, zero: number | null): void {
    const context = this.clear();
    const x = (i: number): number => ((i + 0.5) / values.length) * WIDTH;
    const y = (value: number): number => (1 - value) * (HEIGHT - 4) + 2;
    if (zero !== null) stroke(context, themed('--line', '#888'), [[0, y(zero)], [WIDTH, y(zero)]]);
    if (marked !== null) stroke(context, themed('--vscode-charts-orange', '#d18616'), [[marked * WIDTH, 0], [marked * WIDTH, HEIGHT]]);
    let part: [number, number][] = [];
    const flush = (): void => {
      const color = themed('--vscode-charts-blue', '#3794ff');
      // Between NaN and infinities a value may stand alone.
      if (part.length === 1) dot(context, color, part[0]!);
      else stroke(context, color, part);
      part = [];
    };
    values.forEach((value, i) => {
      if (value === null) flush();
      else part.push([x(i), y(value)]);
    });
    flush();
  }

  private clear(): CanvasRenderingContext2D {
    const context = this.canvas.getContext('2d');
    if (!context) throw new Error('this editor gives the viewer no canvas to draw on');
    const ratio = devicePixelRatio;
    Object.assign(this.canvas, { width: WIDTH * ratio, height: HEIGHT * ratio });
    context.scale(ratio, ratio);
    return context;
  }
}

function dot(context: CanvasRenderingContext2D, color: string, [x, y]: readonly [number, number]): void {
  context.fillStyle = color;
  context.beginPath();
  context.arc(x, y, 1.8, 0, 2 * Math.PI);
  context.fill();
}

function stroke(context: CanvasRenderingContext2D, color: string, points: readonly (readonly [number, number])[]): void {
  context.strokeStyle = color;
  context.lineWidth = 1.2;
  context.beginPath();
  points.forEach(([x, y], i) => (i === 0 ? context.moveTo(x, y) : context.lineTo(x, y)));
  context.stroke();
}

function themed(name: string, otherwise: string): string {
  return getComputedStyle(document.body).getPropertyValue(name).trim() || otherwise;
}
