/**
 * Torch's operations by their names. What the rest of the engine calls:
 *
 * - `lookupFunction('torch.permute')`, `lookupMethod('permute')` (also `add_`), `lookupProperty('T')`,
 *   `lookupOperator('+')`: the Operation, or null where it has no rule. Methods and properties take the tensor as their
 *   first argument, operators their operands as written (`2 - x` is lookupOperator('-') called with [2, x]).
 * - `callOperation(operation, positional, keywords, context)`: binds, applies the rule, never throws.
 *   `writesTo` is the tensor that the result is written into (`add_`, `out=`); `reshapes` the tensor that has another
 *   shape afterwards (`unsqueeze_`), whose result is a view of it.
 * - `explain(operation, bound, result, nameOf)`: what it did, for hovers. `documentationUrl(name)`: torch's page.
 *
 * Rows stand beside their rules in `operators/`; this file only collects them.
 */
import type { TensorValue, Value } from '../values/values';
import { SizeError } from '../symint/symint';
import { Arguments } from './arguments';
import { bind } from './bind';
import type { Binding } from './bind';
import { checkOut, checkWrite } from './common/writes';
import type { Operation, OperationRow } from './operation';
import { ROWS } from './operators/index';
import { OPERATORS } from './python-operators';
import type { OperatorName } from './python-operators';
import { ShapeFault, UnknownResult } from './rule';
import type { RuleContext, RuleResult } from './rule';
import { parseSignature } from './signature';

export type { Operation, OperationRow } from './operation';
export { documentationUrl } from './documentation';
export { explain } from './explain';

export type Outcome =
  | { readonly ok: true; readonly result: RuleResult; readonly bound: ReadonlyMap<string, Value>; readonly writesTo: TensorValue | null; readonly reshapes: TensorValue | null }
  | { readonly ok: false; readonly fault: ShapeFault }
  | { readonly ok: false; readonly unknown: string };

const functions = new Map<string, Operation>();
const methods = new Map<string, Operation>();
const properties = new Map<string, Operation>();

export const lookupFunction = (dotted: string): Operation | null => functions.get(dotted) ?? null;
export const lookupMethod = (name: string): Operation | null => methods.get(name) ?? null;
export const lookupProperty = (name: string): Operation | null => properties.get(name) ?? null;

/** By Python's operator, `neg`, `pos` or `invert`. The operands are given as written: reflected forms need no other rule. */
export function lookupOperator(op: OperatorName, _reflected = false): Operation | null {
  const name = OPERATORS[op];
  return name ? lookupFunction(name) : null;
}

/** Every name that has a rule, for reports and tests. */
export function operationNames(): { readonly functions: readonly string[]; readonly methods: readonly string[]; readonly properties: readonly string[] } {
  return { functions: [...functions.keys()].sort(), methods: [...methods.keys()].sort(), properties: [...properties.keys()].sort() };
}

export function callOperation(operation: Operation, positional: readonly Value[], keywords: ReadonlyMap<string, Value>, context: RuleContext): Outcome {
  try {
    const isOutShared = keywords.has('out') && !hasOwnOut(operation);
    const out = isOutShared ? outOf(operation, keywords.get('out')!) : null;
    const bound = bindCall(operation, positional, isOutShared ? without(keywords, 'out') : keywords);
    if (!bound.ok) return bound.wrong ? { ok: false, fault: new ShapeFault('argument-mismatch', `${operation.calledAs}: ${bound.reason}`) } : { ok: false, unknown: `${operation.calledAs}: ${bound.reason}` };
    const values = operation.row.normalize?.(bound.bound) ?? bound.bound;
    const args = new Arguments(operation.calledAs, values, context);
    const result = operation.row.rule(args, context);
    if (operation.writes !== null) {
      const target = args.tensor(operation.writes);
      return { ok: true, result: checkWrite(operation.calledAs, target, result, context), bound: values, writesTo: target, reshapes: null };
    }
    if (out) {
      const written = checkOut(operation.calledAs, out, result, context);
      return { ok: true, result: written.result, bound: values, writesTo: written.isResized ? null : out, reshapes: written.isResized ? out : null };
    }
    return { ok: true, result, bound: values, writesTo: null, reshapes: operation.reshapes ? args.tensor('input') : null };
  } catch (error) {
    if (error instanceof ShapeFault) return { ok: false, fault: error };
    if (error instanceof UnknownResult || error instanceof SizeError) return { ok: false, unknown: error.message };
    // A mistake in a rule must not end the trace of a document: it shows as the reason why the value is not known.
    return { ok: false, unknown: `the rule of ${operation.name} failed: ${error instanceof Error ? error.message : String(error)}` };
  }
}

/** The first signature that fits surely, else one that may, else why none does. */
function bindCall(operation: Operation, positional: readonly Value[], keywords: ReadonlyMap<string, Value>): Binding {
  let maybe: Binding | null = null;
  let failed: Binding | null = null;
  for (const signature of operation.signatures) {
    const binding = bind(signature, positional, keywords);
    if (binding.ok && binding.certain) return binding;
    if (binding.ok) maybe ??= binding;
    // Where several overloads fail, a known mistake says more; but one that may be incomplete wins.
    else if (failed === null || !binding.wrong) failed = binding;
  }
  return maybe ?? failed!;
}

/** Whether the operation's rule takes `out=` itself. */
function hasOwnOut(operation: Operation): boolean {
  return operation.signatures.some((signature) => signature.parameters.some((parameter) => parameter.name === 'out' || parameter.kind === 'keywords'));
}

/** The tensor that the result is written to; null for `out=None`, which is as good as none. */
function outOf(operation: Operation, out: Value): TensorValue | null {
  if (out.kind === 'None') return null;
  if (out.kind !== 'Tensor') throw new UnknownResult(`out= of ${operation.calledAs} is no single tensor`);
  return out;
}

function without(keywords: ReadonlyMap<string, Value>, name: string): ReadonlyMap<string, Value> {
  return new Map([...keywords].filter(([key]) => key !== name));
}

function add(table: Map<string, Operation>, name: string, operation: Operation): void {
  if (table.has(name)) throw new Error(`two rows have the name ${name}`);
  table.set(name, operation);
}

function register(row: OperationRow, signature: string | readonly string[], functionNames: readonly string[], methodNames: readonly string[]): void {
  const texts = typeof signature === 'string' ? [signature] : signature;
  const made = (calledAs: string, writes: string | null, reshapes: boolean): Operation => ({
    name: row.name, calledAs, row, writes, reshapes,
    get signatures() { return texts.map(parseSignature); },
  });
  const first = (): string => parseSignature(texts[0]!).parameters[0]!.name;
  for (const name of functionNames) {
    add(functions, name, made(name.replace(/^torch\.(nn\.functional\.)?/, ''), row.writes ?? null, row.reshapes ?? false));
    if (row.inPlace) add(functions, `${name}_`, made(`${name}_`.replace(/^torch\.(nn\.functional\.)?/, ''), row.inPlace === true ? first() : null, row.inPlace === 'metadata'));
  }
  for (const name of methodNames) {
    add(methods, name, made(name, row.writes ?? null, row.reshapes ?? false));
    if (row.inPlace) add(methods, `${name}_`, made(`${name}_`, row.inPlace === true ? first() : null, row.inPlace === 'metadata'));
  }
}

for (const row of ROWS) {
  const own = /^torch\.Tensor\.(\w+)$/.exec(row.name)?.[1];
  const isProperty = own !== undefined && row.properties !== undefined;
  register(row, row.signature, [...(own === undefined ? [row.name] : []), ...(row.functions ?? [])], [...(own !== undefined && !isProperty ? [own] : []), ...(row.methods ?? [])]);
  for (const variant of row.variants ?? []) register({ ...row, rule: variant.rule ?? row.rule, ...(variant.writes ? { writes: variant.writes } : {}) }, variant.signature, variant.functions ?? [], variant.methods ?? []);
  for (const name of row.properties ?? []) {
    add(properties, name, { name: row.name, calledAs: name, row, writes: null, reshapes: false, get signatures() { return (typeof row.signature === 'string' ? [row.signature] : row.signature).map(parseSignature); } });
  }
}
