/** Calls of torch's operations by name: looks the rule up, applies it, notes the explanation, reports faults. */
import { definitions, symbolsIn } from '../../diagnostics/definitions';
import { elementsOf } from '../../diagnostics/indices';
import { isProven } from '../../diagnostics/proof';
import { divideExact, divisible, equal, lessEqual, same } from '../../symint/facts';
import { render } from '../../symint/render';
import type { Guard } from '../../symint/facts';
import { symbol } from '../../symint/symint';
import type { SymInt } from '../../symint/symint';
import { lookupFunction, lookupMethod, lookupOperator } from '../../torch/registry';
import type { Operation } from '../../torch/registry';
import { ShapeFault, UnknownResult } from '../../torch/rule';
import type { RuleContext } from '../../torch/rule';
import type { Operator, Span } from '../../python/ast';
import { alternatives } from '../control/alternatives';
import { givenAfterAll } from '../uncalled/absence';
import { demandOperands, present as withoutAbsent } from '../uncalled/demands';
import { isKnown, noteStuck, noteTooFew } from '../uncalled/fittingRanks';
import { keeping } from '../uncalled/keptRanks';
import type { Keywords } from '../interpreter';
import { NO_KEYWORDS, PythonRaise } from '../interpreter';
import type { Machine } from '../machine';
import { refined } from '../uncalled/sides';
import { joinedTensors } from '../uncalled/tensorLists';
import type { Scope } from '../state/scope';
import { underAutocast } from './autocast';
import type { Application } from './tensors';
import type { UnknownValue, Value } from '../../values/values';
import { contentOf, derived, unknown } from '../../values/values';

type Fault = Extract<Application, { fault: unknown }>['fault'];
interface Warning { readonly code: string; readonly message: string }

const TENSOR_METHOD = 'torch.Tensor.';

/** The operation that a dotted name means: a torch function, or a method given as `torch.Tensor.name`. */
export function findOperation(name: string): Operation | null {
  return lookupFunction(name) ?? (name.startsWith(TENSOR_METHOD) ? lookupMethod(name.slice(TENSOR_METHOD.length)) : null);
}

/** Whether a graph's operation draws random numbers. */
export function isRandom(name: string): boolean {
  return findOperation(name)?.row.random === true;
}

export function applyTorch(m: Machine, name: string, args: readonly Value[], keywords: Keywords, span: Span): Value {
  const operation = findOperation(name);
  return operation ? applyOperation(m, operation, args, keywords, span) : unknown(`${name} has no rule`, span);
}

export function applyOperator(m: Machine, op: Operator | 'neg' | 'invert' | 'pos' | '==' | '!=' | '<' | '<=' | '>' | '>=', args: readonly Value[], span: Span): Value {
  const operation = lookupOperator(op);
  return operation ? applyOperation(m, operation, args, NO_KEYWORDS, span) : unknown(`the operator ${op} has no rule for tensors`, span);
}

export function applyOperation(m: Machine, operation: Operation, args: readonly Value[], keywords: Keywords, span: Span): Value {
  const names = [...keywords.keys()];
  let given = [...args, ...keywords.values()];
  if (m.parameters.size > 0) demandOperands(m, operation, args.map(sure), new Map([...keywords].map(([name, value]) => [name, sure(value)])), span);
  const joined = m.parameters.size > 0 ? joinedTensors(m, operation, args, keywords) : null;
  if (joined) return joined;
  given = given.map((value) => refined(m, withoutAbsent(value)));
  const before = m.facts.copy();
  const { ways, decidedBy } = alternatives(given);
  const outcomes = ways.map((values) => {
    m.facts.restoreFrom(before);
    const warned: Warning[] = [];
    const named = names.length === 0 ? NO_KEYWORDS : new Map(names.map((name, i) => [name, values[args.length + i]!]));
    const { value, fault } = applyOnce(m, operation, names.length === 0 ? values : values.slice(0, args.length), named, span, warned);
    return { value, fault, operands: values, facts: m.facts.copy(), warned };
  });
  const possible = outcomes.filter((outcome) => !outcome.fault);
  // What one of several operands demands holds only where it is that one.
  m.facts.restoreFrom(possible.length === 1 ? possible[0]!.facts : before);
  if (possible.length > 0) {
    // What one way is warned of may be no way that the code takes.
    for (const { code, message } of possible[0]!.warned) if (possible.every(({ warned }) => warned.some((other) => other.code === code))) m.report(code, 'warning', message, span);
    const value = m.joiner.joinAll(possible.map((outcome) => outcome.value), possible.length === ways.length ? decidedBy : null);
    if (value.kind === 'unknown' && m.parameters.size > 0 && given.every(isKnown)) noteStuck(m, operation, given.slice(0, args.length), new Map(names.map((name, i) => [name, given[args.length + i]!])));
    return value;
  }
  const after = [...args, ...keywords.values()].map((value) => givenAfterAll(m, value) ?? value);
  if (after.some((value, i) => value !== (args[i] ?? keywords.get(names[i - args.length]!)))) return applyOperation(m, operation, after.slice(0, args.length), new Map(names.map((name, i) => [name, after[args.length + i]!])), span);
  if (m.guesses) m.failures++;
  // Where one of several values fits, the statement runs with that one: only what always fails is a fault.
  const { fault, value } = outcomes[0]!;
  const { operands } = outcomes[0]!;
  if (m.parameters.size > 0 && (TOO_FEW.has(fault!.code) || (fault!.code === 'index-rank-mismatch' && operation.name === 'torch.Tensor.__getitem__'))) noteTooFew(m, operands);
  if (outcomes.every((outcome) => isProven(m, outcome.fault!, outcome.operands))) {
    m.report(fault!.code, 'error', fault!.message, span, [...fault!.related, ...definitions(m, fault!, operands, span)], symbolsIn(fault!, operands));
    const exception = exceptionOf(fault!.code);
    if (exception && m.isGuarded()) throw new PythonRaise(exception, fault!.message);
  }
  return value;
}

/** Faults of tensors that have fewer dims than an operation needs, mostly. */
const TOO_FEW: ReadonlySet<string> = new Set(['dim-out-of-range', 'permute-dims-mismatch']);

/** What torch raises for a fault; null where that is one of several. */
function exceptionOf(code: string): string | null {
  if (code === 'index-out-of-range' || code === 'dim-out-of-range') return 'IndexError';
  return /^(rank|.*-size|channels|permute-dims|normalized-shape)-mismatch$|^view-not-contiguous$/.test(code) ? 'RuntimeError' : null;
}

/** Whether it is one value, or None instead. */
function isOne(value: Value): boolean {
  if ((value.kind === 'tuple' || value.kind === 'list') && value.items) return value.items.every(isOne);
  return value.kind !== 'union' || value.options.filter((option) => option.kind !== 'None').length === 1;
}

/** What one of several operands would demand holds only where it is that one. */
function sure(value: Value): Value {
  if ((value.kind === 'tuple' || value.kind === 'list') && value.items) return isOne(value) ? value : { ...value, items: value.items.map(sure) };
  if (value.kind !== 'union') return value;
  return isOne(value) ? value.options.find((option) => option.kind !== 'None')! : unknown('it is one of several');
}

function applyOnce(m: Machine, operation: Operation, given: readonly Value[], named: Keywords, span: Span, warned: Warning[]): { value: Value; fault?: Fault } {
  const operands = { args: given.map(plain), keywords: new Map([...named].map(([name, value]) => [name, plain(value)])) as Keywords };
  const cast = m.autocast.kind === 'None' ? operands : underAutocast(m, operation, operands.args, operands.keywords, span);
  const { args, keywords } = cast ?? operands;
  const dtype = keywords.get('dtype');
  if (dtype?.kind === 'unknown') return withoutDtype(m, applyOnce(m, operation, args, new Map([...keywords].filter(([name]) => name !== 'dtype')), span, warned), dtype.reason);
  const cause = [...args, ...keywords.values()].find((arg): arg is UnknownValue => arg.kind === 'unknown');
  const { path } = m.frame.scope.module;
  const first = m.graph.nodes.length;
  const assumed: number[] = [];
  const application = m.tensors.apply(operation, args, keywords, ruleContext(m, span, assumed, warned), span, path);
  const place = path === null || m.graph.nodes.length === first ? null : m.placeOf(span);
  if (place) for (let id = first; id < m.graph.nodes.length; id++) m.places.set(id, place);
  if (application.ok) {
    if (m.frame.isRecorded) m.recorder.layer.operations.set(span, application.applied);
    if (application.replaces) rename(m, application.replaces, application.value);
    const outcome = { value: assumed.length > 0 ? resting(application.value, assumed) : application.value };
    return cast ? outcome : withoutDtype(m, outcome, 'whether autocast is on is not known');
  }
  if ('unknown' in application) {
    const made = cause ? derived(cause) : unknown(application.unknown, span);
    const value = m.parameters.size > 0 ? keeping(m, operation, given, named, made) : made;
    // What was written there, or what has other sizes now, is not known either.
    const written = keywords.get('out') ?? (operation.reshapes ? args[0] : undefined);
    if (written?.kind === 'Tensor') rename(m, written, value);
    return { value };
  }
  return { value: unknown(application.fault.message, span), fault: application.fault };
}

/** Members of an IntEnum as the ints that they are, also within sizes. */
function plain(value: Value): Value {
  if (value.kind === 'instance') return contentOf(value);
  const isMixed = (value.kind === 'tuple' || value.kind === 'list') && value.items?.some((item) => item.kind === 'instance');
  return isMixed ? { ...value, items: value.items!.map(contentOf) } : value;
}

/** A dtype that is not known leaves the shape known. */
function withoutDtype<T extends { value: Value }>(m: Machine, outcome: T, reason: string): T {
  const { value } = outcome;
  return value.kind === 'Tensor' ? { ...outcome, value: m.tensors.opaque(value.shape, null, reason) } : outcome;
}

/** An operation that changes a tensor's own shape: whatever name holds the tensor holds the result from now on. */
function rename(m: Machine, before: Value, after: Value): void {
  for (let scope: Scope | null = m.frame.scope; scope; scope = scope.parent) {
    for (const [name, value] of scope.bindings) if (value === before) m.heap.set(scope.bindings, name, after);
  }
  const { self } = m.frame;
  if (self?.kind === 'instance') for (const [name, value] of self.attributes) if (value === before) m.heap.set(self.attributes, name, after);
}


/** As Python says it: `C % num_heads == 0`, `N == H*W`. */
function guardText({ a, b, divisible: isDivision }: Guard): string {
  if (!isDivision) return `${render(a)} == ${render(b)}`;
  const operand = (size: SymInt, simple: RegExp): string => (simple.test(render(size)) ? render(size) : `(${render(size)})`);
  return `${operand(a, /^[\w*/]+$/)} % ${operand(b, /^\w+$/)} == 0`;
}

/** The result with what it rests on besides what its operands do. */
function resting(value: Value, assumed: readonly number[]): Value {
  if ((value.kind === 'tuple' || value.kind === 'list') && value.items) return { ...value, items: value.items.map((item) => resting(item, assumed)) };
  return value.kind === 'Tensor' ? { ...value, assumes: [...new Set([...value.assumes, ...assumed])] } : value;
}

function ruleContext(m: Machine, span: Span, assumed: number[], warned: Warning[]): RuleContext {
  return {
    equal: (a, b) => equal(a, b, m.facts),
    same: (a, b) => same(a, b, m.facts),
    lessEqual: (a, b) => lessEqual(a, b, m.facts),
    divisible: (a, b) => divisible(a, b, m.facts),
    divideExact: (a, b) => divideExact(a, b, m.facts),
    requireEqual(a, b, code, message) {
      const known = equal(a, b, m.facts);
      if (known === false) throw new ShapeFault(code, message(), [], [a, b]);
      // The statement runs only where they are equal, so what follows may rely on it.
      const guard = known === null ? m.facts.assumeEqual(a, b) : null;
      if (guard && m.isShown) m.assume(guardText(guard), span, [guard.a, guard.b]);
    },
    assumeDifferent(a, b) {
      assumed.push(m.assume(`${render(a)} != ${render(b)}`, m.isShown ? span : null, [a, b]));
    },
    assumeEqual(a, b) {
      if (!m.frame.scope.module.recorded) return false;
      assumed.push(m.assume(guardText({ a, b, divisible: false }), m.isShown ? span : null, [a, b]));
      return true;
    },
    assumeDivisible(a, b) {
      m.facts.assumeDivisible(a, b);
      assumed.push(m.assume(guardText({ a, b, divisible: true }), m.isShown ? span : null, [a, b]));
    },
    fresh: (name, origin, min) => symbol(m.symbols.fresh(name, { origin, range: m.placeOf(span), ...(min === null ? { min } : {}) })),
    sizeOfRun: (name) => m.sizeOfRun(name, m.placeOf(span)),
    fail(code, message) {
      throw new ShapeFault(code, message);
    },
    unknown(reason) {
      throw new UnknownResult(reason);
    },
    warn: (code, message) => void warned.push({ code, message }),
    elements: (tensor) => elementsOf(m.graph.nodes, m.tensors.read(tensor)),
    constants: (tensor) => m.constants.elements(m.tensors.read(tensor)),
    floats: (tensor) => m.constants.floats(m.tensors.read(tensor)),
    defaultDtype: m.defaultDtype,
  };
}
