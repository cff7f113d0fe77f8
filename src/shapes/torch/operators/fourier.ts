/** Discrete Fourier transforms: https://docs.pytorch.org/docs/stable/fft.html */
import type { TensorValue } from '../../values/values';
import type { SymInt } from '../../symint/symint';
import { add, constant, floordiv, mul, sub } from '../../symint/symint';
import { isComplex, realOf } from '../dtypes';
import type { OperationRow } from '../operation';
import type { BoundArguments, Rule, RuleContext, TensorResult } from '../rule';
import { complexDtype } from '../common/matrix';
import { fresh } from '../common/results';
import { ONE, dimIndex, dimIndexes, dimsOf, rankOf } from '../common/shape';
import { show, showSize } from '../common/text';

/** From complex to complex; from real, half of the last dim is left (`half`); to real, that half becomes whole. */
type Kind = 'full' | 'half' | 'whole';

const TWO = constant(2);
const halved = (size: SymInt): SymInt => add(floordiv(size, TWO), ONE);

function transformed(op: string, kind: Kind, input: TensorValue, dims: readonly number[], sizes: readonly (SymInt | null)[], context: RuleContext): TensorResult {
  if (rankOf(input.shape) === 0 && dims.length > 0) context.fail('dim-out-of-range', `${op}: a tensor of 0 dims has no dim to transform`);
  if (dims.length === 0 && (kind !== 'full' || op.startsWith('hfft'))) context.fail('argument-mismatch', `${op}: at least one dim must be transformed`);
  if (kind === 'half' && input.dtype !== null && isComplex(input.dtype)) context.fail('dtype-mismatch', `${op}: the input ${show(input)} must be real, not ${input.dtype}`);
  const found = dimIndexes(input.shape, dims, op, context);
  const result = [...input.shape.dims];
  found.forEach((at, i) => {
    const own = input.shape.dims[at]!;
    const last = i === found.length - 1;
    const given = sizes[i] ?? null;
    const size = given ?? (kind === 'whole' && last ? mul(TWO, sub(own, ONE)) : own);
    if (context.lessEqual(ONE, size) === false) context.fail('argument-mismatch', `${op}: ${showSize(size)} points along dim ${dims[i]} of ${show(input)}: there must be at least 1`);
    result[at] = kind === 'half' && last ? halved(size) : size;
  });
  const dtype = complexDtype(input.dtype, context);
  return fresh({ ...input.shape, dims: result }, dtype && kind === 'whole' ? realOf(dtype) : dtype);
}

const single = (op: string, kind: Kind): Rule => (args, context) => transformed(op, kind, args.tensor('input'), [args.number('dim')], [args.optionalInt('n')], context);

/** `s` alone means the last dims; -1 in it keeps a size. */
function sizesAndDims(op: string, args: BoundArguments, context: RuleContext): { dims: number[]; sizes: (SymInt | null)[] } {
  const sizes = args.optionalInts('s');
  const given = args.optionalDims('dim');
  const rank = dimsOf(args.tensor('input'), context).length;
  if (sizes && given && sizes.length !== given.length) context.fail('argument-mismatch', `${op}: ${sizes.length} sizes for ${given.length} dims: there must be one for each`);
  if (sizes && !given && sizes.length > rank) context.fail('rank-mismatch', `${op}: ${sizes.length} sizes for ${show(args.tensor('input'))}`);
  const dims = given ?? (sizes ? sizes.map((_, i) => i - sizes.length) : Array.from({ length: rank }, (_, i) => i));
  return { dims, sizes: sizes?.map((size) => (size.value === -1 ? null : size)) ?? [] };
}

const several = (op: string, kind: Kind): Rule => (args, context) => {
  const { dims, sizes } = sizesAndDims(op, args, context);
  return transformed(op, kind, args.tensor('input'), dims, sizes, context);
};

const shift = (op: string): Rule => (args, context) => {
  const input = args.tensor('input');
  const dims = args.optionalDims('dim') ?? [];
  if (rankOf(input.shape) === 0 && dims.length > 0) context.fail('dim-out-of-range', `${op}: a tensor of 0 dims has no dim to shift`);
  // A dim may be shifted twice.
  dims.forEach((dim) => dimIndex(input.shape, dim, op, context));
  return fresh(input.shape, input.dtype);
};

const KINDS: readonly (readonly [string, Kind])[] = [['fft', 'full'], ['ifft', 'full'], ['rfft', 'half'], ['irfft', 'whole'], ['hfft', 'whole'], ['ihfft', 'half']];

const isReal = ({ dtype }: TensorValue): boolean => dtype !== null && !dtype.startsWith('complex');

/** Overlapping pieces transformed: (…, n_fft // 2 + 1, frames). https://docs.pytorch.org/docs/stable/generated/torch.stft.html */
const stft: Rule = (args, context) => {
  const input = args.tensor('input');
  const dims = dimsOf(input, context);
  const given = args.optionalTensor('window');
  if (dims.length < 1 || dims.length > 2) context.fail('rank-mismatch', `stft: the input must have 1 or 2 dims, not ${show(input)}`);
  if (!args.has('return_complex') && isReal(input) && (!given || isReal(given))) context.fail('argument-mismatch', `stft: return_complex must be given for a real signal, which ${show(input)} is: return_complex=True`);
  if (args.has('align_to_window') && args.bool('center')) context.fail('argument-mismatch', 'stft: align_to_window is for center=False only');
  const n = args.int('n_fft');
  const hop = args.optionalInt('hop_length') ?? floordiv(n, constant(4));
  const window = args.optionalInt('win_length') ?? n;
  if (given && dimsOf(given, context).length !== 1) context.fail('rank-mismatch', `stft: the window must have 1 dim, not ${show(given)}`);
  if (given) context.requireEqual(given.shape.dims[0]!, window, 'stft-size-mismatch', () => `stft: the window ${show(given)} must have win_length = ${showSize(window)} elements`);
  const length = args.bool('center') ? add(dims.at(-1)!, mul(TWO, floordiv(n, TWO))) : dims.at(-1)!;
  if (context.lessEqual(n, length) === false) context.fail('stft-size-mismatch', `stft: n_fft = ${showSize(n)} is more than the ${showSize(length)} samples of ${show(input)}`);
  const frames = add(floordiv(sub(length, n), hop), ONE);
  const onesided = args.has('onesided') ? args.bool('onesided') : input.dtype === null || !input.dtype.startsWith('complex');
  const complex = complexDtype(input.dtype, context);
  const result = [...dims.slice(0, -1), onesided ? halved(n) : n, frames];
  const stays = args.has('return_complex') ? args.bool('return_complex') : input.dtype === null ? context.unknown('whether stft returns complex numbers is not known') : input.dtype.startsWith('complex');
  // Frames are laid one behind the other.
  return stays ? fresh(result, complex, null) : fresh([...result, TWO], complex && realOf(complex), null);
};

/** The signal back from its pieces. https://docs.pytorch.org/docs/stable/generated/torch.istft.html */
const istft: Rule = (args, context) => {
  const input = args.tensor('input');
  const dims = dimsOf(input, context);
  if (dims.length < 2 || dims.length > 3) context.fail('rank-mismatch', `istft: the input must have 2 or 3 dims, not ${show(input)}`);
  const n = args.int('n_fft');
  const hop = args.optionalInt('hop_length') ?? floordiv(n, constant(4));
  const whole = add(n, mul(hop, sub(dims.at(-1)!, ONE)));
  const length = args.optionalInt('length') ?? (args.bool('center') ? sub(whole, mul(TWO, floordiv(n, TWO))) : whole);
  return fresh([...dims.slice(0, -2), length], args.bool('return_complex') ? input.dtype : input.dtype && realOf(input.dtype));
};

const explain = 'transforms to frequencies or back';
const fft = (name: string, parameters: string, rule: Rule): OperationRow => ({ name: `torch.fft.${name}`, signature: `${name}(${parameters})`, rule, explain });
export const rows: readonly OperationRow[] = [
  ...KINDS.map(([name, kind]) => fft(name, 'input, n=None, dim=-1, norm=None', single(name, kind))),
  ...KINDS.map(([name, kind]) => fft(`${name}2`, 'input, s=None, dim=(-2, -1), norm=None', several(`${name}2`, kind))),
  ...KINDS.map(([name, kind]) => fft(`${name}n`, 'input, s=None, dim=None, norm=None', several(`${name}n`, kind))),
  fft('fftshift', 'input, dim=None', shift('fftshift')), fft('ifftshift', 'input, dim=None', shift('ifftshift')),
  fft('fftfreq', 'n, d=1.0, *, dtype=None, **options', (args, context) => fresh([args.int('n')], args.optionalDtype('dtype') ?? context.defaultDtype)),
  fft('rfftfreq', 'n, d=1.0, *, dtype=None, **options', (args, context) => fresh([halved(args.int('n'))], args.optionalDtype('dtype') ?? context.defaultDtype)),
  { name: 'torch.stft', signature: "stft(input, n_fft, hop_length=None, win_length=None, window=None, center=True, pad_mode='reflect', normalized=False, onesided=None, return_complex=None, align_to_window=None)", methods: ['stft'], rule: stft, explain },
  { name: 'torch.istft', signature: 'istft(input, n_fft, hop_length=None, win_length=None, window=None, center=True, normalized=False, onesided=None, length=None, return_complex=False)', methods: ['istft'], rule: istft, explain: 'puts the signal back together' },
];
