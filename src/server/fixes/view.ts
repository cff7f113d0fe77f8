/** A view or reshape to another number of elements: one of its sizes is wrong. */
import { render } from '../../shapes/symint/render';
import { constant, floordiv, mod, product, SizeError } from '../../shapes/symint/symint';
import type { SymInt } from '../../shapes/symint/symint';
import { namesIn } from '../../shapes/naming';
import type { Expr } from '../../shapes/python/ast';
import type { TracedFile } from '../../project/tracedFile';
import { expressionOf, tensorAt, textOf } from './candidate';
import type { Candidate, Family } from './candidate';
import { t } from '../translation';

export const correctViewSize: Family = (file, finding) => {
  const node = expressionOf(file, finding.span);
  if (node?.kind !== 'Call') return [];
  const isMethod = node.func.kind === 'Attribute' && tensorAt(file, node.func.value) !== null;
  const input = tensorAt(file, isMethod && node.func.kind === 'Attribute' ? node.func.value : node.args[0]!);
  const given = isMethod ? node.args : node.args.slice(1);
  const sizes = given.length === 1 && (given[0]!.kind === 'Tuple' || given[0]!.kind === 'List') ? given[0]!.elts : given;
  if (!input || input.shape.rest) return [];
  const numel = product(input.shape.dims);
  // The last size is wrong more often than the first, which is the batch.
  return [...sizes.keys()].reverse().flatMap((index) => replaced(file, sizes, index, numel));
};

function replaced(file: TracedFile, sizes: readonly Expr[], index: number, numel: SymInt): Candidate[] {
  const node = sizes[index]!;
  const others = sizes.filter((_, i) => i !== index).map((each) => sizeAt(file, each));
  const written = textOf(file, node);
  const needed = others.every((size) => size !== null) ? quotient(numel, others) : null;
  const candidates: Candidate[] = [];
  const edit = (text: string): Candidate['edits'] => [{ span: { start: node.start, end: node.end }, text }];
  if (needed) {
    const context = file.analysis.recordings.get(node)?.context ?? '<module>';
    const text = render(needed, namesIn(file.analysis, context));
    if (text !== written) candidates.push({ title: t('Correct the view size: {0} → {1}', written, text), edits: edit(text) });
  }
  if (needed && written !== '-1') candidates.push({ title: t('Leave the size of dim {0} to the view: -1', index), edits: edit('-1') });
  return candidates;
}

function sizeAt({ analysis }: TracedFile, node: Expr): SymInt | null {
  const seen = analysis.recordings.get(node)?.seen.at(-1);
  const size = seen?.type === 'value' && seen.value.kind === 'int' ? seen.value.value : null;
  return size?.value === -1 ? null : size;
}

/** What is left for one dim; null where the others do not divide the elements. */
function quotient(numel: SymInt, others: readonly SymInt[]): SymInt | null {
  try {
    const divisor = product([constant(1), ...others]);
    return mod(numel, divisor).value === 0 ? floordiv(numel, divisor) : null;
  } catch (error) {
    if (error instanceof SizeError) return null;
    throw error;
  }
}
