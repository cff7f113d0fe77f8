/** The value of one cell in words: under the pictures, beside the pointer, and for a screen reader. */
import { Cancelled } from './channel';
import type { Work } from './channel';
import { dimName, placeName } from './controls';
import { make } from './dom';
import { formatExact } from './format';
import { fullIndex, indexText } from './mapping';
import type { Cell, Mapping } from './mapping';
import type { TensorMetadata } from './protocol';
import { elementOf, Superseded } from './tiles';
import type { Plane, TileCache } from './tiles';
import { Tooltip } from './tooltip';

/** A cell and the slice that it is in. */
export interface Place { readonly plane: Plane; readonly mapping: Mapping; readonly facet: number; readonly cell: Cell }

/** A pointer on its way asks for nothing that is not here yet. */
const REST_MILLISECONDS = 60;

/** `bias[0, :, :]`, `(a − b)[0, :, :]` */
export function indexed(name: string, index: string): string {
  return `${/\s/.test(name) && !name.endsWith(')') ? `(${name})` : name}[${index}]`;
}

export class Readout {
  readonly element = make('div', { class: 'readout' });
  /** What a screen reader says when the cell changes; the pointer's way over a picture is not read out. */
  readonly announcement = make('div', { 'class': 'screen-reader', 'aria-live': 'polite' });
  readonly tooltip = new Tooltip();
  /** Counts what is read out: a value that arrives late is not. */
  private spoken = 0;
  private running: AbortController | null = null;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly tensor: TensorMetadata, private readonly tiles: TileCache, private readonly failed: (error: unknown) => void) {}

  set text(text: string) {
    this.spoken++;
    this.element.textContent = text;
  }

  /** Runs what takes a while: says how far it is, beside a button that cancels it, as Escape does. What ran before is cancelled. */
  async work<T>(name: string, run: (work: Work) => Promise<T>): Promise<T> {
    this.cancel();
    const controller = this.running = new AbortController();
    const [said, button] = [make('span'), make('button', { type: 'button', class: 'cancel', title: 'Escape' }, 'Cancel')];
    button.addEventListener('click', () => controller.abort());
    const onProgress = (fraction: number): void => {
      said.textContent = `${name}: ${Math.round(100 * fraction)} % `;
      if (button.parentElement === this.element) return;
      this.text = '';
      this.element.append(said, button);
    };
    try {
      return await run({ onProgress, signal: controller.signal });
    } catch (error) {
      if (error instanceof Cancelled && this.running === controller) {
        this.text = `${name}: cancelled`;
        this.announce(`${name}: cancelled`);
      }
      throw error;
    } finally {
      if (this.running === controller) this.running = null;
    }
  }

  /** @returns whether there was anything to cancel */
  cancel(): boolean {
    const { running } = this;
    running?.abort();
    return running !== null;
  }

  /** For a screen reader only. */
  announce(text: string): void {
    this.announcement.textContent = text;
  }

  async say(place: Place, aloud: boolean): Promise<void> {
    const turn = ++this.spoken;
    try {
      const text = await this.describe(place);
      if (turn !== this.spoken) return;
      this.element.textContent = text;
      if (aloud) this.announcement.textContent = text;
    } catch (error) {
      if (!(error instanceof Superseded)) this.failed(error);
    }
  }

  /** Beside the pointer, with the name of each dim; and below. */
  point(place: Place, event: PointerEvent, extra: readonly string[] = []): void {
    clearTimeout(this.timer);
    const { clientX, clientY } = event;
    const names = this.named(place);
    this.tooltip.show([...names, '…'], clientX, clientY);
    const read = (): void => {
      const turn = ++this.spoken;
      this.value(place).then((value) => {
        if (turn !== this.spoken) return;
        this.element.textContent = this.sentence(place, value);
        if (!this.tooltip.element.hidden) this.tooltip.show([value, ...names, ...extra], clientX, clientY);
      }, (error: unknown) => { if (!(error instanceof Superseded)) this.failed(error); });
    };
    if (this.tiles.has(place.plane, place.cell.row, place.cell.col)) read();
    else this.timer = setTimeout(read, REST_MILLISECONDS);
  }

  leave(): void {
    clearTimeout(this.timer);
    this.tooltip.hide();
  }

  /** `bias[1, 3, 5] = 0.0312` */
  private async describe(place: Place): Promise<string> {
    return this.sentence(place, await this.value(place));
  }

  private sentence({ mapping, facet, cell }: Place, value: string): string {
    const index = indexText(mapping, facet, cell);
    const { name } = this.tensor;
    return index === '' ? `${name} = ${value}` : `${indexed(name, index)} = ${value}`;
  }

  private async value({ plane, cell }: Place): Promise<string> {
    return formatExact(elementOf(await this.tiles.block(plane, cell.row, cell.col, 1, 1), 0), this.tensor.dtype);
  }

  /** `nH = 1`, `dim 1 = 3`: one line, or one a dim where they are many. */
  private named({ mapping, facet, cell }: Place): string[] {
    const parts = fullIndex(mapping, facet, cell).map((at, dim) => placeName(this.tensor, dim, at) ?? `${dimName(this.tensor, dim)} = ${at}`);
    const joined = parts.join(', ');
    return joined.length <= 48 ? [joined] : parts;
  }
}
