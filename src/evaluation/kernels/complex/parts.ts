/** Complex values as pairs of real ones: kernels that only move elements, or are linear, run once for each part. */
import type { JsonArgument } from '../../../shapes/graph/graph';
import type { Dtype } from '../../../shapes/values/dtype';
import { isComplex, isFloat } from '../../elements';
import type { Pair } from '../../functions/complex';
import { numelOf, Value } from '../../value';
import type { Arguments, Operand } from '../arguments';
import { fill, type Kernel, type KernelCall } from '../kernel';

export interface Parts { readonly re: Value; readonly im: Value }

/** A real value is its own real part. */
export function partsOf(value: Value): Parts {
  if (!isComplex(value.dtype)) return { re: value.to('float32'), im: Value.filled(0, value.shape, 'float32') };
  const elements = value.host();
  const part = (offset: number): Value => Value.of(Float32Array.from({ length: value.numel }, (_, i) => elements[2 * i + offset] as number), value.shape, 'float32');
  return { re: part(0), im: part(1) };
}

export function joined({ re, im }: Parts, dtype: Dtype): Value {
  const [x, y] = [re.host(), im.host()];
  const elements = new Float32Array(2 * re.numel);
  for (let i = 0; i < re.numel; i++) {
    elements[2 * i] = x[i] as number;
    elements[2 * i + 1] = y[i] as number;
  }
  return Value.of(elements, re.shape, dtype);
}

/** From a function of the flat index that gives both parts. */
export function complexFrom(shape: readonly number[], dtype: Dtype, element: (i: number) => readonly [number, number]): Value {
  const elements = new Float32Array(2 * numelOf(shape));
  for (let i = 0; i < elements.length / 2; i++) [elements[2 * i], elements[2 * i + 1]] = element(i) as [number, number];
  return Value.of(elements, shape, dtype);
}

const FILLING: ReadonlySet<string> = new Set(['value', 'fill_value']);

/** The arguments with one part in place of each complex tensor; indices and masks stay. */
export function partial(args: Arguments, imaginary: boolean): Arguments {
  const view = Object.create(args) as Arguments;
  view.asTensor = (found: JsonArgument) => {
    const value = args.asTensor(found);
    if (!value || !(isComplex(value.dtype) || isFloat(value.dtype))) return value;
    const { re, im } = partsOf(value);
    return imaginary ? im : re;
  };
  const part = (found: Operand): Operand => (found instanceof Value || !imaginary ? found : { value: found.imaginary ?? 0, isFloat: true });
  view.operand = (...names) => (view.isTensor(...names) ? view.tensor(...names) : part(args.operand(...names)));
  // What elements are filled with; other numbers say how, and stay.
  view.number = (name, otherwise) => {
    if (!FILLING.has(name) || !args.has(name)) return args.number(name, otherwise);
    const found = view.operand(name);
    return found instanceof Value ? found.item() : found.value;
  };
  return view;
}

/** The kernel of each part, and the results put together. */
export const partwise = (kernel: Kernel): Kernel => (call: KernelCall) => {
  const run = (imaginary: boolean): readonly Value[] => {
    const outputs = call.outputs.map(({ shape, dtype }) => ({ shape, dtype: isComplex(dtype) ? 'float32' as Dtype : dtype }));
    const result = kernel({ ...call, args: partial(call.args, imaginary), outputs, dtype: isComplex(call.dtype) ? 'float32' : call.dtype });
    return result instanceof Value ? [result] : result;
  };
  const [re, im] = [run(false), run(true)];
  return call.outputs.map(({ dtype }, i) => (isComplex(dtype) ? joined({ re: re[i] as Value, im: im[i] as Value }, dtype) : re[i] as Value));
};

/** A tensor or a number. */
export function operandParts(operand: Operand): Parts {
  return operand instanceof Value ? partsOf(operand) : { re: Value.filled(operand.value, [], 'float32'), im: Value.filled(operand.imaginary ?? 0, [], 'float32') };
}

/** A number that multiplies, or is given in another way; 1 where it is not. */
export function numberOf({ args }: KernelCall, name: string): Pair {
  if (!args.has(name)) return [1, 0];
  const { re, im } = operandParts(args.operand(name));
  return [re.item(), im.item()];
}

export function absolute(value: Value): Value {
  const { re, im } = partsOf(value);
  return fill(value.shape, 'float32', (i) => Math.hypot(re.host()[i]!, im.host()[i]!));
}
