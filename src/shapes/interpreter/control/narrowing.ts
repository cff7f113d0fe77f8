/** What a condition tells about the values in it, on the side where it holds or where it does not. */
import type * as ast from '../../python/ast';
import type { Machine } from '../machine';
import type { Value } from '../../values/values';
import { assignTo, knownToBe } from '../assign';
import { present } from '../uncalled/demands';
import { evaluate } from '../expressions';
import { demandGuard, rankOf } from '../uncalled/guards';
import { asInstance } from '../uncalled/instances';
import { presenceIn } from './presence';
import { silently } from '../state/silently';
import { NONE, int, someOf } from '../../values/values';
import { constant } from '../../symint/symint';

/** Refines names and attributes that `test` speaks of. Silent: nothing is recorded. */
export function narrow(m: Machine, test: ast.Expr, holds: boolean): void {
  switch (test.kind) {
    case 'UnaryOp':
      if (test.op === 'not') narrow(m, test.operand, !holds);
      return;
    case 'BoolOp':
      if ((test.op === 'and') === holds) for (const part of test.values) narrow(m, part, holds);
      return;
    case 'Compare':
      if (test.ops.length === 1) narrowComparison(m, test, holds);
      return;
    case 'Name': case 'Attribute':
      keep(m, test, (option) => m.truth(option) !== !holds);
      return;
    case 'Call':
      if (test.func.kind === 'Name' && test.func.id === 'isinstance' && test.args.length === 2) {
        const cls = silently(m, () => evaluate(m, test.args[1]!));
        keep(m, test.args[0]!, (option) => m.isInstance(option, cls) !== !holds);
        if (holds) become(m, test.args[0]!, cls);
        return;
      }
      narrowPresence(m, test, holds);
      return;
    default:
      return;
  }
}

const ORDERED: ReadonlySet<string> = new Set(['<', '<=', '>', '>=']);
const areInts = (a: Value, b: Value): boolean => a.kind === 'int' && b.kind === 'int';

function narrowComparison(m: Machine, test: ast.Compare, holds: boolean): void {
  const right = test.comparators[0]!;
  const op = test.ops[0]!;
  const tensor = rankOf(test.left);
  if (tensor) {
    const bound = silently(m, () => evaluate(m, right));
    keep(m, tensor, (option) => option.kind !== 'Tensor' || option.shape.rest !== null || m.truth(m.compare(op, int(constant(option.shape.dims.length)), bound, test)) !== !holds);
    return demandGuard(m, test, holds);
  }
  if ((op === 'is' || op === 'is not' || op === '==' || op === '!=') && right.kind === 'Constant') {
    const wanted = (op === 'is' || op === '==') === holds;
    const value = silently(m, () => evaluate(m, right));
    // One of several kinds that is not this text is no text, as far as a guess goes.
    const isOtherText = (option: Value): boolean => m.guesses && !wanted && value.kind === 'str' && option.kind === 'str' && option.value === null;
    keep(m, test.left, (option) => m.equal(option, value) !== !wanted && !isOtherText(option));
    return;
  }
  if (ORDERED.has(op)) {
    const bound = silently(m, () => evaluate(m, right));
    const number = silently(m, () => evaluate(m, test.left));
    keep(m, test.left, (option) => !areInts(option, bound) || m.truth(m.compare(op, option, bound, test)) !== !holds);
    keep(m, right, (option) => !areInts(number, option) || m.truth(m.compare(op, number, option, test)) !== !holds);
    return;
  }
  if (!((op === '==' && holds) || (op === '!=' && !holds))) return;
  const [a, b] = silently(m, () => [evaluate(m, test.left), evaluate(m, right)] as const);
  if (a.kind === 'int' && b.kind === 'int' && a.value && b.value) m.facts.assumeEqual(a.value, b.value);
}

/** `exists(mask)` */
function narrowPresence(m: Machine, test: ast.Call, holds: boolean): void {
  const asked = presenceIn(m, test);
  if (asked) keep(m, asked.of, (option) => m.equal(option, NONE) !== (asked.isThere === holds));
}

/** Keeps those options of a union that satisfy the test. */
function keep(m: Machine, place: ast.Expr, possible: (option: Value) => boolean): void {
  if (place.kind === 'NamedExpr') return keep(m, place.target, possible);
  if (place.kind !== 'Name' && place.kind !== 'Attribute') return;
  silently(m, () => {
    const value = evaluate(m, place);
    if (value.kind !== 'union') return;
    const options = value.options.filter(possible);
    if (options.length === 0 || options.length === value.options.length) return;
    const kept = someOf(value, options);
    // What is taken to be None goes with it.
    knownToBe(m, place, options.some(({ kind }) => kind === 'None') ? kept : present(kept));
  });
}

/** A parameter of which nothing is known is one of the class. */
function become(m: Machine, place: ast.Expr, cls: Value): void {
  if (place.kind !== 'Name') return;
  silently(m, () => {
    const instance = asInstance(m, evaluate(m, place), cls, place);
    if (instance) assignTo(m, place, instance);
  });
}
