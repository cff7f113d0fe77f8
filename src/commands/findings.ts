/** Findings as lines for a terminal: `post.md:3:5: warning: … [code]`. */
import { relatedPlaces } from '../project/related';
import { rangeOf } from '../project/tracedFile';
import type { TracedFile } from '../project/tracedFile';
import { placeText } from './places';

export function findingLines(path: string, file: TracedFile): string[] {
  return file.analysis.findings.flatMap((finding) => {
    const { start } = rangeOf(file, finding.span);
    const head = `${path}:${placeText(start)}: ${finding.severity}: ${finding.message} [${finding.code}]`;
    return [head, ...relatedPlaces(file, finding).map((related) => `${related.path ?? path}:${placeText(related.range.start)}: note: ${related.message}`)];
  });
}
