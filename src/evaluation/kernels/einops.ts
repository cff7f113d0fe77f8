/**
 * Functions of einops, on reshape, permute, reductions and expand. The trace has checked the patterns and declares the
 * results' shapes; only the sizes of single axes are found out here again. https://einops.rocks
 */
import { numelOf, type Value } from '../value';
import { EINSUM } from './einsum';
import { unsupported, type Kernel, type KernelCall, type KernelTable } from './kernel';
import { concatenate, expandTo, narrow, permute } from './strided';
import { REDUCTION } from './reduction';
import { Arguments } from './arguments';

/** The axes of each dim; numbers other than 1 are axes of that size. */
function groupsOf(side: string, run: readonly string[]): string[][] {
  let place = 0;
  return [...side.replace(/…/g, '...').matchAll(/\(([^)]*)\)|[^\s()]+/g)].flatMap(([token, inner]) => {
    const names = (inner ?? token).split(/\s+/).filter((name) => name !== '' && name !== '1');
    if (inner === undefined && token === '...') return run.map((name) => [name]);
    return [names.flatMap((name) => (name === '...' ? run : [/^\d/.test(name) ? `${name}#${place++}` : name]))];
  });
}

const numberIn = (name: string): number | null => (name.includes('#') ? Number(name.split('#')[0]) : null);

function lengthsOf({ args }: KernelCall): Map<string, number> {
  const pairs = args.raw('axes_lengths');
  return new Map((Array.isArray(pairs) ? pairs : []).flatMap((pair) => (Array.isArray(pair) && typeof pair[1] === 'number' ? [[String(pair[0]), pair[1]] as const] : [])));
}

/** A list of tensors along a new first dim. */
function operand({ args }: KernelCall): Value {
  if (args.isTensor('tensor')) return args.tensor('tensor');
  const tensors = args.tensors('tensor');
  const shape = [tensors.length, ...(tensors[0] as Value).shape];
  return concatenate(tensors.map((tensor) => tensor.reshaped([1, ...tensor.shape])), 0, shape);
}

const transform: Kernel = (call) => {
  const input = operand(call);
  const [left = '', right = ''] = call.args.text('pattern', '').split('->');
  const dots = Math.max(0, input.shape.length - groupsOf(left, []).length);
  const run = Array.from({ length: dots }, (_, i) => `...${i}`);
  const groups = groupsOf(left, run);
  const lengths = lengthsOf(call);
  const sizeOf = (name: string): number | undefined => numberIn(name) ?? lengths.get(name);
  groups.forEach((group, dim) => {
    const open = group.find((name) => sizeOf(name) === undefined);
    if (open !== undefined) lengths.set(open, (input.shape[dim] as number) / numelOf(group.filter((name) => name !== open).map((name) => sizeOf(name) as number)));
  });
  const size = (name: string): number => sizeOf(name) as number;
  const from = groups.flat();
  const to = groupsOf(right, run).flat();
  const kept = to.filter((name) => from.includes(name) && numberIn(name) === null);
  const reduced = from.filter((name) => !kept.includes(name));
  const moved = permute(input.reshaped(from.map(size)), [...kept, ...reduced].map((name) => from.indexOf(name)));
  const single = reduced.length > 0 ? reduce(call, moved, kept.map(size)) : moved;
  const spaced = single.reshaped(to.map((name) => (kept.includes(name) ? size(name) : 1)));
  return expandTo(spaced, to.map(size)).reshaped(call.shape);
};

const REDUCTIONS: Readonly<Record<string, string>> = { min: 'torch.amin', max: 'torch.amax', sum: 'torch.sum', mean: 'torch.mean', prod: 'torch.prod', any: 'torch.any', all: 'torch.all' };

/** Over the last dims. */
function reduce(call: KernelCall, input: Value, shape: readonly number[]): Value {
  const name = REDUCTIONS[call.args.text('reduction', '')];
  if (name === undefined) throw unsupported(call, 'a function as reduction');
  const dim = input.shape.map((_, i) => i).slice(shape.length);
  const args = new Arguments(name, { input: { node: 0, output: 0 }, dim }, () => input);
  return (REDUCTION[name] as Kernel)({ ...call, op: name, args, shape, outputs: [{ shape, dtype: call.dtype }] }) as Value;
}

/** How many axes stand before `*`. */
const axisOf = (pattern: string): number => pattern.trim().split(/\s+/).indexOf('*');

const pack: Kernel = (call) => {
  const at = axisOf(call.args.text('pattern', ''));
  const behind = call.shape.slice(at + 1);
  const parts = call.args.tensors('tensors').map((tensor) => {
    const front = tensor.shape.slice(0, at);
    return tensor.to(call.dtype).reshaped([...front, numelOf(tensor.shape.slice(at, tensor.shape.length - behind.length)), ...behind]);
  });
  return concatenate(parts, at, call.shape);
};

const unpack: Kernel = ({ args, outputs }) => {
  const input = args.tensor('tensor');
  const at = axisOf(args.text('pattern', ''));
  const behind = input.shape.length - at - 1;
  let from = 0;
  return outputs.map(({ shape }) => {
    const length = numelOf(shape.slice(at, shape.length - behind));
    const part = narrow(input, at, from, length).reshaped(shape);
    from += length;
    return part;
  });
};

export const EINOPS: KernelTable = {
  'einops.rearrange': transform, 'einops.repeat': transform, 'einops.reduce': transform,
  'einops.pack': pack, 'einops.unpack': unpack, 'einops.einsum': EINSUM['torch.einsum'] as Kernel,
};
