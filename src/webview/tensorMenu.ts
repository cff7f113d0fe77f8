/** What can be done with a tensor beside the others: compare it, keep it, let go of it. */
import type { Channel } from './channel';
import { make } from './dom';
import { formatShape } from './format';
import type { TensorMetadata } from './protocol';

export function tensorMenu(channel: Channel, tensor: TensorMetadata, others: readonly TensorMetadata[]): HTMLElement {
  const element = make('span', { class: 'menus' });
  const button = (text: string, title: string, on: boolean): HTMLElement => {
    const made = make('button', { type: 'button', class: 'secondary pin', title }, text);
    made.addEventListener('click', () => channel.pin(tensor.id, on));
    return made;
  };
  const fitting = others.filter((other) => other.id !== tensor.id && !other.comparison && fit(tensor, other));
  if (!tensor.comparison && fitting.length > 0) {
    const select = make('select', { 'data-menu': 'compare', 'aria-label': 'Compare with another tensor' });
    select.add(new Option('Compare …', ''));
    for (const other of fitting) select.add(new Option(`${other.name} ${formatShape(other.shape)}`, other.id));
    select.addEventListener('change', () => {
      const chosen = select.value;
      select.value = '';
      channel.compare(tensor.id, chosen, 'difference');
    });
    element.append(select);
  }
  if (tensor.comparison) element.append(button('Close', 'Close this comparison', false));
  else if (tensor.pinned) element.append(button('Unpin', 'Let go of these values', false));
  else element.append(button('Pin', 'Keep these values, to compare later ones with them', true));
  return element;
}

/** Sizes are equal or 1, from the last dim on, or equal in another order. */
function fit(a: TensorMetadata, b: TensorMetadata): boolean {
  const isBroadcast = Array.from({ length: Math.min(a.shape.length, b.shape.length) }, (_, i) => [a.shape.at(-1 - i)!, b.shape.at(-1 - i)!] as const).every(([x, y]) => x === y || x === 1 || y === 1);
  return isBroadcast || [...a.shape].sort().join() === [...b.shape].sort().join();
}
