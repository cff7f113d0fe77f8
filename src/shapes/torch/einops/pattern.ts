/** Patterns of einops, read: `b (h p) ... -> b h (p ...)`. https://einops.rocks/1-einops-basics/ */

/** One axis. Numbers other than 1 are axes without a name: `label` is then the number and its place. */
export interface Axis { readonly label: string; /** The number, of an axis without a name. */ readonly size: number | null }

/** The run of axes that `...` stands for. */
export const ELLIPSIS: Axis = { label: '...', size: null };

/** The axes of one dim: several in parentheses, none for `1` and `()`. */
export interface Group { readonly axes: readonly Axis[]; readonly written: string; readonly parenthesized: boolean }

export interface Side {
  readonly text: string;
  readonly groups: readonly Group[];
  readonly ellipsis: 'none' | 'dims' | 'in parentheses';
}

/** What is wrong with a pattern, in words. */
export class PatternError extends Error {}

/** One side of a pattern. `repeats`: an axis may appear twice. @throws PatternError */
export function parseSide(text: string, repeats = false): Side {
  const groups: Group[] = [];
  const seen = new Set<string>();
  let open: Axis[] | null = null;
  let start = 0;
  let numbers = 0;
  let ellipsis: Side['ellipsis'] = 'none';
  for (const match of text.matchAll(/\.\.\.|…|[()]|[^\s().…]+|\./g)) {
    const [token] = match;
    if (token === '(') {
      if (open) throw new PatternError(`parentheses within parentheses in '${text.trim()}'`);
      open = [];
      start = match.index;
    } else if (token === ')') {
      if (!open) throw new PatternError(`')' without '(' in '${text.trim()}'`);
      groups.push({ axes: open, written: text.slice(start, match.index + 1), parenthesized: true });
      open = null;
    } else {
      const axis = axisOf(token, numbers++);
      if (axis && !repeats && seen.has(axis.label)) throw new PatternError(`${axis.label} appears twice in '${text.trim()}'`);
      if (axis) seen.add(axis.label);
      if (axis === ELLIPSIS) ellipsis = open ? 'in parentheses' : 'dims';
      if (open) open.push(...(axis ? [axis] : []));
      else groups.push({ axes: axis ? [axis] : [], written: token, parenthesized: false });
    }
  }
  if (open) throw new PatternError(`'(' is not closed in '${text.trim()}'`);
  return { text: text.trim(), groups, ellipsis };
}

/** null: `1`, which is no axis. */
function axisOf(token: string, place: number): Axis | null {
  if (token === '...' || token === '…') return ELLIPSIS;
  if (/^\d+$/.test(token)) {
    const size = Number(token);
    if (size === 0) throw new PatternError('an axis of size 0 cannot be written');
    return size === 1 ? null : { label: `${size}#${place}`, size };
  }
  if (!/^[\p{L}_][\p{L}\p{N}_]*$/u.test(token)) throw new PatternError(`'${token}' is no name of an axis`);
  if (token.startsWith('_') || token.endsWith('_')) throw new PatternError(`the name of an axis may not begin or end with an underscore: '${token}'`);
  return { label: token, size: null };
}

/** Both sides of a pattern. @throws PatternError */
export function parsePattern(pattern: string): readonly [Side, Side] {
  const [left, right, ...more] = pattern.split('->');
  if (right === undefined) throw new PatternError("it has no '->'");
  if (more.length > 0) throw new PatternError("it has more than one '->'");
  const sides = [parseSide(left!), parseSide(right)] as const;
  if (sides[0].ellipsis === 'in parentheses') throw new PatternError("'...' may be in parentheses on the right side only");
  if (sides[1].ellipsis !== 'none' && sides[0].ellipsis === 'none') throw new PatternError("'...' is on the right side only");
  return sides;
}

export const axesOf = (side: Side): readonly Axis[] => side.groups.flatMap((group) => group.axes);
