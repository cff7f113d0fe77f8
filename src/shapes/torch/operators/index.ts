/** All rows, one file a family. */
import type { OperationRow } from '../operation';
import { rows as activations } from './activations';
import { rows as attention } from './attention';
import { rows as conversion } from './conversion';
import { rows as convolution } from './convolution';
import { rows as creation } from './creation';
import { rows as decompositions } from './decompositions';
import { rows as diagonals } from './diagonals';
import { rows as dropout } from './dropout';
import { rows as einsum } from './einsum';
import { rows as fourier } from './fourier';
import { rows as gathering } from './gathering';
import { rows as indexing } from './indexing';
import { rows as init } from './init';
import { rows as inspection } from './inspection';
import { rows as joining } from './joining';
import { rows as linearAlgebra } from './linear-algebra';
import { rows as literals } from './literals';
import { rows as losses } from './losses';
import { rows as masked } from './masked';
import { rows as matmul } from './matmul';
import { rows as movement } from './movement';
import { rows as normalization } from './normalization';
import { rows as pointwiseBinary } from './pointwise-binary';
import { rows as pointwiseUnary } from './pointwise-unary';
import { rows as pooling } from './pooling';
import { rows as random } from './random';
import { rows as recurrent } from './recurrent';
import { rows as reductions } from './reductions';
import { rows as repeats } from './repeats';
import { rows as resampling } from './resampling';
import { rows as reshape } from './reshape';
import { rows as scans } from './scans';
import { rows as selection } from './selection';
import { rows as splitting } from './splitting';
import { rows as statistics } from './statistics';
import { rows as windows } from './windows';

export const ROWS: readonly OperationRow[] = [
  ...activations,
  ...attention,
  ...conversion,
  ...convolution,
  ...creation,
  ...decompositions,
  ...diagonals,
  ...dropout,
  ...einsum,
  ...fourier,
  ...gathering,
  ...indexing,
  ...init,
  ...inspection,
  ...joining,
  ...linearAlgebra,
  ...literals,
  ...losses,
  ...masked,
  ...matmul,
  ...movement,
  ...normalization,
  ...pointwiseBinary,
  ...pointwiseUnary,
  ...pooling,
  ...random,
  ...recurrent,
  ...reductions,
  ...repeats,
  ...resampling,
  ...reshape,
  ...scans,
  ...selection,
  ...splitting,
  ...statistics,
  ...windows,
];
