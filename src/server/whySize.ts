/** A number of the code followed back: through variables, attributes, parameters and calls, to a literal or a tensor's shape. */
import { argsOf, placedStatements, valueOf } from '../shapes/evidence/places';
import { expressionsWithin } from '../shapes/evidence/nodes';
import type { Recording } from '../shapes/interpreter/state/recorder';
import type { Call, Expr, FunctionDef, Span } from '../shapes/python/ast';
import { walk } from '../shapes/python/walk';
import type { SymInt } from '../shapes/symint/symint';
import type { TracedFile } from '../project/tracedFile';
import { lastTensor } from '../project/evaluation';
import { textOf } from './why';
import type { Trail } from './why';
import { t } from './translation';

/** Operands of one sum or product that are followed on their own. */
const MAX_FOLLOWED = 3;

export interface SizeSource { readonly node: Expr; readonly context: string }

/** The argument of the call at `place` that is the size: the one in that position, else the only one that it can be. */
export function sizeExpression(file: TracedFile, place: Span, index: number, size: SymInt): SizeSource | null {
  const { recordings } = file.analysis;
  const call = expressionsWithin(recordings, place).find((node): node is Call => node.kind === 'Call' && node.start === place.start && node.end === place.end);
  if (!call) return null;
  const args = call.args.length === 1 && (call.args[0]!.kind === 'Tuple' || call.args[0]!.kind === 'List') ? call.args[0]!.elts : call.args;
  // torch.reshape(x, …) has the tensor first, x.reshape(…) has not.
  const fitting = args.filter((arg) => isSize(recordings.get(arg), size));
  const chosen = [args[index], args[index + 1]].find((arg) => arg !== undefined && fitting.includes(arg)) ?? (fitting.length === 1 ? fitting[0] : undefined);
  return chosen ? { node: chosen, context: recordings.get(chosen)!.context } : null;
}

function isSize(recording: Recording | undefined, size: SymInt): boolean {
  return recording?.seen.some((seen) => seen.type === 'value' && seen.value.kind === 'int' && seen.value.value?.key === size.key) ?? false;
}

/** Adds the steps that lead on from the expression. */
export function sizeSteps(trail: Trail, from: SizeSource, size: SymInt): void {
  for (let at: SizeSource | null = from; at && !trail.ends(`${at.node.start} ${at.node.end}`); ) at = nextStep(trail, at, size);
}

function nextStep(trail: Trail, { node, context }: SizeSource, size: SymInt): SizeSource | null {
  const { file } = trail;
  switch (node.kind) {
    case 'Constant': return null;
    case 'Name': case 'Attribute': {
      const target = targetOf(file, node, context, size);
      if (target) return assigned(trail, target, size);
      return node.kind === 'Name' ? parameterStep(trail, node.id, context, size) : null;
    }
    case 'Subscript': case 'Call': {
      const shape = shapeAccess(node);
      const tensor = shape && file.analysis.recordings.get(shape.tensor);
      if (!tensor) return operandStep(trail, node, context);
      followTensor(trail, tensor, shape.dim, size);
      return null;
    }
    default: return operandStep(trail, node, context);
  }
}

/** Where the variable or attribute was last given this value: before its use in the same function, or anywhere for an attribute. */
function targetOf(file: TracedFile, node: Expr & { kind: 'Name' | 'Attribute' }, context: string, size: SymInt): Recording | null {
  const named = [...file.analysis.recordings.values()].filter((recording) => recording.target && isSize(recording, size) && sameName(recording.node as Expr, node));
  const own = named.filter((recording) => recording.context === context && recording.node.start < node.start);
  return own.at(-1) ?? named.filter((recording) => (node.kind === 'Attribute' ? recording.context !== context : recording.context === '<module>')).at(-1) ?? null;
}

function sameName(a: Expr, b: Expr & { kind: 'Name' | 'Attribute' }): boolean {
  return b.kind === 'Name' ? a.kind === 'Name' && a.id === b.id : a.kind === 'Attribute' && a.attr === b.attr;
}

/** The statement that stores into `target`, and what of its value goes there. */
function assigned(trail: Trail, target: Recording, size: SymInt): SizeSource | null {
  const { file } = trail;
  const statement = placedStatements(file.analysis.tree).map(({ statement }) => statement).filter((each) => each.start <= target.node.start && target.node.end <= each.end && valueOf(each) !== null).at(-1);
  const value = statement && valueOf(statement);
  if (!statement || !value || statement.kind === 'AugAssign') return null;
  trail.add(statement, textOf(file, statement), size);
  const index = statement.kind === 'Assign' ? indexIn(statement.targets, target.node as Expr) : null;
  if (index === null) return { node: value, context: target.context };
  if (value.kind === 'Tuple' || value.kind === 'List') return value.elts[index] ? { node: value.elts[index], context: target.context } : null;
  const tensor = value.kind === 'Attribute' && value.attr === 'shape' ? value.value : value.kind === 'Call' && value.func.kind === 'Attribute' && value.func.attr === 'size' ? value.func.value : null;
  const recording = tensor && file.analysis.recordings.get(tensor);
  if (recording) followTensor(trail, recording, index, size);
  return null;
}

/** Its place among the targets of an unpacking; null where it is the target itself. */
function indexIn(targets: readonly Expr[], node: Expr): number | null {
  for (const target of targets) {
    if (target.kind !== 'Tuple' && target.kind !== 'List') continue;
    const index = target.elts.indexOf(node);
    if (index >= 0) return index;
  }
  return null;
}

function followTensor(trail: Trail, recording: Recording, dim: number, size: SymInt): void {
  const tensor = lastTensor(recording);
  const at = tensor && dim < 0 ? dim + tensor.shape.dims.length : dim;
  if (!tensor || tensor.shape.rest || tensor.shape.dims[at]?.key !== size.key) return;
  trail.add(recording.node, t('{0}: dim {1}', textOf(trail.file, recording.node), at), size);
  if (tensor.node) trail.followDim(tensor.node, at);
}

/** `x.shape[1]`, `x.size(1)` */
function shapeAccess(node: Expr): { tensor: Expr; dim: number } | null {
  const [holder, index] = node.kind === 'Subscript' ? [node.value, node.slice] : node.kind === 'Call' && node.args.length === 1 ? [node.func, node.args[0]!] : [null, null];
  const attribute = node.kind === 'Subscript' ? 'shape' : 'size';
  const dim = index && literalInt(index);
  return holder?.kind === 'Attribute' && holder.attr === attribute && dim !== null ? { tensor: holder.value, dim } : null;
}

function literalInt(node: Expr): number | null {
  if (node.kind === 'UnaryOp' && node.op === '-') {
    const positive = literalInt(node.operand);
    return positive === null ? null : -positive;
  }
  return node.kind === 'Constant' && node.value.type === 'int' ? node.value.value : null;
}

/** A parameter: its default, or what a call gives for it. */
function parameterStep(trail: Trail, name: string, context: string, size: SymInt): SizeSource | null {
  const { recordings, tree } = trail.file.analysis;
  const recording = [...recordings.values()].find((each) => each.node.kind === 'arg' && each.node.arg === name && each.context === context);
  const func = recording && placedStatements(tree).filter(({ statement }) => statement.kind === 'FunctionDef' && statement.start <= recording.node.start && recording.node.end <= statement.end).at(-1)?.statement as FunctionDef | undefined;
  if (!recording || !func) return null;
  trail.add(recording.node, t('parameter {0} of {1}', name, context), size);
  return callArgument(trail.file, func, name, size) ?? defaultOf(trail.file, func, name, size);
}

function defaultOf(file: TracedFile, { args }: FunctionDef, name: string, size: SymInt): SizeSource | null {
  const positional = [...args.posonlyargs, ...args.args];
  const at = positional.findIndex((arg) => arg.arg === name) - positional.length + args.defaults.length;
  const keyword = args.kwonlyargs.findIndex((arg) => arg.arg === name);
  const node = keyword >= 0 ? args.kwDefaults[keyword] : args.defaults[at];
  return node && isSize(file.analysis.recordings.get(node), size) ? { node, context: '<module>' } : null;
}

/** What a call of the function in this document gives for the parameter. */
function callArgument(file: TracedFile, func: FunctionDef, name: string, size: SymInt): SizeSource | null {
  const { recordings } = file.analysis;
  for (const { node, context } of recordings.values()) {
    if (node.kind !== 'Call' || !calls(recordings.get(node.func), func)) continue;
    const argument = argumentFor(node, func, name);
    if (argument && isSize(recordings.get(argument), size)) return { node: argument, context };
  }
  return null;
}

/** What a call gives for a parameter by its name or place; a method's receiver is none of its arguments. */
export function argumentFor(call: Call, func: FunctionDef, name: string): Expr | null {
  const parameters = argsOf(func.args);
  const index = parameters.findIndex((arg) => arg.arg === name) - (parameters[0]?.arg === 'self' ? 1 : 0);
  return call.keywords.find(({ arg }) => arg === name)?.value ?? call.args[index] ?? null;
}

/** Whether what is called is that function: itself, as a method, or as a class's constructor or an instance's `forward`. */
export function calls(called: Recording | undefined, func: FunctionDef): boolean {
  return called?.seen.some((seen) => {
    if (seen.type !== 'value') return false;
    const { value } = seen;
    if (value.kind === 'function') return value.def === func;
    if (value.kind === 'method') return value.func.kind === 'function' && value.func.def === func;
    if (value.kind === 'instance') return func.name === 'forward' && value.cls.def?.body.includes(func) === true;
    return value.kind === 'class' && func.name === '__init__' && value.def?.body.includes(func) === true;
  }) ?? false;
}

/** Arithmetic: each named operand, and where few have names how each came about. */
function operandStep(trail: Trail, node: Expr, context: string): null {
  const named: (Expr & { kind: 'Name' | 'Attribute' })[] = [];
  walk(node, (each) => {
    if (each.kind !== 'Name' && each.kind !== 'Attribute') return true;
    const recording = trail.file.analysis.recordings.get(each);
    if (!recording?.seen.some((seen) => seen.type === 'value' && seen.value.kind === 'int')) return true;
    named.push(each);
    return false;
  });
  for (const operand of named) {
    const value = intOf(trail.file.analysis.recordings.get(operand)!);
    if (!value) continue;
    trail.add(operand, textOf(trail.file, operand), value);
    if (named.length <= MAX_FOLLOWED) sizeSteps(trail, { node: operand, context }, value);
  }
  return null;
}

function intOf(recording: Recording): SymInt | null {
  const seen = recording.seen.at(-1);
  return seen?.type === 'value' && seen.value.kind === 'int' ? seen.value.value : null;
}
