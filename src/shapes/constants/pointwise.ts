/** Arithmetic and comparison element by element. */
import { add, constant, floordiv, max, min, mod, mul, neg, pow, sub } from '../symint/symint';
import type { SymInt } from '../symint/symint';
import { at, build, isWhole, numberElement } from './elements';
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

/** What is nonzero, where that is known. */
export function isTrue(element: Element): boolean | null {
  return element?.value == null ? null : element.value !== 0;
}

type OfInts = (a: SymInt, b: SymInt) => Element;
type OfNumbers = (a: number, b: number) => number;

/** @param ofReals where one of the two has a fraction */
function combine(operands: Operands, a: Elements, b: Elements, of: OfInts, ofReals: OfNumbers | null = null): Elements {
  return build(operands.shape(), (index) => {
    const [x, y] = [at(a, index), at(b, index)];
    if (isWhole(x) && isWhole(y)) return of(x, y);
    return ofReals && x?.value != null && y?.value != null ? numberElement(ofReals(x.value, y.value)) : null;
  });
}

const binary = (of: OfInts, ofReals: OfNumbers | null = null, other = 'other'): Operation => (operands) => combine(operands, operands.elements('input'), operands.elements(other), of, ofReals);

const comparison = (test: (sign: number) => boolean): Operation => binary((a, b) => {
  const sign = compare(a, b);
  return truth(sign === null ? null : test(sign));
}, (a, b) => Number(test(Math.sign(a - b))));

/** With `alpha` times the second operand. */
const scaled = (of: OfInts, ofReals: OfNumbers): Operation => (operands) => {
  const alpha = operands.number('alpha', 1);
  return combine(operands, operands.elements('input'), operands.elements('other'), (a, b) => of(a, mul(constant(alpha), b)), (a, b) => ofReals(a, alpha * b));
};

const division: Operation = (operands) => {
  const mode = operands.text('rounding_mode');
  if (mode === null) return combine(operands, operands.elements('input'), operands.elements('other'), whole, (a, b) => a / b);
  // Rounding to zero is rounding down where nothing is negative.
  return combine(operands, operands.elements('input'), operands.elements('other'), (a, b) => {
    if (mode === 'trunc' && !(isAtLeastZero(a) && isAtLeastZero(b))) return null;
    return quotient(a, b);
  }, (a, b) => (mode === 'trunc' ? Math.trunc(a / b) : Math.floor(a / b)));
};

const whole: OfInts = (a, b) => (a.value === null || b.value === null ? null : numberElement(a.value / b.value));
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

const unary = (of: (a: SymInt) => Element, ofReal: ((a: number) => number) | null = null): Operation => (operands) => {
  const { shape, data } = operands.same();
  return { shape, data: data.map((element) => (isWhole(element) ? of(element) : element && ofReal && numberElement(ofReal(element.value)))) };
};

/** To the even neighbour of a half. */
const rounded = (a: number): number => (Math.abs(a % 1) === 0.5 ? 2 * Math.round(a / 2) : Math.round(a));
const itself = (a: SymInt): Element => a;

const not = unary((a) => truth(a.value === null ? null : a.value === 0));

const clamp: Operation = (operands) => {
  const [least, most] = ['min', 'max'].map((name) => (operands.argument(name) ? operands.elements(name) : null));
  const input = operands.elements('input');
  return build(operands.shape(), (index) => {
    let value = at(input, index);
    for (const [bound, of] of [[least, max], [most, min]] as const) {
      const limit = bound ? at(bound, index) : undefined;
      if (limit !== undefined) value = isWhole(value) && isWhole(limit) ? of([value, limit]) : null;
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
  'torch.add': scaled(add, (a, b) => a + b), 'torch.sub': scaled(sub, (a, b) => a - b), 'torch.mul': binary(mul, (a, b) => a * b),
  'torch.floor_divide': binary(quotient, (a, b) => Math.floor(a / b)), 'torch.div': division, 'torch.remainder': binary(remainder, (a, b) => a - b * Math.floor(a / b)),
  'torch.pow': binary((a, b) => (isAtLeastZero(b) ? pow(a, b) : null), Math.pow, 'exponent'),
  'torch.maximum': binary((a, b) => max([a, b]), Math.max), 'torch.minimum': binary((a, b) => min([a, b]), Math.min),
  'torch.eq': comparison((sign) => sign === 0), 'torch.ne': comparison((sign) => sign !== 0),
  'torch.lt': comparison((sign) => sign < 0), 'torch.le': comparison((sign) => sign <= 0),
  'torch.gt': comparison((sign) => sign > 0), 'torch.ge': comparison((sign) => sign >= 0),
  'torch.bitwise_and': bits((a, b) => a && b), 'torch.bitwise_or': bits((a, b) => a || b), 'torch.bitwise_xor': bits((a, b) => a !== b),
  'torch.logical_and': bits((a, b) => a && b), 'torch.logical_or': bits((a, b) => a || b), 'torch.logical_xor': bits((a, b) => a !== b),
  'torch.bitwise_not': (operands) => (operands.outputs[0]!.dtype === 'bool' ? not(operands) : unary((a) => sub(neg(a), ONE))(operands)),
  'torch.floor': unary(itself, Math.floor), 'torch.ceil': unary(itself, Math.ceil), 'torch.trunc': unary(itself, Math.trunc), 'torch.round': unary(itself, rounded),
  'torch.sqrt': unary((a) => (a.value === null ? null : numberElement(Math.sqrt(a.value))), Math.sqrt),
  'torch.logical_not': not, 'torch.neg': unary(neg, (a) => -a), 'torch.square': unary((a) => mul(a, a), (a) => a * a),
  'torch.abs': unary((a) => max([a, neg(a)]), Math.abs), 'torch.sign': unary((a) => (a.value === null ? null : constant(Math.sign(a.value) || 0))),
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
