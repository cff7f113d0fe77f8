/** The places that a finding points at besides its own, as ranges: in the document, or in a file of a library. */
import { LineIndex } from '../documents/line-index';
import type { Finding } from '../shapes/diagnostics/finding';
import { rangeOf } from './tracedFile';
import type { DocumentRange, TracedFile } from './tracedFile';

export interface RelatedPlace {
  /** null: the document itself. */
  readonly path: string | null;
  readonly range: DocumentRange;
  readonly message: string;
}

export function relatedPlaces(file: TracedFile, finding: Finding): RelatedPlace[] {
  return finding.related.map(({ span, message, library }) => {
    if (!library) return { path: null, range: rangeOf(file, span), message };
    const lines = new LineIndex(library.source);
    return { path: library.path, range: { start: lines.position(span.start), end: lines.position(span.end) }, message };
  });
}

/** As the command line's JSON has them: `path` only where it is another file. */
export function relatedJson(file: TracedFile, finding: Finding): object[] {
  return relatedPlaces(file, finding).map(({ path, range, message }) => ({ ...(path === null ? {} : { path }), range, message }));
}
