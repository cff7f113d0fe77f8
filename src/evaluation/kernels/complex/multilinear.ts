/**
 * Operations that are linear in each of their operands, on complex ones: (a + bi)(c + di) = ac - bd + (ad + bc)i holds for
 * each of them. So the real kernel runs once for each choice of parts, as long as a part is there.
 */
import { isComplex } from '../../elements';
import { add, product } from '../../functions/complex';
import type { Elements } from '../../messages';
import { Value } from '../../value';
import { withTensors, type Arguments } from '../arguments';
import { findKernel } from '../index';
import type { Kernel, KernelCall, KernelTable } from '../kernel';
import { complexFrom, joined, numberOf, partsOf, type Parts } from './parts';

interface Linear {
  /** The operands, one a name or a list of them, as far as they are given. */
  readonly factors: readonly string[];
  /** What is added to the product. */
  readonly addend?: string;
  /** The factor whose conjugate is taken. */
  readonly conjugated?: string;
}

interface Factor { readonly name: string; readonly at: number | null; readonly re: Value; /** null: it is real. */ readonly im: Value | null }

const multilinear = (op: string, linear: Linear): Kernel => (call) => {
  const factors = linear.factors.flatMap((name) => factorsOf(call, name));
  const added = linear.addend !== undefined && call.args.isTensor(linear.addend) ? partsOf(call.args.tensor(linear.addend)) : null;
  const plus = (addend: Value | null): Readonly<Record<string, Value>> => (addend ? { [linear.addend!]: addend } : {});
  const nothing = added && Value.filled(0, added.re.shape, 'float32');
  const sums = call.outputs.map(({ shape }): Parts => ({ re: Value.filled(0, shape, 'float32'), im: Value.filled(0, shape, 'float32') }));
  for (let choice = 0; choice < 2 ** factors.length; choice++) {
    const chosen = factors.map((factor, i) => (choice >> i & 1 ? factor.im : factor.re));
    if (chosen.includes(null)) continue;
    const turns = chosen.filter((_, i) => choice >> i & 1).length;
    const sign = (turns % 4 < 2 ? 1 : -1) * (choice & bitsOf(factors, linear.conjugated) ? -1 : 1);
    const results = real(op, call, factors, chosen as Value[], plus(nothing));
    results.forEach((result, output) => accumulate(turns % 2 === 0 ? sums[output]!.re : sums[output]!.im, result, sign));
  }
  if (!added) return sums.map((parts, output) => joined(parts, call.outputs[output]!.dtype));
  // Where it is added, the kernel's own broadcasting lays it.
  const zeros = factors.map(({ re }) => Value.filled(0, re.shape, 'float32'));
  const [re, im] = [added.re, added.im].map((part) => real(op, call, factors, zeros, plus(part))[0]!.host()) as [Elements, Elements];
  const [alpha, beta] = [numberOf(call, 'alpha'), numberOf(call, 'beta')];
  const [x, y] = [sums[0]!.re.host(), sums[0]!.im.host()];
  return complexFrom(call.shape, call.dtype, (i) => add(product(alpha, [x[i]!, y[i]!]), beta.every((part) => part === 0) ? beta : product(beta, [re[i]!, im[i]!])));
};

function factorsOf({ args }: KernelCall, name: string): Factor[] {
  if (!args.has(name)) return [];
  const isList = !args.isTensor(name);
  return args.tensors(name).map((value, i) => {
    const { re, im } = partsOf(value);
    return { name, at: isList ? i : null, re, im: isComplex(value.dtype) ? im : null };
  });
}

const bitsOf = (factors: readonly Factor[], name: string | undefined): number => factors.reduce((bits, factor, i) => bits | (factor.name === name ? 1 << i : 0), 0);

function real(op: string, call: KernelCall, factors: readonly Factor[], chosen: readonly Value[], more: Readonly<Record<string, Value>> | null): readonly Value[] {
  const replaced: Record<string, Value | Value[]> = { ...more };
  factors.forEach(({ name, at }, i) => {
    const earlier = replaced[name];
    replaced[name] = at === null ? chosen[i]! : Array.isArray(earlier) ? [...earlier, chosen[i]!] : [chosen[i]!];
  });
  const result = findKernel(op)!({ ...call, args: unscaled(withTensors(call.args, replaced)), dtype: 'float32', outputs: call.outputs.map(({ shape }) => ({ shape, dtype: 'float32' })) });
  return result instanceof Value ? [result] : result;
}

/** With what scales product and addend as 1: it may be complex. */
function unscaled(args: Arguments): Arguments {
  const number = args.number.bind(args);
  args.number = (name, otherwise) => (name === 'alpha' || name === 'beta' ? 1 : number(name, otherwise));
  return args;
}

function accumulate(sum: Value, term: Value, sign: number): void {
  const [to, from] = [sum.host(), term.host()];
  for (let i = 0; i < to.length; i++) to[i] = to[i]! + sign * from[i]!;
}

const F = 'torch.nn.functional.';
const convolution = { factors: ['input', 'weight'], addend: 'bias' };
const OPERATIONS: Readonly<Record<string, Linear>> = {
  'torch.einsum': { factors: ['operands'] }, 'torch.linalg.multi_dot': { factors: ['tensors'] }, 'torch.chain_matmul': { factors: ['matrices'] },
  'torch.tensordot': { factors: ['a', 'b'] }, 'torch.outer': { factors: ['input', 'vec2'] }, 'torch.kron': { factors: ['input', 'other'] }, 'torch.inner': { factors: ['input', 'other'] }, 'torch.mv': { factors: ['input', 'vec'] },
  'torch.dot': { factors: ['input', 'tensor'] }, 'torch.vdot': { factors: ['input', 'other'], conjugated: 'input' }, 'torch.linalg.vecdot': { factors: ['x', 'y'], conjugated: 'x' },
  'torch.cross': { factors: ['input', 'other'] }, 'torch.linalg.cross': { factors: ['input', 'other'] }, 'torch.addmm': { factors: ['mat1', 'mat2'], addend: 'input' }, 'torch.addmv': { factors: ['mat', 'vec'], addend: 'input' },
  'torch.addr': { factors: ['vec1', 'vec2'], addend: 'input' }, 'torch.addbmm': { factors: ['batch1', 'batch2'], addend: 'input' }, 'torch.baddbmm': { factors: ['batch1', 'batch2'], addend: 'input' },
  [`${F}linear`]: convolution, [`${F}bilinear`]: { factors: ['input1', 'input2', 'weight'], addend: 'bias' },
  ...Object.fromEntries(['conv1d', 'conv2d', 'conv3d', 'conv_transpose1d', 'conv_transpose2d', 'conv_transpose3d'].map((name) => [F + name, convolution])),
  'torch.trapezoid': { factors: ['y', 'x'] }, 'torch.cumulative_trapezoid': { factors: ['y', 'x'] }, 'torch.gradient': { factors: ['input'] },
  'torch.masked.sum': { factors: ['input'] }, 'torch.masked.mean': { factors: ['input'] }, 'torch.masked.cumsum': { factors: ['input'] },
};
export const MULTILINEAR: KernelTable = Object.fromEntries(Object.entries(OPERATIONS).map(([op, linear]) => [op, multilinear(op, linear)]));
