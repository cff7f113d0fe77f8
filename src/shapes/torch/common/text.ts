/** Sizes and values as messages say them. */
import { shapeText } from '../../values/text';
import type { Shape, TensorValue, Value } from '../../values/values';
import type { SymInt } from '../../symint/symint';
import { render } from '../../symint/render';

/** `(2, 3)` */
export function show(shape: Shape | readonly SymInt[] | TensorValue): string {
  if ('kind' in shape) return shapeText(shape.shape);
  return shapeText('dims' in shape ? shape : { dims: shape, rest: null });
}

export const showSize = (size: SymInt): string => render(size);

/** `a tensor`, `an int`: what a value is, for messages about arguments of a wrong type. */
export function kindText(value: Value): string {
  switch (value.kind) {
    case 'Tensor': return 'a tensor';
    case 'int': return 'an int';
    case 'None': return 'None';
    case 'tuple': return value.typeName === 'torch.Size' ? 'a torch.Size' : 'a tuple';
    case 'str': return 'a string';
    default: return `a ${value.kind}`;
  }
}

/** `1 dim`, `3 dims` */
export const count = (n: number, noun: string): string => `${n} ${noun}${n === 1 ? '' : 's'}`;
