/** The menus that copy a slice, or write it or the whole tensor to a file. */
import { COPY_FORMATS } from './copyText';
import type { CopyFormat } from './copyText';
import { make } from './dom';

export interface ExportEvents {
  copy(format: CopyFormat): void;
  save(format: 'npy' | 'csv', all: boolean): void;
  picture(): void;
}

/** @param hasSlices whether the slice is less than all */
export function exportMenus(hasSlices: boolean, events: ExportEvents): HTMLElement {
  const copy = menu('Copy …', 'copy', (Object.keys(COPY_FORMATS) as CopyFormat[]).map((format) => [`as ${COPY_FORMATS[format]}`, () => events.copy(format)] as const));
  const files = (['npy', 'csv'] as const).flatMap((format) => [
    ...(hasSlices ? [[`slice as .${format} …`, () => events.save(format, false)] as const] : []),
    [`${hasSlices ? 'all ' : ''}as .${format} …`, () => events.save(format, true)] as const,
  ]);
  return make('span', { class: 'menus' }, copy, menu('Export …', 'export', [...files, ['picture as .png …', () => events.picture()]]));
}

function menu(title: string, name: string, items: readonly (readonly [text: string, run: () => void])[]): HTMLElement {
  const select = make('select', { 'data-menu': name, 'aria-label': title });
  select.add(new Option(title, ''));
  items.forEach(([text], i) => select.add(new Option(text, String(i))));
  select.addEventListener('change', () => {
    const chosen = items[Number(select.value)];
    select.value = '';
    chosen?.[1]();
  });
  return select;
}
