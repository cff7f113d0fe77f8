/** Putting something in place of the symbols of a size: numbers, or other sizes. */
import { add, constant, mul, sizeOf, symbol, sum, ZERO, type SymInt } from './canonical';
import { floorDivide, floorModulo, floordiv, mod } from './division';
import { SizeError, safe } from './errors';
import { max, min, pow, powInteger } from './extrema';
import { atomTerms, type Atom, type OperationAtom, type Polynomial, type Power } from './polynomial';
import type { SymbolInfo } from './symbol';

/** The symbols that the canonical form of `x` depends on. */
export function symbolsOf(x: SymInt): Set<SymbolInfo> {
  const found = new Set<SymbolInfo>();
  if (x.value === null) collect(x.terms, found);
  return found;
}

function collect(terms: Polynomial, found: Set<SymbolInfo>): void {
  for (const term of terms) {
    for (const { atom } of term.monomial.powers) {
      if (atom.kind === 'symbol') found.add(atom.symbol);
      else for (const arg of atom.args) collect(arg.terms, found);
    }
  }
}

/** The symbol that `x` is, with nothing added or multiplied; null where it is anything else. */
export function loneSymbol(x: SymInt): SymbolInfo | null {
  if (x.value !== null || x.terms.length !== 1) return null;
  const { coef, monomial: { powers } } = x.terms[0]!;
  const [power] = powers;
  return coef === 1 && powers.length === 1 && power!.exponent === 1 && power!.atom.kind === 'symbol' ? power!.atom.symbol : null;
}

/**
 * `x` with each bound symbol replaced, all at once; the written form keeps its structure. What is put in must be at
 * least the symbol's `min`: `max(N, 1)` is already `N` where N >= 1.
 * @throws SizeError (overflow, division by zero).
 */
export function substitute(x: SymInt, bindings: ReadonlyMap<SymbolInfo, SymInt>): SymInt {
  if (x.value !== null || bindings.size === 0) return x;
  let touched = false;
  for (const info of symbolsOf(x)) touched ||= bindings.has(info);
  if (!touched) return x;
  const replace = (atom: Atom): SymInt => {
    if (atom.kind === 'symbol') return bindings.get(atom.symbol) ?? symbol(atom.symbol);
    return applyOperation(atom, atom.args.map((arg) => substitute(arg, bindings)));
  };
  return sum(x.written.map(({ coef, factors }) => productOf(coef, factors, replace)));
}

/**
 * `x` rebuilt from its canonical form, with `leaf` in place of symbols (null keeps one) and `every` applied to each
 * rebuilt part, innermost first. `known` keeps what operations became, for the same `leaf` and `every`.
 */
export function rebuild(x: SymInt, leaf: (info: SymbolInfo) => SymInt | null, every: (x: SymInt) => SymInt, known: Map<string, SymInt>): SymInt {
  if (x.value !== null) return x;
  const replace = (atom: Atom): SymInt => {
    if (atom.kind === 'symbol') return leaf(atom.symbol) ?? symbol(atom.symbol);
    let rebuilt = known.get(atom.key);
    if (rebuilt === undefined) {
      const args = atom.args.map((arg) => rebuild(arg, leaf, every, known));
      // An operation of the canonical form is as simple as it gets.
      rebuilt = args.every((arg, i) => arg.key === atom.args[i]!.key) ? sizeOf(atomTerms(atom)) : applyOperation(atom, args);
      known.set(atom.key, rebuilt);
    }
    return rebuilt;
  };
  let out = ZERO;
  for (const term of x.terms) out = add(out, productOf(term.coef, term.monomial.powers, replace));
  return every(out);
}

function productOf(coef: number, factors: readonly Power[], replace: (atom: Atom) => SymInt): SymInt {
  let out = constant(coef);
  for (const { atom, exponent } of factors) {
    const base = replace(atom);
    out = mul(out, exponent === 1 ? base : pow(base, constant(exponent)));
  }
  return out;
}

function applyOperation(atom: OperationAtom, args: readonly SymInt[]): SymInt {
  switch (atom.kind) {
    case 'floordiv': return floordiv(args[0]!, args[1]!);
    case 'mod': return mod(args[0]!, args[1]!);
    case 'pow': return pow(args[0]!, args[1]!);
    case 'sum': return args[0]!;
    case 'min': return min(args);
    case 'max': return max(args);
  }
}

/** The number that `x` is where `hints` gives each symbol's; null where one has none, on overflow and division by zero. */
export function evaluate(x: SymInt, hints: (info: SymbolInfo) => number | null): number | null {
  if (x.value !== null) return x.value;
  try {
    return evaluateTerms(x.terms, hints);
  } catch (error) {
    if (error instanceof SizeError) return null;
    throw error;
  }
}

function evaluateTerms(terms: Polynomial, hints: (info: SymbolInfo) => number | null): number | null {
  let total = 0;
  for (const term of terms) {
    let product = term.coef;
    for (const { atom, exponent } of term.monomial.powers) {
      const base = evaluateAtom(atom, hints);
      if (base === null) return null;
      product = safe(product * powInteger(base, exponent));
    }
    total = safe(total + product);
  }
  return total;
}

function evaluateAtom(atom: Atom, hints: (info: SymbolInfo) => number | null): number | null {
  if (atom.kind === 'symbol') return hints(atom.symbol);
  const args: number[] = [];
  for (const arg of atom.args) {
    const value = arg.value ?? evaluateTerms(arg.terms, hints);
    if (value === null) return null;
    args.push(value);
  }
  switch (atom.kind) {
    case 'floordiv': return floorDivide(args[0]!, args[1]!);
    case 'mod': return floorModulo(args[0]!, args[1]!);
    case 'pow': return args[1]! < 0 ? null : powInteger(args[0]!, args[1]!);
    case 'sum': return args[0]!;
    case 'min': return Math.min(...args);
    case 'max': return Math.max(...args);
  }
}
