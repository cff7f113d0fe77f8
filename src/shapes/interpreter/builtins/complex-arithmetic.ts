/** Python's complex numbers: their operators, and what `complex(…)` makes. */
import type { Operator } from '../../python/ast';
import type { Interpreter } from '../interpreter';
import { complex } from '../../values/values';
import type { ComplexParts, Value } from '../../values/values';
import { isNumber, knownNumber } from './numbers';

const OPERATIONS: Partial<Record<Operator, (x: ComplexParts, y: ComplexParts) => ComplexParts | null>> = {
  '+': ([a, b], [c, d]) => [a + c, b + d],
  '-': ([a, b], [c, d]) => [a - c, b - d],
  '*': product,
  '/': ([a, b], [c, d]) => { const square = c * c + d * d; return [(a * c + b * d) / square, (b * c - a * d) / square]; },
  '**': power,
};

function product([a, b]: ComplexParts, [c, d]: ComplexParts): ComplexParts {
  return [a * c - b * d, a * d + b * c];
}

/** Small whole powers by multiplication, others by logarithms, as CPython does. */
function power(base: ComplexParts, [n, imaginary]: ComplexParts): ComplexParts {
  if (n === 0 && imaginary === 0) return [1, 0];
  const length = Math.hypot(...base);
  if (length === 0) return [0, 0];
  if (imaginary === 0 && Number.isInteger(n) && Math.abs(n) <= 100) {
    let result: ComplexParts = [1, 0];
    for (let i = 0; i < Math.abs(n); i++) result = product(result, base);
    const square = result[0] ** 2 + result[1] ** 2;
    return n > 0 ? result : [result[0] / square, -result[1] / square];
  }
  const angle = Math.atan2(base[1], base[0]);
  const size = length ** n * Math.exp(-angle * imaginary);
  const turn = angle * n + Math.log(length) * imaginary;
  return [size * Math.cos(turn), size * Math.sin(turn)];
}

/** null: not a number, or one that is not known. */
export function partsOfNumber(value: Value | undefined): ComplexParts | null {
  if (value?.kind === 'complex') return value.parts;
  const real = knownNumber(value);
  return real === null ? null : [real, 0];
}

/** Of two numbers of which one is complex; null where they are none, or it has no such operator. */
export function binaryComplex(op: Operator, left: Value, right: Value, interp: Interpreter): Value | null {
  const isPair = (left.kind === 'complex' && (right.kind === 'complex' || isNumber(right))) || (right.kind === 'complex' && isNumber(left));
  const operation = OPERATIONS[op];
  if (!isPair || !operation) return null;
  const [x, y] = [partsOfNumber(left), partsOfNumber(right)];
  if (op === '/' && y?.every((part) => part === 0)) return interp.raise('ZeroDivisionError', 'complex division by zero');
  return complex(x && y && operation(x, y));
}
