/** What a tensor is: its expression, shape, dtype, where it was computed and what its values rest on. */
import { symbolOf } from './controls';
import { make } from './dom';
import { formatShape } from './format';
import type { TensorMetadata } from './protocol';

export function facts(tensor: TensorMetadata, onReveal: () => void): HTMLElement {
  const title = make('button', { class: 'title', type: 'button', title: 'Go to the line that makes it' }, tensor.name);
  title.addEventListener('click', onReveal);
  const shape = make('code', { class: 'shape' }, formatShape(tensor.shape));
  const symbols = tensor.shape.map((size, dim) => symbolOf(tensor, dim) ?? String(size));
  const header = make('header', { class: 'facts' }, make('h1', {}, title), shape, make('code', { class: 'dtype' }, tensor.dtype));
  if (tensor.shape.some((_, dim) => symbolOf(tensor, dim) !== null)) shape.after(make('code', { class: 'symbols' }, `(${symbols.join(', ')}${symbols.length === 1 ? ',' : ''})`));
  if (tensor.expression !== undefined && tensor.expression !== tensor.name) header.append(make('code', { class: 'expression', title: tensor.expression }, tensor.expression));
  header.append(make('p', { class: 'origin' }, [`computed on ${backendName(tensor.backend)}`, ...tensor.provenance].join(' · ')));
  return header;
}

export function backendName(backend: string): string {
  return ({ tensorflow: 'TensorFlow (native)', wasm: 'WebAssembly', cpu: 'plain JavaScript' } as Record<string, string>)[backend] ?? backend;
}
