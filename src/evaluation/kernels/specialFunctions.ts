/** Special functions. https://docs.pytorch.org/docs/stable/special.html */
import { airy, besselJ, besselY0, besselY1, scaledBesselI, scaledBesselK } from '../functions/bessel';
import { digamma, incompleteGamma, logGamma, polygamma, zeta } from '../functions/gamma';
import { POLYNOMIALS, polynomial } from '../functions/polynomials';
import { normalCumulative, normalQuantile, scaledErfc } from '../random';
import { combine } from './broadcast';
import { asValue, type Kernel, type KernelTable } from './kernel';
import { map, unary } from './unary';

/** Of two operands, tensors or numbers. */
const binary = (first: string, second: string, operation: (x: number, y: number) => number): Kernel => ({ args, shape, dtype }) =>
  combine([asValue(args.operand(first), dtype).to(dtype), asValue(args.operand(second), dtype).to(dtype)], shape, dtype, dtype, operation as (...elements: number[]) => number);

const erfc = (x: number): number => 2 * normalCumulative(-x * Math.SQRT2);
const erfcx = (x: number): number => (x >= 0 ? scaledErfc(x) : 2 * Math.exp(x * x) - scaledErfc(-x));
/** Below, where the function itself is 0 in float32, by its scaled form. */
const logNormal = (x: number): number => (x < -1 ? Math.log(scaledErfc(-x / Math.SQRT2) / 2) - x * x / 2 : Math.log(normalCumulative(x)));

/** The quantile of a fit, once improved by Newton's method. */
function ndtri(p: number): number {
  if (!(p >= 0 && p <= 1)) return NaN;
  return normalQuantile(p);
}

function entropy(x: number): number {
  if (Number.isNaN(x)) return NaN;
  return x > 0 ? -x * Math.log(x) : x === 0 ? 0 : -Infinity;
}

const sinc = (x: number): number => (x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x));
const besselI = (n: number) => (x: number): number => scaledBesselI(n, x) * Math.exp(Math.abs(x));
const besselK = (n: number) => (x: number): number => scaledBesselK(n, x) * Math.exp(-x);
const sphericalJ = (x: number): number => (Math.abs(x) === Infinity ? 0 : x === 0 ? 1 : Math.sin(x) / x);

/** https://docs.pytorch.org/docs/stable/special.html#torch.special.multigammaln */
const multigamma: Kernel = ({ args, dtype }) => {
  const p = args.int('p');
  return map(args.tensor('input').to(dtype), (x) => {
    let sum = p * (p - 1) / 4 * Math.log(Math.PI);
    for (let i = 0; i < p; i++) sum += logGamma(x - i / 2);
    return sum;
  });
};

const polygammaKernel: Kernel = ({ args, dtype }) => { const n = args.int('n'); return map(args.tensor('input').to(dtype), (x) => polygamma(n, x)); };

const S = 'torch.special.';
export const SPECIAL_FUNCTIONS: KernelTable = {
  'torch.lgamma': unary(logGamma), 'torch.digamma': unary(digamma), 'torch.polygamma': polygammaKernel, 'torch.mvlgamma': multigamma,
  'torch.igamma': binary('input', 'other', (a, x) => incompleteGamma(a, x, false)), 'torch.igammac': binary('input', 'other', (a, x) => incompleteGamma(a, x, true)),
  [`${S}zeta`]: binary('input', 'other', zeta),
  'torch.erfc': unary(erfc), [`${S}erfcx`]: unary(erfcx), [`${S}ndtr`]: unary(normalCumulative), [`${S}ndtri`]: unary(ndtri), [`${S}log_ndtr`]: unary(logNormal),
  'torch.sinc': unary(sinc), [`${S}entr`]: unary(entropy),
  'torch.i0': unary(besselI(0)), [`${S}i0e`]: unary((x) => scaledBesselI(0, x)), [`${S}i1`]: unary(besselI(1)), [`${S}i1e`]: unary((x) => scaledBesselI(1, x)),
  [`${S}bessel_j0`]: unary((x) => besselJ(0, x)), [`${S}bessel_j1`]: unary((x) => besselJ(1, x)), [`${S}bessel_y0`]: unary(besselY0), [`${S}bessel_y1`]: unary(besselY1),
  [`${S}modified_bessel_i0`]: unary(besselI(0)), [`${S}modified_bessel_i1`]: unary(besselI(1)), [`${S}modified_bessel_k0`]: unary(besselK(0)), [`${S}modified_bessel_k1`]: unary(besselK(1)),
  [`${S}scaled_modified_bessel_k0`]: unary((x) => scaledBesselK(0, x)), [`${S}scaled_modified_bessel_k1`]: unary((x) => scaledBesselK(1, x)),
  [`${S}spherical_bessel_j0`]: unary(sphericalJ), [`${S}airy_ai`]: unary(airy),
  ...Object.fromEntries(POLYNOMIALS.map((name) => [`${S}${name}`, binary('x', 'n', (x, n) => polynomial(name, x, n))])),
  ...Object.fromEntries(POLYNOMIALS.filter((name) => name.startsWith('chebyshev')).map((name) => [`${S}shifted_${name}`, binary('x', 'n', (x, n) => polynomial(name, 2 * x - 1, n))])),
};
