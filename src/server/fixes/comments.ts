/** "Insert Shape Comments": what the trace knows, written behind the assignments. "Update Shape Comments": wrong ones corrected. */
import { seenText } from '../../shapes/describe';
import { shapeText } from '../../shapes/values/text';
import { placedStatements } from '../../shapes/evidence/places';
import type { Recording } from '../../shapes/interpreter/state/recorder';
import { namesIn } from '../../shapes/naming';
import type { Assign, Expr, FunctionDef, Span } from '../../shapes/python/ast';
import type { OpenFile } from '../openFile';
import type { SourceEdit } from './candidate';
import { endOfLine, endsDocumentLine } from './edited';
import { mends } from './verified';
import type { Retrace } from './verified';

/** Lines do not become longer by a comment. */
const MAX_LINE = 120;

/** Only comments that the checker of comments agrees with. @param within a function; null: the whole document */
export function insertedComments(file: OpenFile, within: Span | null, retrace: Retrace): SourceEdit[] {
  const edits = placedStatements(file.analysis.tree).flatMap(({ statement }) => (statement.kind === 'Assign' && isWithin(statement, within) ? commentFor(file, statement) : []));
  if (edits.length === 0 || mends(file, null, { edits }, retrace)) return edits;
  // One of them is read as something else: each for itself.
  return edits.filter((edit) => mends(file, null, { edits: [edit] }, retrace));
}

export function updatedComments(file: OpenFile, within: Span | null): SourceEdit[] {
  return file.analysis.findings.flatMap((finding) => (finding.code === 'shape-comment-mismatch' && isWithin(finding.span, within) ? [...(finding.fixes?.[0]?.edits ?? [])] : []));
}

/** The innermost function around a place. */
export function functionAt(file: OpenFile, offset: number): FunctionDef | null {
  return placedStatements(file.analysis.tree).map(({ statement }) => statement).filter((each): each is FunctionDef => each.kind === 'FunctionDef' && each.start <= offset && offset <= each.end).at(-1) ?? null;
}

const isWithin = (span: Span, within: Span | null): boolean => within === null || (within.start <= span.start && span.end <= within.end);

/** Behind the statement's last line, where nothing stands there yet. */
function commentFor(file: OpenFile, statement: Assign): SourceEdit[] {
  const { source } = file.document;
  const start = source.lastIndexOf('\n', statement.end - 1) + 1;
  const text = shapesOf(file, statement.targets);
  if (text === null || source.slice(statement.end, endOfLine(source, statement.end)).trim() !== '' || !endsDocumentLine(file, statement.end) || statement.end - start + text.length + 4 > MAX_LINE) return [];
  return [{ span: { start: statement.end, end: statement.end }, text: `  # ${text}` }];
}

/** `(B, N, C)`; `q: (…), k: (…)` for several that differ; null where one is not known, or no tensor. */
function shapesOf(file: OpenFile, targets: readonly Expr[]): string | null {
  const [target] = targets;
  const nodes = target?.kind === 'Tuple' || target?.kind === 'List' ? target.elts : target ? [target] : [];
  const texts = nodes.map((node) => shapeAt(file, file.analysis.recordings.get(node)));
  if (texts.length === 0 || texts.some((text) => text === null)) return null;
  if (nodes.length === 1) return texts[0]!;
  const names = nodes.map((node) => file.document.source.slice(node.start, node.end));
  return new Set(texts).size === 1 ? `${names.join(', ')}: ${texts[0]!}` : names.map((name, i) => `${name}: ${texts[i]!}`).join(', ');
}

function shapeAt(file: OpenFile, recording: Recording | undefined): string | null {
  if (!recording || recording.more || recording.seen.length !== 1) return null;
  const seen = recording.seen[0]!;
  const names = namesIn(file.analysis, recording.context);
  if (seen.type === 'Tensor') return seen.tensor.assumes.length === 0 && !seen.tensor.shape.rest ? shapeText(seen.tensor.shape, names) : null;
  return seen.type === 'sequence' && seen.name === 'torch.Size' ? seenText(seen, names).replace(/^torch\.Size/, '') : null;
}
