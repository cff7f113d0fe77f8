/** All rows, one file a family. */
import { rows as einops } from '../einops/rows';
import type { OperationRow } from '../operation';
import { rows as activations } from './activations';
import { rows as adaptivePooling } from './adaptive-pooling';
import { rows as arranging } from './arranging';
import { rows as attention } from './attention';
import { rows as blas } from './blas';
import { rows as classLosses } from './class-losses';
import { rows as contractions } from './contractions';
import { rows as conversion } from './conversion';
import { rows as convolution } from './convolution';
import { rows as creation } from './creation';
import { rows as decompositions } from './decompositions';
import { rows as diagonals } from './diagonals';
import { rows as distances } from './distances';
import { rows as dropout } from './dropout';
import { rows as einsum } from './einsum';
import { rows as embedding } from './embedding';
import { rows as extremes } from './extremes';
import { rows as factorizations } from './factorizations';
import { rows as flattening } from './flattening';
import { rows as flips } from './flips';
import { rows as fourier } from './fourier';
import { rows as gathering } from './gathering';
import { rows as histograms } from './histograms';
import { rows as indexing } from './indexing';
import { rows as init } from './init';
import { rows as inspection } from './inspection';
import { rows as integration } from './integration';
import { rows as joining } from './joining';
import { rows as linearAlgebra } from './linear-algebra';
import { rows as linear } from './linear';
import { rows as literals } from './literals';
import { rows as losses } from './losses';
import { rows as masked } from './masked';
import { rows as matmul } from './matmul';
import { rows as matrixNorms } from './matrix-norms';
import { rows as movement } from './movement';
import { rows as native } from './native';
import { rows as normalization } from './normalization';
import { rows as otherPooling } from './other-pooling';
import { rows as padding } from './padding';
import { rows as patches } from './patches';
import { rows as pixels } from './pixels';
import { rows as pointwiseBinary } from './pointwise-binary';
import { rows as pointwiseUnary } from './pointwise-unary';
import { rows as quantization } from './quantization';
import { rows as pooling } from './pooling';
import { rows as random } from './random';
import { rows as ranges } from './ranges';
import { rows as rankingLosses } from './ranking-losses';
import { rows as recurrent } from './recurrent';
import { rows as reductions } from './reductions';
import { rows as repeats } from './repeats';
import { rows as resampling } from './resampling';
import { rows as reshape } from './reshape';
import { rows as scans } from './scans';
import { rows as scattering } from './scattering';
import { rows as searching } from './searching';
import { rows as selecting } from './selecting';
import { rows as selection } from './selection';
import { rows as similarity } from './similarity';
import { rows as sizesOfOne } from './sizes-of-one';
import { rows as solving } from './solving';
import { rows as sorting } from './sorting';
import { rows as sparse } from './sparse';
import { rows as splitting } from './splitting';
import { rows as statistics } from './statistics';
import { rows as stridedViews } from './strided-views';
import { rows as windows } from './windows';

export const ROWS: readonly OperationRow[] = [
  ...activations,
  ...adaptivePooling,
  ...arranging,
  ...attention,
  ...blas,
  ...classLosses,
  ...contractions,
  ...conversion,
  ...convolution,
  ...creation,
  ...decompositions,
  ...diagonals,
  ...distances,
  ...dropout,
  ...einops,
  ...einsum,
  ...embedding,
  ...extremes,
  ...factorizations,
  ...flattening,
  ...flips,
  ...fourier,
  ...gathering,
  ...histograms,
  ...indexing,
  ...init,
  ...inspection,
  ...integration,
  ...joining,
  ...linearAlgebra,
  ...linear,
  ...literals,
  ...losses,
  ...masked,
  ...matmul,
  ...matrixNorms,
  ...movement,
  ...native,
  ...normalization,
  ...otherPooling,
  ...padding,
  ...patches,
  ...pixels,
  ...pointwiseBinary,
  ...pointwiseUnary,
  ...quantization,
  ...pooling,
  ...random,
  ...ranges,
  ...rankingLosses,
  ...recurrent,
  ...reductions,
  ...repeats,
  ...resampling,
  ...reshape,
  ...scans,
  ...scattering,
  ...searching,
  ...selecting,
  ...selection,
  ...similarity,
  ...sizesOfOne,
  ...solving,
  ...sorting,
  ...sparse, ...splitting,
  ...statistics,
  ...stridedViews,
  ...windows,
];
