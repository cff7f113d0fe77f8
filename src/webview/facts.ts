/** What a tensor is: its expression, shape, dtype, where it was computed and what its values rest on. */
import { symbolOf } from './controls';
import { make } from './dom';
import { formatShape } from './format';
import type { TensorMetadata } from './protocol';

/** @param menu what can be done with it */
export function facts(tensor: TensorMetadata, onReveal: () => void, menu: HTMLElement): HTMLElement {
  // No line makes what is read from a file.
  const title = tensor.backend === 'file' ? make('span', {}, tensor.name) : make('button', { class: 'title', type: 'button', title: 'Go to the line that makes it' }, tensor.name);
  if (tensor.backend !== 'file') title.addEventListener('click', onReveal);
  const own = tensor.complex === undefined ? tensor.shape : tensor.shape.slice(0, -1);
  const shape = make('code', { class: 'shape' }, formatShape(own));
  const symbols = own.map((size, dim) => symbolOf(tensor, dim) ?? String(size));
  const header = make('header', { class: 'facts' }, make('h1', {}, title), shape, make('code', { class: 'dtype' }, tensor.complex ?? tensor.dtype));
  if (own.some((_, dim) => symbolOf(tensor, dim) !== null)) shape.after(make('code', { class: 'symbols' }, `(${symbols.join(', ')}${symbols.length === 1 ? ',' : ''})`));
  header.append(menu);
  if (tensor.expression !== undefined && tensor.expression !== tensor.name) header.append(make('code', { class: 'expression', title: tensor.expression }, tensor.expression));
  header.append(make('p', { class: 'origin' }, [origin(tensor), ...(tensor.complex === undefined ? [] : [`viewed as ${formatShape(tensor.shape)} ${tensor.dtype}: real and imaginary part`]), ...tensor.provenance].join(' · ')));
  return header;
}

function origin({ backend }: TensorMetadata): string {
  return backend === 'file' ? 'read from the file' : `computed on ${backendName(backend)}`;
}

export function backendName(backend: string): string {
  return ({ tensorflow: 'TensorFlow (native)', wasm: 'WebAssembly', cpu: 'plain JavaScript' } as Record<string, string>)[backend] ?? backend;
}
