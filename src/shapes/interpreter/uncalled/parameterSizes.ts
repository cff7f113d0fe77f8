/** The symbols for sizes that a parameter of a function that nothing calls is, or has: one a name, the same in each repetition of the trace. */
import { constant, loneSymbol, symbol } from '../../symint/symint';
import type { SymInt, SymbolTable } from '../../symint/symint';
import { numbers } from './parameterDims';
import type { Parameter } from './parameters';

/** What all parameters of a trace share: its symbols, and the sizes that the user set. */
export interface SharedSizes { readonly table: SymbolTable; readonly sizes: ReadonlyMap<string, number> }

export class ParameterSizes {
  private readonly symbols = new Map<string, SymInt>();

  constructor(private readonly parameter: Parameter) {}

  keepIn(table: SymbolTable): void {
    for (const size of this.symbols.values()) table.keep(loneSymbol(size)!);
  }

  /** Gives a size of a made-up name another one; whether it has that from now on. */
  rename(madeUp: string, name: string, { table, sizes }: SharedSizes): boolean {
    const size = this.symbols.get(madeUp);
    const info = size && loneSymbol(size);
    if (!info?.provisional || this.symbols.has(name) || sizes.has(name)) return false;
    table.rename(info, name);
    this.symbols.delete(madeUp);
    this.symbols.set(name, size!);
    return true;
  }

  /** `given` by the author or made up; `hint`: the default. */
  of(given: string | null, madeUp: string, hint: number | null, { table, sizes }: SharedSizes): SymInt {
    const name = given ?? madeUp;
    const pinned = sizes.get(name);
    if (pinned !== undefined) return constant(pinned);
    const known = this.symbols.get(name);
    if (known) return known;
    const { parameter } = this;
    const { start, end } = parameter.span;
    const origin = parameter.role === 'name' ? `the undefined name ${parameter.name}` : parameter.kind === 'int' ? `parameter ${parameter.name}${hint === null ? '' : `, default ${hint}`}` : `a dim of parameter ${parameter.name}`;
    const size = symbol(table.fresh(name, { hint, origin, range: { start, end }, min: hint === null || hint > 0 ? 1 : hint === 0 ? 0 : null, provisional: given === null }));
    this.symbols.set(name, size);
    if (parameter.kind === 'int') numbers.set(loneSymbol(size)!, parameter);
    return size;
  }
}
