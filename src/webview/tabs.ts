/** A tab a tensor; one tensor alone has none. */
import { make } from './dom';

export interface Tab { readonly name: string; readonly panel: HTMLElement; opened(): void }

export interface Tabs { readonly element: HTMLElement; choose(at: number): void }

let tabLists = 0;

/** @param chosen index of the tab that is open first */
export function tabs(items: readonly Tab[], chosen: number): Tabs {
  const list = ++tabLists;
  const bar = make('div', { class: 'tabs', role: 'tablist', 'aria-label': 'Tensors' });
  const panel = make('div', { class: 'panel', id: `panel-${list}`, role: 'tabpanel' });
  const choose = (next: number): void => {
    buttons.forEach((button, i) => {
      button.setAttribute('aria-selected', String(i === next));
      // One stop for the Tab key; arrows go from tab to tab.
      button.tabIndex = i === next ? 0 : -1;
    });
    panel.setAttribute('aria-labelledby', `tab-${list}-${next}`);
    panel.replaceChildren(items[next]!.panel);
    items[next]!.opened();
  };
  const buttons = items.map(({ name }, i) => {
    const button = make('button', { type: 'button', role: 'tab', id: `tab-${list}-${i}`, 'aria-controls': panel.id, title: name }, ...shortened(name));
    button.addEventListener('click', () => choose(i));
    button.addEventListener('keydown', ({ key }) => {
      const last = items.length - 1;
      const next = ({ ArrowRight: i === last ? 0 : i + 1, ArrowLeft: i === 0 ? last : i - 1, Home: 0, End: last } as Record<string, number>)[key];
      if (next === undefined) return;
      choose(next);
      buttons[next]!.focus();
    });
    return button;
  });
  bar.append(...buttons);
  bar.hidden = items.length < 2;
  choose(chosen);
  return { element: make('div', {}, bar, panel), choose };
}

/** Letters of a name's end that are always seen: names differ there (`…_bias_table`, `…_bias`). */
const TAIL = 8;

/** A name as two parts, of which the first gives way. */
function shortened(name: string): HTMLElement[] {
  if (name.length <= 2 * TAIL) return [make('span', {}, name)];
  return [make('span', {}, name.slice(0, -TAIL)), make('span', { class: 'tail' }, name.slice(-TAIL))];
}
