/**
 * Sizes as people write them in comments and docstrings: `Wh*Ww`, `2*Wh-1 * 2*Ww-1`, `H/4`, `7x7`, `G^2`, `2N`. A phrase
 * may have several readings; one that is no size at all has none.
 */
import { add, constant, floordiv, max, min, mod, mul, neg, pow, sub, SizeError, type SymInt } from './symint';
import { scan, type Token } from './scan';

export type Resolve = (name: string) => SymInt | null;

/** By Python's precedence; null where the phrase is no size or has a name that `resolve` does not know. */
export function parseSize(text: string, resolve: Resolve): SymInt | null {
  return read(scan(text, resolve), PYTHON, resolve);
}

/**
 * Every reading that gives another size, the likeliest first: Python's precedence; then operators without spaces bound
 * tighter than those with (`2*Wh-1 * 2*Ww-1` is a product of two); then `/` bound tighter than `*` (`H/4*W/4`).
 */
export function parseSizeReadings(text: string, resolve: Resolve): SymInt[] {
  const tokens = scan(text, resolve);
  const readings = new Map<string, SymInt>();
  for (const precedence of [PYTHON, SPACING, SLASH]) {
    const size = read(tokens, precedence, resolve);
    if (size !== null && !readings.has(size.key)) readings.set(size.key, size);
  }
  return [...readings.values()];
}

/** How tightly a binary operator binds. */
type Precedence = (token: Token) => number;

const LEVELS: Readonly<Record<string, number>> = { '+': 1, '-': 1, '*': 2, '/': 2, '//': 2, '%': 2, '**': 5 };
/** More than the range of LEVELS, so that every spaced operator binds looser than any other. */
const UNSPACED = 10;

const PYTHON: Precedence = ({ text }) => LEVELS[text] ?? 0;
const SPACING: Precedence = (token) => PYTHON(token) + (PYTHON(token) > 0 && !token.spaced ? UNSPACED : 0);
const SLASH: Precedence = (token) => (token.text === '/' || token.text === '//' ? 3 : PYTHON(token));

function read(tokens: readonly Token[] | null, precedence: Precedence, resolve: Resolve): SymInt | null {
  if (tokens === null || tokens.length === 0) return null;
  try {
    const reader = new Reader(tokens, precedence, resolve);
    const size = reader.expression(1);
    return reader.atEnd ? size : null;
  } catch (error) {
    if (error instanceof SizeError) return null;
    throw error;
  }
}

/** Precedence climbing. Every method gives null where the tokens are no expression. */
class Reader {
  private at = 0;

  constructor(
    private readonly tokens: readonly Token[],
    private readonly precedence: Precedence,
    private readonly resolve: Resolve,
  ) {}

  get atEnd(): boolean {
    return this.at === this.tokens.length;
  }

  expression(least: number): SymInt | null {
    let left = this.operand();
    while (left !== null) {
      const token = this.tokens[this.at];
      const level = token?.kind === 'operator' ? this.precedence(token) : 0;
      if (token === undefined || level < least || level === 0) return left;
      this.at++;
      // Powers group from the right.
      const right = this.expression(token.text === '**' ? level : level + 1);
      left = right === null ? null : apply(token.text, left, right);
    }
    return null;
  }

  private operand(): SymInt | null {
    const token = this.tokens[this.at++];
    if (token === undefined) return null;
    if (token.kind === 'number') return constant(Number(token.text));
    if (token.kind === 'name') {
      return this.accept('(') ? this.call(token.text) : this.resolve(token.text);
    }
    if (token.text === '-' || token.text === '+') {
      const size = this.signed();
      return size !== null && token.text === '-' ? neg(size) : size;
    }
    if (token.text !== '(') return null;
    const size = this.expression(1);
    return this.accept(')') ? size : null;
  }

  /** What a sign applies to: a power binds tighter than the sign, a product does not. */
  private signed(): SymInt | null {
    const operand = this.operand();
    const next = this.tokens[this.at];
    if (operand === null || next?.text !== '**') return operand;
    this.at++;
    const exponent = this.expression(this.precedence(next));
    return exponent === null ? null : pow(operand, exponent);
  }

  private call(name: string): SymInt | null {
    const args: SymInt[] = [];
    do {
      const arg = this.expression(1);
      if (arg === null) return null;
      args.push(arg);
    } while (this.accept(','));
    if (!this.accept(')')) return null;
    return name === 'min' ? min(args) : name === 'max' ? max(args) : null;
  }

  private accept(text: string): boolean {
    if (this.tokens[this.at]?.text !== text) return false;
    this.at++;
    return true;
  }
}

function apply(operator: string, left: SymInt, right: SymInt): SymInt | null {
  switch (operator) {
    case '+': return add(left, right);
    case '-': return sub(left, right);
    case '*': return mul(left, right);
    // Authors who write `H/4` for a size mean a whole number.
    case '/':
    case '//': return floordiv(left, right);
    case '%': return mod(left, right);
    case '**': return pow(left, right);
    default: return null;
  }
}
