/** Fourier transforms along dims. https://docs.pytorch.org/docs/stable/fft.html */
import { isComplex } from '../../elements';
import { transform } from '../../functions/fourier';
import { numelOf, Value } from '../../value';
import { dimOf } from '../arguments';
import { unsupported, type Kernel, type KernelCall, type KernelTable } from '../kernel';
import { partsOf } from './parts';

/** A complex array in double precision, by turns real and imaginary. */
interface Signal { readonly shape: readonly number[]; readonly data: Float64Array }

function signalOf(value: Value): Signal {
  if (isComplex(value.dtype)) return { shape: value.shape, data: Float64Array.from(value.host()) };
  const { re } = partsOf(value);
  const data = new Float64Array(2 * value.numel);
  re.host().forEach((x: number, i: number) => { data[2 * i] = x; });
  return { shape: value.shape, data };
}

/** Rows along a dim, each replaced by another of `length` elements. */
function alongDim({ shape, data }: Signal, dim: number, length: number, rewrite: (row: Float64Array) => Float64Array): Signal {
  const [size, inner] = [shape[dim] as number, numelOf(shape.slice(dim + 1))];
  const outer = numelOf(shape.slice(0, dim));
  const result = new Float64Array(2 * outer * length * inner);
  const row = new Float64Array(2 * size);
  for (let o = 0; o < outer; o++) {
    for (let i = 0; i < inner; i++) {
      for (let k = 0; k < size; k++) row.set(data.subarray(2 * ((o * size + k) * inner + i), 2 * ((o * size + k) * inner + i) + 2), 2 * k);
      const written = rewrite(row);
      for (let k = 0; k < length; k++) result.set(written.subarray(2 * k, 2 * k + 2), 2 * ((o * length + k) * inner + i));
    }
  }
  return { shape: shape.map((each, i) => (i === dim ? length : each)), data: result };
}

/** Cut, or filled up with zeros. */
function padded(row: Float64Array, n: number): Float64Array {
  const result = new Float64Array(2 * n);
  result.set(row.subarray(0, 2 * Math.min(n, row.length / 2)));
  return result;
}

/** The conjugate mirror image of the first half. */
function mirrored(row: Float64Array, n: number): Float64Array {
  const half = padded(row, Math.floor(n / 2) + 1);
  const result = new Float64Array(2 * n);
  for (let k = 0; k < n; k++) {
    const at = k <= n - k ? k : n - k;
    result[2 * k] = half[2 * at] as number;
    // The parts that would have to be 0 for a real signal are taken as such.
    result[2 * k + 1] = k === 0 || 2 * k === n ? 0 : (k < n - k ? 1 : -1) * (half[2 * at + 1] as number);
  }
  return result;
}

const conjugated = ({ shape, data }: Signal): Signal => ({ shape, data: data.map((x, i) => (i % 2 === 1 ? -x : x)) });
const scaled = ({ shape, data }: Signal, factor: number): Signal => ({ shape, data: data.map((x) => x * factor) });

interface Plan { readonly dims: readonly number[]; readonly sizes: readonly number[] }

/** Which dims, in order, and how many points along each; `whole`: the last one's from half a spectrum. */
function planOf({ args }: KernelCall, input: Value, whole: boolean): Plan {
  const rank = input.shape.length;
  const sizes = args.optionalInts('n') ?? args.optionalInts('s');
  const given = args.optionalInts('dim') ?? (sizes ? sizes.map((_, i) => i - sizes.length) : [...input.shape.keys()]);
  const dims = given.map((dim) => dimOf(dim, rank));
  return {
    dims, sizes: dims.map((dim, i) => {
      const asked = sizes?.[i] ?? -1;
      const own = input.shape[dim] as number;
      return asked >= 0 ? asked : whole && i === dims.length - 1 ? 2 * (own - 1) : own;
    }),
  };
}

/** What the result is divided by, by the direction's own convention. */
function factorOf(call: KernelCall, points: number, inverse: boolean): number {
  const norm = call.args.text('norm', 'backward');
  if (norm === 'ortho') return 1 / Math.sqrt(points);
  if (norm !== 'backward' && norm !== 'forward') throw unsupported(call, `norm '${norm}'`);
  return (norm === 'forward') !== inverse ? 1 / points : 1;
}

function finished(call: KernelCall, { data }: Signal): Value {
  if (isComplex(call.dtype)) return Value.of(Float32Array.from(data), call.shape, call.dtype);
  return Value.computed(Float32Array.from({ length: data.length / 2 }, (_, i) => data[2 * i] as number), call.shape, call.dtype);
}

/** `whole`: from half a spectrum to a real signal; `half`: from a real signal to half a spectrum. */
const fourier = (kind: 'full' | 'half' | 'whole', sign: 1 | -1, flipped: boolean): Kernel => (call) => {
  const input = call.args.tensor('input');
  const { dims, sizes } = planOf(call, input, kind === 'whole');
  const inverse = sign === 1;
  let signal = signalOf(input);
  // What hfft and ihfft do is the other transform, mirrored in time.
  const last = dims.length - 1;
  const order = kind === 'half' ? [...dims.keys()].reverse() : [...dims.keys()];
  for (const i of order) {
    const [dim, n] = [dims[i] as number, sizes[i] as number];
    if (kind === 'whole' && i === last) {
      if (flipped) signal = conjugated(signal);
      signal = alongDim(signal, dim, n, (row) => transform(mirrored(row, n), 1));
    } else if (kind === 'half' && i === last) {
      signal = alongDim(signal, dim, Math.floor(n / 2) + 1, (row) => transform(padded(row, n), -1));
      if (flipped) signal = conjugated(signal);
    } else signal = alongDim(signal, dim, n, (row) => transform(padded(row, n), sign));
  }
  return finished(call, scaled(signal, factorOf(call, numelOf(sizes), inverse)));
};

/** Overlapping windowed pieces. https://docs.pytorch.org/docs/stable/generated/torch.stft.html */
const stft: Kernel = (call) => {
  const { args, shape, outputs } = call;
  const input = args.tensor('input');
  if (isComplex(input.dtype)) throw unsupported(call, 'a complex signal');
  const geometry = framesOf(call);
  const { n, hop, window } = geometry;
  const source = input.host();
  const samples = input.shape.at(-1) as number;
  const shift = args.bool('center', true) ? Math.floor(n / 2) : 0;
  const mode = args.text('pad_mode', 'reflect');
  const place = (at: number): number => (mode === 'reflect' ? (at < 0 ? -at : at >= samples ? 2 * (samples - 1) - at : at) : at < 0 || at >= samples ? -1 : at);
  if (mode !== 'reflect' && mode !== 'constant') throw unsupported(call, `pad_mode '${mode}'`);
  const [bins, frames] = (isComplex(outputs[0]?.dtype ?? call.dtype) ? shape.slice(-2) : shape.slice(-3, -1)) as [number, number];
  const rows = source.length / samples;
  const result = new Float32Array(2 * rows * bins * frames);
  for (let row = 0; row < rows; row++) {
    for (let frame = 0; frame < frames; frame++) {
      const piece = new Float64Array(2 * n);
      for (let k = 0; k < n; k++) {
        const at = place(frame * hop + k - shift);
        piece[2 * k] = at < 0 ? 0 : (source[row * samples + at] as number) * (window[k] as number);
      }
      const spectrum = transform(piece, -1);
      const factor = args.bool('normalized') ? 1 / Math.sqrt(n) : 1;
      for (let bin = 0; bin < bins; bin++) for (const part of [0, 1]) result[2 * ((row * bins + bin) * frames + frame) + part] = (spectrum[2 * bin + part] as number) * factor;
    }
  }
  return Value.of(result, shape, call.dtype);
};

interface Frames { readonly n: number; readonly hop: number; readonly window: Float64Array }

/** The window is centered in its piece. */
function framesOf({ args }: KernelCall): Frames {
  const n = args.int('n_fft');
  const length = args.optionalInt('win_length') ?? n;
  const given = args.optionalTensor('window')?.host();
  const window = new Float64Array(n);
  const start = Math.floor((n - length) / 2);
  for (let k = 0; k < length; k++) window[start + k] = given ? given[k] as number : 1;
  return { n, hop: args.optionalInt('hop_length') ?? Math.floor(n / 4), window };
}

/** The pieces added up again where they overlap, by the sum of the squared windows. https://docs.pytorch.org/docs/stable/generated/torch.istft.html */
const istft: Kernel = (call) => {
  const { args, shape } = call;
  if (args.bool('return_complex')) throw unsupported(call, 'return_complex=True');
  const { n, hop, window } = framesOf(call);
  const signal = signalOf(args.tensor('input'));
  const [bins, frames] = signal.shape.slice(-2) as [number, number];
  const shift = args.bool('center', true) ? Math.floor(n / 2) : 0;
  const count = shape.at(-1) as number;
  const result = new Float32Array(numelOf(shape));
  const onesided = bins !== n;
  for (let row = 0; row * count < result.length; row++) {
    const [sum, weight] = [new Float64Array(n + hop * (frames - 1)), new Float64Array(n + hop * (frames - 1))];
    for (let frame = 0; frame < frames; frame++) {
      const spectrum = new Float64Array(2 * bins);
      for (let bin = 0; bin < bins; bin++) spectrum.set(signal.data.subarray(2 * ((row * bins + bin) * frames + frame), 2 * ((row * bins + bin) * frames + frame) + 2), 2 * bin);
      const piece = transform(onesided ? mirrored(spectrum, n) : spectrum, 1);
      for (let k = 0; k < n; k++) {
        const at = frame * hop + k;
        sum[at] = (sum[at] as number) + (piece[2 * k] as number) / (args.bool('normalized') ? Math.sqrt(n) : n) * (window[k] as number);
        weight[at] = (weight[at] as number) + (window[k] as number) ** 2;
      }
    }
    for (let t = 0; t < count; t++) {
      const w = weight[t + shift] ?? 0;
      result[row * count + t] = w > 1e-11 ? (sum[t + shift] as number) / w : 0;
    }
  }
  return Value.computed(result, shape, call.dtype);
};

const KINDS = { fft: fourier('full', -1, false), ifft: fourier('full', 1, false), rfft: fourier('half', -1, false), irfft: fourier('whole', 1, false), hfft: fourier('whole', -1, true), ihfft: fourier('half', 1, true) };

export const FOURIER: KernelTable = {
  ...Object.fromEntries(Object.entries(KINDS).flatMap(([name, kernel]) => ['', '2', 'n'].map((suffix) => [`torch.fft.${name}${suffix}`, kernel]))),
  'torch.stft': stft, 'torch.istft': istft,
};
