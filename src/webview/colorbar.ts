/** The colour bar: which colour stands for which value, its ends to be dragged; a legend of what has no place on it. */
import { make } from './dom';
import { position, ticks, valueAt } from './domain';
import type { Domain } from './domain';
import { formatShort, isFloat } from './format';
import { legendOf } from './legend';
import { lookupOf } from './painter';
import { paintAll } from './pixels';
import type { TensorStatistics } from './protocol';

export interface ColorBarEvents {
  /** An end was moved. */
  range(min: number, max: number): void;
  /** Back to the usual range. */
  reset(): void;
}

const TICKS = 5;
const PIXELS = 256;
/** A key moves an end by so much of the bar; with Shift by ten times as much. */
const STEP = 0.01;

type End = 'min' | 'max';

export class ColorBar {
  readonly element = make('div', { class: 'color-bar' });
  private readonly canvas = make('canvas', { width: '1', height: String(PIXELS) });
  private readonly labels = make('div', { class: 'ticks' });
  private readonly handles: Record<End, HTMLElement>;
  private readonly bounds: Record<End, HTMLInputElement>;
  private readonly scale: HTMLElement;
  private readonly track: HTMLElement;
  private readonly note = make('div', { class: 'bar-note' });
  private readonly legend = make('div');
  private domain: Domain = { min: 0, max: 1, symmetric: false };
  /** What the bar spans: the range of colours, and the values outside of it. */
  private axis: Domain = this.domain;

  constructor(private readonly dtype: string, private readonly events: ColorBarEvents) {
    this.handles = { min: this.handle('min'), max: this.handle('max') };
    this.bounds = { min: this.bound('min'), max: this.bound('max') };
    this.track = make('div', { class: 'track', title: 'Drag the ends to change the range; double-click for the usual one' }, this.canvas, this.handles.min, this.handles.max);
    this.track.addEventListener('dblclick', () => events.reset());
    this.scale = make('div', { class: 'scale', role: 'group' }, this.track, this.labels);
    this.element.append(this.bounds.max, this.scale, this.bounds.min, this.note, this.legend);
  }

  show(domain: Domain, statistics: TensorStatistics): void {
    const { min, max } = statistics;
    this.domain = domain;
    this.axis = { ...domain, min: Math.min(domain.min, min ?? domain.min), max: Math.max(domain.max, max ?? domain.max) };
    if (domain.scale === 'log') this.axis = domain;
    this.scale.hidden = this.bounds.min.hidden = this.bounds.max.hidden = this.dtype === 'bool' || min === null;
    this.legend.replaceChildren(legendOf(this.dtype, statistics, domain));
    if (!this.scale.hidden) this.draw();
    const scale = domain.scale === undefined ? '' : domain.scale === 'log' ? 'log' : 'symlog';
    this.note.textContent = [scale, statistics.sampled === undefined ? '' : 'from a sample'].filter((part) => part !== '').join(', ');
    this.note.hidden = this.note.textContent === '';
    this.scale.setAttribute('aria-label', `Colours from ${formatShort(domain.min)} to ${formatShort(domain.max)}${domain.symmetric ? ', around 0' : ''}${scale && `, ${scale} scale`}`);
  }

  private draw(): void {
    const { axis, domain, canvas } = this;
    const context = canvas.getContext('2d');
    if (context) {
      const image = context.createImageData(1, PIXELS);
      paintAll(image.data, 0, Array.from({ length: PIXELS }, (_, y) => valueAt(1 - (y + 0.5) / PIXELS, axis)), domain, lookupOf(domain));
      context.putImageData(image, 0, 0);
    }
    this.labels.replaceChildren(...ticks(axis, TICKS, !isFloat(this.dtype)).map((value) => {
      const tick = make('span', {}, formatShort(value));
      tick.style.bottom = `${100 * position(value, axis)}%`;
      return tick;
    }));
    for (const end of ['min', 'max'] as const) {
      const handle = this.handles[end];
      this.bounds[end].value = formatShort(domain[end]);
      handle.style.bottom = `${100 * position(domain[end], axis)}%`;
      handle.setAttribute('aria-valuenow', String(domain[end]));
      handle.setAttribute('aria-valuemin', String(axis.min));
      handle.setAttribute('aria-valuemax', String(axis.max));
      handle.setAttribute('aria-valuetext', formatShort(domain[end]));
    }
  }

  /** The number at an end, to be typed. */
  private bound(end: End): HTMLInputElement {
    const name = end === 'min' ? 'Least value of the colours' : 'Greatest value of the colours';
    const input = make('input', { 'type': 'text', 'class': 'bound', 'data-bound': end, 'inputmode': 'decimal', 'spellcheck': 'false', 'aria-label': name, 'title': `${name}: type a number, or nothing for the usual range` });
    input.addEventListener('change', () => this.typed(end, input.value.trim()));
    input.addEventListener('keydown', (event) => {
      // Its keys are its own, and no commands.
      event.stopPropagation();
      if (event.key === 'Escape') input.value = formatShort(this.domain[end]);
    });
    return input;
  }

  private typed(end: End, text: string): void {
    const value = Number(text);
    if (text === '') this.events.reset();
    else if (!Number.isFinite(value) || !this.set(end, value)) this.bounds[end].value = formatShort(this.domain[end]);
  }

  private handle(end: End): HTMLElement {
    const handle = make('div', { 'class': `handle ${end}`, 'role': 'slider', 'tabindex': '0', 'aria-orientation': 'vertical', 'aria-label': end === 'min' ? 'Least value of the colours' : 'Greatest value of the colours' });
    handle.addEventListener('pointerdown', (event) => {
      event.preventDefault();
      handle.setPointerCapture(event.pointerId);
      handle.focus();
      const axis = this.axis;
      const box = this.canvas.getBoundingClientRect();
      const move = ({ clientY }: PointerEvent): void => this.move(end, Math.min(1, Math.max(0, 1 - (clientY - box.top) / box.height)), axis);
      handle.addEventListener('pointermove', move);
      handle.addEventListener('lostpointercapture', () => handle.removeEventListener('pointermove', move), { once: true });
    });
    handle.addEventListener('keydown', (event) => {
      const sign = { ArrowUp: 1, ArrowRight: 1, ArrowDown: -1, ArrowLeft: -1 }[event.key];
      if (event.key === 'Home') this.events.reset();
      else if (sign === undefined) return;
      else this.move(end, position(this.domain[end], this.axis) + sign * STEP * (event.shiftKey ? 10 : 1), this.axis);
      event.preventDefault();
      event.stopPropagation();
    });
    return handle;
  }

  private move(end: End, at: number, axis: Domain): void {
    this.set(end, valueAt(at, axis));
  }

  /** Both ends move where the range is around 0; they never meet. Whether the end moved. */
  private set(end: End, value: number): boolean {
    const { domain } = this;
    const bound = Math.abs(value);
    const [min, max] = domain.symmetric ? [-bound, bound] : end === 'min' ? [value, domain.max] : [domain.min, value];
    if (!(min < max)) return false;
    this.events.range(min, max);
    return true;
  }
}
