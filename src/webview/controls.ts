/** The controls of one tensor: which dim is what, and sliders for the rest. */
import { make } from './dom';
import { MAX_FACETS, sliderDims, withIndex, withRole } from './mapping';
import type { Mapping, Role } from './mapping';
import type { TensorMetadata } from './protocol';

const LABELS = [['rowDim', 'Rows'], ['colDim', 'Columns'], ['facetDim', 'Side by side']] as const;

export interface ControlEvents {
  /** Dims have other roles: everything is built anew. */
  roles(mapping: Mapping): void;
  /** A slider was moved: the same pictures show another slice. */
  slice(mapping: Mapping): void;
}

interface Slider { readonly dim: number; readonly input: HTMLInputElement; readonly button: HTMLButtonElement }

/** Between two slices that are played. */
const FRAME_MILLISECONDS = 250;

export class Controls {
  private sliders: Slider[] = [];
  /** The dim whose slider was used last. */
  private used: number | null = null;
  private playing: ReturnType<typeof setInterval> | null = null;
  readonly element = make('div', { class: 'controls', role: 'group', 'aria-label': 'What is shown' });

  constructor(private readonly tensor: TensorMetadata, private mapping: Mapping, private readonly events: ControlEvents) {
    this.build();
  }

  /** Rows become columns. */
  transpose(focus = ''): void {
    const { rowDim, colDim } = this.mapping;
    if (rowDim !== null && colDim !== null) this.roles(withRole(this.mapping, 'rowDim', colDim, this.tensor.shape), focus);
  }

  /** Moves along the dim of the slider that was used last, or of the first. What is shown then; null: there is no slider. */
  step(by: number, wraps = false): string | null {
    const slider = this.current();
    if (!slider) return null;
    const { input } = slider;
    const count = Number(input.max) + 1;
    const next = Number(input.value) + by;
    input.value = String(wraps ? (next + count) % count : next);
    input.dispatchEvent(new Event('input'));
    return `${dimLabel(this.tensor, slider.dim)}: ${input.value}`;
  }

  /** Moves all sliders to where an element is. */
  go(index: readonly number[]): void {
    for (const { dim, input } of this.sliders) {
      if (input.value === String(index[dim])) continue;
      input.value = String(index[dim]);
      input.dispatchEvent(new Event('input'));
    }
  }

  /** Starts or ends moving along the dim of the current slider by itself. */
  play(): boolean {
    const slider = this.current();
    this.stop();
    if (!slider || slider.button.getAttribute('aria-pressed') === 'true') {
      slider?.button.setAttribute('aria-pressed', 'false');
      return false;
    }
    slider.button.setAttribute('aria-pressed', 'true');
    this.playing = setInterval(() => {
      // A tab that is not open is out of the page.
      if (!this.element.isConnected) this.stop();
      else this.step(1, true);
    }, FRAME_MILLISECONDS);
    return true;
  }

  private stop(): void {
    if (this.playing !== null) clearInterval(this.playing);
    this.playing = null;
  }

  private current(): Slider | undefined {
    return this.sliders.find(({ dim }) => dim === this.used) ?? this.sliders[0];
  }

  private build(): void {
    const { tensor, mapping } = this;
    const rank = tensor.shape.length;
    this.stop();
    this.sliders = [];
    this.element.replaceChildren();
    this.element.hidden = rank < 2;
    if (rank < 2) return;
    for (const [role, label] of LABELS) if (role !== 'facetDim' || rank > 2) this.element.append(this.roleSelect(role, label));
    const swap = make('button', { 'class': 'secondary', 'type': 'button', 'title': 'Transpose: rows become columns (t)', 'aria-label': 'Transpose' }, '⇄');
    swap.addEventListener('click', () => this.transpose('.secondary'));
    const others = sliderDims(mapping, rank);
    this.element.append(swap, ...others.filter((dim) => tensor.shape[dim]! > 1).map((dim) => this.slider(dim)));
    // There is nothing to choose along a dim of size 1.
    const single = others.filter((dim) => tensor.shape[dim] === 1).map((dim) => dimLabel(tensor, dim));
    if (single.length > 0) this.element.append(make('span', { class: 'single' }, `${single.join(', ')}: 0`));
  }

  private roles(mapping: Mapping, focus: string): void {
    this.mapping = mapping;
    this.build();
    // What had the keyboard is a new element now.
    if (focus !== '') this.element.querySelector<HTMLElement>(focus)?.focus();
    this.events.roles(mapping);
  }

  private roleSelect(role: Role, text: string): HTMLElement {
    const { tensor, mapping } = this;
    const select = make('select', { 'data-role': role });
    if (role === 'facetDim') select.add(new Option('none', ''));
    tensor.shape.forEach((size, dim) => {
      if (role !== 'facetDim' || size <= MAX_FACETS) select.add(new Option(dimLabel(tensor, dim), String(dim)));
    });
    select.value = mapping[role] === null ? '' : String(mapping[role]);
    select.addEventListener('change', () => this.roles(withRole(this.mapping, role, select.value === '' ? null : Number(select.value), tensor.shape), `[data-role=${role}]`));
    return make('label', {}, text, select);
  }

  private slider(dim: number): HTMLElement {
    const last = this.tensor.shape[dim]! - 1;
    const input = make('input', { type: 'range', min: '0', max: String(last), step: '1', 'data-dim': String(dim) });
    const output = make('output');
    const say = (): void => { output.textContent = placeName(this.tensor, dim, Number(input.value)) ?? `${input.value} / ${last}`; };
    input.value = String(this.mapping.index[dim]);
    say();
    input.addEventListener('input', () => {
      say();
      this.used = dim;
      this.mapping = withIndex(this.mapping, dim, Number(input.value));
      this.events.slice(this.mapping);
    });
    const button = make('button', { 'type': 'button', 'class': 'play', 'aria-pressed': 'false', 'aria-label': `Play along ${dimLabel(this.tensor, dim)}`, 'title': 'Play (Space)' });
    button.addEventListener('click', () => {
      this.used = dim;
      this.play();
    });
    this.sliders.push({ dim, input, button });
    return make('span', { class: 'slider-with-play' }, make('label', { class: 'slider' }, dimLabel(this.tensor, dim), input, output), button);
  }
}

/** `nH (3)` where the dim has a symbol that no other has, else `dim 0 (3)` or `dim 1: N (49)`. */
export function dimLabel(tensor: TensorMetadata, dim: number): string {
  return `${dimName(tensor, dim)} (${tensor.shape[dim]})`;
}

/** `nH`, `dim 0`, or `dim 1: N` where several dims have that symbol. */
export function dimName(tensor: TensorMetadata, dim: number): string {
  const symbol = symbolOf(tensor, dim);
  const isUnique = tensor.dims.filter((other) => other === symbol).length === 1;
  return symbol === null ? `dim ${dim}` : isUnique ? symbol : `dim ${dim}: ${symbol}`;
}

/** What an index along a dim is called, where its name says so (`real | imag`); else null. */
export function placeName(tensor: TensorMetadata, dim: number, at: number): string | null {
  const names = (tensor.dims[dim] ?? '').split(' | ');
  return names.length > 1 && names.length === tensor.shape[dim] ? names[at] ?? null : null;
}

/** The symbol that the code has for a dim's size; null where it is but a number. */
export function symbolOf(tensor: TensorMetadata, dim: number): string | null {
  const name = tensor.dims[dim] ?? '';
  return name === '' || name === String(tensor.shape[dim]) ? null : name;
}
