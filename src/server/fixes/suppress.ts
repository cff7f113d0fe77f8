/** "Suppress": the comment that the engine honours, at the end of the finding's line. */
import type { Finding } from '../../shapes/diagnostics/finding';
import type { OpenFile } from '../openFile';
import type { SourceEdit } from './candidate';

const IGNORE = /#\s*shapelens:\s*ignore\s*\[([^\]]*)\]/;

/** Added to such a comment where the line has one. */
export function suppression(file: OpenFile, { code, span }: Finding): SourceEdit {
  const { source } = file.document;
  const lineEnd = endOfLine(source, span.start);
  const comment = file.analysis.tree.comments.find((each) => each.start >= span.start && each.end <= lineEnd + 1);
  const ignore = comment && IGNORE.exec(source.slice(comment.start, comment.end));
  if (comment && ignore) {
    const end = comment.start + ignore.index + ignore[0].length - 1;
    return { span: { start: end, end }, text: `${ignore[1]!.trim() === '' ? '' : ', '}${code}` };
  }
  const trimmed = source.slice(0, lineEnd).trimEnd().length;
  return { span: { start: trimmed, end: trimmed }, text: `  # shapelens: ignore[${code}]` };
}

function endOfLine(source: string, offset: number): number {
  const end = source.indexOf('\n', offset);
  return end < 0 ? source.length : end;
}
