/** What the viewer writes to files: a tensor or a slice of it, or a picture. */
import type { TensorMetadata, ToHost } from '../../webview/protocol';
import { exactly } from '../viewerSource';
import type { ExactElements, TensorSource } from '../viewerSource';
import { csvFile } from './csv';
import { npyFile } from './npy';
import { partsOf, shapeOf } from './parts';
import type { Part } from './parts';

type ExportRequest = Pick<Extract<ToHost, { readonly type: 'export' }>, 'slice' | 'format'>;

/** The file's bytes, chunk by chunk. @param onProgress told how much is read, from 0 to 1 */
export async function* exported(source: Pick<TensorSource, 'read' | 'readExact'>, { id, shape, dims, dtype, complex }: TensorMetadata, { slice, format }: ExportRequest, onProgress: (fraction: number) => void): AsyncGenerator<Uint8Array> {
  const sizes = shapeOf(slice, shape);
  const count = sizes.reduce((product, size) => product * size, 1);
  async function* parts(): AsyncGenerator<Part<ExactElements>> {
    let done = 0;
    for await (const part of partsOf(exactly(source), id, slice, shape)) {
      yield part;
      done += part.values.length;
      onProgress(done / count);
    }
  }
  yield* format === 'npy' ? npyFile(dtype, sizes, parts(), slice.at(-1) === null ? complex : undefined) : csvFile(dtype, slice, shape, dims, parts());
}

/** @throws Error where it is no PNG */
export async function* pictureBytes(url: string): AsyncGenerator<Uint8Array> {
  const prefix = 'data:image/png;base64,';
  if (!url.startsWith(prefix)) throw new Error('the page sent something else than a picture');
  yield Uint8Array.from(atob(url.slice(prefix.length)), (character) => character.charCodeAt(0));
}

/** An expression as the name of a file. */
export function fileName(expression: string): string {
  return expression.replace(/[^\p{L}\p{N}_.-]+/gu, '_').replace(/^[_.]+|[_.]+$/g, '') || 'tensor';
}
