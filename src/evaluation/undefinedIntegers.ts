/**
 * Torch leaves undefined what an infinite float, or NaN, is as an integer. Code that makes one often has no use for it: the
 * logarithm of a distance of 0 is discarded by `torch.where` a line later. Here such an integer is NaN, which operations
 * pass on that neither look at it nor lose it; whatever else meets it is refused, and so is a result that has it.
 */
import type { ConeNode } from '../shapes/graph/graph';
import { isInteger } from './elements';
import { EvaluationError } from './errors';
import { canonical } from './kernels/index';
import type { Value } from './value';

const MOVES = ['reshape', 'view', 'flatten', 'unflatten', 'unsqueeze', 'squeeze', 'permute', 'transpose', 't', 'T', 'mT', 'expand', 'expand_as', 'broadcast_to', 'contiguous', 'clone', 'detach', '__getitem__', 'narrow', 'select', 'cat', 'stack', 'repeat', 'flip', 'roll', 'tril', 'triu', 'as_strided'];
const COMPUTES = ['add', 'sub', 'mul', '__add__', '__radd__', '__sub__', '__rsub__', '__mul__', '__rmul__', 'neg', 'where', 'masked_fill', 'minimum', 'maximum', 'clamp', 'clip'];
const CASTS = ['to', 'type', 'type_as', 'long', 'int'];
const CASTING: ReadonlySet<string> = new Set(CASTS);
const PASSING: ReadonlySet<string> = new Set([...MOVES, ...COMPUTES, ...CASTS]);

const lastPart = (op: string): string => canonical(op).replace(/^.*\./, '');

/** Whether undefined integers may come of it where there were none. */
export const mayMakeUndefined = ({ op, outputs }: ConeNode): boolean => CASTING.has(lastPart(op)) && outputs.every(({ dtype }) => isInteger(dtype));

/** @throws EvaluationError where an operation would have to know them */
export function checkPasses({ id, op, args, outputs }: ConeNode): void {
  const name = lastPart(op);
  // Of two tensors, element by element.
  const picks = (name === 'min' || name === 'max') && typeof args.other === 'object' && args.other !== null;
  if (!(PASSING.has(name) || picks) || !outputs.every(({ dtype }) => isInteger(dtype))) {
    throw new EvaluationError('unsupported-argument', `${op} needs an integer that torch leaves undefined: it was made of an infinite float, or of NaN`, id);
  }
}

export const hasUndefined = (value: Value): boolean => isInteger(value.dtype) && value.host().some((x: number) => Number.isNaN(x));
