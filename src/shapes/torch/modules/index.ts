/**
 * Torch modules and helpers that are written in Python and traced like user code. A class here has torch's
 * constructor signature, makes its parameters with the initializers that torch uses, and calls operations of the
 * registry: shapes, dtypes, faults and values all come from those.
 */
import { source as containers } from './containers';
import { source as layers } from './layers';
import { source as module } from './module';
import { source as utilities } from './utilities';
import { source as wellKnown } from './well-known';

/** Sources by the dotted name of the module that they stand for. Each text sees only what it imports. */
export const SOURCES: Readonly<Record<string, readonly string[]>> = {
  'torch.nn': [module, containers, layers],
  'torch.utils.checkpoint': [utilities.checkpoint],
  torch: [utilities.torch],
  'torch.jit': [utilities.jit],
  'torch.cuda': [utilities.cuda],
  'torch.compiler': [utilities.compiler],
  'well-known': [wellKnown],
};
