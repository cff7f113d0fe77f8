/** What the pointer does on a picture: a click, a drag, or the wheel; two fingers are the wheel with Ctrl. */
export interface GestureEvents {
  click(event: PointerEvent): void;
  /** By fractions of the element's width and height since the last time. */
  drag(x: number, y: number): void;
  /** Whether anything changed: if not, the wheel scrolls the page. */
  zoom(factor: number, at: { readonly x: number; readonly y: number }): boolean;
}

/** A pointer that moves less, in CSS pixels, has clicked. */
const DRAG_FROM = 4;
/** A notch of a wheel is about 100 pixels. */
const ZOOM_PER_PIXEL = 0.002;
const PIXELS_PER_LINE = 16;

export class Gestures {
  private start: { readonly x: number; readonly y: number } | null = null;
  private last = { x: 0, y: 0 };
  /** Of the element, when the drag began: to measure it again would lay the page out at each step. */
  private box = { width: 1, height: 1 };
  /** Something is dragged now. */
  isDrag = false;

  constructor(private readonly element: HTMLElement, private readonly events: GestureEvents) {
    element.addEventListener('pointerdown', (event) => this.down(event));
    element.addEventListener('pointermove', (event) => this.move(event));
    element.addEventListener('pointerup', (event) => this.up(event));
    element.addEventListener('pointercancel', () => {
      this.start = null;
      this.isDrag = false;
    });
    element.addEventListener('wheel', (event) => this.wheel(event), { passive: false });
    element.addEventListener('dblclick', (event) => events.zoom(event.shiftKey ? 2 : 0.5, this.fraction(event)));
  }

  private down(event: PointerEvent): void {
    if (event.button !== 0) return;
    this.start = this.last = { x: event.clientX, y: event.clientY };
    this.isDrag = false;
  }

  private move(event: PointerEvent): void {
    if (!this.start) return;
    const [x, y] = [event.clientX, event.clientY];
    if (!this.isDrag) {
      if (Math.hypot(x - this.start.x, y - this.start.y) < DRAG_FROM) return;
      this.isDrag = true;
      this.box = this.element.getBoundingClientRect();
      // Beyond the element's edge it is still dragged.
      this.element.setPointerCapture(event.pointerId);
      this.element.classList.add('dragged');
    }
    this.events.drag((x - this.last.x) / this.box.width, (y - this.last.y) / this.box.height);
    this.last = { x, y };
  }

  private up(event: PointerEvent): void {
    if (this.start && !this.isDrag) this.events.click(event);
    this.start = null;
    this.isDrag = false;
    this.element.classList.remove('dragged');
  }

  private wheel(event: WheelEvent): void {
    const pixels = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? event.deltaY * PIXELS_PER_LINE : event.deltaY;
    if (pixels !== 0 && this.events.zoom(Math.exp(pixels * ZOOM_PER_PIXEL * (event.ctrlKey ? 4 : 1)), this.fraction(event))) event.preventDefault();
  }

  private fraction(event: MouseEvent): { x: number; y: number } {
    const box = this.element.getBoundingClientRect();
    return { x: (event.clientX - box.left) / box.width, y: (event.clientY - box.top) / box.height };
  }
}
