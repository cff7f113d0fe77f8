/** Recurrent layers as functions, which torch.nn's modules call: https://docs.pytorch.org/docs/stable/nn.html#recurrent-layers */
import type { TensorValue } from '../../values/values';
import { constant, mul } from '../../symint/symint';
import type { OperationRow } from '../operation';
import type { BoundArguments, Rule, RuleContext, TensorResult } from '../rule';
import { fresh, tupleOf } from '../common/results';
import { dimsOf, ranked } from '../common/shape';
import { show, showSize } from '../common/text';

/** (T, N, C), or (N, T, C) batch first, or packed (rows, C): the last dim becomes the hidden size of each direction. */
function outputOf(op: string, args: BoundArguments, hidden: TensorValue, context: RuleContext): TensorResult {
  const packed = args.has('batch_sizes');
  const input = args.tensor(packed ? 'data' : 'input');
  const dims = ranked(op, 'input', input, [packed ? 2 : 3], context);
  const state = ranked(op, 'hidden state', hidden, [3], context);
  const directions = args.bool('bidirectional') ? 2 : 1;
  const layers = mul(args.int('num_layers'), constant(directions));
  context.requireEqual(state[0]!, layers, 'hidden-size-mismatch', () => `${op}: the hidden state ${show(hidden)} must have num_layers times directions = ${showSize(layers)} as first size`);
  if (!packed) {
    const batch = dims[args.bool('batch_first') ? 0 : 1]!;
    context.requireEqual(state[1]!, batch, 'hidden-size-mismatch', () => `${op}: the batch sizes of input ${show(input)} and hidden state ${show(hidden)} differ: ${showSize(batch)} and ${showSize(state[1]!)}`);
  }
  checkWeights(op, args, dims.at(-1)!, input, context);
  return fresh([...dims.slice(0, -1), mul(constant(directions), state[2]!)], input.dtype);
}

function checkWeights(op: string, args: BoundArguments, features: ReturnType<typeof constant>, input: TensorValue, context: RuleContext): void {
  const [first] = args.tensors('params');
  if (!first) return;
  const wanted = dimsOf(first, context).at(-1);
  if (wanted) context.requireEqual(features, wanted, 'input-size-mismatch', () => `${op}: the last dim of the input ${show(input)} must be input_size = ${showSize(wanted)}, but is ${showSize(features)}`);
}

const recurrent = (op: string): Rule => (args, context) => {
  const hidden = args.tensor('hx');
  return tupleOf([outputOf(op, args, hidden, context), fresh(hidden.shape, hidden.dtype)]);
};

/** Two states; with projections the first is the smaller one. */
const lstm: Rule = (args, context) => {
  const [hidden, cell] = args.tensors('hx');
  if (!hidden || !cell) return context.fail('argument-mismatch', 'lstm: the hidden state must be a pair of tensors');
  return tupleOf([outputOf('lstm', args, hidden, context), fresh(hidden.shape, hidden.dtype), fresh(cell.shape, cell.dtype)]);
};

const GATES: Readonly<Record<string, number>> = { lstm_cell: 4, gru_cell: 3 };

function checkCell(op: string, args: BoundArguments, hidden: TensorValue, context: RuleContext): void {
  const input = args.tensor('input');
  const [features, wanted] = [dimsOf(input, context).at(-1), dimsOf(args.tensor('w_ih'), context).at(-1)];
  if (features && wanted) context.requireEqual(features, wanted, 'input-size-mismatch', () => `${op}: the last dim of the input ${show(input)} must be input_size = ${showSize(wanted)}, but is ${showSize(features)}`);
  const [rows, gates] = [dimsOf(args.tensor('w_ih'), context)[0], GATES[op] ?? 1];
  const own = dimsOf(hidden, context).at(-1);
  if (rows && own) context.requireEqual(rows, mul(constant(gates), own), 'hidden-size-mismatch', () => `${op}: w_ih ${show(args.tensor('w_ih'))} must have ${gates} × hidden_size = ${showSize(mul(constant(gates), own))} rows`);
  const [batch, others] = [dimsOf(input, context), dimsOf(hidden, context)];
  if (batch.length === 2 && others.length === 2) context.requireEqual(batch[0]!, others[0]!, 'hidden-size-mismatch', () => `${op}: the batch sizes of input ${show(input)} and hidden state ${show(hidden)} differ: ${showSize(batch[0]!)} and ${showSize(others[0]!)}`);
  const [size, columns] = [dimsOf(hidden, context).at(-1), dimsOf(args.tensor('w_hh'), context).at(-1)];
  if (size && columns) context.requireEqual(size, columns, 'hidden-size-mismatch', () => `${op}: the last dim of the hidden state ${show(hidden)} must be hidden_size = ${showSize(columns)}, but is ${showSize(size)}`);
}

const cell = (op: string): Rule => (args, context) => {
  const hidden = args.tensor('hx');
  checkCell(op, args, hidden, context);
  return fresh(hidden.shape, hidden.dtype);
};
const lstmCell: Rule = (args, context) => {
  const [hidden, state] = args.tensors('hx');
  if (!hidden || !state) return context.fail('argument-mismatch', 'lstm_cell: the hidden state must be a pair of tensors');
  checkCell('lstm_cell', args, hidden, context);
  const [rows, others] = [dimsOf(hidden, context), dimsOf(state, context)];
  if (rows.length === 2 && others.length === 2) context.requireEqual(rows[0]!, others[0]!, 'hidden-size-mismatch', () => `lstm_cell: the batch sizes of the hidden state ${show(hidden)} and the cell state ${show(state)} differ`);
  return tupleOf([fresh(hidden.shape, hidden.dtype), fresh(state.shape, state.dtype)]);
};

const OPTIONS = 'has_biases, num_layers, dropout, train, bidirectional';
const both = (name: string, state: string): string[] => [
  `${name}(data: Tensor, batch_sizes: Tensor, hx: ${state}, params: Tensors, ${OPTIONS})`, `${name}(input: Tensor, hx: ${state}, params: Tensors, ${OPTIONS}, batch_first)`,
];
const CELL = 'w_ih, w_hh, b_ih=None, b_hh=None';
export const rows: readonly OperationRow[] = [
  { name: 'torch.lstm', signature: both('lstm', 'Tensors'), rule: lstm, explain: 'runs over time' },
  ...['gru', 'rnn_tanh', 'rnn_relu'].map((name): OperationRow => ({ name: `torch.${name}`, signature: both(name, 'Tensor'), rule: recurrent(name), explain: 'runs over time' })),
  { name: 'torch.lstm_cell', signature: `lstm_cell(input, hx, ${CELL})`, rule: lstmCell, explain: 'takes one step in time' },
  ...['gru_cell', 'rnn_tanh_cell', 'rnn_relu_cell'].map((name): OperationRow => ({ name: `torch.${name}`, signature: `${name}(input, hx, ${CELL})`, rule: cell(name), explain: 'takes one step in time' })),
];
