/** Broadcasting: https://docs.pytorch.org/docs/stable/notes/broadcasting.html */
import type { Shape, TensorValue } from '../../values/values';
import type { SymInt } from '../../symint/symint';
import type { RuleContext } from '../rule';
import { ONE, shapeOf } from './shape';
import { show, showSize } from './text';

/** @throws ShapeFault `broadcast-mismatch`; UnknownResult where a run of unknown dims cannot be lined up */
export function broadcastShapes(shapes: readonly Shape[], op: string, context: RuleContext): Shape {
  return shapes.reduce((a, b) => broadcastTwo(a, b, op, context, shapes), shapeOf([]));
}

export function broadcastTensors(tensors: readonly TensorValue[], op: string, context: RuleContext): Shape {
  return broadcastShapes(tensors.map((tensor) => tensor.shape), op, context);
}

/** Known dims only. */
export function broadcastDims(a: readonly SymInt[], b: readonly SymInt[], op: string, context: RuleContext): SymInt[] {
  const result: SymInt[] = [];
  const rank = Math.max(a.length, b.length);
  for (let i = 1; i <= rank; i++) {
    const [x, y] = [a.at(-i), b.at(-i)];
    const message = (): string => `${op}: ${show(a)} and ${show(b)} do not broadcast: dim ${-i} has sizes ${showSize(x!)} and ${showSize(y!)}, which must be equal unless one is 1`;
    result.unshift(x === undefined || i > a.length ? y! : y === undefined || i > b.length ? x : broadcastSizes(x, y, context, message));
  }
  return result;
}

/** Sizes of one dim. Where one of them is not 1, the other is 1 or equal to it; which of two symbols is 1 is not asked. */
function broadcastSizes(x: SymInt, y: SymInt, context: RuleContext, message: () => string): SymInt {
  if (context.same(x, y)) return x.value !== null ? x : y.value !== null ? y : x;
  const [xOne, yOne] = [context.equal(x, ONE), context.equal(y, ONE)];
  if (xOne === true) return y;
  if (yOne === true) return x;
  if (xOne === false && yOne === false) {
    context.requireEqual(x, y, 'broadcast-mismatch', message);
    return y.value !== null ? y : x;
  }
  // One of them may be 1: the other is the result whatever it is.
  if (xOne === false) return x;
  if (yOne === false) return y;
  // Two symbols that may each be 1: as torch's tracing does, they are taken to be equal.
  context.requireEqual(x, y, 'broadcast-mismatch', message);
  return x;
}

function broadcastTwo(a: Shape, b: Shape, op: string, context: RuleContext, all: readonly Shape[]): Shape {
  if (!a.rest && !b.rest) {
    if (a.dims.length === 0) return b;
    if (b.dims.length === 0) return a;
    return shapeOf(broadcastDims(a.dims, b.dims, op, context));
  }
  if (!a.rest || !b.rest) {
    const [known, open] = a.rest ? [b, a] : [a, b];
    const rest = open.rest!;
    const tail = open.dims.slice(rest.at);
    // What reaches into the run, or past it, is only known to fit.
    if (known.dims.length > tail.length && known.dims.slice(0, known.dims.length - tail.length).some((size) => context.equal(size, ONE) !== true)) {
      return context.unknown(`${op}: ${all.map(show).join(' and ')} broadcast to a shape that is not known`);
    }
    if (known.dims.length > tail.length) return context.unknown(`${op}: ${all.map(show).join(' and ')} broadcast to a rank that is not known`);
    return { dims: [...open.dims.slice(0, rest.at), ...broadcastDims(tail, known.dims, op, context)], rest };
  }
  const same = a.rest.name === b.rest.name && a.rest.at === b.rest.at && a.dims.length === b.dims.length;
  if (!same) return context.unknown(`${op}: ${all.map(show).join(' and ')} broadcast to a shape that is not known`);
  return { dims: broadcastDims(a.dims, b.dims, op, context), rest: a.rest };
}

/** Whether `shape` broadcasts to exactly `target`; fails with `code` where it provably does not. */
export function requireBroadcastTo(shape: readonly SymInt[], target: readonly SymInt[], code: string, message: () => string, context: RuleContext): void {
  if (shape.length > target.length) context.fail(code, message());
  shape.forEach((size, i) => {
    const wanted = target[target.length - shape.length + i]!;
    if (context.same(size, ONE)) return;
    if (context.equal(size, ONE) === null && context.equal(size, wanted) !== true) return;
    context.requireEqual(size, wanted, code, message);
  });
}
