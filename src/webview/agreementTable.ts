/** Of a comparison: in what way the tensors are compared, and how far they agree over all elements. */
import type { Channel } from './channel';
import { make } from './dom';
import { formatCount, formatShort } from './format';
import type { Agreement, ComparisonKind, TensorMetadata } from './protocol';

const KINDS: Readonly<Record<ComparisonKind, string>> = { difference: 'a − b', absolute: '|a − b|', relative: '|a − b| / |b|', close: 'isclose(a, b)' };
/** As torch.allclose has them. */
const TOLERANCES = { rtol: '1e-5', atol: '1e-8' };

export class AgreementTable {
  readonly element = make('section', { 'class': 'agreement', 'aria-label': 'How far they agree' });
  private readonly text = make('div', { 'class': 'agreement-text', 'aria-live': 'polite' });
  private readonly rtol = make('input', { 'type': 'text', 'size': '6', 'value': TOLERANCES.rtol, 'data-tolerance': 'rtol' });
  private readonly atol = make('input', { 'type': 'text', 'size': '6', 'value': TOLERANCES.atol, 'data-tolerance': 'atol' });
  /** Counts the requests: an earlier answer is not shown. */
  private turn = 0;

  /** @param at is told which element is farthest off, to show it */
  constructor(private readonly channel: Channel, private readonly tensor: TensorMetadata, private readonly at: (index: readonly number[]) => void, private readonly failed: (error: unknown) => void) {
    const { a, b, kind, byName } = tensor.comparison!;
    const select = make('select', { 'data-comparison': 'kind' });
    for (const [value, text] of Object.entries(KINDS)) select.add(new Option(text, value));
    select.value = kind;
    select.addEventListener('change', () => channel.compare(a, b, select.value as ComparisonKind, tensor.id));
    for (const input of [this.rtol, this.atol]) input.addEventListener('change', () => this.show());
    this.element.append(
      make('div', { class: 'controls' }, make('label', {}, 'Shown', select), make('label', {}, 'rtol', this.rtol), make('label', {}, 'atol', this.atol), ...(byName ? [make('span', { class: 'hint' }, 'dims aligned by name')] : [])),
      this.text,
    );
  }

  show(): void {
    const turn = ++this.turn;
    const [rtol, atol] = [Number(this.rtol.value), Number(this.atol.value)];
    if (!(rtol >= 0 && atol >= 0)) {
      this.text.textContent = 'Tolerances are numbers, 0 or more.';
      return;
    }
    this.channel.agreement(this.tensor.id, rtol, atol, (fraction) => { if (turn === this.turn) this.text.textContent = `${Math.round(100 * fraction)} % compared`; })
      .then((agreement) => { if (turn === this.turn) this.fill(agreement); }, this.failed);
  }

  private fill({ count, different, maxAbsolute, absoluteAt, maxRelative, relativeAt, cosine }: Agreement): void {
    const number = (value: number | string): string => (typeof value === 'string' ? value : formatShort(value));
    const place = (index: readonly number[] | null): (Node | string)[] => {
      if (!index) return [];
      const button = make('button', { type: 'button', class: 'link' }, `[${index.join(', ')}]`);
      button.addEventListener('click', () => this.at(index));
      return [' at ', button];
    };
    const verdict = different === 0 ? `allclose: all ${formatCount(count)} elements are close` : `not allclose: ${formatCount(different)} of ${formatCount(count)} elements differ by more`;
    this.text.replaceChildren(
      make('div', { class: different === 0 ? 'verdict' : 'verdict special' }, verdict),
      make('div', {}, `greatest |a − b|: ${number(maxAbsolute)}`, ...place(absoluteAt)),
      make('div', {}, `greatest |a − b| / |b|: ${number(maxRelative)}`, ...place(relativeAt)),
      ...(cosine === null ? [] : [make('div', {}, `cosine of the angle: ${typeof cosine === 'number' ? String(Number(cosine.toPrecision(8))) : cosine}`)]),
    );
  }
}
