/** What a statement that writes to a tensor in place had before it, and has after. */
import { operands } from '../shapes/graph/cone';
import type { Expr, Stmt } from '../shapes/python/ast';
import { walk } from '../shapes/python/walk';
import { lastTensor } from './evaluation';
import type { ShownTensor } from './gathered';
import { offsetOf } from './tracedFile';
import type { DocumentRange, TracedFile } from './tracedFile';

export interface Change { readonly before: ShownTensor; readonly after: ShownTensor }

/** Of the innermost statement at a position; null: it writes to none, or what it wrote is not known. */
export function changeAt(file: TracedFile, position: DocumentRange['start']): Change | null {
  const at = offsetOf(file, position);
  const offset = at === null ? null : file.document.map.toSource(at);
  const statement = offset === null ? null : statementAt(file, offset);
  if (!statement) return null;
  const { recordings } = file.analysis;
  if (statement.kind === 'AugAssign' && statement.target.kind !== 'Subscript') return byResult(file, statement.target);
  const written = statement.kind === 'AugAssign' ? statement.target : statement.kind === 'Assign' ? statement.targets[0] : undefined;
  if (written?.kind === 'Subscript') return byNextUse(file, written.value, statement.end);
  if (statement.kind !== 'Expr' || statement.value.kind !== 'Call') return null;
  const { func, args } = statement.value;
  if (func.kind !== 'Attribute' || !/[^_]_$/.test(func.attr)) return null;
  // `x.add_(1)`, or `init.zeros_(x)`.
  const after = shown(file, statement.value);
  const before = [func.value, args[0]].map((each) => each && recordings.has(each) ? shown(file, each) : null).find((each) => each !== null);
  return before && after ? change(before, { ...after, recording: before.recording }) : null;
}

/** `x += 1`: the graph's node has what was added to. */
function byResult(file: TracedFile, target: Expr): Change | null {
  const after = shown(file, target);
  const node = after?.tensor.node && file.analysis.graph[after.tensor.node.node];
  const first = node && node.op !== 'opaque' ? Object.values(node.args).flatMap(operands)[0] : undefined;
  return after && first !== undefined ? change({ ...after, tensor: { ...after.tensor, node: { node: first, output: 0 } } }, after) : null;
}

/** `x[0] = 1`: what `x` is where it is next read. */
function byNextUse(file: TracedFile, base: Expr, end: number): Change | null {
  const before = shown(file, base);
  const text = (node: Expr): string => file.document.source.slice(node.start, node.end);
  let next: ShownTensor | null = null;
  for (const { node } of file.analysis.recordings.values()) {
    if (node.kind === 'arg' || node.start < end || text(node as Expr) !== text(base) || (next && next.recording.node.start < node.start)) continue;
    next = shown(file, node as Expr) ?? next;
  }
  return before && next ? change(before, { ...next, recording: before.recording }) : null;
}

function shown(file: TracedFile, node: Expr): ShownTensor | null {
  const recording = file.analysis.recordings.get(node);
  const tensor = recording && lastTensor(recording);
  return recording && tensor ? { recording, tensor } : null;
}

/** null where nothing was written, or the base is another tensor by now. */
function change(before: ShownTensor, after: ShownTensor): Change | null {
  const [from, to] = [before.tensor.node, after.tensor.node];
  if (!from || !to || (from.node === to.node && from.output === to.output) || before.tensor.shape.dims.length !== after.tensor.shape.dims.length) return null;
  return { before: { ...before, part: 'before' }, after: { ...after, part: 'after' } };
}

function statementAt(file: TracedFile, offset: number): Stmt | null {
  let found: Stmt | null = null;
  walk(file.analysis.tree, (node) => {
    if (node.start > offset || node.end < offset) return false;
    if (node.kind === 'AugAssign' || node.kind === 'Assign' || node.kind === 'Expr') found = node;
    return true;
  });
  return found;
}
