/** "Suppress": the comment that the engine honours, at the end of the finding's line, or above the statement where no comment can stand there. */
import type { Finding } from '../../shapes/diagnostics/finding';
import { placedStatements } from '../../shapes/evidence/places';
import { walk } from '../../shapes/python/walk';
import type { OpenFile } from '../openFile';
import type { SourceEdit } from './candidate';
import { endOfLine, endsDocumentLine } from './edited';

const IGNORE = /#\s*shapelens:\s*ignore\s*\[([^\]]*)\]/;

/** Added to such a comment where the line has one; null where none would be honoured without changing the code. */
export function suppression(file: OpenFile, { code, span }: Finding): SourceEdit | null {
  const { source } = file.document;
  const lineEnd = endOfLine(source, span.start);
  const comment = file.analysis.tree.comments.find((each) => each.start >= span.start && each.end <= lineEnd + 1);
  const ignore = comment && IGNORE.exec(source.slice(comment.start, comment.end));
  if (comment && ignore) {
    const end = comment.start + ignore.index + ignore[0].length - 1;
    return { span: { start: end, end }, text: `${ignore[1]!.trim() === '' ? '' : ', '}${code}` };
  }
  const trimmed = source.slice(0, lineEnd).trimEnd().length;
  if (!endsDocumentLine(file, trimmed)) return null;
  return comment || takesComment(file, trimmed) ? { span: { start: trimmed, end: trimmed }, text: `  # shapelens: ignore[${code}]` } : aboveStatement(file, span.start, code);
}

/** Behind a backslash or within a string a comment would be part of the code. */
function takesComment({ document: { source }, analysis: { tree } }: OpenFile, lineEnd: number): boolean {
  let isFree = source[lineEnd - 1] !== '\\';
  walk(tree, (node) => {
    if (node.start >= lineEnd || node.end <= lineEnd) return false;
    if (node.kind === 'JoinedStr' || (node.kind === 'Constant' && node.value.type === 'str')) isFree = false;
    return isFree;
  });
  return isFree;
}

function aboveStatement({ document, analysis }: OpenFile, offset: number, code: string): SourceEdit | null {
  const statement = placedStatements(analysis.tree).map((each) => each.statement).filter((each) => each.start <= offset && offset < each.end).at(-1);
  if (!statement) return null;
  const { start } = document.map.spanToDocument({ start: statement.start, end: statement.start });
  const indentation = document.text.slice(document.text.lastIndexOf('\n', start - 1) + 1, start);
  if (indentation.trim() !== '') return null;
  return { span: { start: statement.start, end: statement.start }, text: `# shapelens: ignore[${code}]\n${indentation}` };
}
