/** Compares every output that an author printed with what the traced code computes. */
import type { Compute, ComputedValue } from './compute';
import { compareScalar, compareSize, compareTensor } from '../documents/comparing';
import type { Comparison } from '../documents/comparing';
import type { MatchedPair } from '../documents/matching';
import type { OutputItem } from '../documents/outputs';
import type { PrintedPart } from '../documents/statements';
import type { Cone } from '../shapes/graph/graph';
import type { Seen } from '../shapes/interpreter/state/recorder';
import type { TensorValue } from '../shapes/values/values';
import type { FunctionDef, Span } from '../shapes/python/ast';
import { walk } from '../shapes/python/walk';
import { isRandom } from '../shapes/interpreter/tensors/apply';
import { agreedBindings } from './consensus';
import { ownTensor, planTensors } from './evaluation';
import type { Bindings } from './evaluation';
import { printedBindings, printedOutputs, valueOf } from './printed';
import type { PrintedOutputs, Printing } from './printed';
import { documentRange, rangeOf } from './tracedFile';
import type { DocumentRange, TracedFile } from './tracedFile';
import { showsMemory, spread } from './uncertainty';

export interface VerifiedOutput {
  /** null where nothing in the text prints it. */
  readonly statement: DocumentRange | null;
  readonly output: DocumentRange;
  readonly status: 'reproduced' | 'differs' | 'not-checked';
  readonly detail: string;
  readonly shape: readonly number[] | null;
}

export async function verify(file: TracedFile, compute: Compute): Promise<VerifiedOutput[]> {
  const printed = printedOutputs(file);
  const pairs = new Map(printed.matching.pairs.map((pair) => [pair.item, pair]));
  const bindings = await agreedBindings(file, printed, printedBindings(file), compute);
  const results: VerifiedOutput[] = [];
  for (const [index, item] of printed.items.entries()) {
    if (item.kind === 'text') continue;
    const pair = pairs.get(index) ?? null;
    results.push(pair ? await verifyPair(file, printed, pair, item, bindings, compute) : unmatched(file, item));
  }
  return results;
}

/** A printed size that the statement does not print. */
export interface PrintedMistake {
  readonly statement: Span;
  readonly item: OutputItem & { readonly kind: 'size' };
  readonly size: readonly number[];
}

/** What is wrong of the printed sizes; for that nothing has to be computed. */
export function printedMistakes(file: TracedFile): PrintedMistake[] {
  if (file.document.outputs.length === 0) return [];
  const printed = printedOutputs(file);
  return printed.matching.pairs.flatMap((pair) => {
    const item = printed.items[pair.item]!;
    const printing = printed.statements[pair.statement]!;
    const seen = item.kind === 'size' ? valueOf(file, printed, pair) : null;
    const size = seen && sizeOf(seen);
    if (item.kind !== 'size' || !size) return [];
    const part = printing.parts[pair.part]!;
    return settled(file, printing, part, verdict(compareSize(item, size))).status === 'differs' ? [{ statement: part.span, item, size }] : [];
  });
}

function unmatched(file: TracedFile, item: OutputItem): VerifiedOutput {
  return { statement: null, output: documentRange(file, item.range), status: 'not-checked', detail: 'no statement of the text prints it', shape: shapeOfItem(item) };
}

async function verifyPair(file: TracedFile, printed: PrintedOutputs, pair: MatchedPair, item: OutputItem, bindings: Bindings, compute: Compute): Promise<VerifiedOutput> {
  const printing = printed.statements[pair.statement]!;
  const statement = rangeOf(file, printing.statement);
  const output = documentRange(file, item.range);
  const result = settled(file, printing, printing.parts[pair.part]!, await compare(file, valueOf(file, printed, pair), item, bindings, compute));
  return { statement, output, shape: shapeOfItem(item), ...result };
}

/** A difference counts only where it is certain that this was printed. */
function settled(file: TracedFile, { pass, isCounted }: Printing, part: PrintedPart, result: Verdict): Verdict {
  if (result.status !== 'differs') return result;
  if (MACHINE.test(file.analysis.tree.source.slice(part.span.start, part.span.end))) return notChecked("it depends on the author's machine");
  const broken = brokenBefore(file, part.span.start);
  if (broken !== null) return notChecked(`Python cannot read ${broken} as it stands here: another version of it printed this`);
  if (!isCounted) return notChecked('how often it is printed is not known');
  return pass?.isConditional ? notChecked('whether it is printed depends on a condition that is not known') : result;
}

/** What says which devices there are. */
const MACHINE = /\b(?:cuda|backends|mps|xpu|accelerator|is_cuda|is_cpu|is_mps|is_xpu)\b/;

/** The name of a function above that was called and of which Python cannot read a statement: what printed this was another one. */
function brokenBefore({ analysis: { tree, recordings } }: TracedFile, at: number): string | null {
  let found: FunctionDef | null = null;
  let around: FunctionDef | null = null;
  walk(tree, (node) => {
    if (node.start >= at) return false;
    if (node.kind === 'FunctionDef') around = node;
    if (node.kind === 'ErrorStmt' && around && node.end <= around.end) found ??= around;
    return found === null;
  });
  const broken = found as FunctionDef | null;
  if (!broken) return null;
  for (const { node, isInferred } of recordings.values()) if (!isInferred && broken.start < node.start && node.end <= broken.end) return broken.name;
  return null;
}

type Verdict = Pick<VerifiedOutput, 'status' | 'detail'>;

async function compare(file: TracedFile, seen: Seen | null, item: OutputItem, bindings: Bindings, compute: Compute): Promise<Verdict> {
  if (!seen) return notChecked('the statement was not reached by the trace');
  if (item.kind === 'size') {
    const dims = sizeOf(seen);
    return dims ? verdict(compareSize(item, dims)) : notChecked('the size is not known');
  }
  const tensor = ownTensor(seen);
  if (tensor) return compareValues(file, tensor, item, bindings, compute);
  if (item.kind === 'scalar' && seen.type === 'value') {
    const { value } = seen;
    if (value.kind === 'int' && value.value?.value != null) return verdict(compareScalar(item, value.value.value));
    if ((value.kind === 'float' || value.kind === 'bool') && value.value !== null) return verdict(compareScalar(item, value.value));
    if (value.kind === 'None') return verdict(compareScalar(item, null));
  }
  if (item.kind === 'tensor') {
    const dims = sizeOf(seen);
    if (dims) return verdict(compareTensor(item, { shape: [dims.length], values: dims }));
  }
  return notChecked('what the statement prints is not known');
}

async function compareValues(file: TracedFile, tensor: TensorValue, item: OutputItem, bindings: Bindings, compute: Compute): Promise<Verdict> {
  const plan = planTensors(file, [tensor], bindings);
  if (!plan.ok) return notChecked(plan.message);
  const random = plan.cone.nodes.find((node) => isRandom(node.op) && !bindings.has(node.id));
  if (random) return notChecked('it depends on random numbers, and the text does not print those that were drawn');
  let computed: ComputedValue;
  try {
    [computed] = (await compute(plan.cone, plan.bindings)) as [ComputedValue];
  } catch (error) {
    return notChecked(error instanceof Error ? error.message : String(error));
  }
  const values = tensor.dtype === 'bool' ? Array.from(computed.values, (value) => value !== 0) : computed.values;
  const compared = (slack: number | ArrayLike<number>): Comparison | null => (item.kind === 'tensor' ? compareTensor(item, { shape: computed.shape, values }, slack)
    : item.kind === 'scalar' && computed.values.length === 1 ? compareScalar(item, values[0]!, typeof slack === 'number' ? slack : slack[0]!) : null);
  let result = compared(0);
  if (result?.status === 'differs') {
    if (await showsMemory(plan.cone, plan.bindings, computed, compute)) return notChecked('it shows memory that nothing was written to');
    const slack = isMoved(plan.cone, plan.bindings) ? null : await spread(plan.cone, plan.bindings, computed, compute);
    if (slack) result = compared(slack);
  }
  if (!result) return notChecked('a tensor is printed as something else');
  const source = [...plan.bindings.values()].map((bound) => bound.provenance);
  return { status: result.status, detail: source.length > 0 ? `${result.detail}; computed with ${[...new Set(source)].join(', ')}` : result.detail };
}

/** Only moved, never computed with: printed and computed values have the same digits. */
function isMoved(cone: Cone, bindings: Bindings): boolean {
  return cone.nodes.filter((node) => !bindings.has(node.id)).every((node) => node.outputs.every((output) => !output.dtype.startsWith('float')) || MOVES.test(node.op));
}

const MOVES = /(permute|transpose|reshape|view|contiguous|clone|flatten|squeeze|as_strided|expand|__getitem__|gather|index_select|stack|cat)$/;

function sizeOf(seen: Seen): number[] | null {
  if (seen.type !== 'sequence' || !seen.items) return null;
  const dims = seen.items.map((item) => (item.type === 'value' && item.value.kind === 'int' ? item.value.value?.value ?? null : null));
  return dims.includes(null) ? null : (dims as number[]);
}

function shapeOfItem(item: OutputItem): readonly number[] | null {
  if (item.kind === 'size') return item.dims;
  return item.kind === 'tensor' && item.shape && !item.shape.includes(null) ? (item.shape as number[]) : null;
}

const verdict = (comparison: Comparison): Verdict => ({ status: comparison.status, detail: comparison.detail });
const notChecked = (detail: string): Verdict => ({ status: 'not-checked', detail });

