/** All kernels under their canonical torch names, and how a name finds its kernel. */
import { ACTIVATIONS } from './activations';
import { ALONG } from './along';
import { ARITHMETIC } from './arithmetic';
import { ARRANGING } from './arranging';
import { ATTENTION } from './attention';
import { CLASS_LOSSES } from './classLosses';
import { CONVOLUTION } from './convolution';
import { CREATION } from './creation';
import { DIAGONALS } from './diagonals';
import { DISTANCES } from './distances';
import { DRAWING } from './drawing';
import { DROPOUT } from './dropout';
import { EINOPS } from './einops';
import { EINSUM } from './einsum';
import { FACTORIZATIONS } from './factorizations';
import { INDEXING } from './indexing';
import type { Kernel, KernelTable } from './kernel';
import { INTEGRATION } from './integration';
import { LINEAR_ALGEBRA } from './linearAlgebra';
import { LOGIC } from './logic';
import { LOSSES } from './losses';
import { MASKED } from './masked';
import { MATMUL } from './matmul';
import { MOVEMENT } from './movement';
import { NATIVE } from './native';
import { NORMALIZATION } from './normalization';
import { PATCHES } from './patches';
import { POINTWISE } from './pointwise';
import { POOLING } from './pooling';
import { PRODUCTS } from './products';
import { RANDOM } from './random';
import { RECURRENT } from './recurrent';
import { REDUCTION } from './reduction';
import { RESAMPLING } from './resampling';
import { SAMPLING } from './sampling';
import { SCATTERING } from './scattering';
import { SPARSE } from './sparse';
import { DISTINCT } from './distinct';
import { SEARCHING } from './searching';
import { SPECIAL_FUNCTIONS } from './specialFunctions';
import { STATISTICS } from './statistics';
import { UNARY } from './unary';
import { WINDOW_FUNCTIONS } from './windowFunctions';

const TABLES: readonly KernelTable[] = [
  CREATION, RANDOM, DRAWING, DROPOUT,
  MOVEMENT, ARRANGING, DIAGONALS, PATCHES, INDEXING, SCATTERING, SPARSE, DISTINCT, SEARCHING,
  ARITHMETIC, LOGIC, UNARY, POINTWISE, ACTIVATIONS, SPECIAL_FUNCTIONS, WINDOW_FUNCTIONS,
  REDUCTION, STATISTICS, INTEGRATION, ALONG, MASKED, NORMALIZATION, NATIVE,
  MATMUL, PRODUCTS, EINSUM, EINOPS, LINEAR_ALGEBRA, FACTORIZATIONS,
  CONVOLUTION, POOLING, RESAMPLING, SAMPLING, ATTENTION, RECURRENT, LOSSES, CLASS_LOSSES, DISTANCES,
];

const KERNELS: Record<string, Kernel> = {};
for (const table of TABLES) {
  for (const [name, kernel] of Object.entries(table)) {
    if (name in KERNELS) throw new Error(`two kernels have the name ${name}`);
    KERNELS[name] = kernel;
  }
}

const NAMESPACES = /^torch\.(Tensor\.|nn\.functional\.|special\.|linalg\.)?\w+$/;

/**
 * Torch has many operations under several names (`torch.permute`, `torch.Tensor.permute`, and `permute_` for the write in
 * place, which the graph has turned into a plain one). A name that is not in the table is looked up by its last part,
 * where all entries with that last part are the same kernel.
 */
const BY_LAST_PART = new Map<string, Kernel | null>();
for (const [name, kernel] of Object.entries(KERNELS)) {
  if (!NAMESPACES.test(name)) continue;
  const key = lastPart(name);
  const known = BY_LAST_PART.get(key);
  BY_LAST_PART.set(key, known === undefined || known === kernel ? kernel : null);
}

function lastPart(name: string): string {
  return name.slice(name.lastIndexOf('.') + 1);
}

/** The plain form of a name that writes in place: `torch.Tensor.add_` is `torch.add`. */
export function canonical(op: string): string {
  if (KERNELS[op] || !NAMESPACES.test(op)) return op;
  const last = lastPart(op);
  const plain = last.endsWith('_') && !last.endsWith('__') ? last.slice(0, -1) : last;
  return `torch.${plain}`;
}

/** Kernels that may draw random numbers: each node has its own. */
const DRAWN: ReadonlySet<Kernel | undefined> = new Set([
  ...[RANDOM, DRAWING, DROPOUT].flatMap((table) => Object.values(table)),
  ...['rrelu', 'fractional_max_pool2d', 'fractional_max_pool3d'].map((name) => KERNELS[`torch.nn.functional.${name}`]),
]);

/** Whether two nodes with this operation and equal operands may differ. */
export function isRandom(op: string): boolean {
  const kernel = findKernel(op);
  return kernel !== null && DRAWN.has(kernel);
}

/** null: there is none. */
export function findKernel(op: string): Kernel | null {
  const exact = KERNELS[op];
  if (exact) return exact;
  if (!NAMESPACES.test(op)) return null;
  const last = lastPart(op);
  const plain = last.endsWith('_') && !last.endsWith('__') ? last.slice(0, -1) : last;
  return BY_LAST_PART.get(last) ?? BY_LAST_PART.get(plain) ?? null;
}
