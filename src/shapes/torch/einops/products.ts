/** einops.einsum: torch's, with words for axes and the pattern last. https://einops.rocks/api/einsum/ */
import { list, str } from '../../values/values';
import type { Value } from '../../values/values';
import type { SymInt } from '../../symint/symint';
import { count, show, showSize } from '../common/text';
import { rows as einsum } from '../operators/einsum';
import type { Rule, RuleContext } from '../rule';
import { ELLIPSIS, PatternError, parseSide } from './pattern';
import type { Side } from './pattern';

const LETTERS = [...'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ'];

/** The operands and the pattern apart, and the equation as torch.einsum takes it. */
export function separate(bound: ReadonlyMap<string, Value>): ReadonlyMap<string, Value> {
  const given = bound.get('tensors_and_pattern');
  if ((given?.kind !== 'tuple' && given?.kind !== 'list') || !given.items) return bound;
  const items = bound.get('pattern')?.kind === 'None' ? given.items : [...given.items, bound.get('pattern')!];
  const pattern = items.at(-1);
  const operands: Value = list(items.slice(0, -1));
  if (pattern?.kind !== 'str' || pattern.value === null) return new Map<string, Value>([['operands', operands], ['pattern', pattern ?? str(null)]]);
  return new Map<string, Value>([['operands', operands], ['pattern', pattern], ['equation', str(equationOf(pattern.value))]]);
}

/** A letter for each word, in the order in which they come. */
function equationOf(pattern: string): string {
  const words = new Map<string, string>();
  return pattern.replace(/[\p{L}_][\p{L}\p{N}_]*/gu, (word) => {
    if (!words.has(word)) words.set(word, LETTERS[words.size] ?? '?');
    return words.get(word)!;
  }).replace(/\s/g, '').replace(/…/g, '...');
}

export const einsumRule: Rule = (args, context) => {
  const pattern = args.string('pattern');
  const [inputs, output, ...more] = pattern.split('->');
  const fail = (why: string): never => context.fail('einops-pattern', `einsum: the pattern '${pattern}' cannot be read: ${why}`);
  if (output === undefined || more.length > 0) return fail("it must have one '->'");
  const operands = args.tensors('operands');
  const parts = inputs!.split(',');
  if (parts.length !== operands.length) return fail(`it names ${count(parts.length, 'tensor')}, but ${operands.length} are given`);
  const sides = parts.map((part) => sideOf(part, fail));
  const result = sideOf(output, fail);
  const known = new Map<string, SymInt>();
  sides.forEach((side, i) => operands[i]!.shape.rest ?? read(side, operands[i]!.shape.dims, i, known, pattern, context));
  const labels = new Set(sides.flatMap((side) => side.groups.map((group) => group.axes[0]!.label)));
  const strange = result.groups.find((group) => !labels.has(group.axes[0]!.label));
  if (strange) context.fail('einops-pattern', `einsum: ${strange.written} of the result is in no tensor of '${pattern}'`);
  return einsum[0]!.rule(args, context);
};

function sideOf(text: string, fail: (why: string) => never): Side {
  try {
    // A word that stands twice in one tensor takes the diagonal.
    const side = parseSide(text, true);
    if (side.groups.some((group) => group.axes.length !== 1 || group.parenthesized || group.axes[0]!.size !== null)) return fail('einsum takes names of axes only, no parentheses and no numbers');
    return side;
  } catch (error) {
    if (!(error instanceof PatternError)) throw error;
    return fail(error.message);
  }
}

function read(side: Side, dims: readonly SymInt[], at: number, known: Map<string, SymInt>, pattern: string, context: RuleContext): void {
  const dots = side.groups.findIndex((group) => group.axes[0] === ELLIPSIS);
  const names = dots < 0 ? side.groups.length : side.groups.length - 1;
  if (dots < 0 ? names !== dims.length : names > dims.length) {
    context.fail('einops-rank-mismatch', `einsum: tensor ${at} has shape ${show(dims)}, but '${side.text}' in '${pattern}' names ${dots < 0 ? '' : 'at least '}${count(names, 'dim')}`);
  }
  side.groups.forEach((group, i) => {
    if (i === dots) return;
    const dim = dots >= 0 && i > dots ? dims.length - (side.groups.length - i) : i;
    const { label } = group.axes[0]!;
    const size = dims[dim]!;
    const before = known.get(label);
    if (before === undefined || before.value === 1) known.set(label, size);
    else if (size.value !== 1) {
      context.requireEqual(before, size, 'einops-size-mismatch', () => `einsum: ${label} in '${pattern}' has size ${showSize(before)} and, in tensor ${at} of shape ${show(dims)}, size ${showSize(size)}; they must be equal`);
    }
  });
}
