/** Which expressions the shapes of a phrase are, given the statement that they stand beside. */
import type { Expr, Stmt } from '../python/ast';
import type { RecordedNode } from '../interpreter/state/recorder';
import type { ClaimReading } from './comments';
import { expressionsWithin } from './nodes';
import type { Connector, Phrase } from './phrase';
import { valueOf } from './places';
import { isTensorAt } from './seen';
import type { Recordings } from './seen';

/** The readings of a phrase beside a statement, the likeliest first; none where nothing there has a shape. */
export function statementReadings(phrase: Phrase, statement: Stmt, recordings: Recordings): ClaimReading[] {
  const value = valueOf(statement);
  if (value === null) return [];
  const target = statement.kind === 'AugAssign' ? statement.target : null;
  if (phrase.shapes.length > 1) return operandReadings(phrase, value, target, recordings);
  return valuesOf(statement, value, recordings).map((node) => [node]);
}

/** What a single shape may be the shape of. */
function valuesOf(statement: Stmt, value: Expr, recordings: Recordings): RecordedNode[] {
  const isTensor = (node: RecordedNode): boolean => isTensorAt(recordings, node);
  if (statement.kind === 'AugAssign') return [statement.target, value].filter(isTensor);
  const targets = statement.kind === 'Assign' ? statement.targets.flatMap((target) => (target.kind === 'Tuple' || target.kind === 'List' ? target.elts : [])) : [];
  if (targets.some(isTensor)) return targets.filter(isTensor);
  if (value.kind === 'Tuple' || value.kind === 'List') return value.elts.filter(isTensor);
  if (isTensor(value)) return [value];
  // `xs.append(x)  # (B, N)`, `print(x.shape)  # (2, 3)`
  return statement.kind === 'Expr' && value.kind === 'Call' ? value.args.filter(isTensor) : [];
}

/** `(2, 4, 1) - (2, 1, 4)` beside a difference, `[B, N, C] -> [B, C, N]` beside a chain. */
export function operandReadings({ connectors }: Phrase, value: Expr, target: Expr | null, recordings: Recordings): ClaimReading[] {
  const results = connectors.map(isResult);
  const last = connectors.length;
  const equals = connectors.indexOf('=');
  // `(2, 4, 4) = (2, 4, 1) - (2, 1, 4)`: the result stands first.
  const resultFirst = equals === 0 && connectors.length > 1;
  const operands = resultFirst ? last : results.indexOf(true) < 0 ? last + 1 : results.indexOf(true) + 1;
  const result: RecordedNode | null = results.includes(true) ? value : null;
  const finish = (inputs: readonly (RecordedNode | null)[]): ClaimReading => {
    if (resultFirst) return [value, ...inputs];
    const between = last + 1 - inputs.length - (result ? 1 : 0);
    return [...inputs, ...new Array<null>(between).fill(null), ...(result ? [result] : [])];
  };
  if (operands === 1) {
    const inputs = inputsOf(value, recordings);
    return (inputs.length > 0 ? inputs : [null]).map((input) => finish([input]));
  }
  const groups = operandsOf(value, target, operands, recordings);
  return (groups.length > 0 ? groups : [new Array<null>(operands).fill(null)]).map(finish);
}

const isResult = (connector: Connector): boolean => connector === '->' || connector === '=';

/** Tensors that the value is made of, the start of its chain first: `x` of `x.view(n, -1).permute(1, 0)`. */
function inputsOf(value: Expr, recordings: Recordings): RecordedNode[] {
  const all = expressionsWithin(recordings, value).filter((node) => node !== value && isTensorAt(recordings, node));
  const first = chainStart(value, recordings);
  return first === null ? all : [first, ...all.filter((node) => node !== first)];
}

function chainStart(value: Expr, recordings: Recordings): RecordedNode | null {
  let start: Expr | null = null;
  for (let at: Expr | null = value; at !== null; at = stepDown(at, recordings)) if (at !== value && isTensorAt(recordings, at)) start = at;
  return start;
}

function stepDown(node: Expr, recordings: Recordings): Expr | null {
  switch (node.kind) {
    case 'Call': {
      const receiver = node.func.kind === 'Attribute' ? node.func.value : null;
      if (receiver !== null && (isTensorAt(recordings, receiver) || receiver.kind === 'Call' || receiver.kind === 'BinOp')) return receiver;
      return node.args.find((arg) => isTensorAt(recordings, arg)) ?? null;
    }
    case 'Attribute': case 'Subscript': return isTensorAt(recordings, node.value) ? node.value : null;
    case 'BinOp': return isTensorAt(recordings, node.left) ? node.left : node.right;
    default: return null;
  }
}

/** Runs of `count` operands of one operator or one call, the outermost first. */
function operandsOf(value: Expr, target: Expr | null, count: number, recordings: Recordings): RecordedNode[][] {
  const found: RecordedNode[][] = target !== null && count === 2 ? [[target, value]] : [];
  for (const node of expressionsWithin(recordings, value)) {
    const operands = flatOperands(node).filter((operand) => isTensorAt(recordings, operand));
    if (operands.length === count) found.push(operands);
  }
  return found;
}

function flatOperands(node: RecordedNode): Expr[] {
  switch (node.kind) {
    case 'BinOp': return node.left.kind === 'BinOp' && node.left.op === node.op ? [...flatOperands(node.left), node.right] : [node.left, node.right];
    case 'Compare': return [node.left, ...node.comparators];
    case 'Call': return [...(node.func.kind === 'Attribute' ? [node.func.value] : []), ...node.args];
    default: return [];
  }
}
