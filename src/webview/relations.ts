/** Which elements of a gather's table, index and result belong together; all positions are row-major. */
export interface Related { readonly table: readonly number[]; readonly index: readonly number[]; readonly result: readonly number[] }
export type Member = keyof Related;
export const MEMBERS: readonly Member[] = ['index', 'table', 'result'];

export class Relations {
  /** @param inTable of each element of the result, where it is from @param inIndex and which element of the index named it */
  constructor(private readonly inTable: ArrayLike<number>, private readonly inIndex: ArrayLike<number>) {}

  /** All that share an element of the table with the given one. */
  of(member: Member, position: number): Related {
    const table = new Set(member === 'table' ? [position] : member === 'result' ? [this.inTable[position]!] : this.named(position));
    const result: number[] = [];
    const index = new Set<number>(member === 'index' ? [position] : []);
    for (let element = 0; element < this.inTable.length; element++) {
      if (!table.has(this.inTable[element]!)) continue;
      result.push(element);
      index.add(this.inIndex[element]!);
    }
    return { table: [...table], index: [...index], result };
  }

  /** Where an element of the result comes from. */
  source(element: number): { readonly table: number; readonly index: number } {
    return { table: this.inTable[element]!, index: this.inIndex[element]! };
  }

  private named(position: number): number[] {
    const found: number[] = [];
    for (let element = 0; element < this.inIndex.length; element++) if (this.inIndex[element] === position) found.push(this.inTable[element]!);
    return found;
  }
}

/** A row-major position as one number a dim. */
export function unravel(position: number, shape: readonly number[]): number[] {
  const index = shape.map(() => 0);
  let rest = position;
  for (let dim = shape.length - 1; dim >= 0; dim--) {
    index[dim] = rest % shape[dim]!;
    rest = Math.floor(rest / shape[dim]!);
  }
  return index;
}

export function ravel(index: readonly number[], shape: readonly number[]): number {
  return index.reduce((position, at, dim) => position * shape[dim]! + at, 0);
}

/** Two factors of the rows of a table that counts the offsets within a square: (2m − 1)² of them for m² places. Else null. */
export function offsetsOf(rows: number, index: readonly number[]): number | null {
  const side = Math.round(Math.sqrt(rows));
  const places = index.length === 2 && index[0] === index[1] ? index[0]! : 0;
  return side * side === rows && side % 2 === 1 && ((side + 1) / 2) ** 2 === places ? side : null;
}
