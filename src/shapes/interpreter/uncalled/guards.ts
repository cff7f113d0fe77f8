/** Checks that every call passes, or it raises: `if x.dim() != 4: raise`, `assert x.shape == (B, N, C)`. They tell a parameter's rank, and its sizes. */
import type * as ast from '../../python/ast';
import { demandFromEnd, demandRank, demandSizes, present } from './demands';
import { evaluate } from '../expressions';
import type { Machine } from '../machine';
import { silently } from '../state/silently';

/** After `if test: raise` the test does not hold, after `assert test` it does. */
export function demandGuard(m: Machine, test: ast.Expr, holds: boolean): void {
  if (!m.guesses) return;
  if (test.kind === 'UnaryOp' && test.op === 'not') return demandGuard(m, test.operand, !holds);
  if (test.kind === 'BoolOp') {
    // One that is not given is not checked: `x is not None and x.dim() != 4`.
    const given = (test.op === 'and') === holds ? test.values : test.values.filter((part) => !isAboutNone(part));
    if ((test.op === 'and') === holds || given.length === 1) for (const part of given) demandGuard(m, part, holds);
    return;
  }
  if (test.kind !== 'Compare' || test.ops.length !== 1 || test.ops[0] !== (holds ? '==' : '!=')) return;
  const [left, right] = [test.left, test.comparators[0]!];
  demandShape(m, left, right);
  demandShape(m, right, left);
  const tensor = rankOf(left) ?? rankOf(right);
  const rank = left.kind === 'Constant' ? left : right;
  if (!tensor || rank.kind !== 'Constant' || rank.value.type !== 'int') return;
  const { value: wanted } = rank.value;
  silently(m, () => {
    const value = present(evaluate(m, tensor));
    for (const option of value.kind === 'union' ? value.options : [value]) demandRank(m, option, wanted);
  });
}

/** The one is a tensor's shape, the other the sizes written out. */
function demandShape(m: Machine, side: ast.Expr, other: ast.Expr): void {
  const tensor = shapedBy(side);
  const sizes = tensor && writtenSizes(other);
  if (!sizes) return;
  silently(m, () => {
    const value = present(evaluate(m, tensor));
    const items = sizes.map((size) => (isNumber(size) ? evaluate(m, size) : null));
    for (const item of items) if (item) demandSizes(item);
    for (const option of value.kind === 'union' ? value.options : [value]) {
      demandRank(m, option, sizes.length);
      items.forEach((item, at) => { if (item?.kind === 'int' && item.value) demandFromEnd(m, option, sizes.length - at, item.value); });
    }
  });
}

/** `x` of `x.shape`, `x.size()`, `tuple(x.shape)`. */
function shapedBy(node: ast.Expr): ast.Expr | null {
  if (node.kind === 'Attribute') return node.attr === 'shape' && isPlace(node.value) ? node.value : null;
  if (node.kind !== 'Call') return null;
  const { func, args: [given] } = node;
  if (func.kind === 'Attribute') return func.attr === 'size' && !given && isPlace(func.value) ? func.value : null;
  return func.kind === 'Name' && (func.id === 'tuple' || func.id === 'list') && given ? shapedBy(given) : null;
}

/** `(B, N, C)`, `[B, N, C]`, `torch.Size([B, N, C])`. */
function writtenSizes(node: ast.Expr): readonly ast.Expr[] | null {
  if (node.kind === 'Tuple' || node.kind === 'List') return node.elts.some(({ kind }) => kind === 'Starred') ? null : node.elts;
  if (node.kind !== 'Call' || node.args.length !== 1) return null;
  const { func } = node;
  return (func.kind === 'Attribute' ? func.attr : func.kind === 'Name' ? func.id : null) === 'Size' ? writtenSizes(node.args[0]!) : null;
}

/** `x` of `x.ndim`, `x.dim()`, `len(x.shape)`, `len(x.size())`. */
export function rankOf(node: ast.Expr): ast.Expr | null {
  if (node.kind === 'Attribute') return node.attr === 'ndim' && isPlace(node.value) ? node.value : null;
  if (node.kind !== 'Call') return null;
  if (node.func.kind === 'Attribute') return /^(?:n?dim|ndimension)$/.test(node.func.attr) && node.args.length === 0 && isPlace(node.func.value) ? node.func.value : null;
  const [shape] = node.args;
  if (node.func.kind !== 'Name' || node.func.id !== 'len' || !shape) return null;
  const size = shape.kind === 'Call' && shape.args.length === 0 ? shape.func : shape;
  return size.kind === 'Attribute' && /^(?:shape|size)$/.test(size.attr) && isPlace(size.value) ? size.value : null;
}

/** What can be read once more without any effect. */
const isPlace = (node: ast.Expr): boolean => node.kind === 'Name' || (node.kind === 'Attribute' && isPlace(node.value));

/** A size that can be read once more: a number, a name, what is computed of them. */
const isNumber = (node: ast.Expr): boolean => node.kind === 'Constant' || isPlace(node) || (node.kind === 'BinOp' && isNumber(node.left) && isNumber(node.right));

const isAboutNone = (node: ast.Expr): boolean => node.kind === 'Name' || (node.kind === 'Compare' && node.comparators.some((other) => other.kind === 'Constant' && other.value.type === 'None'));
