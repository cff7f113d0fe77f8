/** Arithmetic and comparison element by element. */
import { add, constant, floordiv, max, min, mod, mul, neg, pow, sub } from '../symint/symint';
import type { SymInt } from '../symint/symint';
import { at, build } from './elements';
import type { Element, Elements } from './elements';
import { places } from './indexing';
import { refuse } from './operation';
import type { Operation, OperationTable, Operands } from './operation';

const ONE = constant(1);

const truth = (known: boolean | null): Element => (known === null ? null : constant(Number(known)));

/** The sign of a - b where it is sure whatever numbers the symbols stand for. */
function compare(a: SymInt, b: SymInt): number | null {
  const difference = sub(a, b).value;
  return difference === null ? null : Math.sign(difference);
}

const comparison = (test: (sign: number) => boolean) => (a: SymInt, b: SymInt): Element => {
  const sign = compare(a, b);
  return truth(sign === null ? null : test(sign));
};

/** What is nonzero, where that is known. */
export function isTrue(element: Element): boolean | null {
  return element?.value == null ? null : element.value !== 0;
}

function combine(operands: Operands, a: Elements, b: Elements, of: (a: SymInt, b: SymInt) => Element): Elements {
  return build(operands.shape(), (index) => {
    const [x, y] = [at(a, index), at(b, index)];
    return x && y ? of(x, y) : null;
  });
}

const binary = (of: (a: SymInt, b: SymInt) => Element, other = 'other'): Operation => (operands) => combine(operands, operands.elements('input'), operands.elements(other), of);

/** With `alpha` times the second operand. */
const scaled = (of: (a: SymInt, b: SymInt) => SymInt): Operation => (operands) => {
  const alpha = constant(operands.number('alpha', 1));
  return combine(operands, operands.elements('input'), operands.elements('other'), (a, b) => of(a, mul(alpha, b)));
};

const division: Operation = (operands) => {
  const mode = operands.text('rounding_mode');
  if (mode === null) return combine(operands, operands.elements('input'), operands.elements('other'), whole);
  // Rounding to zero is rounding down where nothing is negative.
  return combine(operands, operands.elements('input'), operands.elements('other'), (a, b) => {
    if (mode === 'trunc' && !(isAtLeastZero(a) && isAtLeastZero(b))) return null;
    return quotient(a, b);
  });
};

/** Where nothing is left over. */
const whole = (a: SymInt, b: SymInt): Element => (a.value !== null && b.value && a.value % b.value === 0 ? constant(a.value / b.value) : null);
const isAtLeastZero = (a: SymInt): boolean => a.value !== null && a.value >= 0;
const quotient = (a: SymInt, b: SymInt): Element => (b.value === 0 ? null : floordiv(a, b));
const remainder = (a: SymInt, b: SymInt): Element => (b.value === 0 ? null : mod(a, b));

/** Of whole numbers, or of booleans. */
const bits = (ofBools: (a: boolean, b: boolean) => boolean): Operation => (operands) => {
  if (operands.outputs[0]!.dtype !== 'bool') refuse();
  return combine(operands, operands.elements('input'), operands.elements('other'), (a, b) => {
    const [x, y] = [isTrue(a), isTrue(b)];
    return truth(x === null || y === null ? null : ofBools(x, y));
  });
};

const unary = (of: (a: SymInt) => Element): Operation => (operands) => {
  const { shape, data } = operands.same();
  return { shape, data: data.map((element) => element && of(element)) };
};

const not = unary((a) => truth(a.value === null ? null : a.value === 0));

const clamp: Operation = (operands) => {
  const [least, most] = ['min', 'max'].map((name) => (operands.argument(name) ? operands.elements(name) : null));
  const input = operands.elements('input');
  return build(operands.shape(), (index) => {
    let value = at(input, index);
    for (const [bound, of] of [[least, max], [most, min]] as const) {
      const limit = bound ? at(bound, index) : undefined;
      if (limit !== undefined) value = value && limit && of([value, limit]);
    }
    return value;
  });
};

const where: Operation = (operands) => {
  if (!operands.argument('input') && !operands.argument('other')) return places(operands, 'condition');
  const [condition, input, other] = [operands.elements('condition'), operands.elements('input'), operands.elements('other')];
  return build(operands.shape(), (index) => {
    const chosen = isTrue(at(condition, index));
    return chosen === null ? null : at(chosen ? input : other, index);
  });
};

export const operations: OperationTable = {
  'torch.add': scaled(add), 'torch.sub': scaled(sub), 'torch.mul': binary(mul),
  'torch.floor_divide': binary(quotient), 'torch.div': division, 'torch.remainder': binary(remainder),
  'torch.pow': binary((a, b) => (isAtLeastZero(b) ? pow(a, b) : null), 'exponent'),
  'torch.maximum': binary((a, b) => max([a, b])), 'torch.minimum': binary((a, b) => min([a, b])),
  'torch.eq': binary(comparison((sign) => sign === 0)), 'torch.ne': binary(comparison((sign) => sign !== 0)),
  'torch.lt': binary(comparison((sign) => sign < 0)), 'torch.le': binary(comparison((sign) => sign <= 0)),
  'torch.gt': binary(comparison((sign) => sign > 0)), 'torch.ge': binary(comparison((sign) => sign >= 0)),
  'torch.bitwise_and': bits((a, b) => a && b), 'torch.bitwise_or': bits((a, b) => a || b), 'torch.bitwise_xor': bits((a, b) => a !== b),
  'torch.logical_and': bits((a, b) => a && b), 'torch.logical_or': bits((a, b) => a || b), 'torch.logical_xor': bits((a, b) => a !== b),
  'torch.bitwise_not': (operands) => (operands.outputs[0]!.dtype === 'bool' ? not(operands) : unary((a) => sub(neg(a), ONE))(operands)),
  ...Object.fromEntries(['round', 'floor', 'ceil', 'trunc'].map((name) => [`torch.${name}`, unary((a) => a)])),
  'torch.logical_not': not, 'torch.neg': unary(neg), 'torch.square': unary((a) => mul(a, a)),
  'torch.abs': unary((a) => max([a, neg(a)])), 'torch.sign': unary((a) => (a.value === null ? null : constant(Math.sign(a.value) || 0))),
  'torch.Tensor.bool': unary((a) => truth(a.value === null ? null : a.value !== 0)),
  'torch.clamp': clamp, 'torch.clip': clamp, 'torch.where': where,
  'torch.masked_fill': (operands) => {
    const [input, mask, filled] = [operands.elements('input'), operands.elements('mask'), operands.elements('value')];
    return build(operands.shape(), (index) => {
      const chosen = isTrue(at(mask, index));
      return chosen === null ? null : at(chosen ? filled : input, index);
    });
  },
};
