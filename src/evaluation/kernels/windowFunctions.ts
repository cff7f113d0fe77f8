/** Windows of signals. https://docs.pytorch.org/docs/stable/signal.html */
import { scaledBesselI } from '../functions/bessel';
import { EvaluationError } from '../errors';
import { fill, type Kernel, type KernelCall, type KernelTable } from './kernel';

/** The window at `k` of a symmetric one of `last + 1` elements. */
type Shape = (call: KernelCall, k: number, last: number) => number;

/** A periodic window is a longer symmetric one without its end. */
const window = (shape: Shape, isPeriodic: (call: KernelCall) => boolean): Kernel => (call) => {
  const length = call.shape[0] as number;
  const last = isPeriodic(call) ? length : length - 1;
  return fill(call.shape, call.dtype, (k) => (length === 1 ? 1 : shape(call, k, last)));
};

/** A sum of cosines with alternating signs. */
const cosines = (coefficients: (call: KernelCall) => readonly number[]): Shape => (call, k, last) =>
  coefficients(call).reduce((sum, a, i) => sum + (i % 2 === 0 ? 1 : -1) * a * Math.cos(2 * Math.PI * i * k / last), 0);

const fixed = (...coefficients: number[]): Shape => cosines(() => coefficients);
const bartlett: Shape = (_call, k, last) => 1 - Math.abs(2 * k / last - 1);
const kaiser: Shape = ({ args }, k, last) => {
  const beta = args.number('beta', 12);
  const inner = beta * Math.sqrt(Math.max(0, 1 - (2 * k / last - 1) ** 2));
  return scaledBesselI(0, inner) / scaledBesselI(0, beta) * Math.exp(inner - beta);
};
/** Half a wave; its elements lie in the middle of steps. */
const cosine: Shape = (_call, k, last) => Math.sin(Math.PI * (k + 0.5) / (last + 1));
const gaussian: Shape = ({ args }, k, last) => Math.exp(-(((k - last / 2) / args.number('std', 1)) ** 2) / 2);
const exponential: Shape = ({ args }, k, last) => Math.exp(-Math.abs(k - (args.optionalNumber('center') ?? last / 2)) / args.number('tau', 1));

const periodic = ({ args }: KernelCall): boolean => args.bool('periodic', true);
const asymmetric = ({ args }: KernelCall): boolean => !args.bool('sym', true);

/** Frequencies of the bins of a transform. https://docs.pytorch.org/docs/stable/generated/torch.fft.fftfreq.html */
const frequencies = (half: boolean): Kernel => ({ args, shape, dtype }) => {
  const n = args.int('n');
  const width = n * args.number('d', 1);
  if (width === 0) throw new EvaluationError('invalid-argument', 'frequencies of no samples are not defined');
  return fill(shape, dtype, (k) => (half || k < Math.ceil(n / 2) ? k : k - n) / width);
};

const W = 'torch.signal.windows.';
export const WINDOW_FUNCTIONS: KernelTable = {
  'torch.hann_window': window(fixed(0.5, 0.5), periodic), 'torch.hamming_window': window(cosines(({ args }) => [args.number('alpha', 0.54), args.number('beta', 0.46)]), periodic),
  'torch.blackman_window': window(fixed(0.42, 0.5, 0.08), periodic), 'torch.bartlett_window': window(bartlett, periodic), 'torch.kaiser_window': window(kaiser, periodic),
  [`${W}hann`]: window(fixed(0.5, 0.5), asymmetric), [`${W}hamming`]: window(fixed(0.54, 0.46), asymmetric), [`${W}blackman`]: window(fixed(0.42, 0.5, 0.08), asymmetric),
  [`${W}nuttall`]: window(fixed(0.3635819, 0.4891775, 0.1365995, 0.0106411), asymmetric),
  [`${W}general_hamming`]: window(cosines(({ args }) => { const alpha = args.number('alpha', 0.54); return [alpha, 1 - alpha]; }), asymmetric),
  [`${W}general_cosine`]: window(cosines(({ args }) => args.ints('a')), asymmetric),
  [`${W}bartlett`]: window(bartlett, asymmetric), [`${W}kaiser`]: window(kaiser, asymmetric), [`${W}cosine`]: window(cosine, asymmetric),
  [`${W}gaussian`]: window(gaussian, asymmetric), [`${W}exponential`]: window(exponential, asymmetric),
  'torch.fft.fftfreq': frequencies(false), 'torch.fft.rfftfreq': frequencies(true),
};
