/** Operands that do not broadcast: a reduced dim was dropped, or a dim of 1 is missing. */
import type { Call, Expr, Span } from '../../shapes/python/ast';
import { placedStatements, valueOf } from '../../shapes/evidence/places';
import type { TracedFile } from '../../project/tracedFile';
import { appended, expressionOf, methodCall, operandsOf, tensorAt } from './candidate';
import type { Candidate, Family } from './candidate';
import { shortened } from './matmul';
import { t } from '../translation';

const REDUCTIONS = new Set(['sum', 'mean', 'std', 'var', 'amax', 'amin', 'prod', 'norm', 'logsumexp', 'nansum', 'nanmean', 'all', 'any', 'argmax', 'argmin']);
/** More dims than anybody counts by hand. */
const MAX_RANK = 6;

export const makeBroadcast: Family = (file, finding) => {
  const operands = operandsOf(file, expressionOf(file, finding.span));
  if (!operands) return [];
  const [left, right] = operands;
  return [...keptDims(file, right), ...keptDims(file, left), ...unsqueezed(file, right, left, t('second')), ...unsqueezed(file, left, right, t('first'))];
};

export const pairBroadcast: Family = (file, finding) => {
  const operands = operandsOf(file, expressionOf(file, finding.span));
  if (!operands) return [];
  const squeezed = operands.flatMap((node, i): Candidate[] => {
    const dims = tensorAt(file, node)?.shape.dims ?? [];
    if (dims.at(-1)?.value !== 1) return [];
    const edit = appended(file, node, '.squeeze(-1)');
    return [{ title: t('Squeeze the {0} operand: {1}', i === 0 ? t('first') : t('second'), shortened(edit.text)), edits: [edit] }];
  });
  return [...squeezed, ...makeBroadcast(file, finding)];
};

/** `x.mean(-1)` itself, or what the variable was last given. */
function keptDims(file: TracedFile, node: Expr): Candidate[] {
  const call = reductionOf(node) ?? (node.kind === 'Name' ? assignedReduction(file, node.id, node) : null);
  if (!call) return [];
  const keepdim = call.keywords.find(({ arg }) => arg === 'keepdim');
  const edit = keepdim ? { span: { start: keepdim.value.start, end: keepdim.value.end }, text: 'True' } : { span: { start: call.end - 1, end: call.end - 1 }, text: ', keepdim=True' };
  return [{ title: t('Keep the reduced dim: {0} with keepdim=True', shortened(file.document.source.slice(call.start, call.end))), edits: [edit] }];
}

function reductionOf(node: Expr): Call | null {
  const call = methodCall(node, REDUCTIONS)?.call ?? null;
  // Without a dim the result has none to keep.
  return call && (call.args.length > 0 || call.keywords.some(({ arg }) => arg === 'dim')) ? call : null;
}

function assignedReduction(file: TracedFile, name: string, use: Span): Call | null {
  const values = placedStatements(file.analysis.tree).flatMap(({ statement }) => {
    if (statement.kind !== 'Assign' || statement.end > use.start || !statement.targets.some((target) => target.kind === 'Name' && target.id === name)) return [];
    return [valueOf(statement)!];
  });
  const last = values.at(-1);
  return last ? reductionOf(last) : null;
}

function unsqueezed(file: TracedFile, node: Expr, other: Expr, which: string): Candidate[] {
  const rank = tensorAt(file, node)?.shape.dims.length;
  const otherRank = tensorAt(file, other)?.shape.dims.length;
  if (rank === undefined || otherRank === undefined || rank > otherRank || rank === 0 || otherRank > MAX_RANK) return [];
  const dims = [-1, ...Array.from({ length: rank }, (_, dim) => rank - 1 - dim)];
  return dims.map((dim) => {
    const edit = appended(file, node, `.unsqueeze(${dim})`);
    return { title: t('Unsqueeze the {0} operand: {1}', which, shortened(edit.text)), edits: [edit] };
  });
}
