/** Evaluates expressions. Each visit is recorded with its value. */
import { assertNever } from '../python/ast';
import type * as ast from '../python/ast';
import { SizeError, constant } from '../symint/symint';
import { decidedByAbsence, orElse } from './uncalled/absence';
import { Bindings } from './state/bindings';
import { formatJoined } from './fstrings';
import { dottedName, functionFrom, openArguments, takesRest } from './calls/functions';
import { comprehension, endOfGenerator } from './control/comprehensions';
import { drain, mergeOpenKeywords } from './builtins/sequences';
import { demandInt } from './uncalled/counts';
import { demandSizes, noteCalled } from './uncalled/demands';
import { PythonRaise } from './interpreter';
import { narrow } from './control/narrowing';
import { fork } from './control/branches';
import { argumentOf } from './control/leftout';
import type { Machine } from './machine';
import { resolveName } from './names';
import { keywordsIn, withOpenArguments, withOpenKeywords } from './uncalled/plumbing';
import { NORMAL } from './state/scope';
import { joinedSizes } from './uncalled/sizeRuns';
import type { Flow, Frame } from './state/scope';
import { onSides, refined } from './uncalled/sides';
import { suppose, supposeSide } from './control/supposed';
import { unaryOperation } from './operators';
import { asUsual, preferred, usualSide } from './uncalled/usual';
import { ELLIPSIS, MAX_LENGTH, NONE, bool, complex, contentOf, float, int, list, someOf, str, tuple, unknown } from '../values/values';
import type { DictValue, Value, SequenceValue } from '../values/values';

export function evaluate(m: Machine, node: ast.Expr): Value {
  m.tick();
  const found = refined(m, attempt(m, node));
  const value = m.usual ? asUsual(found) : found;
  m.record(node, value);
  return value;
}

/** Expressions that are being visited one inside the other, calls included: what JavaScript's stack has room for. */
const MAX_NESTING = 800;

/** A size beyond what is computed exactly is not known, whatever made it. */
function attempt(m: Machine, node: ast.Expr): Value {
  const { nesting } = m;
  if (nesting >= MAX_NESTING) return unknown('the code nests too deeply to be traced', node);
  m.nesting = nesting + 1;
  try {
    return visit(m, node);
  } catch (error) {
    if (error instanceof SizeError) return unknown(`a size cannot be computed here: ${error.message}`, node);
    // JavaScript's own limits: 'Invalid string length', 'Invalid array length'.
    if (error instanceof RangeError && error.message.startsWith('Invalid ')) return unknown('it is too long to be kept', node);
    throw error;
  } finally {
    m.nesting = nesting;
  }
}

function visit(m: Machine, node: ast.Expr): Value {
  switch (node.kind) {
    case 'Name': return resolveName(m, node.id, node);
    case 'Constant': return constantValue(node.value);
    case 'Attribute': return m.getAttribute(evaluate(m, node.value), node.attr, node);
    case 'Subscript': return m.getItem(evaluate(m, node.value), evaluate(m, node.slice), node);
    case 'Slice': return slice(m, node);
    case 'Call': return call(m, node);
    case 'BinOp': return binary(m, node);
    case 'UnaryOp': return unaryOperation(m, node.op, evaluate(m, node.operand), node);
    case 'BoolOp': return boolean(m, node);
    case 'Compare': return compare(m, node);
    case 'IfExp': return conditional(m, node);
    case 'Lambda': return functionFrom(m, node);
    case 'Tuple': return sequence(m, node.elts, 'tuple');
    case 'List': return sequence(m, node.elts, 'list');
    case 'Set': return m.call({ kind: 'builtin', name: 'set' }, [sequence(m, node.elts, 'list')], new Map(), node);
    case 'Dict': return dict(m, node);
    case 'Starred': evaluate(m, node.value); return unknown('a starred expression has no value of its own', node);
    case 'NamedExpr': {
      const value = evaluate(m, node.value);
      let { scope } = m.frame;
      while (scope.isComprehension && scope.parent) scope = scope.parent;
      m.heap.set(scope.target(node.target.id), node.target.id, value);
      m.record(node.target, value, true);
      return value;
    }
    case 'ListComp': case 'SetComp': case 'GeneratorExp': case 'DictComp': return comprehension(m, node);
    case 'JoinedStr': case 'FormattedValue': return formatJoined(m, node);
    case 'Await': return evaluate(m, node.value);
    case 'Yield': {
      const value = node.value ? evaluate(m, node.value) : NONE;
      m.frame.yielded?.push(value);
      noteYield(m);
      // What a context manager does behind its `yield` is done when the block ends.
      if (m.frame.leaving === null && m.heap.marks === m.frame.marks && isManager(m.frame.def)) m.frame.leaving = m.heap.mark();
      // `for` and `next` send None.
      return sendsSomething(m) ? unknown('what is sent to a generator is not traced', node) : NONE;
    }
    case 'YieldFrom': {
      const items = m.iterate(evaluate(m, node.value), node);
      noteYield(m);
      m.frame.yielded = items && m.frame.yielded && m.frame.yielded.length + items.length <= MAX_LENGTH ? [...m.frame.yielded, ...items] : null;
      return unknown('what an inner generator returns is not traced', node);
    }
    case 'ErrorExpr': return unknown('the syntax is not valid here', node);
    default: return assertNever(node);
  }
}

/** By tree, as a generator asks at each item. */
const sending = new WeakMap<object, boolean>();

/** Whether the module sends anything to a generator. */
function sendsSomething(m: Machine): boolean {
  const { tree } = m.frame.scope.module;
  let sends = sending.get(tree);
  if (sends === undefined) sending.set(tree, (sends = tree.source.includes('.send(')));
  return sends;
}

/** Whether the function is decorated with `contextmanager`. */
function isManager(def: Frame['def']): boolean {
  return def?.kind === 'FunctionDef' && def.decorators.some((decorator) => /(^|\.)contextmanager$/.test(dottedName(decorator) ?? ''));
}

function noteYield(m: Machine): void {
  if (m.heap.marks > m.frame.marks || m.frame.targets[0]!.exits.length > 0) m.frame.yieldsSome = true;
}

function optional(m: Machine, node: ast.Expr | null): Value {
  return node ? evaluate(m, node) : NONE;
}

export function constantValue(value: ast.ConstantValue): Value {
  switch (value.type) {
    case 'int': return int(value.exact ? constant(value.value) : null);
    case 'float': return float(value.value);
    case 'complex': return complex([0, value.value]);
    case 'str': return str(value.value);
    case 'bytes': return unknown('bytes are not traced');
    case 'bool': return bool(value.value);
    case 'None': return NONE;
    case 'Ellipsis': return ELLIPSIS;
    default: return assertNever(value as never);
  }
}

function call(m: Machine, node: ast.Call): Value {
  noteCalled(node.func);
  const func = evaluate(m, node.func);
  const open: Value[] = [];
  const runs: Run[] = [];
  const given = items(m, node.args, endOfGenerator(func), open, takesSizes(func) ? runs : null);
  const args = given && withRun(given, runs[0]);
  let rest: Value | null = null;
  const keywords = new Map<string, Value>();
  for (const keyword of node.keywords) {
    const given = evaluate(m, keyword.value);
    const value = keyword.arg === null ? keywordsIn(m, contentOf(given)) : given;
    if (keyword.arg !== null) keywords.set(keyword.arg, value);
    else if (value.kind === 'dict') {
      if (value.open) rest = value;
      for (const entry of value.entries.values()) if (entry.key.kind === 'str' && entry.key.value !== null) keywords.set(entry.key.value, argumentOf(entry));
    } else rest = value;
  }
  if (args === null) return unknown('the call has a starred argument of unknown length', node);
  const more = rest && withOpenKeywords(func, keywords, rest);
  // A function that makes one of many variants (`vit_tiny(**kwargs)`) would give its numbers to all that it calls; a class makes its parts.
  const mayLeaveOut = m.guesses && (func.kind === 'builtin' || m.frame.owner !== null);
  if (rest?.kind === 'dict' && !more && mayLeaveOut) m.assume('what ** brings besides is taken to change no shape', m.isShown ? node : null);
  else if (rest !== null && !more) return unknown(rest.kind === 'unknown' ? rest.reason : 'the call has ** with keys that are not known', node);
  if (open.length > 0) return openCall(m, func, args, open[0]!, more ?? keywords, node);
  return m.call(func, args, more ?? keywords, node);
}

function slice(m: Machine, node: ast.Slice): Value {
  const [start, stop, step] = [optional(m, node.lower), optional(m, node.upper), optional(m, node.step)];
  [start, stop, step].forEach(demandInt);
  return { kind: 'slice', start, stop, step };
}

/** Torch takes sizes one by one, `view(*x.shape[:-1], heads, -1)`, or as a tuple. */
function takesSizes(func: Value): boolean {
  const callee = func.kind === 'method' ? func.func : func;
  return callee.kind === 'builtin' && callee.name.startsWith('torch.');
}

/** All of the values as one tuple of sizes, where a run is among them; null where they are no sizes. */
function withRun(values: Value[], run: Run | undefined): Value[] | null {
  if (!run) return values;
  values.forEach((each) => demandSizes(each));
  const sizes = joinedSizes(values.slice(0, run.at), run.sizes, values.slice(run.at));
  return sizes && [sizes];
}

/** `Sequential(*layers)` where nothing says how many there are: what takes any number of them gets as many. */
function openCall(m: Machine, func: Value, args: Value[], more: Value, keywords: ReadonlyMap<string, Value>, node: ast.Call): Value {
  const count = takesRest(func);
  if (count !== null && args.length >= count) return m.call(func, [...args, openArguments(m.elementOf(more, node), 'parameter' in more ? more.parameter : undefined)], keywords, node);
  const named = withOpenArguments(func, keywords, more);
  return named ? m.call(func, args, named, node) : unknown('the call has a starred argument of unknown length', node);
}

/** A generator of which no more is taken than what the call needs. */
function generator(m: Machine, node: ast.GeneratorExp, ends: ReturnType<typeof endOfGenerator>): Value {
  m.tick();
  const value = comprehension(m, node, ends);
  m.record(node, value);
  return value;
}

/** Where a starred run of sizes stands among the values. */
interface Run { readonly at: number; readonly sizes: SequenceValue }

/**
 * The values of a list of expressions with stars unpacked; null where a starred one has an unknown length.
 *
 * @param open takes the last one instead, where only that has an unknown length
 * @param runs takes one that is the sizes of a tensor of unknown rank
 * @param seen takes what each of the values is like
 */
function items(m: Machine, nodes: readonly ast.Expr[], ends: ReturnType<typeof endOfGenerator> = null, open: Value[] | null = null, runs: Run[] | null = null, seen: Value[] | null = null): Value[] | null {
  let values: Value[] | null = [];
  for (const node of nodes) {
    if (node.kind !== 'Starred') {
      const value = ends && node.kind === 'GeneratorExp' ? generator(m, node, ends) : evaluate(m, node);
      values?.push(value);
      seen?.push(value);
      continue;
    }
    const starred = evaluate(m, node.value);
    const spread: Value[] | null = m.iterate(starred, node);
    drain(m, starred);
    if (seen) seen.push(...spread ?? [m.elementOf(starred, node)]);
    if (spread === null && runs?.length === 0 && values && starred.kind === 'tuple' && starred.sizeOf) runs.push({ at: values.length, sizes: starred });
    else if (spread === null && open && node === nodes.at(-1)) {
      open.push(starred);
      if (starred.kind === 'tuple' && starred.open && starred.items) values?.push(...starred.items);
    }
    else if (spread === null || (values !== null && values.length + spread.length > Math.max(MAX_LENGTH, nodes.length))) values = null;
    else if (values !== null) values = values.concat(spread);
  }
  return values;
}

function sequence(m: Machine, nodes: readonly ast.Expr[], kind: 'tuple' | 'list'): Value {
  const runs: Run[] = [];
  const seen: Value[] = [];
  const values = items(m, nodes, null, null, runs, seen);
  const sizes = runs.length > 0 ? values && withRun(values, runs[0])?.[0] : null;
  if (sizes?.kind === 'tuple') return { ...sizes, kind, typeName: null };
  if (values && runs.length === 0) return kind === 'tuple' ? tuple(values) : m.heap.bear(list(values));
  return { kind, items: null, element: seen.length === 0 || seen.some(({ kind }) => kind === 'unknown') ? unknown('it was unpacked from a sequence of unknown length') : m.joiner.joinAll(seen), typeName: null, fields: null };
}

function dict(m: Machine, node: ast.Dict): Value {
  const result: DictValue = m.heap.bear({ kind: 'dict', entries: m.heap.bearEntries(), open: false, element: null, typeName: null });
  node.keys.forEach((keyNode, i) => {
    if (keyNode) {
      const key = evaluate(m, keyNode);
      const value = evaluate(m, node.values[i]!);
      m.setItem(result, key, value, node);
      return;
    }
    const spread = contentOf(evaluate(m, node.values[i]!));
    if (spread.kind !== 'dict') result.open = true;
    else {
      if (spread.open && !mergeOpenKeywords(m, result, spread)) result.open = true;
      for (const entry of spread.entries.values()) m.setItem(result, entry.key, entry.value, node);
    }
  });
  return result;
}

/** Left operands first and without recursion: `a + b + c + …` may be thousands long. */
function binary(m: Machine, node: ast.BinOp): Value {
  const chain: ast.BinOp[] = [node];
  while (chain[chain.length - 1]!.left.kind === 'BinOp') chain.push(chain[chain.length - 1]!.left as ast.BinOp);
  let value = evaluate(m, chain[chain.length - 1]!.left);
  for (let i = chain.length - 1; i >= 0; i--) {
    const link = chain[i]!;
    value = m.binary(link.op, value, evaluate(m, link.right), link);
    if (i > 0) {
      m.tick();
      m.record(link, value);
    }
  }
  return value;
}

function boolean(m: Machine, node: ast.BoolOp): Value {
  const stop = node.op === 'or';
  const possible: Value[] = [];
  for (const [i, part] of node.values.entries()) {
    const value = possible.length > 0 ? reachedBehind(m, node.values.slice(0, i), !stop, part) : evaluate(m, part);
    // Where it raises, what stands before it has ended the whole.
    if (value === null) break;
    const truth = m.truth(value, i < node.values.length - 1 ? part : undefined);
    if (truth === stop || i === node.values.length - 1) {
      const next = node.values[i + 1];
      if (next) suppose(m, next, () => visited(m, next));
      possible.push(value);
      break;
    }
    if (truth === null) possible.push(narrowed(m, value, stop));
    if (value.kind === 'unknown' && truth === null && node.values.length > i + 1) {
      // What follows may rely on this part; it is still visited for what it shows.
      const later = node.values.slice(i + 1).map((part) => reached(m, part)).filter((each) => each !== null);
      // Whatever this part is, a later False makes an `and` false. Another value may be what the whole is: `given or default`.
      if (later.some((each) => each.kind === 'bool' && each.value === stop)) return bool(stop);
      return possible.every((v) => v.kind === 'bool' || v.kind === 'unknown') ? value : m.joiner.joinAll(possible);
    }
  }
  return stop ? m.joiner.firstGiven(possible) : m.joiner.joinAll(possible);
}

/** An operand that is come to where those before it are all true, or all false: `i < len(x) and x[i] > 0`. */
function reachedBehind(m: Machine, before: readonly ast.Expr[], hold: boolean, part: ast.Expr): Value | null {
  // Of a test nothing is left but its result, so that what it relied on can be taken back.
  if (part.kind !== 'Compare' || before.every((each) => each.kind !== 'Compare')) return reached(m, part);
  const mark = m.heap.mark();
  const facts = m.facts.copy();
  try {
    for (const each of before) narrow(m, each, hold);
    if (m.heap.changedSince(mark, Bindings.made, m.heap.born, () => true)) return reached(m, part);
  } finally {
    m.heap.rollback(mark);
    m.heap.release();
    m.facts.restoreFrom(facts);
  }
  return reached(m, part);
}

/** An operand that may not be come to; null where it raises. */
function reached(m: Machine, part: ast.Expr): Value | null {
  m.passedOver++;
  try {
    return evaluate(m, part);
  } catch (error) {
    if (!(error instanceof PythonRaise)) throw error;
    return null;
  } finally {
    m.passedOver--;
  }
}

/** A union without the options that could not have ended an `and` (kept: false) or `or` (kept: true). */
function narrowed(m: Machine, value: Value, kept: boolean): Value {
  if (value.kind === 'bool') return bool(kept);
  if (value.kind !== 'union') return value;
  const options = value.options.filter((option) => m.truth(option) !== !kept);
  return options.length === 0 ? value : someOf(value, options);
}

function compare(m: Machine, node: ast.Compare): Value {
  let left = evaluate(m, node.left);
  let result: Value | null = null;
  for (const [i, op] of node.ops.entries()) {
    const right = evaluate(m, node.comparators[i]!);
    const value = m.compare(op, left, right, node);
    if (result === null) result = value;
    else {
      const [a, b] = [m.truth(result), m.truth(value)];
      result = bool(a === false || b === false ? false : a === true && b === true ? true : null);
    }
    left = right;
  }
  return result!;
}

/** For what is seen of it. */
export function visited(m: Machine, node: ast.Expr): Flow {
  evaluate(m, node);
  return NORMAL;
}

function conditional(m: Machine, node: ast.IfExp): Value {
  const [truth, absent] = decidedByAbsence(m, () => m.truth(evaluate(m, node.test), node.test));
  if (truth !== null) {
    supposeSide(m, node, !truth, () => visited(m, truth ? node.orelse : node.body));
    return orElse(evaluate(m, truth ? node.body : node.orelse), absent);
  }
  const usual = usualSide(m, node.test);
  const values: Value[] = [];
  onSides(m, node, (then, orelse) => fork(m, [
    () => then(() => { narrow(m, node.test, true); values.push(evaluate(m, node.body)); return NORMAL; }),
    () => orelse(() => { narrow(m, node.test, false); values.push(evaluate(m, node.orelse)); return NORMAL; }),
  ], usual));
  const joined = m.joiner.joinAll(values);
  const [first, other] = usual?.holds === false ? [values[1], values[0]] : values;
  return usual && first && other ? preferred(m, joined, first, other, usual) : joined;
}
