/** A line that says how things stand, with a button where something can be done about it. */
import { make } from './dom';

export interface MessageOptions {
  readonly kind?: 'status' | 'alert';
  readonly action?: string;
  readonly run?: () => void;
}

export function message(text: string, { kind = 'status', action, run }: MessageOptions = {}): HTMLElement {
  const element = make('div', { class: `message ${kind}`, role: kind }, make('span', {}, text));
  if (action !== undefined && run) {
    const button = make('button', { type: 'button', class: 'primary' }, action);
    button.addEventListener('click', run);
    element.append(button);
  }
  return element;
}
