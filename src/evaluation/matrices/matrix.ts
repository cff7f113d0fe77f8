/** Matrices in double precision, row-major: what the factorizations here work on. */
export interface Matrix { readonly rows: number; readonly columns: number; readonly data: Float64Array }

export function matrix(rows: number, columns: number, element: (row: number, column: number) => number = () => 0): Matrix {
  const data = new Float64Array(rows * columns);
  for (let i = 0; i < data.length; i++) data[i] = element(Math.floor(i / columns), i % columns);
  return { rows, columns, data };
}

export const identity = (n: number): Matrix => matrix(n, n, (row, column) => Number(row === column));

export function at({ columns, data }: Matrix, row: number, column: number): number {
  return data[row * columns + column] as number;
}

export function set({ columns, data }: Matrix, row: number, column: number, value: number): void {
  data[row * columns + column] = value;
}

export const copy = ({ rows, columns, data }: Matrix): Matrix => ({ rows, columns, data: data.slice() });
export const transpose = (a: Matrix): Matrix => matrix(a.columns, a.rows, (row, column) => at(a, column, row));

export function multiply(a: Matrix, b: Matrix): Matrix {
  const result = matrix(a.rows, b.columns);
  for (let i = 0; i < a.rows; i++) {
    for (let k = 0; k < a.columns; k++) {
      const x = at(a, i, k);
      if (x !== 0) for (let j = 0; j < b.columns; j++) result.data[i * b.columns + j] = (result.data[i * b.columns + j] as number) + x * at(b, k, j);
    }
  }
  return result;
}

/** The part of rows and columns from 0 on, zeros where it reaches outside. */
export function resized(a: Matrix, rows: number, columns: number): Matrix {
  return matrix(rows, columns, (row, column) => (row < a.rows && column < a.columns ? at(a, row, column) : 0));
}

/** The triangle below the diagonal, or above it, with it; `unit`: ones on the diagonal. */
export function triangle(a: Matrix, upper: boolean, unit = false): Matrix {
  return matrix(a.rows, a.columns, (row, column) => (row === column && unit ? 1 : (upper ? column >= row : column <= row) ? at(a, row, column) : 0));
}

export const scaled = (a: Matrix, factor: number): Matrix => ({ ...a, data: a.data.map((x) => x * factor) });
export const sum = (a: Matrix, b: Matrix): Matrix => ({ ...a, data: a.data.map((x, i) => x + (b.data[i] as number)) });
