/** The keys, as a dialog over the page: `?` opens it, Escape closes it. */
import { make } from './dom';

export const KEYS: readonly (readonly [keys: string, what: string])[] = [
  ['← ↑ → ↓', 'the next cell; with Ctrl the last one; Page Up and Down by a screen, Home and End along the row'],
  ['+ −', 'zoom in and out around the cell; also the wheel over a picture, or a double click'],
  ['0', 'show all of it'],
  ['Shift+← ↑ → ↓', 'move the part that is shown; also by dragging a picture'],
  ['[ ]', 'the slice before and after, along the slider used last'],
  ['Space', 'play along that slider, or stop'],
  ['1 … 9', 'the first, second … of the pictures side by side'],
  ['t', 'transpose: rows become columns'],
  ['r s c', 'the next range, scale, colour map'],
  ['Ctrl+C', 'copy the value of the cell'],
  ['Enter', 'go to the line that makes the tensor'],
  ['e', 'stop the exact statistics of a large tensor, or let them go on'],
  ['Esc', 'cancel what is under way: a search, a file being written, exact statistics'],
  ['?', 'these keys'],
];

/** The dialog, closed. */
export function helpDialog(): HTMLDialogElement {
  const rows = KEYS.map(([keys, what]) => make('tr', {}, make('th', { scope: 'row' }, ...keys.split(' ').flatMap((key, i) => (i === 0 ? [make('kbd', {}, key)] : [' ', make('kbd', {}, key)]))), make('td', {}, what)));
  const close = make('button', { type: 'button', class: 'primary' }, 'Close');
  const dialog = make('dialog', { 'class': 'help', 'aria-label': 'Keys' }, make('h3', {}, 'Keys'), make('table', {}, make('tbody', {}, ...rows)), close);
  close.addEventListener('click', () => dialog.close());
  return dialog;
}
