/**
 * Symbolic sizes, as torch's SymInt: what the rest of the engine imports. Arithmetic throws a SizeError where there is
 * no exact answer (see `errors.ts`); the caller makes it an Unknown. Proofs are in `facts.ts`, text in `render.ts` and
 * `parse.ts`.
 */
export { SymInt, constant, symbol, isConstant, valueOf, add, sub, neg, mul, sum, product } from './canonical';
export { floordiv, mod, quotientOf } from './division';
export { min, max, pow } from './extrema';
export { symbolsOf, loneSymbol, substitute, evaluate } from './evaluate';
export { SymbolTable, distinctNames, type Labelled, type SymbolInfo, type SymbolOptions, type SymbolRange } from './symbol';
export { SizeError, SizeOverflow, SizeDivisionByZero } from './errors';
