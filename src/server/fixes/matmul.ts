/** A product of matrices whose inner sizes differ: one operand is the wrong way round. */
import { appended, expressionOf, operandsOf, tensorAt, textOf } from './candidate';
import type { Candidate, Family } from './candidate';
import type { Expr } from '../../shapes/python/ast';
import type { TracedFile } from '../../project/tracedFile';
import { t } from '../translation';

export const transposeOperand: Family = (file, finding) => {
  const operands = operandsOf(file, expressionOf(file, finding.span));
  return operands ? [...transposed(file, operands[1], t('second')), ...transposed(file, operands[0], t('first'))] : [];
};

function transposed(file: TracedFile, node: Expr, which: string): Candidate[] {
  const bare = withoutTranspose(node);
  if (bare) return [{ title: t('Do not transpose the {0} operand: {1}', which, shortened(textOf(file, bare))), edits: [{ span: { start: node.start, end: node.end }, text: textOf(file, bare) }] }];
  const rank = tensorAt(file, node)?.shape.dims.length ?? 0;
  if (rank < 2) return [];
  const edit = appended(file, node, rank === 2 ? '.T' : '.transpose(-2, -1)');
  return [{ title: t('Transpose the {0} operand: {1}', which, shortened(edit.text)), edits: [edit] }];
}

/** `x` of `x.T` and `x.transpose(-2, -1)`. */
function withoutTranspose(node: Expr): Expr | null {
  if (node.kind === 'Attribute') return /^(T|mT)$/.test(node.attr) ? node.value : null;
  if (node.kind !== 'Call' || node.func.kind !== 'Attribute') return null;
  return node.func.attr === 't' || (node.func.attr === 'transpose' && node.args.length === 2) ? node.func.value : null;
}

export function shortened(text: string): string {
  const line = text.replace(/\s+/g, ' ');
  return line.length > 48 ? `${line.slice(0, 47)}…` : line;
}
