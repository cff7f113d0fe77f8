/** Shapes of reductions. */
import type { Shape } from '../../values/values';
import type { RuleContext } from '../rule';
import { ONE, dimIndexes, removeDims, replaceDim, shapeOf } from './shape';
import { show } from './text';

/** A reduction keeps its dims in a mask of so many bits. */
const MOST_DIMS = 64;

/** Without `dims` (null: all), or with size 1 in their place. @throws ShapeFault `dim-out-of-range` */
export function reducedShape(shape: Shape, dims: readonly number[] | null, keepdim: boolean, op: string, context: RuleContext): Shape {
  if (dims === null) {
    if (!keepdim) return shapeOf([]);
    return shape.rest ? context.unknown(`${op} with keepdim of a tensor of unknown rank`) : shapeOf(shape.dims.map(() => ONE));
  }
  if (!shape.rest && shape.dims.length > MOST_DIMS) context.fail('rank-mismatch', `${op}: only tensors of up to ${MOST_DIMS} dims can be reduced along dims, not of ${shape.dims.length}`);
  const found = dimIndexes(shape, dims, op, context);
  if (shape.dims.length === 0 && !shape.rest) return shape;
  return keepdim ? found.reduce((so, at) => replaceDim(so, at, ONE), shape) : removeDims(shape, found);
}

/** An extreme of no elements is not defined. @throws ShapeFault `reduction-of-nothing` */
export function requireElements(shape: Shape, dims: readonly number[] | null, op: string, context: RuleContext): void {
  if (shape.rest) return;
  const over = dims === null ? shape.dims : dimIndexes(shape, dims, op, context).map((at) => shape.dims[at] ?? ONE);
  // A tensor without elements in another dim has no rows, and so nothing to reduce.
  if (over.some((size) => size.value === 0) && (dims === null || over.every((size) => size.value !== null))) {
    context.fail('reduction-of-nothing', `${op}: ${show(shape)} has no elements ${dims === null ? '' : `along dim ${dims.join(', ')} `}to reduce; it must have at least one`);
  }
}
