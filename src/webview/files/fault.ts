/** A file that cannot be read: what is wrong, where, and what can be done. */
import { make } from '../dom';
import type { ToFilePage } from '../fileProtocol';

export function fault({ name, problem, where, advice }: Extract<ToFilePage, { type: 'tensorFileFault' }>, reopen: () => void): HTMLElement {
  const button = make('button', { type: 'button', class: 'primary' }, 'Reopen With …');
  button.addEventListener('click', reopen);
  return make('section', { class: 'fault', role: 'alert' },
    make('h1', {}, `${name} cannot be shown`),
    make('p', { class: 'problem' }, problem),
    ...(where === null ? [] : [make('p', { class: 'where' }, 'Found at ', make('code', {}, where), '.')]),
    ...(advice === null ? [] : [make('p', {}, advice)]),
    make('p', {}, button),
  );
}
