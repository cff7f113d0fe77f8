/** Complex matrices in double precision, row-major, real and imaginary parts apart. */
import { add, conjugate, product, scale, type Pair } from '../functions/complex';

export interface ComplexMatrix { readonly rows: number; readonly columns: number; readonly re: Float64Array; readonly im: Float64Array }

export function complexMatrix(rows: number, columns: number, element: (row: number, column: number) => Pair = () => [0, 0]): ComplexMatrix {
  const result = { rows, columns, re: new Float64Array(rows * columns), im: new Float64Array(rows * columns) };
  for (let row = 0; row < rows; row++) for (let column = 0; column < columns; column++) put(result, row, column, element(row, column));
  return result;
}

export const get = ({ columns, re, im }: ComplexMatrix, row: number, column: number): Pair => [re[row * columns + column]!, im[row * columns + column]!];
export function put({ columns, re, im }: ComplexMatrix, row: number, column: number, [a, b]: Pair): void {
  re[row * columns + column] = a;
  im[row * columns + column] = b;
}

export const complexIdentity = (n: number): ComplexMatrix => complexMatrix(n, n, (row, column) => [Number(row === column), 0]);
export const complexCopy = (a: ComplexMatrix): ComplexMatrix => ({ ...a, re: a.re.slice(), im: a.im.slice() });
export const transposed = (a: ComplexMatrix): ComplexMatrix => complexMatrix(a.columns, a.rows, (row, column) => get(a, column, row));
/** The conjugate transpose. */
export const adjoint = (a: ComplexMatrix): ComplexMatrix => complexMatrix(a.columns, a.rows, (row, column) => conjugate(get(a, column, row)));

export function complexMultiply(a: ComplexMatrix, b: ComplexMatrix): ComplexMatrix {
  return complexMatrix(a.rows, b.columns, (row, column) => {
    let sum: Pair = [0, 0];
    for (let k = 0; k < a.columns; k++) sum = add(sum, product(get(a, row, k), get(b, k, column)));
    return sum;
  });
}

/** The part of rows and columns from 0 on, zeros where it reaches outside. */
export const complexResized = (a: ComplexMatrix, rows: number, columns: number): ComplexMatrix =>
  complexMatrix(rows, columns, (row, column) => (row < a.rows && column < a.columns ? get(a, row, column) : [0, 0]));

/** The triangle below the diagonal, or above it, with it; `unit`: ones on the diagonal. */
export const complexTriangle = (a: ComplexMatrix, upper: boolean, unit = false): ComplexMatrix =>
  complexMatrix(a.rows, a.columns, (row, column) => (row === column && unit ? [1, 0] : (upper ? column >= row : column <= row) ? get(a, row, column) : [0, 0]));

export function swapComplexRows(a: ComplexMatrix, first: number, second: number): void {
  for (let column = 0; first !== second && column < a.columns; column++) {
    const held = get(a, first, column);
    put(a, first, column, get(a, second, column));
    put(a, second, column, held);
  }
}

/** Two columns, the second turned by `phase` first, rotated: c p - s q and s p + c q. */
export function rotateColumns(a: ComplexMatrix, p: number, q: number, { c, s, phase }: { readonly c: number; readonly s: number; readonly phase: Pair }): void {
  for (let row = 0; row < a.rows; row++) {
    const [x, y] = [get(a, row, p), product(phase, get(a, row, q))];
    put(a, row, p, add(scale(x, c), scale(y, -s)));
    put(a, row, q, add(scale(x, s), scale(y, c)));
  }
}
