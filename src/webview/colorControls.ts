/** The controls of colours: range, scale, map, and whether all slices share one range. */
import { COLOR_MAPS } from './colormaps';
import type { ColorMapName } from './colormaps';
import { make } from './dom';
import type { Scale } from './domain';
import { RANGE_KINDS, SCALES } from './range';
import type { ColorChoice, RangeKind } from './range';

const RANGES: Readonly<Record<RangeKind, string>> = { full: 'min to max', robust: '1st to 99th percentile', own: 'as dragged' };
const MAPS: Readonly<Record<ColorMapName, string>> = { sequential: 'viridis', diverging: 'blue to red', cividis: 'cividis', magma: 'magma', greys: 'greys', brown: 'brown to green' };

export class ColorControls {
  readonly element = make('div', { class: 'controls colors', role: 'group', 'aria-label': 'Colours' });
  private readonly range = make('select', { 'data-color': 'range' });
  private readonly symmetric = make('select', { 'data-color': 'symmetric' });
  private readonly scale = make('select', { 'data-color': 'scale' });
  private readonly map = make('select', { 'data-color': 'map' });
  private readonly shared = make('input', { 'type': 'checkbox', 'data-color': 'shared' });

  /** @param hasSlices whether there is more than one */
  constructor(dtype: string, hasSlices: boolean, private choice: ColorChoice, private readonly onChange: (choice: ColorChoice) => void) {
    for (const kind of RANGE_KINDS) this.range.add(new Option(RANGES[kind], kind));
    for (const [text, value] of [['around 0: auto', ''], ['around 0', 'yes'], ['not around 0', 'no']] as const) this.symmetric.add(new Option(text, value));
    for (const scale of SCALES) this.scale.add(new Option(scale, scale));
    this.map.add(new Option('colours: auto', ''));
    for (const map of COLOR_MAPS) this.map.add(new Option(MAPS[map], map));
    this.range.addEventListener('change', () => this.change({ range: this.range.value as RangeKind }));
    this.symmetric.addEventListener('change', () => this.change({ symmetric: this.symmetric.value === '' ? null : this.symmetric.value === 'yes' }));
    this.scale.addEventListener('change', () => this.change({ scale: this.scale.value as Scale }));
    this.map.addEventListener('change', () => this.change({ map: this.map.value === '' ? null : (this.map.value as ColorMapName) }));
    this.shared.addEventListener('change', () => this.change({ shared: this.shared.checked }));
    const named = (control: HTMLElement, name: string, title = name): HTMLElement => {
      control.setAttribute('aria-label', name);
      control.title = title;
      return control;
    };
    // What is chosen says what it is: names beside would take a line more.
    if (dtype !== 'bool') this.element.append(named(this.range, 'Range of the colours'), named(this.symmetric, 'Around 0', 'Whether 0 is in the middle of the colours; auto: where values have both signs'), named(this.scale, 'Scale of the colours'));
    this.element.append(named(this.map, 'Colours'));
    if (hasSlices && dtype !== 'bool') this.element.append(make('label', { title: 'One range of colours for all slices; else each picture has its own' }, this.shared, 'same for all slices'));
    this.show(choice);
  }

  show(choice: ColorChoice): void {
    this.choice = choice;
    this.range.value = choice.range;
    this.symmetric.value = choice.symmetric === null ? '' : choice.symmetric ? 'yes' : 'no';
    this.scale.value = choice.scale;
    this.map.value = choice.map ?? '';
    this.shared.checked = choice.shared;
    // Chosen by dragging only.
    this.range.options[RANGE_KINDS.indexOf('own')]!.disabled = choice.range !== 'own';
  }

  /** Goes to the next scale or map, for the keyboard. */
  next(what: 'scale' | 'map' | 'range'): string {
    const select = this[what];
    const choices = [...select.options].filter((option) => !option.disabled);
    const next = choices[(choices.findIndex((option) => option.value === select.value) + 1) % choices.length]!;
    select.value = next.value;
    select.dispatchEvent(new Event('change'));
    return next.text;
  }

  private change(part: Partial<ColorChoice>): void {
    this.show({ ...this.choice, ...part });
    this.onChange(this.choice);
  }
}
