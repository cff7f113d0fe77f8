/** What is under the pointer, beside it; it is not in the way of the pointer, nor read out: the line below says the same. */
import { make } from './dom';

/** From the pointer, in CSS pixels. */
const OFFSET = 14;

export class Tooltip {
  readonly element = make('div', { 'class': 'tooltip', 'aria-hidden': 'true', 'hidden': '' });

  /** At a place in the window. */
  show(lines: readonly string[], x: number, y: number): void {
    const { element } = this;
    element.replaceChildren(...lines.map((line) => make('div', {}, line)));
    element.hidden = false;
    const { offsetWidth: width, offsetHeight: height } = element;
    const place = (at: number, size: number, room: number): number => (at + OFFSET + size > room ? Math.max(0, at - OFFSET - size) : at + OFFSET);
    Object.assign(element.style, { left: `${place(x, width, innerWidth)}px`, top: `${place(y, height, innerHeight)}px` });
  }

  hide(): void {
    this.element.hidden = true;
  }
}
