/** `super()` with and without arguments. */
import type { Span } from '../../python/ast';
import type { Machine } from '../machine';
import { unknown } from '../../values/values';
import type { Value } from '../../values/values';

export function callSuper(m: Machine, args: readonly Value[], span: Span): Value {
  const [cls, receiver] = args;
  if (cls?.kind === 'class' && receiver) return { kind: 'super', owner: cls, receiver };
  const { owner, self } = m.frame;
  if (args.length === 0 && owner && self) return { kind: 'super', owner, receiver: self };
  return unknown('super() is used outside of a method', span);
}
