/** Recurrent layers, step by step. https://docs.pytorch.org/docs/stable/nn.html#recurrent-layers */
import { allocate } from '../elements';
import type { Elements } from '../messages';
import { Value } from '../value';
import { unsupported, type Kernel, type KernelCall, type KernelTable } from './kernel';
import { matmul } from './matmul';
import { sigmoid } from './special';
import { concatenate, narrow, permute } from './strided';

/** The weights of one layer in one direction. */
interface Weights { readonly input: Value; readonly hidden: Value; readonly inputBias: Value | null; readonly hiddenBias: Value | null; readonly projection: Value | null }

/** States of one step: the hidden one, and the cell's where there is one; (rows, size) each. */
type State = readonly Value[];

interface Cell {
  /** How many times the hidden size the gates are. */
  readonly gates: number;
  /** The new states of one row, from what input and hidden state give to each gate; `size` is the hidden size. */
  step(input: Elements, hidden: Elements, before: readonly Elements[], after: readonly Elements[], size: number): void;
}

const at = (elements: Elements, i: number): number => elements[i] as number;

const LSTM: Cell = {
  gates: 4,
  step(x, h, [, cell], [hidden, next], size) {
    for (let i = 0; i < size; i++) {
      const gate = (k: number): number => at(x, k * size + i) + at(h, k * size + i);
      const c = sigmoid(gate(1)) * at(cell as Elements, i) + sigmoid(gate(0)) * Math.tanh(gate(2));
      (next as Elements)[i] = c;
      (hidden as Elements)[i] = sigmoid(gate(3)) * Math.tanh(c);
    }
  },
};

const GRU: Cell = {
  gates: 3,
  step(x, h, [before], [hidden], size) {
    for (let i = 0; i < size; i++) {
      const reset = sigmoid(at(x, i) + at(h, i));
      const update = sigmoid(at(x, size + i) + at(h, size + i));
      const fresh = Math.tanh(at(x, 2 * size + i) + reset * at(h, 2 * size + i));
      (hidden as Elements)[i] = (1 - update) * fresh + update * at(before as Elements, i);
    }
  },
};

const simple = (activation: (x: number) => number): Cell => ({
  gates: 1,
  step(x, h, _before, [hidden], size) {
    for (let i = 0; i < size; i++) (hidden as Elements)[i] = activation(at(x, i) + at(h, i));
  },
});

/** rows @ weight.T + bias, as plain elements. */
function affine(rows: Value, weight: Value, bias: Value | null): Elements {
  const width = weight.shape[0] as number;
  const product = matmul(rows, permute(weight, [1, 0]), 'float32', [rows.shape[0] as number, width]).host();
  if (!bias) return product;
  const added = bias.hostAs('float32');
  return Float32Array.from(product, (x, i) => x + (added[i % width] as number));
}

/** One step of all rows; `input` holds what the step's inputs give to the gates. */
function advance(cell: Cell, input: Elements, state: State, weights: Weights): State {
  const rows = (state[0] as Value).shape[0] as number;
  const size = (weights.hidden.shape[0] as number) / cell.gates;
  const width = size * cell.gates;
  const hidden = affine(state[0] as Value, weights.hidden, weights.hiddenBias);
  const before = state.map((value) => value.host());
  const after = state.map(() => new Float32Array(rows * size));
  const part = (elements: Elements, row: number, length: number): Elements => elements.subarray(row * length, (row + 1) * length);
  for (let row = 0; row < rows; row++) {
    cell.step(part(input, row, width), part(hidden, row, width), before.map((each) => part(each, row, each.length / rows)), after.map((each) => part(each, row, size)), size);
  }
  const next = after.map((elements) => Value.of(elements, [rows, size], 'float32'));
  if (weights.projection) next[0] = Value.of(affine(next[0] as Value, weights.projection, null), [rows, weights.projection.shape[0] as number], 'float32');
  return next;
}

/** One layer in one direction over steps of `counts` rows each (fewer and fewer where sequences end); the outputs of all steps, and the last states. */
function runLayer(cell: Cell, inputs: Value, counts: readonly number[], initial: State, weights: Weights, backwards: boolean): { readonly outputs: Value; readonly last: State } {
  const gates = affine(inputs, weights.input, weights.inputBias);
  const width = weights.input.shape[0] as number;
  const starts = counts.map((_, t) => counts.slice(0, t).reduce((sum, count) => sum + count, 0));
  const outputs = new Array<Value>(counts.length);
  let state = initial;
  for (let step = 0; step < counts.length; step++) {
    const t = backwards ? counts.length - 1 - step : step;
    const [start, count] = [starts[t] as number, counts[t] as number];
    const next = advance(cell, gates.subarray(start * width, (start + count) * width), state.map((value) => narrow(value, 0, 0, count)), weights);
    outputs[t] = next[0] as Value;
    // Rows whose sequence has ended (or, backwards, not begun) keep their state.
    state = next.map((value, i) => rowsReplaced(state[i] as Value, value));
  }
  const size = (initial[0] as Value).shape[1] as number;
  return { outputs: concatenate(outputs, 0, [inputs.shape[0] as number, size]), last: state };
}

function rowsReplaced(all: Value, first: Value): Value {
  const [rows, count] = [all.shape[0] as number, first.shape[0] as number];
  return count === rows ? first : concatenate([first, narrow(all, 0, count, rows - count)], 0, all.shape);
}

/** The flat list of parameters, layer by layer and direction by direction. */
function weightsOf(params: readonly Value[], biases: boolean, projected: boolean): Weights[] {
  const each = 2 + (biases ? 2 : 0) + (projected ? 1 : 0);
  return Array.from({ length: params.length / each }, (_, i) => {
    const [input, hidden, ...rest] = params.slice(i * each, (i + 1) * each) as [Value, Value, ...Value[]];
    return { input, hidden, inputBias: biases ? rest[0] as Value : null, hiddenBias: biases ? rest[1] as Value : null, projection: projected ? rest.at(-1) as Value : null };
  });
}

/** (T, N, C), or (N, T, C) batch first, as steps one after the other; packed data is that already. */
function sequenceOf({ args }: KernelCall): { readonly rows: Value; readonly counts: readonly number[]; readonly back: (outputs: Value, shape: readonly number[]) => Value } {
  const sizes = args.optionalTensor('batch_sizes');
  if (sizes) return { rows: args.tensor('data'), counts: [...sizes.host()], back: (outputs) => outputs };
  const input = args.tensor('input');
  const first = args.bool('batch_first');
  const ordered = first ? permute(input, [1, 0, 2]) : input;
  const [time, batch, features] = ordered.shape as [number, number, number];
  return {
    rows: ordered.reshaped([time * batch, features]), counts: new Array<number>(time).fill(batch),
    back: (outputs, shape) => (first ? permute(outputs.reshaped([time, batch, shape[2] as number]), [1, 0, 2]) : outputs.reshaped(shape)),
  };
}

const recurrent = (cell: Cell): Kernel => (call) => {
  const { args, outputs, dtype } = call;
  if (dtype !== 'float32' && dtype !== 'float64') throw unsupported(call, `${dtype} values`);
  if (args.number('dropout', 0) > 0) call.note('layers pass on their results without dropout, as in eval mode');
  const states = args.tensors('hx');
  const params = args.tensors('params');
  const directions = args.bool('bidirectional') ? 2 : 1;
  const projected = states.length === 2 && (states[0] as Value).shape[2] !== (states[1] as Value).shape[2];
  const all = weightsOf(params, args.bool('has_biases'), projected);
  const { rows, counts, back } = sequenceOf(call);
  const last: State[] = [];
  let inputs = rows;
  for (let layer = 0; layer < args.int('num_layers'); layer++) {
    const runs = Array.from({ length: directions }, (_, direction) => {
      const i = layer * directions + direction;
      const initial = states.map((state) => narrow(state, 0, i, 1).reshaped(state.shape.slice(1)));
      return runLayer(cell, inputs, counts, initial, all[i] as Weights, direction === 1);
    });
    last.push(...runs.map((run) => run.last));
    const width = runs.reduce((sum, run) => sum + (run.outputs.shape[1] as number), 0);
    inputs = concatenate(runs.map((run) => run.outputs), 1, [rows.shape[0] as number, width]);
  }
  return [back(inputs, call.shape), ...states.map((state, i) => concatenate(last.map((each) => each[i] as Value), 0, [state.shape[0] as number * (state.shape[1] as number), state.shape[2] as number]).reshaped(outputs[i + 1]?.shape ?? state.shape))]
    .map((value, i) => value.to(outputs[i]?.dtype ?? dtype));
};

/** One step of a cell. https://docs.pytorch.org/docs/stable/generated/torch.nn.LSTMCell.html */
const oneStep = (cell: Cell): Kernel => (call) => {
  const { args, outputs } = call;
  const weights: Weights = { input: args.tensor('w_ih'), hidden: args.tensor('w_hh'), inputBias: args.optionalTensor('b_ih'), hiddenBias: args.optionalTensor('b_hh'), projection: null };
  const given = args.tensor('input');
  const input = given.shape.length === 1 ? given.reshaped([1, given.numel]) : given;
  const state = args.tensors('hx').map((value) => (value.shape.length === 1 ? value.reshaped([1, value.numel]) : value));
  const next = advance(cell, affine(input, weights.input, weights.inputBias), state, weights);
  const results = next.map((value, i) => value.reshaped(outputs[i]?.shape ?? value.shape).to(outputs[i]?.dtype ?? 'float32'));
  return results.length === 1 ? results[0] as Value : results;
};

/** Sequences of several lengths in one tensor. https://docs.pytorch.org/docs/stable/generated/torch.nn.utils.rnn.pad_sequence.html */
const padSequence: Kernel = ({ args, shape, dtype }) => {
  const sequences = args.tensors('sequences');
  const first = args.bool('batch_first');
  const left = args.text('padding_side', 'right') === 'left';
  const result = allocate(dtype, shape.reduce((product, size) => product * size, 1)).fill(args.number('padding_value', 0));
  const longest = shape[first ? 1 : 0] as number;
  const inner = result.length / Math.max(1, longest * sequences.length);
  sequences.forEach((sequence, n) => {
    const source = sequence.host();
    const skipped = left ? longest - (sequence.shape[0] as number) : 0;
    for (let i = 0; i < source.length; i++) {
      const t = skipped + Math.floor(i / inner);
      result[(first ? n * longest + t : t * sequences.length + n) * inner + i % inner] = source[i] as number;
    }
  });
  return Value.computed(result, shape, dtype);
};

const [TANH, RELU] = [simple(Math.tanh), simple((x) => Math.max(0, x))];
export const RECURRENT: KernelTable = {
  'torch.lstm': recurrent(LSTM), 'torch.gru': recurrent(GRU), 'torch.rnn_tanh': recurrent(TANH), 'torch.rnn_relu': recurrent(RELU),
  'torch.lstm_cell': oneStep(LSTM), 'torch.gru_cell': oneStep(GRU), 'torch.rnn_tanh_cell': oneStep(TANH), 'torch.rnn_relu_cell': oneStep(RELU),
  'torch.nn.utils.rnn.pad_sequence': padSequence,
};
